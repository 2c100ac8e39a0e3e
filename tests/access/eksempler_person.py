"""Examples of what hangs on persons and households: two of them, each shared with one municipality, and everything about them."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

from tests.dokument.filer import png

from aktorer import som_bruker
from bosett.aktor.kontekst import Aktor, hent, sett, system
from bosett.aktor.models import Bruker, Organisasjon
from bosett.bolig.models import Annonse, Bolig, Boligfil, Framskaffelse, Innmelding
from bosett.bolig.models_innmelding import APNE
from bosett.bolig.services import filer as boligfiler
from bosett.dokument.services import kontroller_fil
from bosett.grunn.identnummer import lag_syntetisk_fnr
from bosett.grunn.klokke import i_dag, naa
from bosett.grunn.uker import mandag
from bosett.integrasjon import services as integrasjon
from bosett.integrasjon import udi
from bosett.integrasjon.models import Melding
from bosett.kartlegging.models import (
    Emplan,
    Emplanversjon,
    Emtiltak,
    Kulturokt,
    Kulturoppmote,
    Overforingsankomst,
    Vergeuenighet,
)
from bosett.kartlegging.services import kartlegging, samtaler
from bosett.kartlegging.services.kartlegging import Svar
from bosett.kartlegging.services.samtaler import Samtale
from bosett.oppgave import egne, reservasjoner
from bosett.oppgave.models import Oppgave
from bosett.person.models import Dublett, Husholdning, Nummer, Person, Sammenslaaing, Selvbosetting
from bosett.person.models_mottak import Mottakstillatelse
from bosett.person.models_samtykke import Samtykke
from bosett.person.models_sletting import Sletting
from bosett.person.services import dubletter, lop, samtykker, selvbosetting, sletting, venteretting
from bosett.person.services.hendelser import bruk
from bosett.person.services.innsyn import GRUNN
from bosett.person.services.mottak import registrer_tillatelse
from bosett.person.services.sammenslaaing import slaa_sammen
from bosett.samtale import henvendelser
from bosett.samtale import services as traader
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.tilgang.services import del_subjekt, logg_innsyn, nytt_subjekt
from meldinger import ankomst, duf, melding

from .eksempel import Eksempel, Land
from .eksempler_leie import LEIE

# What is told of the two households: nothing else on any page is like it (`test_hver_adresse`, fields).
FORNAVN = ("Ørnhild", "Åsmund")
FODT = date(1987, 3, 3)
TOLK, LAND, VERGE, VERGETELEFON = "qtx", "XQZ", "Vergine Vern", "99887766"
DNUMMER = lag_syntetisk_fnr(FODT, d_nummer=True)
SENT = timedelta(days=70)
"""After the round's deadlines: to read the letter still comes first on the municipality's home page."""


def _melding(land: Land) -> UUID:
    if not Melding.objects.filter(status="parkert").exists():
        integrasjon.motta(aktor=system("prove"), meldinger=[ankomst(910_000, fodt="2099-01-01")])
        integrasjon.bruk_neste(aktor=system("prove"))
    return Melding.objects.filter(status="parkert").order_by("pk")[0].uuid


def _dublett() -> Dublett:
    """A pair nobody has decided. Beside it one that was merged (`_sammenslaaing`). Made once, whichever argument asks first."""
    if not Dublett.objects.exists():
        aktor = system("prove")
        integrasjon.motta(
            aktor=aktor,
            meldinger=[
                ankomst(901, fornavn="Amina", etternavn="Prøve"),
                ankomst(902, fornavn="Aminah", etternavn="Proeve", navn=[
                    {"skrift": "Latn", "fornavn": "Aminah", "etternavn": "Prøve"},
                    {"skrift": "Arab", "fornavn": "أمينة", "etternavn": "دمو"},
                ]),
                ankomst(903, fornavn="Karim", etternavn="Prøve", fodt="1985-03-04"),
                ankomst(904, fornavn="Karim", etternavn="Prøve", fodt="1985-04-03"),
            ],
        )  # fmt: skip
        integrasjon.bruk_neste(aktor=aktor)
        personer = Nummer.objects.filter(nummer__in=[duf(n) for n in (901, 902, 903, 904)])
        dubletter.finn(aktor=aktor, person_ider=personer.values_list("person_id", flat=True))
        for h in Husholdning.objects.filter(personer__in=personer.values("person")).distinct():
            _grunner(h)
        par = Dublett.objects.get(en__navn="Karim Prøve")
        slaa_sammen(aktor=aktor, dublett_id=par.pk, behold_id=par.en_id, hvorfor="Samme pass.")
    return Dublett.objects.get(status="apen")


def _sammenslaaing() -> UUID:
    _dublett()
    return Sammenslaaing.objects.get().uuid


def _saker(land: Land) -> list[Husholdning]:
    """One household shared with each of the two municipalities, which those of IMDi have said why they open. Made once."""
    finnes = list(
        Husholdning.objects.select_related("subjekt").filter(udi_sak__in=("DEMO-1", "DEMO-2")).order_by("pk")
    )
    if finnes:
        return finnes
    ut = []
    for nr, org in enumerate((land.forste, land.andre), 1):
        meldinger = (
            ankomst(
                950_000 + nr, fornavn=FORNAVN[nr - 1], etternavn=f"Demo{nr}", sak=f"DEMO-{nr}", fodt=FODT.isoformat(), tolkespraak=TOLK,
                statsborgerskap=LAND, numre=[{"slag": "dnr", "nummer": DNUMMER}] if nr == 1 else [],
            ),
            melding("vergemaal", 950_000 + nr, "2026-02-01", navn=VERGE, telefon=VERGETELEFON),
            melding("tillatelse", 950_000 + nr, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
        )  # fmt: skip
        bruk(aktor=system("prove"), kilde="udi", hendelser=[udi.les(ett) for ett in meldinger])
        h = Husholdning.objects.select_related("subjekt").get(udi_sak=f"DEMO-{nr}")
        lop.sok_privat(aktor=system("prove"), husholdning_id=h.pk, sokt=date(2026, 2, 1), kanal="papir")
        # Before this transaction began, as row security counts it, so that the municipality can write in it.
        del_subjekt(subjekt_id=h.pk, organisasjon=org, grad="full", hvorfor="prøve", fra=naa() - timedelta(hours=1))  # fmt: skip
        _grunner(h)
        ut.append(h)
    # The adviser works with the first of them. Written by the system: who acts in the database is its own again.
    radgiver = hent(Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid"))
    sett(system("prove"))
    reservasjoner.reserver(
        aktor=radgiver, subjekt_id=ut[0].pk, organisasjon=Organisasjon.objects.get(slag="imdi"), ko="imdi"
    )
    return ut


def _grunner(h: Husholdning) -> None:
    """Those who may see it have said why they open it: the walk may be at night or on a Sunday."""
    roller = ("imdi_radgiver", "imdi_godkjenner", "bosetter_skriv", "bosetter_les")
    for bruker in Bruker.objects.filter(medlemskap__rolle__in=roller):
        logg_innsyn(aktor=Aktor(bruker_id=bruker.pk), lesning=GRUNN, subjekt_id=h.pk, grunn="kontroll")


def _personer(land: Land) -> list[Person]:
    return [Person.objects.get(husholdning=h) for h in _saker(land)]


def _venteretting(h: Husholdning) -> UUID:
    """The same one every time."""
    dag = date(2026, 3, 1)
    return venteretting.rett(
        aktor=system("prove"), husholdning_id=h.pk, fra=dag, siste=dag + timedelta(9), eier="kommune", grunn="annet", begrunnelse="Prøve."
    ).uuid  # fmt: skip


def _samtykke(person: Person) -> UUID:
    finnes = Samtykke.objects.filter(person=person).first()
    ett = finnes or samtykker.gi(
        aktor=system("prove"), person=person.uuid, formaal="helse", gitt=i_dag(), maate="tolk", spraak="ara"
    )
    return ett.uuid


def _emplan(land: Land) -> UUID:
    """A plan about the first household's person, owned by IMDi, finished once and begun again, with the guardian's dissent."""
    person = _personer(land)[0]
    plan = Emplan.objects.filter(person=person).first()
    if plan is None:
        imdi = Organisasjon.objects.get(slag="imdi")
        plan = Emplan.objects.create(
            person=person, slag="iktp", apnet=i_dag(), eier=imdi, tilstand="revideres"
        )
        for nr, ferdig in ((1, naa()), (2, None)):
            versjon = Emplanversjon.objects.create(
                plan=plan, nr=nr, mal="iktp_1", svar={"onsker": f"Ønske {nr}"}, lagringer=1, lagret=naa()
            )
            Emtiltak.objects.create(versjon=versjon, nr=1, hva="Begynne på skole", ansvarlig="Mottaket")
            Emplanversjon.objects.filter(pk=versjon.pk).update(ferdig=ferdig and naa())
        Vergeuenighet.objects.create(plan=plan, versjon=1, dag=i_dag(), verge="En verge", ordlyd="Er uenig.")
    return plan.uuid


def _kulturokt(h: Husholdning) -> UUID:
    """One session, and what is known of the arrival."""
    okt = Kulturokt.objects.filter(husholdning=h).first()
    if okt is None:
        okt = Kulturokt.objects.create(husholdning=h, dag=i_dag(), timer=6, spraak="ara", arrangor="DEMO IOM")
        for person in Person.objects.filter(husholdning=h):
            Kulturoppmote.objects.create(okt=okt, person=person, oppmote="mott")
        Overforingsankomst.objects.create(husholdning=h, flyplass="Værnes")
    return okt.uuid


def _samtale(person: Person) -> UUID:
    """A talk with an interpreter, and what was told in it: the same one every time."""
    aktor = system("prove")
    kartlegging.lagre(
        aktor=aktor, person=person.uuid, seksjon="kvalifikasjoner", side="prøve", versjon=0,
        svar={"utdanning": Svar("svar", "4"), "papirer": Svar("vet_ikke"), "yrke": Svar("svar", "DEMO snekker")},
    )  # fmt: skip
    return samtaler.lagre(
        aktor=aktor, person=person.uuid, side="prøve",
        samtale=Samtale(
            date(2026, 3, 2), "oppmote", "ja", "tir", tolk_bestilt=True, tolk_mott=True, tolk_kvalitet=4,
            egne_ord="DEMO: «Jeg vil bygge hus.»", fortalt="DEMO: IMDi velger kommunen.", fortalt_spraak="tir",
        ),
    ).uuid  # fmt: skip


def _selvbosetting(land: Land) -> UUID:
    """An application for agreed self-settlement, of a household that is shared with nobody. Made once."""
    finnes = Selvbosetting.objects.first()
    if finnes is None:
        aktor = system("prove")
        bruk(aktor=aktor, kilde="udi", hendelser=[udi.les(ankomst(950_004, fornavn="Samira", sak="DEMO-4"))])
        h = Husholdning.objects.get(udi_sak="DEMO-4")
        lop.sok_privat(aktor=aktor, husholdning_id=h.pk, sokt=date(2026, 2, 1), kanal="papir")
        assert land.forste.kommune is not None
        finnes = selvbosetting.registrer(
            aktor=aktor,
            husholdning_id=h.pk,
            slag="avtalt",
            dato=date(2026, 3, 1),
            kommune=land.forste.kommune,
        )
        _grunner(h)
    return finnes.uuid


def _sletting() -> UUID:
    """A household that was settled long ago, proposed by the job."""
    finnes = Sletting.objects.first()
    if finnes is None:
        bruk(
            aktor=system("prove"),
            kilde="udi",
            hendelser=[udi.les(ankomst(950_003, "2000-01-10", fornavn="Gammel", sak="DEMO-3"))],
        )
        Husholdning.objects.filter(udi_sak="DEMO-3").update(
            avsluttet=date(2001, 1, 1), slutt="bosatt", mangler=[], klar_fra=None
        )
        sletting.foreslaa(aktor=system("prove"))
        finnes = Sletting.objects.get()
    return finnes.uuid


def _innlegg(land: Land, tekst: str) -> list[UUID]:
    """«Spørsmål» by the adviser to the municipality, or «Notat» by the municipality's writer, in each of the two. Made once."""
    ut = []
    for h, skriver in zip(_saker(land), ("bosetter_skriv", "bosetter_skriv.volda"), strict=True):
        ett = Innlegg.objects.filter(subjekt=h.pk, tekst=tekst).first()
        if ett is None:
            spor = {"sporsmaal_til": "kommune", "frist": i_dag() + SENT} if tekst == "Spørsmål" else {}
            with som_bruker("imdi_radgiver" if spor else skriver) as aktor:
                ett = traader.skriv(
                    aktor=aktor, subjekt_id=h.pk, tekst=tekst, leses_av=("imdi", "kommune"), **spor
                )  # type: ignore[arg-type]
            sett(system("prove"))
        ut.append(ett.uuid)
    return ut


