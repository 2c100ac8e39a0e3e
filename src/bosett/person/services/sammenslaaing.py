"""Two persons are made one, and parted again: every link is moved, and every link is put back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import reservasjoner
from bosett.person import states_dubletter as states
from bosett.person.models import (
    Dublett,
    Emgrunnlag,
    Husholdning,
    Medlem,
    Navn,
    Nummer,
    Person,
    Relasjon,
    Sokeord,
    Verge,
)
from bosett.person.models_dubletter import Sammenslaaing
from bosett.person.models_mottak import Mottaksopphold
from bosett.person.models_opphold import Lop, Opphold, Privatsoknad, Selvbosetting
from bosett.person.models_samtykke import Samtykke
from bosett.person.models_venting import Ventedagretting
from bosett.person.rules.skjerming import strengeste
from bosett.person.services.arbeid import TIL, Arbeid
from bosett.person.services.deling import del_etter_opphold
from bosett.person.services.dubletter import krev_apen, krev_grunn, laas_par, let_senere, spor_par
from bosett.person.services.sammenslaatte import som_lagret
from bosett.person.services.samtykker import senk_grad
from bosett.samtale import sakskifte
from bosett.tilgang.policy import krev

LENKER: dict[str, tuple[type[Any], str]] = {
    "nummer": (Nummer, "person"),
    "navn": (Navn, "person"),
    "medlem": (Medlem, "person"),
    "opphold": (Opphold, "person"),
    "mottaksopphold": (Mottaksopphold, "person"),
    "verge": (Verge, "person"),
    "emgrunnlag": (Emgrunnlag, "person"),
    "samtykke": (Samtykke, "person"),
    "relasjon": (Relasjon, "person"),
    TIL: (Relasjon, "til_person"),
}
"""Kind of row → its table, and which of its fields points to the person. Rooms above add theirs when the application starts."""
SAKENS = ("innlegg", "henvendelse", "ventedagretting", "reservasjon_sluppet")
"""What hangs on the household, and follows when it is left empty; its waiting days and shares are derived."""
EN_AV: dict[str, str] = {}
"""Kinds of which a person has one per value of this field (empty: one in all): when both have it, the other's stays with the other."""
SAKSLENKER: dict[str, Callable[[int, int], "QuerySet[Any]"]] = {}
"""Kind of row → those of a household that is left empty that go to the other (ids). Rooms above add theirs; asked in their order."""
_TOM: tuple[object, ...] = ("", [], None, "ukjent")
_FYLLES = ("kjonn", "statsborgerskap", "tolkespraak", "spraak", "dod")
"""Taken over when nothing stands on the one who is kept."""
_DATOER = ("fodt", "rettet", "dod", "ute", "tilbake")


@transaction.atomic
def slaa_sammen(*, aktor: Aktor, dublett_id: int, behold_id: int, hvorfor: str) -> Sammenslaaing:
    """Everything that hangs on the other person hangs on this one; the other row stays as a sign that points here.

    A household that is left empty is closed. What is derived (readiness, shares) follows. Repeating it gives the same merge.
    Raises `Ugyldig` (no reason, not one of the two), `FinnesIkke`, `Konflikt` (decided otherwise, merged with a third, the kept one
    has left the chain and the other has not).
    """
    krev(aktor, states.SLAA_SAMMEN.kode)
    grunn = krev_grunn(hvorfor)
    par = laas_par(aktor, dublett_id)
    to = {p.pk: p for p in (par.en, par.annen)}
    if behold_id not in to:
        raise Ugyldig(kode="DUBLETT-VALG", hva="Den som skal stå igjen, er ikke en av de to.", gjor="Velg en av de to.")  # fmt: skip
    beholdt = to.pop(behold_id)
    borte = to.popitem()[1]
    gjort = par.sammenslaainger.filter(opphevet=None, beholdt=beholdt).first()
    if gjort is not None:
        return gjort
    krev_apen(par)
    _krev_kan(beholdt, borte)
    ny = Sammenslaaing(
        dublett=par, beholdt=beholdt, borte=borte, hvorfor=grunn, av_id=aktor.bruker_id, tid=naa()
    )
    _flytt(ny)
    _ta_over(ny)
    borte.samme_som = beholdt
    borte.save(update_fields=["samme_som"])
    par.status, par.avgjort, par.avgjort_av_id = Dublett.Status.SLAATT_SAMMEN, ny.tid, aktor.bruker_id
    par.save()
    Sokeord.objects.filter(person=borte).delete()
    arbeid = _arbeid(aktor, ny)
    _lukk_tomt(arbeid, ny)
    _skriv(arbeid, beholdt)
    _husk_lop(arbeid, ny)
    ny.save()
    _senk_grader(aktor, ny)
    fulgte = {slag: len(ny.flyttet[slag]) for slag in (*SAKENS, *SAKSLENKER) if ny.flyttet.get(slag)}
    spor_par(
        aktor, states.SLAA_SAMMEN.kode, par, grunn, sammenslaaing=str(ny.uuid), beholdt=str(beholdt.uuid),
        **({"fulgte": fulgte} if fulgte else {}),
    )  # fmt: skip
    let_senere([beholdt.pk], ())
    return ny


