"""From the facts about a household to its waiting: since when, the target, and the days by owner (R086, R179).

Pure, and independent of the day it is asked on: the same facts give the same answer, whatever order they came in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from bosett.person.rules.ansvar import MYNDIG, alder, ansvarlig
from bosett.person.rules.grunnlag import grunnlag, grunnlagene
from bosett.person.rules.klar import ALDRI
from bosett.person.rules.maal import maal
from bosett.person.rules.ventedager import START, Hendelse, Intervall, Retting, intervaller

KARTLAGT = "kartlegging_ferdig"
UTE = "person_ute"
OMSORGSSENTER = "omsorgssenter"
_VENTER = (START, "grunnlag_uavklart")
"""A permit is there, also one that nobody has verified as a ground: she waits for somebody's answer."""
Tider = Sequence[tuple[date, date | None]]


class Medlem(NamedTuple):
    """One who is or was to be settled. `nr` names her in the events without naming the person; half-open periods throughout."""

    nr: str
    fra: date
    """The first day she belonged to a household here."""
    ut: date | None = None
    fodt: date = date.min
    em: bool = False
    overforing: bool = False
    tillatelser: Sequence[tuple[date, date | None, str]] = ()
    """From, to, ground; without a ground: taken back."""
    bor: Sequence[tuple[date, date | None, str]] = ()
    """From, to, type of centre; without one: a private address."""
    verger: Tider = ()


class Fakta(NamedTuple):
    """`egne`: the tracks IMDi's own acts put the household on, with from and to; `sokt`: the first application to be settled."""

    apnet: date
    medlemmer: Sequence[Medlem]
    lop: str = ""
    avsluttet: date | None = None
    egne: Sequence[tuple[str, date, date | None]] = ()
    sokt: date | None = None


class Venting(NamedTuple):
    """`fra`: the first permit; `til`: the day the wait was over, None while it lasts; `tillatt`: the first day everybody who was there had one; `maal`: the last day within the target."""

    fra: date | None = None
    til: date | None = None
    tillatt: date | None = None
    maal: date | None = None
    dager: tuple[Intervall, ...] = ()


INGEN = Venting()


def venting(
    fakta: Fakta, *, flere: Iterable[Hendelse] = (), rettinger: Sequence[Retting] = (), kartlegges: bool = False
) -> Venting:  # fmt: skip
    """The whole of it. `flere`: events that rooms above know of. `kartlegges`: such a room tells when a mapping is finished; without
    one nobody knows when the centre's days ended, and none are counted as the centre's.

    The wait begins with the first permit in the household. The target counts from the earliest day on which everybody who belonged to
    it that day had a permit that gives a ground: a child born later, or a permit renewed, does not move it.
    Those who are not settled by agreement (family immigrants) do not wait; those who settle themselves wait until they do.
    """
    if fakta.lop == "familie":
        return INGEN
    her = [m for m in fakta.medlemmer if m.ut is None or m.ut > m.fra]
    rekker = [_tillatelser(m) for m in her]
    fra = min((dag for rekke in rekker for dag, slag in rekke if slag in _VENTER), default=None)
    slutt = _slutt(fakta)
    if fra is None or (slutt is not None and slutt <= fra):
        return INGEN
    tillatt = _alle_hadde(rekker)
    frist = None
    if tillatt is not None and (slutt is None or tillatt < slutt):
        em = any(m.em and alder(m.fodt, tillatt) < MYNDIG for m in her if _er_der(m, tillatt))
        frist = maal(tillatt, em).frist
    else:
        tillatt = None
    hendelser = [
        Hendelse(dag, 0, slag, m.nr) for m, rekke in zip(her, rekker, strict=True) for dag, slag in rekke
    ]
    hendelser += _om_husholdningen(fakta, her, fra, kartlegges=kartlegges)
    hendelser += flere
    return Venting(fra, slutt, tillatt, frist, intervaller(hendelser, fra, slutt, rettinger))