def _henvendelser(land: Land) -> list[UUID]:
    """The adviser has asked each of the two municipalities about its household. Made once."""
    ut = []
    for h, org in zip(_saker(land), (land.forste, land.andre), strict=True):
        ett = Henvendelse.objects.filter(subjekt=h.pk).first()
        if ett is None:
            with som_bruker("imdi_radgiver") as aktor:
                ett = henvendelser.send(
                    aktor=aktor, subjekt_id=h.pk, til=org, svarfrist=i_dag() + SENT, behov="Leilighet uten trapper.",
                    fakta=henvendelser.Fakta([39, 4], ["ara"], []),
                )  # fmt: skip
            sett(system("prove"))
        ut.append(ett.uuid)
    return ut


def _oppgaver(land: Land) -> list[UUID]:
    """What each municipality's writer has written down for all who write there. Made once."""
    ut = []
    for h, skriver in zip(_saker(land), ("bosetter_skriv", "bosetter_skriv.volda"), strict=True):
        ett = Oppgave.objects.filter(subjekt=h.pk, slag="egen").first()
        if ett is None:
            with som_bruker(skriver) as aktor:
                ett = egne.opprett(aktor=aktor, subjekt_id=h.pk, tekst="Ring skolen", frist=i_dag() + SENT, bare_meg=False, nokkel=uuid4())  # fmt: skip
            sett(system("prove"))
        ut.append(ett.uuid)
    return ut


