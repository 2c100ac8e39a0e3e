"""What follows from the facts about a household: its track and end, size, responsibility and readiness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bosett.grunn.klokke import i_dag
from bosett.person import states
from bosett.person.models import Emgrunnlag, Husholdning, Medlem, Person, Verge
from bosett.person.models_mottak import Mottaksopphold
from bosett.person.models_opphold import Opphold
from bosett.person.rules import em as emregel
from bosett.person.rules import klar as klarregel
from bosett.person.rules import lop as lopregel
from bosett.person.rules.ansvar import MYNDIG, alder, ansvarlig

if TYPE_CHECKING:
    from bosett.person.services.arbeid import Arbeid

_INN = {
    "mottak": states.PLASSER,
    "em": states.PLASSER_EM,
    "overforing": states.TA_UT,
    "familie": states.KOM_SOM_FAMILIE,
}
_EGNE = {overgang.kode for overgang in states.LOP.overganger if overgang.roller}
"""IMDi's own acts. What they decided stands until the source tells of something newer."""
_UTGANGER = ("", "trukket", "utreist", "dod")


def utled(arbeid: Arbeid, h: Husholdning) -> None:
    dag = i_dag()
    igjen = [p for p in arbeid.medlemmer[h] if p.dod is None and p.ute is None]
    h.antall = len(igjen)
    _lop(arbeid, h, igjen)
    em = next((p for p in igjen if p.enslig_mindrearig), None)
    for_ = h.ansvar
    h.ansvar = "imdi"
    if em is not None and h.lop == "em":
        bor = arbeid.naavaerende(Mottaksopphold, em)
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
    svar = klarregel.klar(medlemmer, lop=h.lop, dag=dag, soknad=h.pk in arbeid.soknader)
    h.klar_fra, h.klar_til = svar.fra, svar.til
    h.mangler = [
        {"kode": m.kode} | ({"person": str(igjen[m.medlem].uuid)} if m.medlem is not None else {})
        for m in svar.mangler
    ]


def _plan(arbeid: Arbeid, p: Person, dag: date) -> dict[str, Any]:
    bor = arbeid.naavaerende(Mottaksopphold, p)
    sted = arbeid.sted(bor).type if bor is not None and bor.mottak_id else None
    krevd = emregel.plan(enslig_mindrearig=p.enslig_mindrearig, fodt=p.fodt, dag=dag, sted=sted)
    if not krevd:
        return {}
    ferdig = [r.fra for r in arbeid.rader[Emgrunnlag, p] if emregel.godtas(r.slag, krevd=krevd, sted=sted)]
    return {"plan": krevd, "plan_ferdig": min(ferdig, default=None)}


def ankommet(arbeid: Arbeid, p: Person) -> date:
    """The first day she belonged to a household here."""
    return min((rad.fra for rad in arbeid.rader[Medlem, p]), default=p.husholdning.apnet)


def _lop(arbeid: Arbeid, h: Husholdning, igjen: Sequence[Person]) -> None:
    """The track and the end, from what the source has told; what IMDi has decided stands before it."""
    medlemmer = [_vei(arbeid, p) for p in arbeid.medlemmer[h]]
    if h.slutt in _UTGANGER:
        h.avsluttet, h.slutt = lopregel.slutt(medlemmer) or (None, "")
    if h.avsluttet is not None:
        arbeid.sett_lop(h, "avsluttet", h.avsluttet, states.AVSLUTT)
        return
    slag, fra = lopregel.lop(medlemmer)
    naa_ = arbeid.lop.get(h)
    if naa_ is not None and naa_.hendelse in _EGNE:
        tilbake = [
            bor.fra
            for p in igjen
            if (bor := arbeid.naavaerende(Mottaksopphold, p)) and bor.mottak_id and bor.fra > naa_.fra
        ]
        if naa_.slag != "privat" or not tilbake:
            return
        slag, fra = slag if slag == "em" else "mottak", min(tilbake)
    if fra is not None:
        arbeid.sett_lop(h, slag, fra, _INN[slag])
    elif h.lop == "avsluttet":  # it has opened again
        h.lop = ""
        if h.pk in arbeid.soknader:
            arbeid.sett_lop(h, "privat", h.apnet, states.SOK_PRIVAT)


def _vei(arbeid: Arbeid, p: Person) -> lopregel.Medlem:
    plassert = [rad.fra for rad in arbeid.rader[Mottaksopphold, p] if rad.mottak_id]
    ut = (p.dod, "dod") if p.dod else (p.ute, p.ute_grunn or "trukket") if p.ute else None
    return lopregel.Medlem(
        ankommet=ankommet(arbeid, p),
        slag=p.meldt.get("slag", ""),
        enslig_mindrearig=p.enslig_mindrearig,
        plassert=min(plassert, default=None),
        voksen_fra=p.rettet if p.meldt.get("em") and not p.enslig_mindrearig else None,
        ut=ut,
    )
