"""What follows from the facts about a household: its track and end, size, responsibility and readiness.

Its waiting follows too (`services.ventedager`), from all of this and whatever day it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bosett.grunn.klokke import i_dag
from bosett.person import states
from bosett.person.models import Emgrunnlag, Husholdning, Medlem, Navn, Person, Verge
from bosett.person.models_mottak import Mottaksopphold
from bosett.person.models_opphold import Lop, Opphold
from bosett.person.rules import em as emregel
from bosett.person.rules import klar as klarregel
from bosett.person.rules import lop as lopregel
from bosett.person.rules.ansvar import MYNDIG, alder, ansvarlig
from bosett.person.rules.fravaer import Fravaer, fravaer

if TYPE_CHECKING:
    from bosett.person.services.arbeid import Arbeid

_INN = {
    "mottak": states.PLASSER,
    "em": states.PLASSER_EM,
    "overforing": states.TA_UT,
    "familie": states.KOM_SOM_FAMILIE,
}
_SELV = {overgang.kode for overgang in states.SELVBOSETTING.values()}
_FLYTTET = "flyttet"
_UTGANGER = ("", "trukket", "utreist", "dod", _FLYTTET)


def utled(arbeid: Arbeid, h: Husholdning) -> None:
    dag = i_dag()
    igjen = [p for p in arbeid.medlemmer[h] if p.dod is None and p.ute is None]
    h.antall = len(igjen)
    pause = _lop(arbeid, h, igjen)
    em = next((p for p in igjen if p.enslig_mindrearig), None)
    for_ = h.ansvar
    h.ansvar = "imdi"
    if em is not None and h.lop == "em":
        bor = arbeid.bor(em)
        tilbud = arbeid.sted(bor).type if bor is not None and bor.mottak_id else None
        h.ansvar = ansvarlig(fodt=em.fodt, sokt=h.apnet, dag=dag, omsorgstilbud=tilbud)
    if h.ansvar != for_ and not h._state.adding:
        arbeid.byttet_ansvar.append((h, for_))
    if h.avsluttet is not None:
        h.klar_fra, h.klar_til, h.mangler = None, None, []
        return
    medlemmer = [
        klarregel.Medlem(
            nr=nr,
            tillatelser=tuple(
                klarregel.Tillatelse(r.fra, r.til, r.grunnlag)
                for r in reversed(arbeid.rader[Opphold, p])
                if r.grunnlag
            ),
            trenger_verge=p.enslig_mindrearig and alder(p.fodt, dag) < MYNDIG,
            har_verge=arbeid.naavaerende(Verge, p) is not None,
            **(_plan(arbeid, p, dag) if h.lop not in emregel.UTEN_PLAN else {}),
        )
        for nr, p in enumerate(igjen)
    ]
    soknad = arbeid.soknader.get(h.pk, date.min) > (pause or date.min)
    svar = klarregel.klar(medlemmer, lop=h.lop, dag=dag, soknad=soknad)
    h.klar_fra, h.klar_til = svar.fra, svar.til
    h.mangler = [
        {"kode": m.kode} | ({"person": str(igjen[m.medlem].uuid)} if m.medlem is not None else {})
        for m in svar.mangler
    ]


def _plan(arbeid: Arbeid, p: Person, dag: date) -> dict[str, Any]:
    bor = arbeid.bor(p)
    sted = arbeid.sted(bor).type if bor is not None and bor.mottak_id else None
    krevd = emregel.plan(enslig_mindrearig=p.enslig_mindrearig, fodt=p.fodt, dag=dag, sted=sted)
    if not krevd:
        return {}
    ferdig = [r.fra for r in arbeid.rader[Emgrunnlag, p] if emregel.godtas(r.slag, krevd=krevd, sted=sted)]
    return {"plan": krevd, "plan_ferdig": min(ferdig, default=None)}


def ankommet(arbeid: Arbeid, p: Person) -> date:
    """The first day she belonged to a household here."""
    return min((rad.fra for rad in arbeid.rader[Medlem, p]), default=p.husholdning.apnet)


def sett_em(arbeid: Arbeid, p: Person) -> None:
    """An unaccompanied minor is one who was under 18 when she came (back), by the date of birth that is known now."""
    kom = max(ankommet(arbeid, p), p.tilbake or date.min)
    p.enslig_mindrearig = bool(p.meldt.get("em")) and alder(p.fodt, kom) < MYNDIG


def borte(arbeid: Arbeid, p: Person, rad: Person | None = None) -> tuple[Fravaer, ...]:
    """When she was out of the chain, as told under the number at hand, which was given to `rad`."""
    utganger = (rad or p).utganger
    if not utganger:
        return ()
    her = [(r.kilde_nr, r.fra) for r in arbeid.egne(Navn, p)]  # an arrival always tells a name
    her += [(r.kilde_nr, r.fra) for r in arbeid.egne(Mottaksopphold, p) if r.mottak_id]
    her += [(r.kilde_nr, r.fra) for r in arbeid.egne(Opphold, p) if r.grunnlag]
    return fravaer(utganger, her)


def _lop(arbeid: Arbeid, h: Husholdning, igjen: Sequence[Person]) -> date | None:
    """The track and the end, from what the source has told; what IMDi has decided stands before it.

    Gives the day the household was left by everybody, when somebody has come back since.
    """
    medlemmer = [_vei(arbeid, p) for p in arbeid.medlemmer[h]]
    if h.slutt in _UTGANGER:
        h.avsluttet, h.slutt = _slutt(arbeid, h, medlemmer)
    if h.avsluttet is not None:
        arbeid.sett_lop(h, "avsluttet", h.avsluttet, states.AVSLUTT)
        return None
    pause = lopregel.pause(medlemmer)
    slag, fra = lopregel.lop(medlemmer)
    eget = next((ett for ett in reversed(arbeid.lopene[h]) if _staar(arbeid, ett, pause)), None)
    if eget is not None:
        etter = [dag for p in igjen for dag in _plassert(arbeid, p) if eget.fra < dag <= i_dag()]
        if eget.slag != "privat" or not etter:
            arbeid.sett_lop(h, eget.slag, eget.fra, states.EGNE[eget.hendelse], pause)
            return pause
        slag, fra = slag if slag == "em" else "mottak", min(etter)
    sokt = arbeid.soknader.get(h.pk)
    if fra is not None:
        arbeid.sett_lop(h, slag, fra, _INN[slag], pause)
    elif sokt is not None and (pause is None or sokt > pause):
        arbeid.sett_lop(h, "privat", sokt, states.SOK_PRIVAT, pause)
    elif (
        h.lop == "avsluttet"
        or _tatt_tilbake(arbeid, h)
        or not any(map(arbeid.er_slaatt_sammen, arbeid.medlemmer[h]))
    ):
        arbeid.sett_lop(h, "", i_dag(), states.UTLED, pause)
    return pause


def _staar(arbeid: Arbeid, lop: Lop, pause: date | None) -> bool:
    """An act of IMDi's own that has not been taken back, and was not made before everybody left and some came back."""
    if lop.hendelse in _SELV and (lop.husholdning_id, lop.hendelse, lop.fra) not in arbeid.selvbosatt:
        return False
    return lop.hendelse in states.EGNE and (pause is None or lop.fra > pause)


