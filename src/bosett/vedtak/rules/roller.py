"""Which parts of a text decide something: sections of a record, proposals that fell, and the role of each clause.

Only what the council decided can hold a reservation. A protocol also holds proposals, debate, what IMDi asked for, earlier
years and orders to the administration; there the same words are harmless.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bosett.vedtak.rules.deling import Setning, klausuler, setninger
from bosett.vedtak.rules.leksikon import klasse, liste

Rolle = Literal["vedtak", "ekstra", "oppdrag", "historie", "anmodning", "omtale", "debatt", "falt"]
Del = Literal["uten", "vedtak", "innstilling", "forslag", "annet"]


@dataclass(frozen=True, slots=True)
class Bit:
    """A clause with its role. `tekst` is the masked text; `men`: the clause began with «but»."""

    fra: int
    til: int
    setning: int
    rolle: Rolle
    tekst: str
    beslutning: bool
    men: bool = False


def biter(tekst: str) -> list[Bit]:
    """The clauses of a masked text, each with its role."""
    delt = _uten_overskrift(tekst)
    aktive = _aktive(tekst, delt)
    ut: list[Bit] = []
    for klausul in klausuler(tekst, [s for s, _ in delt]):
        innhold = tekst[klausul.fra : klausul.til]
        setning = delt[klausul.setning][0]
        hele = tekst[setning.fra : setning.til]
        rolle = _rolle(innhold, hele) if aktive[klausul.setning] else "falt"
        ut.append(
            Bit(klausul.fra, klausul.til, klausul.setning, rolle, innhold, _beslutter(innhold), klausul.men)
        )
    return ut


def _uten_overskrift(tekst: str) -> list[tuple[Setning, Del]]:
    """The sentences without their headings, each with the section it stands in."""
    ut: list[tuple[Setning, Del]] = []
    del_: Del = "uten"
    for setning in setninger(tekst):
        fra = setning.fra
        innhold = tekst[fra : setning.til]
        ny, lengde = _overskrift(innhold)
        if ny:
            del_ = ny
            fra += lengde
        if tekst[fra : setning.til].strip(' "»«:.-–•'):
            ut.append((Setning(fra, setning.til), del_))
    return ut


def _overskrift(innhold: str) -> tuple[Del | None, int]:
    """The section a sentence opens, and how much of it is heading."""
    kolon = innhold.find(":")
    alene = kolon < 0
    hode = innhold if alene else innhold[:kolon]
    if len(hode) > 160 or (alene and (len(hode.split()) > 6 or hode.rstrip()[-1:] in ".!?")):
        return None, 0
    hode_uten = re.sub(r" +", " ", re.sub(r"\([^)]*\)?", "", hode))
    rent = re.sub(r"^[\s\-–•*(\"«]*(?:ᴢ+[.)]?)?[\s\-–]*", "", hode_uten).strip(' .:;"«»()-–')
    rent = re.sub(r"[\s,(–-]*[ᴅᴢʏ]+[\s.,)ᴅᴢʏ/-]*$", "", rent)
    rent = re.sub(r"^[ᴅᴢʏ]+[\s.,)ᴅᴢʏ/–-]+", "", rent)
    rent = re.sub(r"[,.;]", "", rent)
    ny: Del | None = None
    if liste("roller", "overskrift_forslag").fullmatch(rent) and not liste(
        "roller", "overskrift_innstilling"
    ).fullmatch(rent):
        ny = "forslag"
    elif liste("roller", "overskrift_innstilling").fullmatch(rent):
        ny = "innstilling"
    elif liste("roller", "overskrift_vedtak").fullmatch(rent):
        ny = "vedtak"
    elif liste("roller", "overskrift_annet").fullmatch(rent):
        ny = "annet"
    if ny is None or (alene and _beslutter(hode) and klasse("N").search(hode)):
        return None, 0
    return ny, len(hode) + (0 if alene else 1)


def _aktive(tekst: str, delt: list[tuple[Setning, Del]]) -> list[bool]:
    """Whether each sentence counts as decided."""
    innhold = [tekst[s.fra : s.til] for s, _ in delt]
    deler = [d for _, d in delt]
    vant, falt = liste("roller", "vant"), liste("roller", "falt")
    # What happened to each proposal is said after it.
    skjebne: dict[int, bool | None] = {}
    for i, d in enumerate(deler):
        if d == "forslag":
            skjebne[i] = _skjebne(innhold[i:], vant, falt)
    holder = {"uten", "vedtak"}
    bestemmer = [i for i, d in enumerate(deler) if d == "vedtak" and _sier_noe(innhold[i])]
    if not bestemmer:
        holder.add("innstilling")
        if not any(d in holder and _sier_noe(t) for t, d in zip(innhold, deler, strict=True)):
            holder |= {"annet"}
            skjebne = {i: s is not False for i, s in skjebne.items()}
    ut = [
        d in holder or (d == "forslag" and skjebne.get(i) is True and not bestemmer)
        for i, d in enumerate(deler)
    ]
    sitat = False
    for i, t in enumerate(innhold):
        # A quoted proposal may run over several sentences.
        if sitat:
            ut[i] = False
            sitat = "»" not in t
        elif liste("roller", "debatt").search(t) and t.count("«") > t.count("»"):
            sitat = True
    return ut


def _skjebne(etter: list[str], vant: re.Pattern[str], falt: re.Pattern[str]) -> bool | None:
    for t in etter[:40]:
        if falt.search(t):
            return False
        if (seier := vant.search(t)) is not None:
            # «… ble innstillingen vedtatt»: the others' proposal won.
            return (
                re.search(r"(?:innstilling|tilråding)\w* (?:\w+ ){0,3}$|(?:innstilling|tilråding)", seier[0])
                is None
            )
    return None


def _sier_noe(tekst: str) -> bool:
    return bool(klasse("flyktning").search(tekst) or klasse("bosette").search(tekst)) and bool(
        klasse("N").search(tekst) or klasse("nei").search(tekst)
    )


def _beslutter(innhold: str) -> bool:
    return klasse("beslutning_ord").search(innhold) is not None or uten_verb(innhold)


_FINITT = re.compile(
    r"\b(?:er|var|har|hadde|blir|ble|blei|vert|vart|kan|kunne|skal|skulle|vil|ville|må|måtte|bør|burde|får|fikk|fekk|gir|gjev|ber|bed|viser|"
    r"syner|ligger|ligg|står|går|gjør|gjer|mener|meiner|takker|takkar|kommer|kjem|finnes|finst|trenger|treng|legger|legg|følger|følgjer|"
    r"dekker|dekkjer|dekkes|gjelder|gjeld|bor|bur|ser|tror|trur|tas|takast|\w{3,}(?:eres|erast)|gjennomføres|gjennomførast)\b"
)


def uten_verb(innhold: str) -> bool:
    """«Inntil 15 flyktninger i 2026» decides as much as a whole sentence."""
    return _FINITT.search(innhold) is None


def _rolle(innhold: str, setning: str) -> Rolle:
    """The role of a clause. The order matters: a proposal that fell is nothing, whatever stands in it."""
    if liste("roller", "vant").search(setning) and not liste("roller", "falt").search(setning):
        return "vedtak"
    if liste("roller", "falt").search(innhold):
        return "falt"
    if liste("roller", "debatt").search(innhold) and not _vedtar_selv(innhold):
        return "debatt"
    if liste("roller", "historie").search(innhold) and not _vedtar_selv(innhold):
        return "historie"
    if _imdi_sier(innhold) and not _vedtar_selv(innhold):
        return "anmodning"
    hode = _foer_vilkaar(innhold)
    if _ekstra(innhold, setning):
        return "ekstra"
    if liste("roller", "oppdrag").search(hode):
        return "oppdrag"
    if liste("roller", "omtale").search(hode) and not _vedtar_selv(innhold):
        return "omtale"
    return "vedtak"


_SELV = re.compile(
    r"(?<!\w)(?:kommunen|kommunestyret|bystyret|heradsstyret|formannskapet|vi|me|heradet|kommune|byen|herad) (?:\w+ ){0,3}?"
    r"(?:bosetter|buset|vedtar|vedtek|vedtok|tar imot|tek imot|tar i mot|tek i mot|skal bosette|skal busett?j?e|sier ja|seier ja|vil bosette|vil busett?j?e|"
    r"kan bosette|godkjenner|ønsker|ønskjer|ynskjer|forutsetter|føreset|prioriterer|presiserer|understreker)(?!\w)|"
    r"(?<!\w)(?:bosetter|buset|vedtar|vedtek|tar|tek|vil|kan|skal|presiserer|understreker|presiserar) (?:\w+ )?(?:kommunen|kommunestyret|bystyret|heradsstyret|kommune|heradet|vi|me)(?!\w)"
)


def _vedtar_selv(innhold: str) -> bool:
    """«I tråd med IMDis anmodning bosetter kommunen 15»: the municipality decides in the same breath."""
    return _SELV.search(innhold) is not None or (
        re.search(r"(?<!\w)(?:bosetter|buset|vedtar|vedtek)(?!\w)", innhold) is not None
        and re.search(
            r"(?<!\w)(?:imdi|staten|landet|norge|noreg|kommunene|kommunane|kommuner|kommunar|andre)(?!\w)",
            innhold,
        )
        is None
    )


def _imdi_sier(innhold: str) -> bool:
    """IMDi or the state says something; not «det kreves at staten stiller …», where the municipality demands it."""
    return any(
        not re.search(
            r"(?<!\w)(?:at|om|dersom|hvis|viss|når|enn|fra|frå|av|men|til) $", innhold[: treff.start()]
        )
        and not re.match(r"(?:imdi|staten|ks|direktoratet) må", treff[0])
        for treff in liste("roller", "anmodning").finditer(innhold)
    )


def _foer_vilkaar(innhold: str) -> str:
    """The main clause before a condition: «godkjennes, på vilkår av at det ansettes …» isn't an order to hire."""
    for navn in ("sterke", "svake"):
        treff = liste("vilkaar", navn).search(innhold)
        if treff and len(innhold[: treff.start()].split()) > 2:
            innhold = innhold[: treff.start()]
    return innhold


def _ekstra(innhold: str, setning: str) -> bool:
    """An answer to IMDi's question of how many more, if the need grows."""
    if re.search(r"(?<!\w)(?:ned|reduser\w*|lavere|lågare|nedjuster\w*|færre)(?!\w)", innhold):
        return False
    mer = klasse("ekstra_ord").search(innhold)
    behov = klasse("behov_oker").search(setning)
    if behov and klasse("modal").search(innhold) and (mer or klasse("N").search(innhold)):
        return True
    return bool(
        mer
        and (klasse("N").search(innhold) or klasse("flyktning").search(innhold))
        and re.search(r"(?<!\w)(?:kan|kunne|potensiel\w*|potensial\w*|villige?|vurdere\w*|beredskap\w*|mulighet\w*|moglegheit\w*|kapasitet\w*|fullmakt)(?!\w)", innhold)
    )  # fmt: skip