@transaction.atomic
def opphev(*, aktor: Aktor, sammenslaaing_id: int, hvorfor: str) -> Sammenslaaing:
    """Every link is put back as it was; what has come since stays with the one who was kept, unless it named the other's number.

    The pair is open again. Repeating it changes nothing. Raises `Ugyldig` without a reason, `FinnesIkke`, and `Konflikt` when the
    one who was kept has been merged with a third since.
    """
    krev(aktor, states.OPPHEV_SAMMENSLAAING.kode)
    grunn = krev_grunn(hvorfor)
    denne = Sammenslaaing.objects.filter(pk=sammenslaaing_id).first()
    if denne is None:
        raise _ukjent()
    par = laas_par(aktor, denne.dublett_id)
    denne = Sammenslaaing.objects.select_for_update().get(pk=sammenslaaing_id)
    if denne.opphevet is not None:
        return denne
    denne.beholdt, denne.borte = (par.en, par.annen) if par.en_id == denne.beholdt_id else (par.annen, par.en)
    if denne.beholdt.samme_som_id is not None:
        raise Konflikt(
            kode="DUBLETT-SENERE",
            hva="Den som står igjen, er senere slått sammen med en tredje person.",
            regel="Den siste sammenslåingen må oppheves først.",
            gjor="Opphev den siste sammenslåingen, og så denne.",
        )
    _flytt_tilbake(denne)
    _gi_tilbake(aktor, denne)
    denne.borte.samme_som = None
    denne.borte.save(update_fields=["samme_som"])
    denne.opphevet, denne.opphevet_hvorfor, denne.opphevet_av_id = naa(), grunn, aktor.bruker_id
    denne.save()
    par.status, par.avgjort, par.avgjort_av = Dublett.Status.APEN, None, None
    par.save()
    _skriv(_arbeid(aktor, denne), denne.beholdt, denne.borte)
    _senk_grader(aktor, denne)
    spor_par(aktor, states.OPPHEV_SAMMENSLAAING.kode, par, grunn, sammenslaaing=str(denne.uuid))
    return denne


def _ukjent() -> FinnesIkke:
    return FinnesIkke(
        kode="SAMMENSLAAING-FINNES-IKKE", hva="Sammenslåingen finnes ikke, eller du har ikke tilgang til den."
    )


def _krev_kan(beholdt: Person, borte: Person) -> None:
    if beholdt.samme_som_id or borte.samme_som_id:
        raise Konflikt(
            kode="DUBLETT-ALLEREDE",
            hva="En av de to er alt slått sammen med en annen.",
            regel="En person kan bare være slått sammen med én.",
            gjor="Se på paret på nytt når den andre sammenslåingen er avklart.",
        )
    ute = beholdt.ute is not None or beholdt.husholdning.avsluttet is not None
    if ute and borte.ute is None and borte.husholdning.avsluttet is None:
        raise Konflikt(
            kode="DUBLETT-AVSLUTTET",
            hva="Saken til den du vil beholde, er avsluttet, og saken til den andre er åpen.",
            regel="Den som fortsatt skal bosettes, må stå igjen.",
            gjor="Velg den andre.",
        )


def _arbeid(aktor: Aktor, denne: Sammenslaaing) -> Arbeid:
    arbeid = Arbeid(aktor, "imdi")
    arbeid.les(husholdninger={denne.beholdt.husholdning_id, denne.borte.husholdning_id})
    for h in arbeid.husholdninger.values():
        arbeid.ror(h)
    return arbeid


def _skriv(arbeid: Arbeid, *nye_ord: Person) -> None:
    ider = {p.pk for p in nye_ord}
    for personer in arbeid.medlemmer.values():
        for p in personer:
            if p.pk in ider:
                arbeid.bytt_navn(p)
    arbeid.skriv()
    del_etter_opphold(arbeid)


