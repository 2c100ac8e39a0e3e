"""Who sees a household follows from where it is: its centre, and Bufetat for the minors it is responsible for (DESIGN 4.4)."""

from collections.abc import Iterable

from django.urls import reverse

from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import i_dag
from bosett.oppgave import services as oppgaver
from bosett.oppgave.models import Oppgave
from bosett.oppgave.services import NyOppgave
from bosett.person.models import Husholdning
from bosett.person.querysets import ANSVAR, PLASS
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.kroker import meld_em
from bosett.samtale import sakskifte
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling

UTE = "bekreft_privat"
BYTTET = "byttet_ansvar"
_ROLLER = {"bufetat": ["bufetat_saksbehandler"], "imdi": ["imdi_radgiver"]}


def del_etter_opphold(arbeid: Arbeid) -> None:
    """Shares begin and end with the stays; those who must know get a task."""
    onsket: set[tuple[int, int, str]] = set()
    husholdninger = arbeid.berorte()
    instans = dict(Organisasjon.objects.filter(slag__in=("bufetat", "imdi")).values_list("slag", "pk"))
    for h in husholdninger:
        if h.avsluttet is not None:
            continue
        for p in arbeid.medlemmer[h]:
            bor = arbeid.bor(p)
            if bor is not None and bor.mottak_id and not p.dod and not p.ute:
                onsket.add((h.pk, bor.mottak_id, PLASS))
        if h.ansvar == "bufetat" and "bufetat" in instans:
            onsket.add((h.pk, instans["bufetat"], ANSVAR))
    apne = Deling.objects.filter(
        subjekt__in=[h.pk for h in husholdninger], til=None, hvorfor__in=(PLASS, ANSVAR)
    )
    har = {(d.subjekt_id, d.organisasjon_id, d.hvorfor): d for d in apne}
    tilgang.avslutt_delinger(delinger=[d for nokkel, d in har.items() if nokkel not in onsket])
    nye = onsket - har.keys()
    organisasjoner = Organisasjon.objects.in_bulk({pk for _, pk, _ in nye})
    for hvorfor in (PLASS, ANSVAR):
        tilgang.del_mange(
            delinger=[(h, organisasjoner[pk]) for h, pk, hva in nye if hva == hvorfor],
            grad=Deling.Grad.FULL,
            hvorfor=hvorfor,
        )
    if byttet := {pk for pk, *_ in onsket ^ har.keys()}:
        sakskifte.bytt_deltakere(aktor=arbeid.aktor, subjekt_ider=byttet)
    if slutt := {h.pk for h in husholdninger if h.avsluttet is not None}:
        sakskifte.avslutt(aktor=arbeid.aktor, subjekt_ider=slutt)
    _varsle(arbeid, husholdninger)
    meld_em(sorted(h.pk for h in husholdninger if any(p.meldt.get("em") for p in arbeid.medlemmer[h])))


def _varsle(arbeid: Arbeid, husholdninger: Iterable[Husholdning]) -> None:
    instanser = {o.slag: o for o in Organisasjon.objects.filter(slag__in=("bufetat", "imdi"))}
    byttet = {h.pk: h for h, _for in arbeid.byttet_ansvar}
    apne = Oppgave.objects.filter(subjekt__in=byttet, slag=BYTTET, ferdig=None)
    tilbake = set(
        apne.values_list("subjekt_id", flat=True)
    )  # before anybody had taken over: nothing has moved
    nye = [
        NyOppgave(
            h.pk,
            instanser[til],
            _ROLLER[til],
            BYTTET,
            f"{h.saksnummer} er flyttet til {navn}",
            _side(h) if til == h.ansvar else reverse("person:liste"),  # the other sees the case no longer
            None,
        )
        for h in byttet.values()
        if h.pk not in tilbake
        for navn in ["Bufetat" if h.ansvar == "bufetat" else "IMDi"]
        for til in ("bufetat", "imdi")
        if til in instanser
    ]
    nye += [
        NyOppgave(
            h.pk,
            instanser["imdi"],
            ["imdi_radgiver"],
            UTE,
            f"{h.saksnummer} har flyttet fra mottaket",
            _side(h),
            i_dag(),
        )
        for h in husholdninger
        if h.lop == "mottak" and h.avsluttet is None and har_flyttet_ut(arbeid, h) and "imdi" in instanser
    ]
    oppgaver.opprett(oppgaver=nye)
    ikke_ute = [
        h.pk for h in husholdninger if h.avsluttet or h.lop != "mottak" or not har_flyttet_ut(arbeid, h)
    ]
    oppgaver.fullfor(aktor=arbeid.aktor, subjekt_ider=ikke_ute, slag=UTE)
    slutt = {h.pk for h in husholdninger if h.avsluttet}
    oppgaver.fullfor(aktor=arbeid.aktor, subjekt_ider=tilbake | slutt, slag=BYTTET)


def har_flyttet_ut(arbeid: Arbeid, h: Husholdning) -> bool:
    """Everybody who is left in the household lives at a private address."""
    bor = [arbeid.bor(p) for p in arbeid.medlemmer[h] if not p.dod and not p.ute]
    return bool(bor) and all(ett is not None and ett.mottak_id is None for ett in bor)


def _side(h: Husholdning) -> str:
    return reverse("person:husholdning", args=[h.subjekt.uuid])