def _mottak() -> Organisasjon:
    return Organisasjon.objects.get(slag="mottak", navn__startswith="DEMO Uglevika")


def _mottaksfil() -> UUID:
    """The document of a permit, let through; the same one every time."""
    finnes = Mottakstillatelse.objects.select_related("innfil").first()
    if finnes is None:
        finnes = registrer_tillatelse(
            aktor=system("prove"), mottak_id=_mottak().pk, hva="Brukstillatelse", gitt=i_dag(), filnavn="prøve.png", innhold=png()
        )  # fmt: skip
        assert finnes.innfil_id is not None
        kontroller_fil(aktor=system("prove"), innfil_id=finnes.innfil_id)
    assert finnes.innfil is not None
    return finnes.innfil.uuid


def _bolig(kommune: Organisasjon) -> Bolig:
    """The municipality's first home."""
    return Bolig.objects.select_related("subjekt").filter(organisasjon=kommune).order_by("pk")[0]


def _boligfil(land: Land) -> UUID:
    """A picture of it, let through; the same one every time."""
    finnes = Boligfil.objects.select_related("innfil").first()
    if finnes is None:
        finnes = boligfiler.legg_ved(
            aktor=system("prove"), bolig=_bolig(land.forste).subjekt.uuid, tekst="Stua", filnavn="prøve.png", innhold=png()
        )  # fmt: skip
        kontroller_fil(aktor=system("prove"), innfil_id=finnes.innfil_id)
    return finnes.innfil.uuid