def _flytt(ny: Sammenslaaing) -> None:
    """All rows, also what was known before. A relation between the two, and a yes both have said, stay with the one who goes."""
    for slag, (modell, felt) in LENKER.items():
        rader = modell.objects.filter(**{felt: ny.borte})
        if slag in EN_AV:
            en_av, har = EN_AV[slag], modell.objects.filter(**{felt: ny.beholdt})
            if en_av:
                rader = rader.exclude(**{f"{en_av}__in": har.values(en_av)})
            elif har.exists():
                rader = rader.none()
        if modell is Relasjon:
            rader = rader.exclude(person=ny.beholdt).exclude(til_person=ny.beholdt)
        if modell is Samtykke:
            har = Samtykke.objects.filter(person=ny.beholdt, avsluttet=None).values("formaal")
            rader = rader.exclude(avsluttet=None, formaal__in=har)
        ny.flyttet[slag] = list(rader.order_by("pk").values_list("pk", flat=True))
        modell.objects.filter(pk__in=ny.flyttet[slag]).update(**{felt: ny.beholdt})
    # Nobody is a member of two households: the one who stands has her own.
    medlem = Medlem.objects.kjent().filter(pk__in=ny.flyttet["medlem"])
    ny.flyttet["medlem_lukket"] = list(medlem.order_by("pk").values_list("pk", flat=True))
    medlem.update(kjent_til=ny.tid)


def _flytt_tilbake(denne: Sammenslaaing) -> None:
    for slag, (modell, felt) in LENKER.items():
        modell.objects.filter(pk__in=denne.flyttet.get(slag, ())).update(**{felt: denne.borte})
    Medlem.objects.filter(pk__in=denne.flyttet["medlem_lukket"]).update(kjent_til=None)


def _ta_over(ny: Sammenslaaing) -> None:
    beholdt, borte = ny.beholdt, ny.borte
    nytt = {f: getattr(borte, f) for f in _FYLLES if getattr(beholdt, f) in _TOM and getattr(borte, f) not in _TOM}  # fmt: skip
    if (strengest := strengeste(beholdt.adressesperre, borte.adressesperre)) != beholdt.adressesperre:
        nytt["adressesperre"] = strengest
    for f, verdi in nytt.items():
        ny.skrevet_over[f] = [som_lagret(getattr(beholdt, f)), som_lagret(verdi)]
        setattr(beholdt, f, verdi)
    beholdt.save(update_fields=list(nytt))


def _gi_tilbake(aktor: Aktor, denne: Sammenslaaing) -> None:
    """What was written over is taken back, unless something newer has been written since. The empty household opens again."""
    beholdt = denne.beholdt
    igjen = {f: for_ for f, (for_, etter) in denne.skrevet_over.items() if f != "apnet" and som_lagret(getattr(beholdt, f)) == etter}  # fmt: skip
    for f, verdi in igjen.items():
        setattr(beholdt, f, date.fromisoformat(verdi) if f in _DATOER and verdi else verdi)
    beholdt.save()
    _gi_saken_tilbake(aktor, denne)
    if denne.tomt_id is None:
        return
    hjem = Husholdning.objects.filter(pk=beholdt.husholdning_id)
    if Lop.objects.filter(pk__in=denne.flyttet["lop_nytt"], til=None).delete()[0]:
        hjem.update(lop="")
    if "apnet" in denne.skrevet_over:
        hjem.update(apnet=date.fromisoformat(denne.skrevet_over["apnet"][0]))
    Privatsoknad.objects.filter(pk__in=denne.flyttet["privatsoknad"]).update(husholdning=denne.tomt_id)
    Selvbosetting.objects.filter(pk__in=denne.flyttet.get("selvbosetting", ())).update(
        husholdning=denne.tomt_id
    )
    Lop.objects.filter(pk__in=denne.flyttet["lop_lukket"]).update(til=None)
    lop = Lop.objects.filter(husholdning=denne.tomt_id, til=None).first()
    Husholdning.objects.filter(pk=denne.tomt_id).update(
        avsluttet=None, slutt="", lop=lop.slag if lop is not None else ""
    )