def _slutt(fakta: Fakta) -> date | None:
    """The day the wait is over: the case ended, or they settled themselves."""
    selv = (fra for slag, fra, til in fakta.egne if slag in ALDRI and til is None)
    return min((dag for dag in (fakta.avsluttet, *selv) if dag is not None), default=None)


def _er_der(m: Medlem, dag: date) -> bool:
    return m.fra <= dag and (m.ut is None or dag < m.ut)


def _skifter(
    m: Medlem, dager: Iterable[date | None], stand: Callable[[date], str]
) -> Iterator[tuple[date, str]]:
    """The days something begins to be so for a member, while she is here: her first day, and those of `dager` on which it is new."""
    for_, ut = None, m.ut or date.max
    for dag in sorted({m.fra, *[d for d in dager if d is not None and m.fra < d < ut]}):
        naa = stand(dag)
        if naa != for_:
            yield dag, naa
        for_ = naa


def _tillatelser(m: Medlem) -> list[tuple[date, str]]:
    """How it is with her permit, as the event that made it so, from each day it became so; last, that she left."""
    dager: list[date | None] = []
    for fra, til, kode in m.tillatelser:
        dager += (fra, til)
        if kode:
            dager += _grenser(kode)
    rekke = list(_skifter(m, dager, lambda dag: _tillatelse(m, dag)))
    if m.ut is not None:
        rekke.append((m.ut, UTE))
    return rekke


def _tillatelse(m: Medlem, dag: date) -> str:
    """As `rules.klar` sees it: of several that hold the one that began last; a withdrawal counts when none holds."""
    gitt, trukket, utlopt = (date.min, ""), False, False
    for fra, til, kode in m.tillatelser:
        if fra > dag:
            continue
        if til is not None and til <= dag:
            utlopt = True
        elif not kode:
            trukket = True
        elif (fra, kode) > gitt:
            gitt = (fra, kode)
    if gitt[1]:
        return _gir(gitt[1], dag)
    return "tillatelse_trukket" if trukket else "tillatelse_utlopt" if utlopt else "tillatelse_mangler"


@cache
def _gir(kode: str, dag: date) -> str:
    svar = grunnlag(kode).bosettes(dag)
    return "grunnlag_uavklart" if svar is None else START if svar else "tillatelse_uten_grunnlag"


@cache
def _grenser(kode: str) -> tuple[date, ...]:
    """The days on which the ground table changes for a ground."""
    return (
        tuple(periode.fra for periode, _svar, _kilde in grunnlagene()[kode].perioder)
        if kode in grunnlagene()
        else ()
    )


def _alle_hadde(rekker: Sequence[Sequence[tuple[date, str]]]) -> date | None:
    """The first day on which everybody who was there had a permit that gives a ground."""
    endringer = sorted((dag, nr, slag) for nr, rekke in enumerate(rekker) for dag, slag in rekke)
    naa: dict[int, str] = {}
    for plass, (dag, nr, slag) in enumerate(endringer, 1):
        if slag == UTE:
            naa.pop(nr, None)
        else:
            naa[nr] = slag
        siste_den_dagen = plass == len(endringer) or endringer[plass][0] > dag
        if siste_den_dagen and naa and all(ett == START for ett in naa.values()):
            return dag
    return None


# -- what is not about the permits --------------------------------------------------------------------------------


def _om_husholdningen(
    fakta: Fakta, her: Sequence[Medlem], fra: date, *, kartlegges: bool
) -> Iterator[Hendelse]:
    yield from _veien(fakta, her, fra)
    for m in her:
        if m.em:
            yield from _verge(m)
            if fakta.lop == "em":
                yield from _ansvar(m, fakta.apnet)
    if kartlegges:
        yield from _mottak(her)


