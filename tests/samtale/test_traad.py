"""One thread per household: who reads what, what is never changed, and what row security says when no filter asks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError
from tests.person.saker import sak
from tests.samtale.saken import ALLE, BUFETAT, IMDI, KOMMUNE, MOTTAK, delt_sak, si, spor_kommunen

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.person.models import Husholdning
from bosett.samtale import rules, selectors, services
from bosett.samtale.models import Henvendelse, Innlegg, Lest, Trukkettekst
from bosett.spor.models import Hendelse

LESERE = (IMDI, "imdi_godkjenner", MOTTAK, KOMMUNE, "bosetter_les", BUFETAT)
ANDRE = (
    "imdi_leder", "imdi_admin", "ks_radgiver", "fylke_radgiver", "statsforvalter", "udi_saksbehandler", "bosetter_skriv.volda",
)  # fmt: skip


def leser(hvem: str, h: Husholdning) -> list[str]:
    with som_bruker(hvem) as aktor:
        return [y.innlegg.tekst for y in selectors.samtalen(aktor, h.pk)]


def i_databasen(hvem: str) -> set[str]:
    """Everything the database gives without any filter."""
    with som_bruker(hvem):
        return set(Innlegg._base_manager.values_list("tekst", flat=True)) - {""}


@pytest.fixture
def sagt(land: str) -> Husholdning:
    h = delt_sak()
    si(MOTTAK, h, "til alle")
    si(MOTTAK, h, "mottak og IMDi", ("imdi",))
    si(MOTTAK, h, "mottaket internt", ("intern",))
    si(KOMMUNE, h, "kommunen internt", ("intern",))
    si(KOMMUNE, h, "kommune og mottak", ("mottak",))
    si(IMDI, h, "IMDi internt", ("intern",))
    return h


VENTET = {
    IMDI: ["til alle", "mottak og IMDi", "IMDi internt"],
    "imdi_godkjenner": ["til alle", "mottak og IMDi", "IMDi internt"],
    MOTTAK: ["til alle", "mottak og IMDi", "mottaket internt", "kommune og mottak"],
    KOMMUNE: ["til alle", "kommunen internt", "kommune og mottak"],
    "bosetter_les": ["til alle", "kommunen internt", "kommune og mottak"],
    BUFETAT: [],
}


@pytest.mark.krav("R168")
def test_a_note_for_centre_and_imdi_is_invisible_to_the_municipality(sagt: Husholdning) -> None:
    assert {hvem: leser(hvem, sagt) for hvem in LESERE} == VENTET
    # The same with every filter off: row security alone.
    assert {hvem: i_databasen(hvem) for hvem in LESERE} == {hvem: set(t) for hvem, t in VENTET.items()}
    for hvem in ANDRE:
        assert i_databasen(hvem) == set(), hvem
    assert not Innlegg._base_manager.exists()  # nobody acts


def test_every_table_of_the_room_is_closed_to_those_without_the_case(sagt: Husholdning) -> None:
    with som_bruker(MOTTAK) as aktor:
        services.merk_lest(aktor=aktor, subjekt_id=sagt.pk, sist=10**9)
        services.trekk(aktor=aktor, innlegg=Innlegg.objects.get(tekst="til alle").uuid, grunn="feil_innhold")
    spor_kommunen(MOTTAK, sagt, "Volda")
    modeller = list(apps.get_app_config("samtale").get_models())
    assert set(modeller) == {Innlegg, Trukkettekst, Lest, Henvendelse}
    with som(system("prove")):
        assert all(modell._base_manager.exists() for modell in modeller)
    for hvem in (*ANDRE, BUFETAT):
        with som_bruker(hvem):
            ser = {modell for modell in modeller if modell._base_manager.exists()}
            assert ser == ({Henvendelse} if hvem == "bosetter_skriv.volda" else set()), hvem
    for hvem, ser in ((KOMMUNE, {Innlegg}), (IMDI, {Innlegg, Henvendelse})):
        with som_bruker(hvem):
            assert {modell for modell in modeller if modell._base_manager.exists()} == ser


def test_when_the_share_ends_the_thread_ends_but_for_the_own_words(sagt: Husholdning) -> None:
    with som(system("prove")):
        from bosett.tilgang.models import Deling  # noqa: PLC0415
        from bosett.tilgang.services import avslutt_delinger  # noqa: PLC0415

        avslutt_delinger(delinger=Deling.objects.filter(subjekt=sagt.pk, organisasjon__slag="kommune"))
    assert i_databasen(KOMMUNE) == {"kommunen internt", "kommune og mottak"} == set(leser(KOMMUNE, sagt))
    with som_bruker(KOMMUNE) as aktor, pytest.raises(FinnesIkke):
        services.skriv(aktor=aktor, subjekt_id=sagt.pk, tekst="hei", leses_av=("imdi",))


def test_whoever_takes_over_in_the_same_place_reads_on(sagt: Husholdning) -> None:
    from bosett.aktor.models import Organisasjon  # noqa: PLC0415
    from bosett.tilgang.services import del_subjekt  # noqa: PLC0415

    with som(system("prove")):
        volda = Organisasjon.objects.get(slag="kommune", navn="Volda kommune")
        del_subjekt(subjekt_id=sagt.pk, organisasjon=volda, grad="full", hvorfor="prøve")
    assert i_databasen("bosetter_skriv.volda") == {"til alle", "kommune og mottak"}


def test_nobody_changes_what_was_said_and_nobody_speaks_for_another(sagt: Husholdning) -> None:
    for hvem in (MOTTAK, KOMMUNE, IMDI):
        with pytest.raises(DatabaseError), som_bruker(hvem):
            Innlegg.objects.filter(organisasjon_id__in=_org(hvem)).update(tekst="noe annet")
        with pytest.raises(DatabaseError), som_bruker(hvem):
            Innlegg.objects.filter(organisasjon_id__in=_org(hvem)).update(synlig=list(ALLE))
    with som_bruker(KOMMUNE):
        assert Innlegg.objects.filter(tekst="til alle").update(trukket_grunn="feil_sak") == 0
        assert Innlegg.objects.all()._raw_delete("default") == 0
    for felt in (
        {"organisasjon_id": _org(MOTTAK)[0], "fra": "mottak"},
        {"organisasjon_id": _org(KOMMUNE)[0], "fra": "mottak"},
    ):
        with pytest.raises(DatabaseError), som_bruker(KOMMUNE) as aktor:
            Innlegg.objects.create(
                subjekt_id=sagt.pk, tekst="falskt", synlig=["mottak"], av_id=aktor.bruker_id, **felt
            )


def _org(hvem: str) -> list[int]:
    with som_bruker(hvem) as aktor:
        return sorted(aktor.organisasjoner)


def test_a_withdrawn_message_keeps_its_place_and_loses_its_words(sagt: Husholdning) -> None:
    with som_bruker(KOMMUNE) as aktor:
        uuid = Innlegg.objects.get(tekst="kommune og mottak").uuid
        with pytest.raises(Ugyldig):
            services.trekk(aktor=aktor, innlegg=uuid, grunn="fordi")
        services.trekk(aktor=aktor, innlegg=uuid, grunn="feil_leser")
        with pytest.raises(Konflikt):
            services.trekk(aktor=aktor, innlegg=uuid, grunn="feil_leser")
        assert Trukkettekst.objects.get().tekst == "kommune og mottak"
    with som_bruker(MOTTAK) as aktor:
        trukket = [y.innlegg for y in selectors.samtalen(aktor, sagt.pk) if y.innlegg.trukket]
        assert [(ett.tekst, ett.trukket_grunn) for ett in trukket] == [("", "feil_leser")]
        assert not Trukkettekst._base_manager.exists()
        with pytest.raises(FinnesIkke):  # not one's own
            services.trekk(aktor=aktor, innlegg=uuid, grunn="feil_leser")
    with som_bruker(IMDI) as aktor, pytest.raises(FinnesIkke):  # and not even seen
        services.trekk(aktor=aktor, innlegg=uuid, grunn="feil_leser")
    with som(system("prove")):
        rad = Hendelse.objects.filter(subjekt=sagt.pk).latest("nr")
        assert (rad.handling, rad.data["grunn"]) == ("samtale.trekk", "feil_leser")


def test_the_ledger_holds_nothing_of_what_was_said(sagt: Husholdning, eier) -> None:  # type: ignore[no-untyped-def]
    rader = eier("SELECT handling, data::text FROM spor_hendelse WHERE handling LIKE 'samtale.%'")
    assert len(rader) == 6
    assert not [r for r in rader if "internt" in r[1] or "til alle" in r[1]]
    assert eier("SELECT count(*) FROM spor_detalj d JOIN spor_hendelse h ON h.id = d.hendelse_id WHERE h.handling LIKE 'samtale.%'") == [(0,)]  # fmt: skip


def test_what_cannot_be_said(land: str) -> None:
    h, fremmed = delt_sak(), sak()
    for felt, kode in (
        ({"tekst": "  "}, "SAMTALE-TEKST"),
        ({"tekst": "x" * 4001}, "SAMTALE-TEKST"),
        ({"leses_av": ()}, "SAMTALE-LESERE"),
        ({"leses_av": ("mottak",)}, "SAMTALE-LESERE"),
        ({"leses_av": ("intern", "imdi")}, "SAMTALE-LESERE"),
        ({"leses_av": ("ks",)}, "SAMTALE-LESERE"),
        ({"sporsmaal_til": "kommune", "frist": i_dag()}, "SAMTALE-SPORSMAAL-TIL"),
        ({"sporsmaal_til": "imdi"}, "SAMTALE-FRIST"),
        ({"sporsmaal_til": "imdi", "frist": i_dag() - timedelta(1)}, "SAMTALE-FRIST"),
    ):
        with som_bruker(MOTTAK) as aktor, pytest.raises(Ugyldig) as feil:
            services.skriv(
                **({"aktor": aktor, "subjekt_id": h.pk, "tekst": "hei", "leses_av": ("imdi",)} | felt)
            )  # type: ignore[arg-type]
        assert feil.value.kode == kode, felt
    for hvem, hvor, avslag in (
        ("imdi_godkjenner", h, Avvist), ("bosetter_les", h, Avvist), ("imdi_leder", h, Avvist), ("kommune_admin", h, Avvist),
        (BUFETAT, h, FinnesIkke), ("bosetter_skriv.volda", h, FinnesIkke), (MOTTAK, fremmed, FinnesIkke),
    ):  # fmt: skip
        with som_bruker(hvem) as aktor, pytest.raises(avslag):
            services.skriv(aktor=aktor, subjekt_id=hvor.pk, tekst="hei", leses_av=("imdi", "mottak"))


def test_sent_twice_it_is_said_once(land: str) -> None:
    h, nokkel = delt_sak(), uuid4()
    assert si(MOTTAK, h, "hei", nokkel=nokkel).pk == si(MOTTAK, h, "hei", nokkel=nokkel).pk


def test_who_has_read_and_what_waits(land: str) -> None:
    h = delt_sak()
    forste = si(MOTTAK, h, "en", ("imdi",))
    si(MOTTAK, h, "to", ALLE)
    si(MOTTAK, h, "notat", ("intern",))

    def uleste(hvem: str) -> list[tuple[int, int]]:
        with som_bruker(hvem) as aktor:
            return [(t.uleste, t.uleste_meg) for t in selectors.innboks(aktor)]

    def les(hvem: str) -> None:
        with som_bruker(hvem) as aktor:
            rader = selectors.samtalen(aktor, h.pk)
            services.merk_lest(aktor=aktor, subjekt_id=h.pk, sist=rader[-1].innlegg.pk)

    assert (uleste(IMDI), uleste(KOMMUNE), uleste(MOTTAK), uleste(BUFETAT)) == ([(2, 0)], [(1, 0)], [], [])
    les(IMDI)
    assert (uleste(IMDI), uleste("imdi_godkjenner"), uleste(KOMMUNE)) == ([], [], [(1, 0)])
    si(KOMMUNE, h, "tre", ALLE)
    assert (uleste(IMDI), uleste("imdi_godkjenner")) == ([(1, 1)], [(1, 0)])
    les("imdi_godkjenner")
    assert uleste(IMDI) == [(0, 1)]  # a colleague has seen it
    with som_bruker(MOTTAK) as aktor:
        lest = {y.innlegg.tekst: y.lest_av for y in selectors.samtalen(aktor, h.pk)}
        assert lest == {"en": ("imdi",), "to": ("imdi",), "notat": (), "tre": ()}
        services.merk_lest(aktor=aktor, subjekt_id=h.pk, sist=forste.pk)
        services.merk_lest(aktor=aktor, subjekt_id=h.pk, sist=1)  # never back
        assert Lest.objects.get().sist == forste.pk
    with som_bruker(KOMMUNE) as aktor:  # what others have read of others' messages is not told
        assert {y.innlegg.tekst: y.lest_av for y in selectors.samtalen(aktor, h.pk)} == {
            "to": (), "tre": ("imdi",),
        }  # fmt: skip


def test_a_question_is_a_task_until_it_is_answered(land: str) -> None:
    h, om = delt_sak(), i_dag() + timedelta(7)
    forst = si(IMDI, h, "Hvor mange rom?", ALLE, sporsmaal_til="mottak", frist=om)
    si(IMDI, h, "Og når?", ALLE, sporsmaal_til="mottak", frist=om + timedelta(3))

    def oppgaven() -> list[tuple[str, object, bool]]:
        with som(system("prove")):
            rader = Oppgave.objects.filter(subjekt=h.pk, slag="svar_sporsmaal")
            return [(o.organisasjon.slag, o.frist, o.ferdig is None) for o in rader]

    assert oppgaven() == [("mottak", om, True)]
    with som_bruker(MOTTAK) as aktor:
        assert [(t.ubesvarte, t.frist) for t in selectors.innboks(aktor)] == [(2, om)]
    with som_bruker(KOMMUNE) as aktor, pytest.raises(FinnesIkke):  # not asked
        services.skriv(aktor=aktor, subjekt_id=h.pk, tekst="Tre.", leses_av=ALLE, svar_paa=forst.uuid)
    with som_bruker(MOTTAK) as aktor, pytest.raises(Ugyldig):  # the asker could not read it
        services.skriv(aktor=aktor, subjekt_id=h.pk, tekst="Tre.", leses_av=("kommune",), svar_paa=forst.uuid)
    svar = si(MOTTAK, h, "Tre.", ("imdi",), svar_paa=forst.uuid)
    assert oppgaven() == [("mottak", om + timedelta(3), True)]
    with som_bruker(MOTTAK) as aktor, pytest.raises(Konflikt):
        services.skriv(aktor=aktor, subjekt_id=h.pk, tekst="Fire.", leses_av=("imdi",), svar_paa=forst.uuid)
    with som_bruker(IMDI) as aktor:
        services.trekk(aktor=aktor, innlegg=Innlegg.objects.get(tekst="Og når?").uuid, grunn="dobbelt")
    assert oppgaven() == [("mottak", om + timedelta(3), False)]
    with som_bruker(MOTTAK) as aktor:  # an answer taken back is none
        services.trekk(aktor=aktor, innlegg=svar.uuid, grunn="feil_innhold")
    assert oppgaven() == [("mottak", om, True)]


def test_the_rule_of_who_reads() -> None:
    assert rules.leserkrets(["intern"], "mottak") == ()
    assert rules.leserkrets(["kommune", "imdi"], "mottak") == ("imdi", "mottak", "kommune")
    assert rules.leserkrets(["imdi", "mottak"], "mottak") == ("imdi", "mottak")
    for galt in ([], ["mottak"], ["intern", "imdi"], ["udi"]):
        with pytest.raises(ValueError, match="choose"):
            rules.leserkrets(galt, "mottak")


def test_when_the_time_is_up_the_thread_goes_with_the_case(land: str) -> None:
    from tests.person.test_sletting import BOSATT, DAGEN, fram_til, slett_alle  # noqa: PLC0415

    from bosett.grunn.klokke import frys  # noqa: PLC0415

    h = delt_sak()
    spurt = si(IMDI, h, "Hva?", ALLE, sporsmaal_til="mottak", frist=i_dag())
    svar = si(MOTTAK, h, "Det.", ALLE, svar_paa=spurt.uuid)
    spor_kommunen(MOTTAK, h, "Volda")
    with som_bruker(MOTTAK) as aktor:
        services.trekk(aktor=aktor, innlegg=svar.uuid, grunn="feil_sak")
        services.merk_lest(aktor=aktor, subjekt_id=h.pk, sist=svar.pk)
    with frys(DAGEN):
        with som(system("prove")):
            Husholdning.objects.filter(pk=h.pk).update(avsluttet=BOSATT, slutt="bosatt", klar_fra=None)
        with som(system("prove")):  # not before two have approved it
            assert Trukkettekst.objects.all()._raw_delete("default") == 0
        fram_til(h, "godkjent")
        assert slett_alle() == 1
    with som(system("prove")):
        assert not [m for m in apps.get_app_config("samtale").get_models() if m._base_manager.exists()]