def _tatt_tilbake(arbeid: Arbeid, h: Husholdning) -> bool:
    lop = arbeid.lop.get(h)
    return lop is not None and lop.hendelse in _SELV


def _slutt(arbeid: Arbeid, h: Husholdning, medlemmer: Sequence[lopregel.Medlem]) -> tuple[date | None, str]:
    """When the last one left, and why. Those who left the chain before they got another case ended this one then."""
    if any(m.ut is None for m in medlemmer):
        return None, ""
    ut = [ett.ut for ett in medlemmer if ett.ut]
    for p, til in _forlot(arbeid, h):
        for_ = next((ett for ett in borte(arbeid, p) if ett.til and ett.fra <= til <= ett.til), None)
        ut.append((for_.fra, for_.grunn) if for_ is not None else (til, _FLYTTET))
    if ut:
        return max(ut)
    return (h.apnet, _FLYTTET) if h.slutt in ("", _FLYTTET) else (h.avsluttet, h.slutt)


def _forlot(arbeid: Arbeid, h: Husholdning) -> list[tuple[Person, date]]:
    """Those who have been in the household and are in another, and when they went."""
    return [
        (p, rad.til)
        for (modell, p), rader in arbeid.rader.items()
        for rad in rader
        if modell is Medlem and rad.husholdning_id == h.pk != p.husholdning_id and rad.til
    ]


def _inn(arbeid: Arbeid, p: Person) -> date | None:
    """The day she came from another household; None for one who has been in this one only."""
    rader = arbeid.rader[Medlem, p]
    return max((rad.til for rad in rader if rad.husholdning_id != p.husholdning_id and rad.til), default=None)


def _plassert(arbeid: Arbeid, p: Person) -> list[date]:
    """From which days she has lived at centres, counted in this household and since she came (back)."""
    inn, siden = _inn(arbeid, p) or date.min, p.tilbake or date.min
    return [
        max(rad.fra, inn)
        for rad in arbeid.rader[Mottaksopphold, p]
        if rad.mottak_id and siden <= rad.fra and (rad.til is None or max(inn, rad.fra) < rad.til)
    ]


def _vei(arbeid: Arbeid, p: Person) -> lopregel.Medlem:
    ut = (p.dod, "dod") if p.dod else (p.ute, p.ute_grunn or "trukket") if p.ute else None
    return lopregel.Medlem(
        ankommet=_inn(arbeid, p) or ankommet(arbeid, p),
        slag=p.meldt.get("slag", ""),
        enslig_mindrearig=p.enslig_mindrearig,
        plassert=min(_plassert(arbeid, p), default=None),
        voksen_fra=p.rettet if p.meldt.get("em") and not p.enslig_mindrearig else None,
        ut=ut,
        borte=borte(arbeid, p),
    )
