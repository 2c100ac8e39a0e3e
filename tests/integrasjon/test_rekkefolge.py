"""The hard stories, one by one, in every order: what is known in the end does not depend on what came last."""

import random
from typing import Any

import pytest
from tests.integrasjon.test_simulator import bilde, slett, spill

from bosett.aktor.kontekst import som, system
from bosett.demo.mottak import rader
from bosett.person.models import Husholdning, Opphold, Person
from bosett.spor.models import Hendelse
from meldinger import ankomst, duf, melding

VANLIG = next(rad["kode"] for rad in rader() if rad["type"] == "ordinaert")
EM = next(rad["kode"] for rad in rader() if rad["type"] == "em")

TANTE = [
    ankomst(1, "2026-01-10", sak="S", fodt="2010-03-01", enslig_mindrearig=True, fornavn="Selam"),
    ankomst(2, "2026-01-10", sak="S", rolle="folgeperson", fornavn="Luwam"),
    melding("slektskap", 2, "2026-01-10", til_duf=duf(1), slag="tante_onkel", folgeperson=True),
    melding("plassering", 2, "2026-01-10", mottak=VANLIG),
    melding("plassering", 1, "2026-01-10", mottak=VANLIG),
    melding("vergemaal", 1, "2026-01-20", navn="DEMO verge"),
]
VOKSEN = [*TANTE, melding("aldersretting", 1, "2026-03-01", fodt="2004-01-01")]
TRUKKET = [
    ankomst(3, "2026-01-10"),
    melding("plassering", 3, "2026-01-10", mottak=VANLIG),
    melding("tillatelse", 3, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01", til="2029-02-01"),
    melding("tilbakekall", 3, "2026-04-01"),
    melding("plassering", 3, "2026-03-01", mottak=EM),
    melding("utflytting", 3, "2026-03-20"),
]
NY_TILLATELSE = [
    *TRUKKET,
    melding("tillatelse", 3, "2026-06-01", grunnlag="humanitart", vedtatt="2026-06-01"),
]
UTE = [
    ankomst(4, "2026-01-12", sak="U"),
    ankomst(5, "2026-01-10", sak="U", rolle="barn", fodt="2020-01-01"),
    melding("plassering", 4, "2026-01-12", mottak=VANLIG),
    melding("utgang", 4, "2026-03-01", grunn="trukket"),
    melding("utgang", 4, "2026-03-05", grunn="utreist"),
    melding("utgang", 5, "2026-03-01", grunn="utreist"),
]
TILBAKE = [  # two leave and the case closes; one comes back to a centre, leaves again and comes back by a permit
    ankomst(10, "2026-01-10", sak="T"),
    ankomst(11, "2026-01-10", sak="T", rolle="barn", fodt="2020-01-01"),
    melding("plassering", 10, "2026-01-10", mottak=VANLIG),
    melding("plassering", 11, "2026-01-10", mottak=VANLIG),
    melding("utgang", 10, "2026-03-01", grunn="utreist"),
    melding("utgang", 11, "2026-03-02", grunn="utreist"),
    melding("plassering", 10, "2026-05-01", mottak=VANLIG),
    melding("utgang", 10, "2026-06-01", grunn="trukket"),
    melding("tillatelse", 10, "2026-07-01", grunnlag="flyktning", vedtatt="2026-06-20"),
]
ANGRET = [  # the exit is corrected after the return, and again; the dead child stays dead whatever is told of it
    ankomst(12, "2026-01-10", sak="A", slag="overforing"),
    ankomst(13, "2026-01-10", sak="A", rolle="barn", fodt="2020-01-01", slag="overforing"),
    melding("utgang", 12, "2026-03-01", grunn="trukket"),
    melding("utgang", 12, "2026-03-10", grunn="utreist"),
    melding("utgang", 13, "2026-02-01", grunn="dod"),
    ankomst(12, "2026-04-01", sak="A", slag="asyl"),
    ankomst(13, "2026-04-01", sak="A", rolle="barn", fodt="2020-01-01"),
    melding("plassering", 12, "2026-04-01", mottak=VANLIG),
    melding("tilbakekall", 12, "2026-04-01"),
    melding("utgang", 12, "2026-03-20", grunn="utreist"),
]
KOM_IGJEN = [*ANGRET, melding("plassering", 12, "2026-03-20", mottak=EM)]
FLYTTET = [  # the mother gets a case of her own, the child follows later: the case they came with is left by both
    ankomst(20, "2026-01-10", sak="G"),
    ankomst(21, "2026-01-12", sak="G", rolle="barn", fodt="2020-01-01"),
    melding("plassering", 20, "2026-01-10", mottak=VANLIG),
    melding("plassering", 21, "2026-01-12", mottak=EM),
    melding("tillatelse", 20, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
    ankomst(20, "2026-03-01", sak="N"),
    melding("plassering", 20, "2026-04-01", mottak=EM),
    ankomst(21, "2026-03-05", sak="N", rolle="barn", fodt="2020-01-01"),
]
FRAM_OG_TILBAKE = [  # to another case and back, a correction of the same day, and one that says it never was so
    ankomst(22, "2026-01-10", sak="G1", slag="overforing"),
    ankomst(23, "2026-01-10", sak="G2"),
    melding("plassering", 23, "2026-02-20", mottak=VANLIG),
    ankomst(22, "2026-03-01", sak="G2", rolle="annen", slag="overforing"),
    ankomst(22, "2026-04-01", sak="G1", slag="overforing"),
    ankomst(23, "2026-05-01", sak="G3"),
    ankomst(23, "2026-05-01", sak="G1", rolle="ektefelle"),
    ankomst(23, "2026-01-05", sak="G4"),
]
NY_SAK = [  # leaves, and comes back with another case: the first ended when she left
    ankomst(24, "2026-01-10", sak="F1"),
    ankomst(25, "2026-01-10", sak="F1", rolle="ektefelle"),
    melding("plassering", 24, "2026-01-10", mottak=VANLIG),
    melding("utgang", 24, "2026-03-01", grunn="utreist"),
    melding("utgang", 25, "2026-02-20", grunn="dod"),
    ankomst(24, "2026-06-01", sak="F2"),
    melding("plassering", 24, "2026-06-01", mottak=EM),
    melding("utgang", 24, "2026-08-01", grunn="trukket"),
]
RETTET = [
    ankomst(6, "2026-01-10", fornavn="Amin"),
    ankomst(6, "2026-01-10", fornavn="Amina", fodt="1991-05-01"),
    melding("aldersretting", 6, "2026-02-01", fodt="1992-05-01"),
    melding("aldersretting", 6, "2026-02-10", fodt="1993-05-01"),
    ankomst(6, "2026-01-12", fornavn="Amine", fodt="1994-05-01", numre=[{"slag": "dnr", "nummer": "63909095052"}]),
]  # fmt: skip
FAMILIE = [
    ankomst(7, "2026-01-10", sak="F"),
    melding("plassering", 7, "2026-01-11", mottak=VANLIG),
    ankomst(
        8,
        "2026-06-10",
        sak="F",
        rolle="ektefelle",
        slag="familie",
        referanse_kom="2026-01-10",
        levde_sammen_fra="2020-01-01",
    ),
]


@pytest.mark.parametrize(
    "historie", [TANTE, VOKSEN, TRUKKET, NY_TILLATELSE, UTE, TILBAKE, ANGRET, KOM_IGJEN, FLYTTET, FRAM_OG_TILBAKE, NY_SAK, RETTET, FAMILIE],
    ids=["tante", "voksen", "trukket", "ny-tillatelse", "ute", "tilbake", "angret", "kom-igjen", "flyttet", "fram-og-tilbake", "ny-sak", "rettet", "familie"],
)  # fmt: skip
def test_what_is_known_does_not_depend_on_the_order(land: str, historie: list[dict[str, Any]]) -> None:
    assert spill(historie) == 0
    forst = bilde()
    for nr in range(8):
        slett()
        stokket = historie[:]
        random.Random(nr).shuffle(stokket)
        if nr % 2:  # one message at a time, as they come over the wire
            for ett in stokket:
                spill([ett])
            spill([])
        else:
            spill(stokket)
        assert bilde() == forst, [m["id"] for m in stokket]


def test_a_minor_with_an_aunt_is_an_unaccompanied_minor_until_the_age_is_corrected(land: str) -> None:
    spill(TANTE)
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.lop, h.antall) == ("em", 2)
    spill(VOKSEN)
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert h.lop == "mottak" and not Person.objects.filter(enslig_mindrearig=True).exists()
        assert [(rad.slag, str(rad.fra), str(rad.til or "")) for rad in h.lopene.order_by("pk")] == [
            ("em", "2026-01-10", "2026-03-01"), ("mottak", "2026-03-01", ""),
        ]  # fmt: skip


def test_a_permit_taken_back_is_no_permit_also_when_the_permit_comes_to_be_known_afterwards(
    land: str,
) -> None:
    spill([TRUKKET[0], TRUKKET[1], TRUKKET[3], TRUKKET[2]])
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert h.klar_fra is None and [m["kode"] for m in h.mangler] == ["utlopt"]
        assert list(Opphold.objects.kjent().order_by("fra").values_list("grunnlag", flat=True)) == [
            "flyktning",
            "",
        ]


def test_who_left_and_came_back_has_a_case_again(land: str) -> None:
    spill(TILBAKE[:4])
    spill(TILBAKE[4:6])
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.lop, str(h.avsluttet), h.slutt) == ("avsluttet", "2026-03-02", "utreist")
    spill(TILBAKE[6:7])
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.lop, h.avsluttet, h.slutt, h.antall) == ("mottak", None, "", 1)
        assert [(rad.slag, str(rad.fra), str(rad.til or "")) for rad in h.lopene.order_by("pk")] == [
            ("mottak", "2026-01-10", "2026-03-02"), ("mottak", "2026-05-01", ""),
        ]  # fmt: skip
        hun, barnet = Person.objects.order_by("fodt")
        assert (hun.ute, str(hun.tilbake), str(barnet.ute)) == (None, "2026-05-01", "2026-03-02")
    spill(TILBAKE[7:])
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.lop, h.avsluttet) == ("", None), (
            "the place she had at a centre before she left is hers no longer"
        )
        assert [m["kode"] for m in h.mangler] == ["lop"]
        acts = list(Hendelse.objects.filter(subjekt=h.pk).order_by("nr").values_list("handling", flat=True))
        assert acts.count("person.avslutt") == 3 and acts.count("person.kom_tilbake") == 2


def test_the_dead_stay_dead_and_the_exit_told_last_stands(land: str) -> None:
    spill(ANGRET)
    with som(system("prove")):
        hun, barnet = Person.objects.order_by("fodt")
        assert (str(barnet.dod), str(hun.ute), hun.tilbake) == ("2026-02-01", "2026-03-20", None)
        assert (hun.husholdning.antall, hun.husholdning.slutt) == (0, "utreist")
    spill(KOM_IGJEN)
    with som(system("prove")):
        hun, barnet = Person.objects.order_by("fodt")
        assert (str(barnet.dod), hun.ute, str(hun.tilbake)) == ("2026-02-01", None, "2026-03-20")
        assert (hun.husholdning.antall, hun.husholdning.lop) == (1, "mottak")
