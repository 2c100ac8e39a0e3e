"""A simulated year: the same every time, about nobody, and taken in the same whatever order it comes in."""

import random
from collections import Counter
from datetime import date
from typing import Any

import pytest

from bosett.aktor.kontekst import som, system
from bosett.demo.mottak import sentre
from bosett.grunn.identnummer import duf_kontroll, kontroller
from bosett.integrasjon import udi
from bosett.integrasjon.importfil import Rad
from bosett.integrasjon.innlesing import les_inn
from bosett.integrasjon.models import Melding
from bosett.integrasjon.simulator import Senter, _les, simuler
from bosett.person.models import (
    Husholdning,
    Lop,
    Medlem,
    Mottaksopphold,
    Navn,
    Nummer,
    Opphold,
    Person,
    Relasjon,
    Ventetid,
    Verge,
)
from bosett.person.rules.koder import koder
from bosett.person.services.ventedager import kontroller as kontroller_ventedager
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.models import Deling

FEM = (
    Senter("A", "ankomst"), Senter("T", "transitt"), Senter("O", "ordinaert"), Senter("E", "em"), Senter("S", "omsorgssenter"),
)  # fmt: skip


def aaret(personer: int = 1500, fro: int = 1, hos: Any = FEM) -> list[dict[str, Any]]:
    return list(simuler(fra=date(2026, 1, 1), til=date(2027, 1, 1), personer=personer, fro=fro, sentre=hos))


def test_the_same_seed_gives_the_same_year_and_another_seed_other_people() -> None:
    ett = aaret(300)
    assert ett == aaret(300)
    andre = aaret(300, fro=2)
    assert {m["duf"] for m in ett if len(m["duf"]) == 12} & {
        m["duf"] for m in andre if len(m["duf"]) == 12
    } == set()


_BIBLIOGRAFISKE = {"alb", "arm", "baq", "bur", "chi", "cze", "dut", "fre", "geo", "ger", "gre", "ice", "mac", "mao", "may", "per", "rum", "slo", "tib", "wel"}  # fmt: skip
"""The codes of ISO 639-2/B that are not in ISO 639-3."""


def test_every_language_somebody_can_speak_has_a_name_in_three_languages() -> None:
    navn = koder("spraak")
    assert not _BIBLIOGRAFISKE & set(navn)
    kan = {kode for hvor in _les("opphav").values() if isinstance(hvor, list) for ett in hvor for valg in ett["spraak"] for kode in valg}  # fmt: skip
    assert len(kan) > 10 and kan - set(navn) == set()
    assert all(navn[kode].nb and navn[kode].nn and navn[kode].en for kode in kan)
    meldt = {kode for m in aaret() for kode in m["data"].get("spraak", ())}
    assert meldt <= kan


def test_every_number_is_one_that_nobody_can_have() -> None:
    for melding in aaret():
        if len(melding["duf"]) == 12:
            assert int(melding["duf"][10:]) > 10 and melding["duf"][10:] != duf_kontroll(melding["duf"])
            assert kontroller(melding["duf"], date(2027, 1, 1)).syntetisk
        for nummer in melding["data"].get("numre", ()):
            assert kontroller(nummer["nummer"], date(2027, 1, 1)).syntetisk
            assert 81 <= int(nummer["nummer"][2:4]) <= 92


def test_every_kind_of_message_occurs_and_only_the_broken_ones_break_the_contract() -> None:
    meldinger = aaret(3000)
    slag = Counter(m["type"] for m in meldinger)
    assert set(udi.typer()) <= set(slag)
    assert all("gjelder" not in m or m["gjelder"] == "32.13.2026" or m["gjelder"] < "2027" for m in meldinger)
    for melding in meldinger:
        if melding["id"].endswith("-feil"):
            with pytest.raises(Exception, match=r"kontrakten|må være|mangler"):
                udi.les(melding)
        else:
            udi.les(melding)
    ider = Counter(m["id"] for m in meldinger)
    assert max(ider.values()) > 1, "some come twice"
    ankomster = [m for m in meldinger if m["type"] == "ankomst"]
    skrifter = {n["skrift"] for m in ankomster for n in m["data"]["navn"]}
    assert skrifter == {"Latn", "Arab", "Cyrl", "Ethi"}
    assert {m["data"]["slag"] for m in ankomster} == {"asyl", "overforing", "familie"}
    assert {m["data"]["grunnlag"] for m in meldinger if m["type"] == "tillatelse" and not m["id"].endswith("-feil")} > {
        "flyktning", "kollektiv", "overforing", "begrenset", "familie",
    }  # fmt: skip
    nr = {}
    for melding in meldinger:
        nr.setdefault(melding["duf"], []).append(melding.get("nr"))
    assert any(rekke != sorted(rekke) for rekke in nr.values()), "some come in the wrong order"


