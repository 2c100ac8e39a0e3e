"""If: conditions, and what they hang on. «dersom behovet øker» belongs to extra places; «dersom vi finner boliger» to the decision."""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import klasse, liste
from bosett.vedtak.rules.roller import Bit, uten_verb
from bosett.vedtak.rules.typer import FORBEHOLD, USIKKER, Utfall

Treff = tuple[int, int, str, Utfall]

_NEI_FORAN = re.compile(
    r"(?<!\w)(?:ikke|ikkje|uten|utan|ingen|inga|verken|hverken|korkje|aldri|uavhengig av|uavhengig|uansett)"
    r"(?: (?:noen|nokon|noe|noko|å|at|det|som|er|andre|særskilte|slike|form|for|av|kommunen|kommunestyret|gjøres|gjerast|tas|tatt|teke|tek|ta|stille|stilles|stiller|settes|"
    r"heller|være|vere|eller|og|vilkår|krav|forbehold|atterhald|reservasjoner|reservasjonar|om|en|ein|et|eit|nasjonalitet\w*|familie\w*)){0,6} ?$"
)


def vilkaar(biter: Sequence[Bit]) -> Iterator[Treff]:
    """Every condition that hangs on the decision: place in the even text, name of the pattern, outcome."""
    for nr, bit in enumerate(biter):
        if bit.rolle not in ("vedtak", "oppdrag"):
            continue
        foregaaende = _hoveddel_foran(biter, nr)
        yield from _sterke(bit, foregaaende)
        yield from _svake(bit, foregaaende)
        yield from _premisser(bit, biter[nr + 1] if nr + 1 < len(biter) else None)
        if bit.rolle == "vedtak" or not klasse("administrasjon").search(bit.tekst):
            yield from _haap(bit)
        yield from _verb_foerst(bit)


def _hoveddel_foran(biter: Sequence[Bit], nr: int) -> Bit | None:
    """The clause before in the same sentence, which a bare condition hangs on; else the sentence before."""
    return biter[nr - 1] if nr else None


def _negert(bit: Bit, sted: int, slutt: int) -> bool:
    if _NEI_FORAN.search(bit.tekst[:sted]) or re.search(r" (?:ikke|ikkje|ingen|inga) (?!minst|mulig)", bit.tekst[sted:slutt]):
        return True
    if re.match(r"(?:så|med mindre|dersom|hvis|viss|bare|berre|kun)", bit.tekst[sted:slutt]):
        return False
    return bool(re.match(r" (?:ikke|ikkje|ingen|inga)(?! minst| lar| let| å)(?!\w)", bit.tekst[slutt:]))


def _sterke(bit: Bit, foran: Bit | None) -> Iterator[Treff]:
    ufarlig = list(liste("vilkaar", "ufarlig_innhold").finditer(bit.tekst))
    for treff in liste("vilkaar", "sterke").finditer(bit.tekst):
        sted, slutt = treff.span()
        if _negert(bit, sted, slutt) or any(u.start() < slutt and sted < u.end() for u in ufarlig):
            continue
        hoved, innhold = bit.tekst[:sted], bit.tekst[slutt:]
        if re.match(r"\W*(?:likt|lik|i tråd med|i samsvar med|jf)(?!\w)", innhold):
            continue
        if _om_tjeneste(hoved, innhold):
            continue
        if not hoved.strip(" -–•*()ᴢ.,:«\"") and foran is not None:
            if foran.rolle == "ekstra" or (foran.rolle in ("oppdrag", "omtale") and foran.setning == bit.setning):
                continue
        elif _om_tiltak(hoved, bit) or _om_annet(hoved):
            continue
        yield bit.fra + sted, _hale(bit, slutt), "vilkar_sterkt", FORBEHOLD


def _om_tiltak(hoved: str, bit: Bit) -> bool:
    """The condition hangs on an order or a measure, not on how many are settled."""
    if any(klasse(k).search(hoved) for k in ("bosette", "motta", "bosetting_n")) or _TALLET.search(hoved) or (
        klasse("N").search(hoved) and klasse("flyktning").search(hoved)
    ):
        return bit.rolle == "oppdrag" and not klasse("N").search(hoved) and not _reduserer(bit.tekst)
    return bit.rolle == "oppdrag" or bool(liste("vilkaar", "tiltak_hoved").search(hoved))