def _lukk_tomt(arbeid: Arbeid, ny: Sammenslaaing) -> None:
    """A household without anybody left is closed; its track, application and first day go to the one that stands."""
    hjem, tomt = (arbeid.husholdninger[p.husholdning_id] for p in (ny.beholdt, ny.borte))
    if arbeid.medlemmer[tomt]:
        return
    _flytt_saken(arbeid.aktor, ny, hjem, tomt)
    if tomt.avsluttet is not None:
        return
    gammelt = arbeid.lop[tomt]
    ny.tomt = tomt
    ny.flyttet["lop_lukket"] = [gammelt.pk] if gammelt is not None else []
    ny.flyttet["privatsoknad"] = list(Privatsoknad.objects.filter(husholdning=tomt).values_list("pk", flat=True))  # fmt: skip
    if ny.flyttet["privatsoknad"]:
        Privatsoknad.objects.filter(husholdning=tomt).update(husholdning=hjem)
        arbeid.har_sokt(hjem.pk, arbeid.soknader[tomt.pk])
    if tomt.apnet < hjem.apnet:
        ny.skrevet_over["apnet"] = [som_lagret(hjem.apnet), som_lagret(tomt.apnet)]
        hjem.apnet = tomt.apnet
    tomt.avsluttet, tomt.slutt = i_dag(), Husholdning.Slutt.SLAATT_SAMMEN
    arbeid.sett_lop(tomt, "avsluttet", i_dag(), states.SLAA_SAMMEN)
    if gammelt is not None and hjem.lop == "":
        arbeid.sett_lop(hjem, gammelt.slag, gammelt.fra, states.SLAA_SAMMEN)
        arbeid.lop[hjem].hendelse = gammelt.hendelse  # type: ignore[union-attr]
        selv = Selvbosetting.objects.filter(husholdning=tomt)
        ny.flyttet["selvbosetting"] = list(selv.order_by("pk").values_list("pk", flat=True))
        selv.update(husholdning=hjem)
        arbeid.selvbosatt |= {(hjem.pk, kode, dag) for pk, kode, dag in arbeid.selvbosatt if pk == tomt.pk}
        ny.flyttet["lop_nytt"] = []


def _flytt_saken(aktor: Aktor, ny: Sammenslaaing, hjem: Husholdning, tomt: Husholdning) -> None:
    """Threads, contacts, corrected days and whoever works with the case: rows of many organisations, so the system moves them."""
    rettinger = Ventedagretting.objects.filter(husholdning=tomt)
    ny.flyttet["ventedagretting"] = list(rettinger.order_by("pk").values_list("pk", flat=True))
    rettinger.update(husholdning=hjem)
    with som_systemet(states.SLAA_SAMMEN.kode, etter=aktor) as systemet:
        for slag, finn in SAKSLENKER.items():
            rader = finn(tomt.pk, hjem.pk)
            ny.flyttet[slag] = list(rader.order_by("pk").values_list("pk", flat=True))
            rader.model.objects.filter(pk__in=ny.flyttet[slag]).update(husholdning=hjem)
        ny.flyttet |= sakskifte.flytt(systemet=systemet, fra=tomt.pk, til=hjem.pk)
        ny.flyttet |= reservasjoner.flytt_sak(fra=tomt.pk, til=hjem.pk, ko=hjem.ansvar)


def _gi_saken_tilbake(aktor: Aktor, denne: Sammenslaaing) -> None:
    if "innlegg" not in denne.flyttet:  # nobody's case was left empty
        return
    hjem, tomt = denne.beholdt.husholdning_id, denne.borte.husholdning_id
    Ventedagretting.objects.filter(pk__in=denne.flyttet["ventedagretting"]).update(husholdning=tomt)
    with som_systemet(states.OPPHEV_SAMMENSLAAING.kode, etter=aktor) as systemet:
        for slag, finn in SAKSLENKER.items():
            finn(tomt, hjem).model.objects.filter(pk__in=denne.flyttet.get(slag, ())).update(husholdning=tomt)
        sakskifte.flytt(systemet=systemet, fra=hjem, til=tomt, bare=denne.flyttet)
        reservasjoner.flytt_sak_tilbake(
            sluppet=denne.flyttet["reservasjon_sluppet"], nye=denne.flyttet["reservasjon"]
        )


def _senk_grader(aktor: Aktor, denne: Sammenslaaing) -> None:
    """A consent has moved: where nobody consents any longer, health is shared no longer."""
    with som_systemet(states.SLAA_SAMMEN.kode, etter=aktor):
        for pk in {denne.beholdt.husholdning_id, denne.borte.husholdning_id}:
            senk_grad(pk)


def _husk_lop(arbeid: Arbeid, ny: Sammenslaaing) -> None:
    """The track the household that stands took over has its key now."""
    if ny.tomt_id is None:
        return
    lop = arbeid.lop[arbeid.husholdninger[ny.beholdt.husholdning_id]]
    tok_over = "lop_nytt" in ny.flyttet and lop is not None
    ny.flyttet["lop_nytt"] = [lop.pk] if tok_over and lop is not None else []
