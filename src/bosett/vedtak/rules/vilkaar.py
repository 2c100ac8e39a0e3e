"""If: conditions, and what they hang on. «dersom behovet øker» belongs to extra places; «dersom vi finner boliger» to the decision.

A strong marker («forutsatt», «under føresetnad av», «med forbehold om») is a reservation unless it hangs on something else
than settling. A weak one («dersom», «når», «om») is a reservation only when its main clause is about settling and it speaks
of housing, money, capacity or the like; the growing need is IMDi's own question.
"""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import klasse, liste
from bosett.vedtak.rules.roller import Bit, uten_verb
from bosett.vedtak.rules.typer import FORBEHOLD, USIKKER, Utfall

Treff = tuple[int, int, str, Utfall]

_NEI_FORAN = re.compile(
    r"(?<!\w)(?:ikke|ikkje|uten|utan|ingen|inga|verken|hverken|korkje|aldri|uavhengig av|uavhengig|uansett)"
    r"(?: (?:noen|nokon|noe|noko|å|at|det|som|er|andre|særskilte|slike|form|for|av|kommunen|kommunestyret|gjøres|gjerast|tas|tatt|teke|tek|ta|"
    r"stille|stilles|stiller|settes|heller|være|vere|eller|og|vilkår|krav|forbehold|atterhald|reservasjoner|reservasjonar|om|en|ein|et|eit|"
    r"nasjonalitet\w*|familie\w*)){0,6} ?$"
)
_TALLET = re.compile(r"(?<!\w)(?:tallet|talet|antallet|antal|antall|vedtaket)(?!\w)")
# The municipality or the decision as a short subject: «dette gjelder så lenge …».
_DETTE = re.compile(
    r"(?<!\w)(?:alt|det hele|dette|det|vedtaket|svaret|ja|me|vi|kommunen|kommunestyret|bystyret|heradet|heradsstyret|formannskapet|plassene|plassane|tilbudet|"
    r"tilbodet|rammen|ramma)(?!\w)"
)
_TEGN = ' -–•*()ᴢ.,:«"'


def vilkaar(biter: Sequence[Bit]) -> Iterator[Treff]:
    """Every condition that hangs on the decision: place in the even text, name of the pattern, outcome."""
    for nr, bit in enumerate(biter):
        if bit.rolle in ("vedtak", "oppdrag"):
            # A bare condition («Forutsatt at …») hangs on the clause before it.
            foran = biter[nr - 1] if nr else None
            yield from _sterke(bit, foran)
            yield from _svake(bit, foran)
            yield from _verb_foerst(bit)


def negert_foran(tekst: str) -> bool:
    """Whether the text ends in a no that reaches what follows: «uten noen form for …», «det stilles ikke …»."""
    return _NEI_FORAN.search(tekst) is not None


def negert(bit: Bit, sted: int, slutt: int) -> bool:
    """Whether a marker is denied: by a no before it, inside it, or right behind it."""
    inni = bit.tekst[sted:slutt]
    if negert_foran(bit.tekst[:sted]) or re.search(r" (?:ikke|ikkje|ingen|inga) (?!minst|mulig)", inni):
        return True
    if re.match(r"(?:så|med mindre|dersom|hvis|viss|bare|berre|kun)", inni):
        return False  # «såfremt ikke annet bestemmes» is a condition all the same
    if re.search(r"(?<!\w)(?:at|om)$", inni):
        return False  # «det er en premiss at ingen må flytte»
    return re.match(r" (?:ikke|ikkje|ingen|inga)(?! minst| lar| let| å)(?!\w)", bit.tekst[slutt:]) is not None


def ufarlige(bit: Bit) -> list[re.Match[str]]:
    """Stretches where words of condition mean something else: «gode forutsetninger for …», «vilkårene i loven»."""
    return list(liste("vilkaar", "ufarlig_innhold").finditer(bit.tekst))


def til_fraseslutt(bit: Bit, slutt: int) -> int:
    """A finding shows the words and what they are about, to the end of the phrase."""
    stopp = re.search(r"[,;:()]|$", bit.tekst[slutt:])
    rest = bit.tekst[slutt : slutt + (stopp.start() if stopp else 0)]
    if len(rest) > 90:
        rest = rest[:90].rsplit(" ", 1)[0]
    return bit.fra + slutt + len(rest.rstrip(' .!?»"'))