def _om_tjeneste(hoved: str, innhold: str) -> bool:
    """«Kommunen vil så langt det er mulig gi flyktningene bolig»: about the service, said before its verb."""
    return bool(
        re.search(r"(?<!\w)(?:vil|skal|kan|bør|ønsker å|ønskjer å) $", hoved)
        and re.search(r"(?<!\w)(?:gi|gje|tilby|skaffe|sikre|legge|leggje|hjelpe|bidra|følge|følgje|plassere|bruke|benytte|nytte|samarbeide|leie|tilrettelegge)(?!\w)", innhold)
        and not any(klasse(k).search(innhold) for k in ("bosette", "motta"))
    )


_TALLET = re.compile(r"(?<!\w)(?:tallet|talet|antallet|antal|antall|vedtaket)(?!\w)")
_DETTE = re.compile(r"(?<!\w)(?:dette|det|vedtaket|svaret|ja|me|vi|kommunen|kommunestyret|bystyret|heradet|heradsstyret|formannskapet|plassene|plassane|tilbudet|tilbodet|rammen|ramma)(?!\w)")


def _om_annet(hoved: str) -> bool:
    """The main clause has its own verb and says nothing of settling: «kjøp av boliger gjennomføres bare dersom …»."""
    if any(klasse(k).search(hoved) for k in ("bosette", "motta", "bosetting_n", "svaret", "vedta", "si_ja", "flyktning", "hvem_n")):
        return False
    if re.search(r"(?<!\w)(?:tallet|talet|antallet|antal|antall)(?!\w)", hoved) or _DETTE.search(hoved):
        return False
    return not uten_verb(hoved)


def _reduserer(tekst: str) -> bool:
    return liste("vilkaar", "reduksjon").search(tekst) is not None


def _svake(bit: Bit, foran: Bit | None) -> Iterator[Treff]:
    for treff in liste("vilkaar", "svake").finditer(bit.tekst):
        sted, slutt = treff.span()
        ord_ = treff[0]
        if ord_ == "om" and (not _om_er_vilkaar(bit.tekst, sted) or re.match(r" \w+(?: (?:og|eller)(?!\w)|[,.;]|$)", bit.tekst[slutt:])):
            continue
        if re.search(r"(?<!\w)(?:uavhengig av|uansett|uten omsyn til|utan omsyn til|selv|sjølv|også|òg|bare|som) $", bit.tekst[:sted]) and ord_ not in ("før",):
            if not (ord_ in ("dersom", "hvis", "når") and bit.tekst[:sted].endswith(("bare ", "også "))):
                continue
        hoved, innhold = _del_opp(bit.tekst, sted, slutt)
        om_behov = klasse("behov_oker").search(innhold) is not None
        om_ressurs = klasse("ressurs").search(innhold) is not None
        if ord_ in ("når", "om", "etter at", "så snart", "så fort", "før", "inntil", "fram til", "først når", "fyrst når") and not om_ressurs:
            continue
        if ord_ == "før" and not re.search(r"(?<!\w)(?:må|skal|før \w+)(?!\w)", bit.tekst):
            continue
        if om_behov and not om_ressurs:
            continue
        utfall = _henger_paa(hoved, innhold, om_ressurs, bit, foran)
        if utfall is not None:
            yield bit.fra + sted, _hale(bit, slutt), f"vilkar_{ord_.replace(' ', '_')}", utfall


def _del_opp(tekst: str, sted: int, slutt: int) -> tuple[str, str]:
    """The main clause and what the condition says."""
    foran = tekst[:sted].strip(" -–•*()ᴢ.,:«\"")
    if len(foran.split()) > 2 or (foran and _TALLET.search(foran)):
        return foran, tekst[slutt:]
    komma = re.search(r", (?:så )?(?:\w+) ", tekst[slutt:])
    if komma:
        return tekst[slutt + komma.start() :], tekst[slutt : slutt + komma.start()]
    verb = re.search(r" (?:kan|vil|skal|må|blir|vert|bosetter|buset|tar|tek|reduseres|stanses|faller|fell) ", tekst[slutt + 1 :])
    if verb:
        return tekst[slutt + 1 + verb.start() :], tekst[slutt : slutt + 1 + verb.start()]
    return "", tekst[slutt:]


