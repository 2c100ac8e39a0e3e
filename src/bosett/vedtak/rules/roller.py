"""Which clauses of a text decide something: the role of each, in the sentences that count (oppbygning.py).

Only what the council decided can hold a reservation. A protocol also holds proposals, debate, what IMDi asked for, earlier
years and orders to the administration; there the same words are harmless.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bosett.vedtak.rules.deling import klausuler
from bosett.vedtak.rules.leksikon import klasse, liste
from bosett.vedtak.rules.oppbygning import delte_setninger

Rolle = Literal["vedtak", "ekstra", "oppdrag", "historie", "anmodning", "omtale", "debatt", "falt"]


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
    delt = delte_setninger(tekst)
    ut: list[Bit] = []
    for klausul in klausuler(tekst, [s for s, _, _ in delt]):
        innhold = tekst[klausul.fra : klausul.til]
        setning, aktiv, vant = delt[klausul.setning]
        rolle = _rolle(innhold, tekst[setning.fra : setning.til]) if aktiv else "falt"
        if vant and rolle in ("debatt", "falt"):
            rolle = "vedtak"
        ut.append(
            Bit(klausul.fra, klausul.til, klausul.setning, rolle, innhold, _beslutter(innhold), klausul.men)
        )
    return ut


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
    if liste("roller", "falt").search(innhold) or liste("roller", "falt_setning").search(setning):
        return "falt"
    if setning.rstrip(' »"').endswith("?") or (
        liste("roller", "debatt").search(innhold) and not _vedtar_selv(innhold)
    ):
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
