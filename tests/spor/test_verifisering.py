"""The ledger is append-only for everybody, and `spor verifiser` finds what somebody with all rights has changed."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from bosett.aktor.kontekst import som, system
from bosett.cli.__main__ import main
from bosett.spor.models import Detalj, Hendelse, Segl
from bosett.spor.services import eksporter_manglende_segl, forsegl, registrer
from bosett.spor.verifisering import Rapport, verifiser
from bosett.tilgang.services import nytt_subjekt

SYSTEM = system("prove")
Eier = Callable[[str], list[tuple]]
UTEN_UTLOSERE = "SET session_replication_role = replica; "


@pytest.fixture
def sak(ekte_database: str, settings: Any, tmp_path: Path) -> int:
    """A subject with four acts: two sealed, two after the seal; the details of every act are known."""
    settings.SEGLMAPPE = tmp_path / "segl"
    with som(SYSTEM):
        emne = nytt_subjekt(slag="prove")
    _gjor(emne.pk, 2)
    _forsegl()
    _gjor(emne.pk, 2)
    return emne.pk


def _gjor(sak: int, antall: int) -> None:
    for nr in range(antall):
        with som(SYSTEM):
            registrer(
                aktor=SYSTEM,
                handling="prove.gjor",
                subjekt_id=sak,
                data={"nr": nr},
                detaljer={"ord": f"Nr {nr}"},
            )


def _forsegl() -> None:
    with som(SYSTEM):
        forsegl()


def _rapport() -> Rapport:
    with som(SYSTEM):
        return verifiser()


def test_whole_ledger_verifies(sak: int) -> None:
    rapport = _rapport()
    assert (rapport.hendelser, rapport.kjeder, rapport.segl, rapport.uten_detaljer) == (4, 1, 1, 0)
    assert rapport.feil == []


@pytest.mark.parametrize("tabell", ["spor_hendelse", "spor_segl"])
@pytest.mark.parametrize("rolle", ["app", "eier", "admin"])
def test_nobody_changes_or_removes_a_row(sak: int, eier: Eier, tabell: str, rolle: str) -> None:
    for setning in (
        f"UPDATE {tabell} SET tid = now()",
        f"DELETE FROM {tabell}",
        f"TRUNCATE {tabell} CASCADE",
    ):
        if rolle == "app":
            with pytest.raises(DatabaseError), som(SYSTEM), connection.cursor() as db:
                db.execute(setning)
        else:
            som_rolle = "SET ROLE bosett_eier; " if rolle == "eier" else ""
            # The owner is under row-level security as well; without it (system context) the trigger still refuses.
            aktor = "SELECT set_config('bosett.nasjonal', 'ja', false); "
            with pytest.raises(psycopg.Error, match="bare få nye rader"):
                eier(som_rolle + aktor + setning)
    assert _rapport().feil == []


@pytest.mark.parametrize(
    ("endring", "venter"),
    [
        ("UPDATE spor_hendelse SET data = '{\"nr\": 9}' WHERE nr = 1", "handling 1 er endret"),
        ("UPDATE spor_hendelse SET tid = tid + interval '1 microsecond' WHERE nr = 4", "handling 4 er endret"),
        ("UPDATE spor_hendelse SET jobb = 'annen' WHERE nr = 3", "handling 3 er endret"),
        ("UPDATE spor_hendelse SET rolle = 'imdi_admin' WHERE nr = 3", "handling 3 er endret"),
        ("DELETE FROM spor_hendelse WHERE nr = 3", "handling 3 mangler"),
        ("DELETE FROM spor_hendelse WHERE nr = 1", "handling 1 mangler"),
        ("DELETE FROM spor_hendelse WHERE nr >= 2", "handling 2 er forseglet, men er borte"),
        ("DELETE FROM spor_hendelse", "er forseglet, men er borte"),
        ("UPDATE spor_detalj SET innhold = '{\"ord\": \"Annet\"}' WHERE hendelse_id = (SELECT id FROM spor_hendelse WHERE nr = 2)", "detaljene til handling 2 er endret"),
        ("UPDATE spor_segl SET hoder = '{}'", "er endret"),
        ("UPDATE spor_segl SET tid = tid - interval '1 day'", "er endret"),
        ("UPDATE spor_segl SET siste_hendelse = 99", "er endret"),
        ("DELETE FROM spor_segl", "finnes ikke i databasen"),
    ],
)  # fmt: skip
def test_what_somebody_with_all_rights_changed_is_found(
    sak: int, eier: Eier, endring: str, venter: str
) -> None:
    eier(UTEN_UTLOSERE + endring)
    assert any(venter in feil for feil in _rapport().feil), _rapport().feil


def test_a_sealed_act_rewritten_with_a_whole_new_chain_is_found(sak: int, eier: Eier) -> None:
    """The forger knows how the hashes are made and computes all of them anew; the seal tells."""
    eier(UTEN_UTLOSERE + "DELETE FROM spor_hendelse; ")
    _gjor(sak, 4)
    feil = _rapport().feil
    assert feil == [f"Sak {sak}: handling 2 er forseglet, men er borte eller endret."]


def test_a_forged_seal_chain_is_found_by_the_exported_files(sak: int, eier: Eier, settings: Any) -> None:
    eier(UTEN_UTLOSERE + "DELETE FROM spor_hendelse; DELETE FROM spor_segl")
    _gjor(sak, 2)
    ekte = settings.SEGLMAPPE
    settings.SEGLMAPPE = ekte.parent / "forfalsket"
    _forsegl()
    assert _rapport().feil == []
    settings.SEGLMAPPE = ekte
    assert any("finnes ikke i databasen" in feil for feil in _rapport().feil)


def test_a_detail_slipped_in_under_an_act_without_details_is_found(sak: int, eier: Eier) -> None:
    with som(SYSTEM):
        rad = registrer(aktor=SYSTEM, handling="prove.gjor", subjekt_id=sak)
        Detalj.objects.create(hendelse=rad, salt="", innhold={"ord": "diktet"})
    assert any(f"handling {rad.nr}" in feil for feil in _rapport().feil)


def test_a_changed_seal_file_is_found(sak: int, settings: Any) -> None:
    (fil,) = settings.SEGLMAPPE.glob("*.json")
    innhold = json.loads(fil.read_text())
    innhold["hoder"][str(sak)][0] = 1
    fil.write_text(json.dumps(innhold))
    assert _rapport().feil == [f"Seglet i filen {fil.name} er ikke det samme som i databasen."]
    fil.write_text("ikke json")
    assert _rapport().feil == [f"Seglet i filen {fil.name} er ikke det samme som i databasen."]


def test_details_deleted_in_due_time_still_verify(sak: int) -> None:
    with som(SYSTEM):
        Detalj.objects.filter(hendelse__nr__lte=2).delete()
    rapport = _rapport()
    assert (rapport.feil, rapport.uten_detaljer, rapport.hendelser) == ([], 2, 4)


def test_data_is_hashed_as_the_database_gives_it_back(sak: int) -> None:
    with som(SYSTEM):
        registrer(
            aktor=SYSTEM,
            handling="prove.gjor",
            subjekt_id=sak,
            data={"antall": {2: 1, 10: 3}, "liste": (1, 2), "tall": 0.5, "tom": None, "æ": "ø\u00a0«å»"},
            detaljer={"rader": {3: "c", 20: "d"}},
        )
    assert _rapport().feil == []


def test_numbers_that_change_form_in_the_database_are_refused(sak: int) -> None:
    for tall in (1e22, 1e-9, float("nan"), -0.0):
        with pytest.raises(ValueError), som(SYSTEM):
            registrer(aktor=SYSTEM, handling="prove.gjor", subjekt_id=sak, data={"tall": tall})


def test_two_seals_at_once_make_one_chain(sak: int) -> None:
    klar = threading.Barrier(3)

    def gjor() -> None:
        klar.wait()
        _forsegl()
        connection.close()

    traader = [threading.Thread(target=gjor) for _ in range(3)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(30)
    rapport = _rapport()
    assert (rapport.feil, rapport.segl, rapport.uforseglet) == ([], 2, 0)


def test_two_acts_at_once_on_one_subject_get_numbers_in_turn(
    ekte_database: str, settings: Any, tmp_path: Path
) -> None:
    settings.SEGLMAPPE = tmp_path
    with som(SYSTEM):
        emne = nytt_subjekt(slag="prove")
    klar = threading.Barrier(4)

    def gjor() -> None:
        klar.wait()
        _gjor(emne.pk, 3)
        connection.close()

    traader = [threading.Thread(target=gjor) for _ in range(4)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(30)
    with som(SYSTEM):
        assert list(Hendelse.objects.order_by("nr").values_list("nr", flat=True)) == list(range(1, 13))
    assert _rapport().feil == []


def test_an_act_undone_leaves_no_row_and_no_gap(sak: int) -> None:
    with pytest.raises(ZeroDivisionError), som(SYSTEM):
        registrer(aktor=SYSTEM, handling="prove.gjor", subjekt_id=sak)
        raise ZeroDivisionError
    _gjor(sak, 1)
    rapport = _rapport()
    assert (rapport.feil, rapport.hendelser) == ([], 5)


def test_an_act_that_commits_after_a_later_one_was_sealed_is_sealed_next_time(sak: int) -> None:
    with som(SYSTEM):
        sen, rask = nytt_subjekt(slag="sen"), nytt_subjekt(slag="rask")
    skrevet, ferdig = threading.Event(), threading.Event()

    def langsom() -> None:
        with som(SYSTEM):
            registrer(aktor=SYSTEM, handling="prove.gjor", subjekt_id=sen.pk)
            skrevet.set()
            ferdig.wait(20)
        connection.close()

    traad = threading.Thread(target=langsom)
    traad.start()
    skrevet.wait(20)
    _gjor(rask.pk, 1)  # a higher id, committed first
    _forsegl()
    ferdig.set()
    traad.join(20)
    _forsegl()
    with som(SYSTEM):
        forseglet = {nokkel for segl in Segl.objects.all() for nokkel in segl.hoder}
    assert {str(sen.pk), str(rask.pk), str(sak)} <= forseglet
    assert _rapport().uforseglet == 0
    with som(SYSTEM):
        assert forsegl() is None, "nothing new, no seal"


def test_seals_are_exported_and_written_again_when_lost(sak: int, settings: Any, capsys: Any) -> None:
    _forsegl()
    filer = sorted(settings.SEGLMAPPE.glob("*.json"))
    assert len(filer) == 2
    innhold = filer[0].read_bytes()
    filer[0].unlink()
    assert _rapport().feil == []
    with som(SYSTEM):
        assert eksporter_manglende_segl() == 1
        assert eksporter_manglende_segl() == 0
    assert filer[0].read_bytes() == innhold


def test_command_line_says_and_answers_in_code(sak: int, eier: Eier, capsys: Any, monkeypatch: Any) -> None:
    import contextlib  # noqa: PLC0415

    from bosett.config import oppstart  # noqa: PLC0415

    monkeypatch.setattr(oppstart, "server", contextlib.nullcontext)  # the test run's own server
    assert main(["spor", "verifiser"]) == 0
    ut = capsys.readouterr().out
    assert "4 handlinger i 1 kjeder, 1 segl." in ut and "Alt stemmer." in ut
    eier(UTEN_UTLOSERE + "UPDATE spor_hendelse SET handling = 'prove.annet' WHERE nr = 2")
    assert main(["spor", "verifiser"]) == 1
    ut = capsys.readouterr()
    assert "handling 2 er endret" in ut.err and "Alt stemmer" not in ut.out


def test_rows_hold_ids_and_codes_only(db: None) -> None:
    """The whitelist of `registrer`: names of persons, addresses and free text are refused, whoever forgot."""
    with som(SYSTEM):
        emne = nytt_subjekt(slag="prove")
        for data in (
            {"navn": "Kari"},
            {"liste": [{"epost": "x"}]},
            {"begrunnelse": "lang tekst"},
            {"bruker": "kari@x.no"},
            {"person": "01019012345"},
            {"person": "201912345678"},
            {"om": "x" * 301},
        ):
            with pytest.raises(ValueError, match="personopplysning"), transaction.atomic():
                registrer(aktor=SYSTEM, handling="prove.gjor", subjekt_id=emne.pk, data=data)
        registrer(
            aktor=SYSTEM,
            handling="prove.gjor",
            subjekt_id=emne.pk,
            data={"runde": 3, "kode": "til_godkjenning", "fra": "2026-01-01", "sha256": "ab" * 32},
        )