def test_those_who_come_alone_as_children_are_children_and_adults_are_not_born_yesterday() -> None:
    for melding in aaret():
        if melding["type"] != "ankomst" or melding["id"].endswith("-feil"):
            continue
        alder = (
            date.fromisoformat(melding["gjelder"]) - date.fromisoformat(melding["data"]["fodt"])
        ).days / 365.25
        assert 0 <= alder < 90
        assert not melding["data"]["enslig_mindrearig"] or alder < 18
        assert melding["data"]["rolle"] in ("barn", "hoved") or alder > 17.9


# -- into the register ------------------------------------------------------------------------------------------------


def bilde() -> dict[str, Any]:
    """Everything that is known now, by DUF number and case, without the database's own keys."""
    with som(system("prove")):
        duf = dict(Nummer.objects.kjent().filter(slag="duf").values_list("person_id", "nummer"))
        hvem = {str(uuid): duf[pk] for pk, uuid in Person.objects.values_list("pk", "uuid")}
        personer = {
            duf[p.pk]: (p.navn, p.fodt, p.kjonn, p.rolle, p.statsborgerskap, tuple(p.spraak), p.tolkespraak, p.enslig_mindrearig, p.dod,
                        p.ute, p.ute_grunn, p.tilbake, p.husholdning.udi_sak)
            for p in Person.objects.select_related("husholdning")
        }  # fmt: skip
        serier = {
            modell.__name__: sorted(
                (duf[rad[0]], *map(str, rad[1:]))
                for rad in modell.objects.kjent().values_list("person_id", "fra", "til", *felt)
            )
            for modell, felt in (
                (Navn, ("skrift", "fornavn", "etternavn")), (Medlem, ("rolle", "husholdning__udi_sak")),
                (Opphold, ("grunnlag", "vedtatt")), (Mottaksopphold, ("mottak__kode",)), (Verge, ("navn",)),
            )
        }  # fmt: skip
        slekt = sorted(
            (duf[fra], duf[til], *rest)
            for fra, til, *rest in Relasjon.objects.kjent().values_list(
                "person_id", "til_person_id", "slag", "folgeperson", "fra"
            )
        )
        numre = sorted(
            (duf[pk], *rest)
            for pk, *rest in Nummer.objects.kjent().values_list("person_id", "slag", "nummer")
        )
        husholdninger = {
            h.udi_sak: (h.apnet, h.avsluttet, h.slutt, h.lop, h.ansvar, h.antall, h.klar_fra, h.klar_til, h.venter_fra, h.venter_til, h.tillatt, h.maal,
                        sorted((m["kode"], hvem[m["person"]] if "person" in m else "") for m in h.mangler))
            for h in Husholdning.objects.all()
        }  # fmt: skip
        lop = sorted(Lop.objects.filter(til=None).values_list("husholdning__udi_sak", "slag", "fra"))
        venter = sorted(
            (sak, *map(str, rest))
            for sak, *rest in Ventetid.objects.values_list(
                "husholdning__udi_sak", "fra", "til", "eier", "grunn", "hendelse"
            )
        )
        saker = dict(Husholdning.objects.values_list("pk", "udi_sak"))
        delinger = sorted(
            (saker[subjekt], *rest)
            for subjekt, *rest in Deling.objects.filter(til=None, subjekt__in=saker).values_list(
                "subjekt_id", "organisasjon__navn", "grad", "hvorfor"
            )
        )
    return {
        "personer": personer,
        **serier,
        "slekt": slekt,
        "numre": numre,
        "husholdninger": husholdninger,
        "lop": lop,
        "venter": venter,
        "delinger": delinger,
    }


def spill(meldinger: list[dict[str, Any]]) -> int:
    """Gives how many failed."""
    return len(les_inn(Rad(nr, melding) for nr, melding in enumerate(meldinger, 1)))


def slett() -> None:
    """Back to no persons, to play the year again. The ledger and the shares of the first time stay; nobody reads them here."""
    with som(system("prove")):
        Deling.objects.filter(subjekt__in=Husholdning.objects.values("pk")).delete()
        for modell in (Lop, Person, Husholdning, Melding):
            modell.objects.all().delete()


@pytest.mark.parametrize("fro", [1, 2])
def test_a_year_comes_out_the_same_in_order_shuffled_and_twice(land: str, fro: int) -> None:
    meldinger = aaret(220, fro, sentre())
    i_orden = sorted(meldinger, key=lambda m: (m.get("gjelder", ""), m.get("nr", 0)))
    assert spill(i_orden) == sum(m["id"].endswith("-feil") for m in meldinger)
    forst = bilde()
    assert len(forst["personer"]) >= 220
    (ventet,) = kontroller_ventedager(aktor=system("prove"))
    assert ventet.avvik == [] and ventet.strekk > 100, "what was kept step by step is what all the facts give"
    with som(system("prove")):
        antall = Hendelse.objects.count()
    spill(meldinger)
    assert bilde() == forst
    with som(system("prove")):
        assert Hendelse.objects.count() == antall, "the same once more is no act"
        assert verifiser().feil == []
    for runde in range(2):
        slett()
        stokket = meldinger[:]
        random.Random(f"{fro}-{runde}").shuffle(stokket)
        spill(stokket)
        naa = bilde()
        for del_, innhold in forst.items():
            assert naa[del_] == innhold, del_