def _veien(fakta: Fakta, her: Sequence[Medlem], fra: date) -> Iterator[Hendelse]:
    """From the first day something tells how they are to be settled; and those who live privately must apply."""
    forst = [m.fra for m in her if m.overforing] + [dag for _slag, dag, _til in fakta.egne]
    forst += [dag for m in her for dag, _til, type_ in m.bor if type_]
    kjent = min([*forst, fakta.sokt] if fakta.sokt is not None else forst, default=None)
    if kjent is None and fakta.lop:
        kjent = fra
    if kjent is None or kjent > fra:
        yield Hendelse(fra, 0, "lop_ukjent")
        if kjent is not None:
            yield Hendelse(kjent, 0, "lop_kjent")
    for slag, dag, til in fakta.egne:
        if slag == "privat" and (fakta.sokt is None or fakta.sokt > dag) and til != dag:
            yield Hendelse(dag, 1, "bor_privat_uten_soknad")
            if fakta.sokt is not None and (til is None or fakta.sokt <= til):
                yield Hendelse(fakta.sokt, 2, "soknad_registrert")
            elif til is not None:
                yield Hendelse(til, 2, "tilbake_paa_mottak")


def _verge(m: Medlem) -> Iterator[Hendelse]:
    """An unaccompanied minor needs a guardian until she is 18."""
    myndig = _fyller(m.fodt, MYNDIG)

    def stand(dag: date) -> str:
        if dag >= myndig:
            return "fylte_18"
        har = any(fra <= dag and (til is None or dag < til) for fra, til in m.verger)
        return "verge_oppnevnt" if har else "verge_mangler"

    for dag, slag in _skifter(m, [myndig, *(dag for tid in m.verger for dag in tid)], stand):
        yield Hendelse(dag, 0, slag, m.nr)


def _ansvar(m: Medlem, sokt: date) -> Iterator[Hendelse]:
    """From the first centre: who finds a municipality for her (`rules.ansvar`)."""
    forst = min((fra for fra, _til, type_ in m.bor if type_), default=None)
    if forst is None:
        return

    def stand(dag: date) -> str:
        tilbud = max(
            ((fra, type_) for fra, til, type_ in m.bor if fra <= dag and (til is None or dag < til)),
            default=None,
        )
        if dag < forst:
            return "ansvar_imdi"
        hvem = ansvarlig(fodt=m.fodt, sokt=sokt, dag=dag, omsorgstilbud=tilbud[1] or None if tilbud else None)
        return f"ansvar_{hvem}"

    dager: list[date | None] = [_fyller(m.fodt, 15), *(dag for fra, til, _ in m.bor for dag in (fra, til))]
    for dag, slag in _skifter(m, dager, stand):
        yield Hendelse(dag, 0, slag, m.nr)


def _mottak(her: Sequence[Medlem]) -> Iterator[Hendelse]:
    """While somebody lives at a centre, the centre maps the household: its days until it is told that it is done."""

    def stand(dag: date) -> str:
        typer = {
            type_
            for m in her
            if _er_der(m, dag)
            for fra, til, type_ in m.bor
            if type_ and fra <= dag and (til is None or dag < til)
        }
        if not typer:
            return "flyttet_fra_mottak"
        return "kom_til_omsorgssenter" if typer == {OMSORGSSENTER} else "kom_til_mottak"

    dager = {dag for m in her for fra, til, _ in m.bor for dag in (fra, til, m.fra, m.ut) if dag is not None}
    for_ = "flyttet_fra_mottak"
    for dag in sorted(dager):
        naa = stand(dag)
        if naa != for_:
            yield Hendelse(dag, 0, naa)
        for_ = naa


def _fyller(fodt: date, aar: int) -> date:
    """The day somebody is so many years (`rules.ansvar.alder`): on 1 March for those born on a leap day."""
    if (fodt.month, fodt.day) == (2, 29):
        return date(fodt.year + aar, 3, 1)
    return fodt.replace(year=fodt.year + aar)