def _innmelding(kommune: Organisasjon) -> UUID:
    """Places the municipality has reported and IMDi has not answered; the same ones every time."""
    finnes = Innmelding.objects.filter(organisasjon=kommune, slag="plasser", tilstand__in=APNE).first()
    if finnes is None:
        finnes = Innmelding.objects.create(
            subjekt=nytt_subjekt(slag="innmelding"), organisasjon=kommune, slag="plasser", uke=mandag(i_dag()), antall=3
        )  # fmt: skip
    return finnes.subjekt.uuid


def _framskaffelse(kommune: Organisasjon) -> UUID:
    return Framskaffelse.objects.filter(organisasjon=kommune).order_by("pk")[0].subjekt.uuid


def _annonse(kommune: Organisasjon) -> UUID:
    return Annonse.objects.filter(organisasjon=kommune, bolig=None).order_by("-pk")[0].uuid


PERSONER: dict[str, Callable[[Land], Eksempel]] = {
    **LEIE,
    "husholdning": lambda land: Eksempel(uuid4(), *(h.subjekt.uuid for h in _saker(land))),
    "person": lambda land: Eksempel(uuid4(), *(p.uuid for p in _personer(land))),
    "samtykke": lambda land: Eksempel(uuid4(), *(_samtykke(p) for p in _personer(land))),
    "emplan": lambda land: Eksempel(uuid4(), _emplan(land)),
    "kulturokt": lambda land: Eksempel(uuid4(), *(_kulturokt(h) for h in _saker(land))),
    "selvbosetting": lambda land: Eksempel(uuid4(), _selvbosetting(land)),
    "sletting": lambda land: Eksempel(uuid4(), _sletting()),
    "innlegg": lambda land: Eksempel(uuid4(), *_innlegg(land, "Notat")),
    "samtale:svar.innlegg": lambda land: Eksempel(uuid4(), *_innlegg(land, "Spørsmål")),
    "henvendelse": lambda land: Eksempel(uuid4(), *_henvendelser(land)),
    "venteretting": lambda land: Eksempel(uuid4(), *(_venteretting(h) for h in _saker(land))),
    "seksjon": lambda land: Eksempel("finnes-ikke", "kvalifikasjoner"),
    "samtale": lambda land: Eksempel(uuid4(), *(_samtale(p) for p in _personer(land))),
    "oppgave": lambda land: Eksempel(uuid4(), *_oppgaver(land)),
    "melding": lambda land: Eksempel(uuid4(), _melding(land)),
    "dublett": lambda land: Eksempel(uuid4(), _dublett().uuid),
    "sammenslaaing": lambda land: Eksempel(uuid4(), _sammenslaaing()),
    "bolig": lambda land: Eksempel(
        uuid4(), _bolig(land.forste).subjekt.uuid, _bolig(land.andre).subjekt.uuid
    ),
    "innmelding": lambda land: Eksempel(uuid4(), _innmelding(land.forste), _innmelding(land.andre)),
    "framskaffelse": lambda land: Eksempel(uuid4(), _framskaffelse(land.forste), _framskaffelse(land.andre)),
    "annonse": lambda land: Eksempel(uuid4(), _annonse(land.forste), _annonse(land.andre)),
    # IMDi may hold any municipality's home for any household: here the home is under neither.
    "bolig:velg.bolig": lambda land: Eksempel(uuid4(), _bolig(land.forste).subjekt.uuid),
    "boligfil": lambda land: Eksempel(uuid4(), _boligfil(land)),
    "mottak": lambda land: Eksempel(uuid4(), _mottak().uuid),
    "mottaksfil": lambda land: Eksempel(uuid4(), _mottaksfil()),
}
