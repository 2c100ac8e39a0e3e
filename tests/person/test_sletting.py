"""When the time is up a household is deleted everywhere, and the ledger still verifies (IF §§ 60–61; DESIGN 4.6)."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import ForeignKey
from tests.dokument.filer import png
from tests.person.saker import sak, ta_imot

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.dokument.models import Dokument, Fil, Innfil
from bosett.dokument.services import kontroller_fil
from bosett.dokument.services import ta_imot as ta_imot_fil
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag
from bosett.integrasjon.models import Melding
from bosett.oppgave.services import NyOppgave, opprett
from bosett.person import kopi
from bosett.person.models import Husholdning, Nummer, Person
from bosett.person.models_sletting import Sletting
from bosett.person.services import samtykker, sletting
from bosett.person.services.innsyn import krev_innsyn
from bosett.person.sletteplan import ANDRE_SAKER, BLIR, PLAN
from bosett.spor.models import Detalj, Hendelse
from bosett.spor.services import forsegl, registrer
from bosett.spor.verifisering import verifiser
from bosett.tilgang.models import Innsyn
from bosett.web.person.kopitekst import deler, som_data
from meldinger import melding

BOSATT = date(2011, 11, 24)
DAGEN = date(2026, 11, 24)


def bosatt(*, slutt: str = "bosatt", avsluttet: date = BOSATT, **mer: object) -> Husholdning:
    h = sak(**mer)  # type: ignore[arg-type]
    with som(system("prove")):
        Husholdning.objects.filter(pk=h.pk).update(avsluttet=avsluttet, slutt=slutt, klar_fra=None)
    return h


def foreslaa() -> int:
    with som(system("prove")) as aktor:
        return sletting.foreslaa(aktor=aktor)


def denne(h: Husholdning) -> Sletting:
    with som(system("prove")):
        return Sletting.objects.get(husholdning=h.pk)


def fram_til(h: Husholdning, tilstand: str) -> Sletting:
    foreslaa()
    uuid = denne(h).uuid
    if tilstand in ("avlevert", "godkjent"):
        with som_bruker("imdi_radgiver") as aktor:
            sletting.bekreft_avlevering(aktor=aktor, sletting=uuid, avlevering="avlevert")
    if tilstand == "godkjent":
        with som_bruker("imdi_godkjenner") as aktor:
            assert sletting.godkjenn(aktor=aktor, slettinger=[uuid]) == 1
    return denne(h)


def slett_alle() -> int:
    antall = 0
    while True:
        with som(system("prove")) as aktor:
            if not sletting.utfor_neste(aktor=aktor):
                return antall
            antall += 1


def test_the_job_proposes_from_the_first_day_after_the_period(land: str) -> None:
    h, trukket, nylig = (
        bosatt(),
        bosatt(slutt="trukket", avsluttet=date(2021, 11, 24)),
        bosatt(avsluttet=date(2021, 11, 24)),
    )
    with frys(DAGEN - timedelta(1)):
        assert foreslaa() == 0
    with frys(DAGEN):
        assert foreslaa() == 2 and foreslaa() == 0
    assert (denne(h).frist, denne(h).klasse) == (DAGEN, "lagring_bosatt")
    assert (denne(trukket).frist, denne(trukket).klasse) == (DAGEN, "lagring_ikke_bosatt")
    with som(system("prove")):
        assert not Sletting.objects.filter(husholdning=nylig.pk).exists()


def test_nothing_is_deleted_before_hand_over_and_another_pair_of_eyes(land: str) -> None:
    with frys(DAGEN):
        h = bosatt()
        uuid = fram_til(h, "foreslaatt").uuid
        with som_bruker("imdi_godkjenner") as aktor, pytest.raises(Konflikt):
            sletting.godkjenn(aktor=aktor, slettinger=[uuid])
        with som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig):
            sletting.bekreft_avlevering(aktor=aktor, sletting=uuid, avlevering="")
        for rolle in ("imdi_godkjenner", "imdi_leder", "imdi_admin", "bosettingskonsulent", "bosetter_skriv"):
            with som_bruker(rolle) as aktor, pytest.raises(Avvist):
                sletting.bekreft_avlevering(aktor=aktor, sletting=uuid, avlevering="ingenting")
        fram_til(h, "avlevert")
        for rolle in ("imdi_radgiver", "imdi_leder", "bosetter_skriv"):
            with som_bruker(rolle) as aktor, pytest.raises(Avvist):
                sletting.godkjenn(aktor=aktor, slettinger=[uuid])
        assert slett_alle() == 0
        with som(system("prove")):
            rad = Sletting.objects.get(uuid=uuid)
            with (
                pytest.raises(DatabaseError),
                som(system("prove")),
            ):  # one person with both roles: the database says no too
                Sletting.objects.filter(uuid=uuid).update(godkjent_av=rad.bekreftet_av, tilstand="godkjent")
        with som(system("prove")):
            Husholdning.objects.filter(pk=h.pk).update(avsluttet=BOSATT + timedelta(1))
        with som_bruker("imdi_godkjenner") as aktor, pytest.raises(Konflikt) as feil:
            sletting.godkjenn(aktor=aktor, slettinger=[uuid])
        assert feil.value.kode == "SLETTING-FOR-TIDLIG"


def test_a_delay_has_a_reason_and_an_end(land: str) -> None:
    with frys(DAGEN):
        h = bosatt()
        uuid = fram_til(h, "avlevert").uuid
        for til, grunn in (
            (DAGEN, "arkiv"),
            (DAGEN + timedelta(400), "arkiv"),
            (DAGEN + timedelta(30), "vil ikke"),
        ):
            with som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig):
                sletting.utsett(aktor=aktor, sletting=uuid, til=til, grunn=grunn)
        with som_bruker("imdi_radgiver") as aktor:
            sletting.utsett(aktor=aktor, sletting=uuid, til=DAGEN + timedelta(30), grunn="rettssak")
        assert foreslaa() == 0
    with frys(DAGEN + timedelta(30)):
        assert foreslaa() == 1
        assert (denne(h).tilstand, denne(h).avlevering) == ("foreslaatt", "")  # asked for again


def fyll(h: Husholdning) -> bytes:
    """A row in as many tables as there are acts for today. Gives the content of a file only this case has."""
    with som(system("prove")) as aktor:
        imdi = Organisasjon.objects.get(slag="imdi")
        person = Person.objects.filter(husholdning=h).order_by("pk").first()
        assert person is not None
        opprett(oppgaver=[NyOppgave(h.pk, imdi, ["imdi_radgiver"], "bekreft_privat", "DEMO", "/")])
        registrer(aktor=aktor, handling="person.skjerm", subjekt_id=h.pk, detaljer={"navn": person.navn})
        innhold = png()
        fil = ta_imot_fil(aktor=aktor, subjekt_id=h.pk, organisasjon=imdi, navn="prøve.png", innhold=innhold)
        kontroller_fil(aktor=aktor, innfil_id=fil.pk)
    with som_bruker("imdi_radgiver") as aktor:
        samtykker.gi(
            aktor=aktor, person=person.uuid, formaal="helse", gitt=i_dag(), maate="muntlig", spraak="ara"
        )
        krev_innsyn(aktor=aktor, husholdning=h)
    return innhold


def test_everything_is_gone_but_the_ledger_and_it_verifies(land: str) -> None:
    with frys(DAGEN):
        h, andre = bosatt(bor=True, antall=3), sak(bor=True)
        with som(system("prove")):
            numre = list(
                Nummer.objects.filter(person__husholdning=h)
                .order_by("person")
                .values_list("nummer", flat=True)
            )
            nr_andre = Nummer.objects.get(person__husholdning=andre).nummer
        slekt = melding("slektskap", 1, "2026-02-01", til_duf=numre[1], slag="forelder") | {"duf": numre[0]}
        over = melding("slektskap", 1, "2026-02-01", til_duf=numre[1], slag="soskensogn") | {"duf": nr_andre}
        utenfra = melding("slektskap", 1, "2026-02-01", til_duf=numre[2], slag="soskan") | {"duf": nr_andre}
        utenfra["data"]["slag"] = "sosken"
        ta_imot(slekt, over, utenfra)
        fyll(h)
        with som(system("prove")):
            assert Melding.objects.get(status="parkert").innhold["data"]["til_duf"] == numre[1]
            navn = list(Person.objects.filter(husholdning=h).values_list("navn", flat=True))
            rader_andre = {s.modell: s.rader(andre.pk).count() for s in PLAN}
            med_rader = {s.modell for s in PLAN if s.rader(h.pk).exists()}
            assert Detalj.objects.filter(hendelse__subjekt=h.pk).exists()
            forsegl()
        assert med_rader >= {
            "tilgang.Deling", "tilgang.Innsyn", "oppgave.Oppgave", "dokument.Innfil", "person.Navn", "person.Nummer", "person.Sokeord",
            "person.Medlem", "person.Relasjon", "person.Mottaksopphold", "person.Samtykke", "person.Lop", "person.Person",
        }  # fmt: skip
        fram_til(h, "godkjent")
        assert slett_alle() == 1
        with som(system("prove")):
            assert _peker_paa(h.pk) == {"spor.Hendelse"}
            assert not Detalj.objects.filter(hendelse__subjekt=h.pk).exists()
            assert not Melding.objects.filter(innhold__data__til_duf=numre[1]).exists()
            assert (
                not Fil.objects.exclude(pk__in=Dokument.objects.values("fil")).exists()
                and not Innfil.objects.exists()
            )
            etter = {s.modell: s.rader(andre.pk).count() for s in PLAN}
            assert etter == rader_andre | {
                "person.Relasjon": rader_andre["person.Relasjon"] - 1
            }  # the tie to her went too
            siste = Hendelse.objects.filter(subjekt=h.pk).order_by("-nr").first()
            assert siste is not None and siste.handling == "person.slett"
            assert ["person.Person", 3] in siste.data["tabeller"] and siste.data["meldinger"] == 1
            forsegl()
            rapport = verifiser()
            assert rapport.feil == [] and rapport.uten_detaljer >= 1
            assert _finnes_i_databasen([*numre, *navn]) == []


def _peker_paa(subjekt: int) -> set[str]:
    """Every table with a pointer to the subject (or something with the same key) that still has a row there."""
    from bosett.tilgang.models import Subjekt  # noqa: PLC0415 - only here

    nokler = {Subjekt, Husholdning}
    return {
        modell._meta.label
        for modell in apps.get_models()
        for felt in modell._meta.concrete_fields
        if isinstance(felt, ForeignKey) and felt.related_model in nokler
        if modell._base_manager.filter(**{felt.name: subjekt}).exists()
    }


def _finnes_i_databasen(ord_: list[str]) -> list[str]:
    """Tables in which one of the words still stands in any row, whatever the column."""
    funn = []
    with connection.cursor() as db:
        db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (tabell,) in db.fetchall():
            db.execute(
                f'SELECT to_jsonb(t)::text FROM "{tabell}" t WHERE to_jsonb(t)::text ~ %s LIMIT 1',
                ["|".join(ord_)],
            )
            if db.fetchone():
                funn.append(tabell)
    return funn


def test_the_database_lets_nothing_go_that_two_have_not_approved(land: str) -> None:
    with frys(DAGEN):
        h = bosatt()
        with som_bruker("imdi_radgiver") as aktor:
            krev_innsyn_som(aktor, h)
        fram_til(h, "avlevert")
        with som(system("prove")):
            assert Innsyn.objects.filter(subjekt=h.pk)._raw_delete("default") == 0
        fram_til_godkjent(h)
        with som_bruker("imdi_leder"):
            assert (
                Innsyn.objects.filter(subjekt=h.pk)._raw_delete("default") == 0
            )  # sees no person, deletes none
        with som(system("prove")):
            assert Innsyn.objects.filter(subjekt=h.pk)._raw_delete("default") == 1


def krev_innsyn_som(aktor: object, h: Husholdning) -> None:
    from bosett.tilgang.services import logg_innsyn  # noqa: PLC0415 - only here

    logg_innsyn(aktor=aktor, lesning="person.husholdning", subjekt_id=h.pk)  # type: ignore[arg-type]


def fram_til_godkjent(h: Husholdning) -> None:
    with som_bruker("imdi_godkjenner") as aktor:
        sletting.godkjenn(aktor=aktor, slettinger=[denne(h).uuid])


def test_every_table_that_points_to_a_household_is_in_the_plan() -> None:
    """Also tables that point to those: what a new room hangs on a person is told here, or the build stops."""
    kjent = {"tilgang.Subjekt", *(s.modell for s in PLAN)}
    glemt = {
        modell._meta.label
        for modell in apps.get_models()
        for felt in modell._meta.concrete_fields
        if isinstance(felt, ForeignKey) and felt.related_model._meta.label in kjent
    } - kjent - set(BLIR)  # fmt: skip
    assert {m for m in glemt if m not in ANDRE_SAKER and m.split(".")[0] not in ANDRE_SAKER} == set()


def test_the_copy_holds_everything_about_the_person_and_nothing_of_another_household(land: str) -> None:
    with frys(DAGEN):
        h, fremmed = sak(bor=True, antall=2), sak()
        fyll(h)
        with som(system("prove")):
            hun, barnet = Person.objects.filter(husholdning=h).order_by("pk")
            andre = Person.objects.get(husholdning=fremmed)
            numre = {p.pk: Nummer.objects.get(person=p).nummer for p in (hun, barnet, andre)}
        ta_imot(
            melding("slektskap", 1, "2026-02-01", til_duf=numre[andre.pk], slag="sosken")
            | {"duf": numre[hun.pk]}
        )
        with som_bruker("imdi_radgiver") as aktor:
            laget = kopi.lag(aktor=aktor, person=hun.uuid)
            svar = som_data(laget, deler(laget))
        tabeller = svar["opplysninger"]
        assert set(tabeller) == {
            "Husholdning", "Person", "Navn", "Nummer", "Medlem", "Relasjon", "Mottaksopphold", "Samtykke", "Lop",
        }  # fmt: skip
        assert tabeller["Nummer"]["rader"][0]["nummer"]["verdi"] == numre[hun.pk]
        assert tabeller["Person"]["rader"][0]["fodt"]["verdi"] == "1990-05-01"
        hele = str(svar)
        assert numre[barnet.pk] not in hele and andre.navn not in hele and numre[andre.pk] not in hele
        assert [rad["hvem"]["verdi"] for rad in svar["sett_av"]["rader"]] == ["Ingrid Demo"]
        assert svar["delt_med"]["rader"] and svar["gjort"]["rader"]
        with som(system("prove")):
            assert Hendelse.objects.filter(subjekt=h.pk, handling="person.utlever_innsyn").count() == 1
            assert Innsyn.objects.filter(subjekt=h.pk, lesning="person.kopi").count() == 1
        for rolle in ("imdi_godkjenner", "imdi_leder", "bosettingskonsulent", "bosetter_skriv"):
            with som_bruker(rolle) as aktor, pytest.raises(Avvist):
                kopi.lag(aktor=aktor, person=hun.uuid)