def _om_er_vilkaar(tekst: str, sted: int) -> bool:
    """«anmodning om», «ber om», «sak om», «usikkert om» are not conditions."""
    return not re.search(
        r"(?<!\w)(?:ber|bed|bes|be|bede|bedt|bedd|spør|spørsmål(?:et)?|anmodning\w*|anmodet|anmoder|oppmoding\w*|oppmoda|oppmodar|vedtak\w*|sak\w*|tilbud\w*|tilbod\w*|orienter\w*|"
        r"informer\w*|avtale\w*|melding|tilbakemelding\w*|forslag\w*|framlegg\w*|dialog\w*|enig\w*|enige|samde|søknad\w*|søke\w*|søkj\w*|vurder\w*|usikker\w*|uklart|uvisst|avklar\w*|krav\w*|"
        r"rett\w*|plikt\w*|plan\w*|mål\w*|ønske\w*|behov\w*|lov\w*|handler|handlar|gjeld\w*|gjelder|dreier|snakk|beskjed|opplys\w*|uttal\w*|minner|minne|rundt|svar\w*|diskusjon\w*|"
        r"forespørsel\w*|førespurnad\w*|stemm\w*|røyst\w*|forbehold|atterhald|vilkår\w*|betingelse\w*|forutsetning\w*|føresetnad\w*|usemje|usikkerheit|tid|måned|måte|heller|nest|også|som|selv|og|eller|tanke\w*|signal\w*|likt|mellom|ei|år|vite|veit|vet|se|sjå|utgreiing\w*|utredning\w*) $",
        tekst[:sted],
    )


def _henger_paa(hoved: str, innhold: str, om_ressurs: bool, bit: Bit, foran: Bit | None) -> Utfall | None:
    """What a weak condition means, by its main clause."""
    if not hoved:
        if foran is None or foran.rolle in ("ekstra", "omtale", "historie", "anmodning", "debatt", "falt"):
            return None
        if foran.rolle == "oppdrag" and foran.setning == bit.setning:
            return None
        return FORBEHOLD if om_ressurs else None
    om_bosetting = any(klasse(k).search(hoved) for k in ("bosette", "motta", "tallet", "vedta", "si_ja", "bosetting_n", "svaret")) or (
        klasse("N").search(hoved) and klasse("flyktning").search(hoved)
    )
    if _reduserer(hoved) and (om_bosetting or om_ressurs):
        return FORBEHOLD if om_bosetting else USIKKER
    if bit.rolle == "oppdrag" or not om_bosetting:
        return None
    if re.search(r"(?<!\w)ikk(?:e|je)(?!\w)", hoved) and not om_ressurs:
        return None
    if om_ressurs:
        return FORBEHOLD
    if liste("vilkaar", "tiltak_hoved").search(hoved):
        return None
    return FORBEHOLD if klasse("N").search(hoved) and not re.search(r"(?<!\w)(?:oppholdstillatelse|opphaldsløyve|fristen|nødvendig|naudsynt|flytter|flyttar)", innhold) else None


_VERB_FOERST = re.compile(
    r"^\W*(?:ᴢ+[.)] )?(?:vert|blir|får|faller|fell|kommer|kjem|svikter|sviktar|stopper|stoppar|mangler|manglar|reduseres|endres|bortfaller|opphører|skulle|"
    r"finnes|finst|lykkes|klarer|klarar|greier|uteblir|kuttes|går|er|\w+es|\w+ast) (?!det bes)(?P<innhold>[^,]{3,90}), (?:så )?(?=\w)(?P<hoved>.+)"
)