def _sterke(bit: Bit, foran: Bit | None) -> Iterator[Treff]:
    ufarlig = ufarlige(bit)
    for treff in liste("vilkaar", "sterke").finditer(bit.tekst):
        sted, slutt = treff.span()
        if negert(bit, sted, slutt) or any(u.start() < slutt and sted < u.end() for u in ufarlig):
            continue
        hoved, innhold = bit.tekst[:sted], bit.tekst[slutt:]
        if not _henger_paa_annet(hoved, innhold, bit, foran):
            yield bit.fra + sted, til_fraseslutt(bit, slutt), "vilkar_sterkt", FORBEHOLD


def _henger_paa_annet(hoved: str, innhold: str, bit: Bit, foran: Bit | None) -> bool:
    """Whether a strong condition belongs to something else than the decision."""
    if liste("vilkaar", "paa_best").match(bit.tekst[len(hoved) :]) and not _om_bosetting(bit.tekst):
        return True
    if re.match(r"\W*(?:likt|lik|i tråd med|i samsvar med|jf)(?!\w)", innhold) or _om_tjeneste(
        hoved, innhold
    ):
        return True
    if not hoved.strip(_TEGN) and foran is not None:
        return foran.rolle == "ekstra" or (
            foran.rolle in ("oppdrag", "omtale") and foran.setning == bit.setning
        )
    return _om_tiltak(hoved, bit) or _om_annet(hoved)


def _om_bosetting(hoved: str) -> bool:
    return (
        any(klasse(k).search(hoved) for k in ("bosette", "motta", "bosetting_n"))
        or _TALLET.search(hoved) is not None
        or (klasse("N").search(hoved) is not None and klasse("flyktning").search(hoved) is not None)
    )


def _om_tiltak(hoved: str, bit: Bit) -> bool:
    """The condition hangs on an order or a measure, not on how many are settled."""
    if _om_bosetting(hoved):
        return bit.rolle == "oppdrag" and not klasse("N").search(hoved) and not _reduserer(bit.tekst)
    return bit.rolle == "oppdrag" or liste("vilkaar", "tiltak_hoved").search(hoved) is not None


def _om_annet(hoved: str) -> bool:
    """The main clause has its own verb and says nothing of settling: «kjøp av boliger gjennomføres bare dersom …»."""
    if _om_bosetting(hoved) or _DETTE.search(hoved):
        return False
    if any(klasse(k).search(hoved) for k in ("svaret", "vedta", "si_ja", "flyktning", "hvem_n")):
        return False
    return not uten_verb(hoved)


def _om_tjeneste(hoved: str, innhold: str) -> bool:
    """«Kommunen vil så langt det er mulig gi flyktningene bolig»: about the service, said before its verb."""
    return (
        re.search(r"(?<!\w)(?:vil|skal|kan|bør|ønsker å|ønskjer å) $", hoved) is not None
        and liste("vilkaar", "tjenesteverb").search(innhold) is not None
        and not any(klasse(k).search(innhold) for k in ("bosette", "motta"))
    )


def _reduserer(tekst: str) -> bool:
    return liste("vilkaar", "reduksjon").search(tekst) is not None


_TRENGER_RESSURS = {
    "når", "om", "etter at", "så snart", "så fort", "før", "inntil", "fram til", "først når", "fyrst når",
}  # fmt: skip


def _svake(bit: Bit, foran: Bit | None) -> Iterator[Treff]:
    for treff in liste("vilkaar", "svake").finditer(bit.tekst):
        sted, slutt = treff.span()
        ord_ = treff[0]
        if not _er_vilkaar(ord_, bit.tekst[:sted], bit.tekst[slutt:]):
            continue
        hoved, innhold = _del_opp(bit.tekst, sted, slutt)
        om_ressurs = klasse("ressurs").search(innhold) is not None
        if not om_ressurs and (ord_ in _TRENGER_RESSURS or klasse("behov_oker").search(innhold)):
            continue
        utfall = _utfall(hoved, innhold, om_ressurs, bit, foran)
        if utfall is not None:
            yield bit.fra + sted, til_fraseslutt(bit, slutt), f"vilkar_{ord_.replace(' ', '_')}", utfall