def _verb_foerst(bit: Bit) -> Iterator[Treff]:
    """A condition without a word for it: «Blir tilskuddet redusert, faller vedtaket bort»."""
    treff = _VERB_FOERST.match(bit.tekst)
    if treff and klasse("ressurs").search(treff["innhold"]):
        hoved = treff["hoved"]
        if _reduserer(hoved) and any(klasse(k).search(hoved) for k in ("bosette", "motta", "tallet", "bosetting_n", "flyktning")):
            yield bit.fra + treff.start(), bit.fra + treff.end("hoved"), "verb_foerst", FORBEHOLD
        elif any(klasse(k).search(hoved) for k in ("bosette", "motta")):
            yield bit.fra + treff.start(), bit.fra + treff.end("hoved"), "verb_foerst", FORBEHOLD


_UTEN_VIRKNING = re.compile(r"(?<!\w)(?:påvirker|påverkar|berører|endrer|endrar|rører) (?:ikke|ikkje) (?:på )?(?:vedtak|tal)")


def _premisser(bit: Bit, neste: Bit | None) -> Iterator[Treff]:
    if _UTEN_VIRKNING.search(bit.tekst) or (neste is not None and neste.setning == bit.setning and _UTEN_VIRKNING.search(neste.tekst)):
        return
    ufarlig = list(liste("vilkaar", "ufarlig_innhold").finditer(bit.tekst))
    for treff in liste("vilkaar", "premiss").finditer(bit.tekst):
        sted, slutt = treff.span()
        if _negert(bit, sted, slutt) or any(u.start() < slutt and sted < u.end() for u in ufarlig):
            continue
        innhold = bit.tekst[slutt:]
        hele = bit.tekst[:sted] + " " + innhold if "til grunn" in treff[0] else innhold
        if not re.sub(r"[^\w]", "", innhold):
            hele = bit.tekst[:sted]
        grunn = "grunn" in treff[0]
        if grunn and not re.match(r" at(?!\w)", innhold) and innhold.strip(" .,"):
            continue
        if grunn and re.search(r"(?<!\w)(?:innenfor|innanfor|innafor) (?:\w+ ){0,3}(?:integreringstil\w+|ramme\w*|budsjett\w*|tilskudd\w*|tilskot\w*)", hele):
            continue
        eget = liste("vilkaar", "eget_arbeid").search(hele)
        ute = liste("vilkaar", "eksternt").search(hele)
        ressurs = klasse("ressurs").search(hele)
        if re.search(r"(?<!\w)(?:mener|meiner|synes|synest)(?: at)? $", bit.tekst[:sted]):
            yield bit.fra + sted, _hale(bit, slutt), "mening", USIKKER
            continue
        if eget and not (ute and re.search(r"(?<!\w)(?:staten|imdi|statl\w+|fullt ut|tilskudd\w*|tilskot\w*)(?!\w)", hele)):
            continue
        if ute or ressurs:
            yield bit.fra + sted, _hale(bit, slutt), "premiss", FORBEHOLD
        elif not grunn and (klasse("bosette").search(hele) or klasse("flyktning").search(hele)):
            yield bit.fra + sted, _hale(bit, slutt), "premiss", FORBEHOLD
        elif not grunn:
            yield bit.fra + sted, _hale(bit, slutt), "premiss_uklar", USIKKER


def _haap(bit: Bit) -> Iterator[Treff]:
    for treff in liste("vilkaar", "hoper").finditer(bit.tekst):
        if _NEI_FORAN.search(bit.tekst[: treff.start()]) or not liste("vilkaar", "eksternt").search(bit.tekst[treff.end() :]):
            continue
        yield bit.fra + treff.start(), _hale(bit, treff.end()), "haap", USIKKER


def _hale(bit: Bit, slutt: int) -> int:
    """A finding shows the words and what they are about, to the end of the phrase."""
    stopp = re.search(r"[,;:()]|$", bit.tekst[slutt:])
    lengde = stopp.start() if stopp else 0
    rest = bit.tekst[slutt : slutt + lengde]
    if len(rest) > 90:
        rest = rest[:90].rsplit(" ", 1)[0]
    return bit.fra + slutt + len(rest.rstrip(" .!?»\""))