def _er_vilkaar(ord_: str, foran: str, etter: str) -> bool:
    """Whether a weak marker is one here: not «anmodning om», «uansett om», «selv når», «før» without a demand."""
    if ord_ == "om" and (
        liste("vilkaar", "foran_om", bakerst=True).search(foran)
        or re.match(r" \w+(?: (?:og|eller)(?!\w)|[,.;]|$)", etter)
    ):
        return False
    if ord_ == "før":
        return re.search(r"(?<!\w)(?:må|skal)(?!\w)", foran + etter) is not None
    if re.search(r"(?<!\w)(?:bare|også) $", foran) and ord_ in ("dersom", "hvis", "når"):
        return True
    return not re.search(
        r"(?<!\w)(?:uavhengig av|uansett|uten omsyn til|utan omsyn til|selv|sjølv|også|òg|bare|som) $", foran
    )


def _del_opp(tekst: str, sted: int, slutt: int) -> tuple[str, str]:
    """The main clause and what the condition says, whichever comes first."""
    foran = tekst[:sted].strip(_TEGN)
    if len(foran.split()) > 2 or _TALLET.search(foran) or klasse("svaret").search(foran):
        return foran, tekst[slutt:]
    skille = re.search(r", (?:så )?\w+ ", tekst[slutt:]) or re.search(
        r"(?<=\w) (?:kan|vil|skal|må|blir|vert|bosetter|buset|tar|tek|reduseres|stanses|faller|fell) ",
        tekst[slutt:],
    )
    if skille:
        return tekst[slutt + skille.start() :], tekst[slutt : slutt + skille.start()]
    return "", tekst[slutt:]


def _utfall(hoved: str, innhold: str, om_ressurs: bool, bit: Bit, foran: Bit | None) -> Utfall | None:
    """What a weak condition means, by its main clause. None when it is no reservation."""
    if not hoved:
        if foran is None or foran.rolle in ("ekstra", "omtale", "historie", "anmodning", "debatt", "falt"):
            return None
        egen = foran.rolle != "oppdrag" or foran.setning != bit.setning
        return FORBEHOLD if om_ressurs and egen else None
    om_bosetting = _om_bosetting(hoved) or any(
        klasse(k).search(hoved) for k in ("tallet", "vedta", "si_ja", "svaret")
    )
    if _reduserer(hoved) and (om_bosetting or om_ressurs):
        return FORBEHOLD if om_bosetting else USIKKER
    if bit.rolle == "oppdrag" or not om_bosetting:
        return None
    if om_ressurs:
        return FORBEHOLD
    if re.search(r"(?<!\w)ikk(?:e|je)(?!\w)", hoved) or liste("vilkaar", "tiltak_hoved").search(hoved):
        return None
    if liste("vilkaar", "uvedkommende").search(innhold):
        return None
    return FORBEHOLD if klasse("N").search(hoved) or liste("vilkaar", "gjelder").search(hoved) else None


_VERB_FOERST = re.compile(
    r"^\W*(?:ᴢ+[.)] )?(?:vert|blir|får|faller|fell|kommer|kjem|svikter|sviktar|stopper|stoppar|mangler|manglar|skulle|finnes|finst|lykkes|lukkast|klarer|"
    r"klarar|greier|uteblir|går|er|har|kan|viser|syner|stiger|stig|øker|aukar|synker|søkk|mister|mistar|hamner|hamnar|sier|seier|trekker|trekk|tar|tek|"
    r"dekker|dekkjer|betaler|betalar|gir|gjev|vil|slutter|sluttar|overstiger|overstig|henter|hentar|endrer|endrar|svekker|svekkjer|\w+es|\w+ast) "
    r"(?!det bes)(?P<innhold>[^,:]{3,120}), (?P<hoved>(?:så |da |då )?(?:kan|må|vil|skal|bør|blir|vert|er|har|får|faller|fell|gjelder|gjeld|bosetter|buset|tar|tek|"
    r"stopper|stoggar|stoppar|reduserer|reduserar|stanser|stansar|utsetter|utset|venter|ventar|trekker|trekk|mister|bortfaller|opphører|\w+es|\w+ast) .+)"
)


def _verb_foerst(bit: Bit) -> Iterator[Treff]:
    """A condition without a word for it: «Blir tilskuddet redusert, faller vedtaket bort»."""
    treff = _VERB_FOERST.match(bit.tekst)
    if treff is None or klasse("behov_oker").search(treff["innhold"]):
        return
    hoved = treff["hoved"]
    om_ressurs = klasse("ressurs").search(treff["innhold"]) is not None
    om_bosetting = _om_bosetting(hoved) or any(klasse(k).search(hoved) for k in ("tallet", "flyktning"))
    if _reduserer(hoved) or (om_ressurs and om_bosetting):
        yield bit.fra + treff.start(), bit.fra + treff.end("hoved"), "verb_foerst", FORBEHOLD
