"""The database counts misses by the same list as the rules: for any home and any household they agree."""

import random
from datetime import timedelta
from decimal import Decimal

from tests.bolig.koblet import KOMMUNE, STED, kommunen

from bosett.aktor.kontekst import som, system
from bosett.bolig.models import Bolig, Boligperiode
from bosett.bolig.models_bolig import FUNKSJONER
from bosett.bolig.rules.passer import Behov, kravene, passer
from bosett.bolig.selectors_passer import _ledige, i_rekke
from bosett.bolig.services.behov import hjemmet
from bosett.grunn.klokke import i_dag
from bosett.tilgang.services import nytt_subjekt


def test_the_order_of_the_database_is_that_of_the_rules(land: str) -> None:
    valg, dag = random.Random(7), i_dag()
    km = [None, Decimal("0.5"), Decimal(4), Decimal("4.1"), Decimal(30)]
    with som(system("prove")):
        for nr in range(60):
            b = Bolig.objects.create(
                subjekt=nytt_subjekt(slag="bolig"), organisasjon=kommunen(KOMMUNE), tilstand="egnet", eierform="privat", bygg="hybel",
                adresse=f"DEMO {nr}", postnummer="7713", poststed=STED, rom=6, soverom=valg.randint(0, 4), plasser=valg.randint(1, 6),
                funksjoner=valg.sample(FUNKSJONER, valg.randint(0, 3)), tilgjengelig_kjent=valg.random() < 0.5,
                dyr=valg.choice([None, True, False]), km_skole=valg.choice(km), km_barnehage=valg.choice(km), km_buss=valg.choice(km),
                km_sentrum=valg.choice(km), leies_til=valg.choice([None, dag + timedelta(valg.randint(0, 900))]),
            )  # fmt: skip
            fra = dag + timedelta(valg.randint(-60, 200))
            Boligperiode.objects.create(
                bolig=b, slag="ledig", fra=fra, til=valg.choice([None, max(fra, dag) + timedelta(valg.randint(1, 600))])
            )  # fmt: skip
        for _ in range(40):
            behov = Behov(
                tuple(valg.randint(0, 70) for _ in range(valg.randint(1, 6))), dag + timedelta(valg.randint(0, 90)), valg.randint(0, 1),
                valg.choice([None, frozenset(valg.sample(FUNKSJONER, valg.randint(0, 2)))]), valg.choice([None, True, False]),
                valg.random() < 0.5, valg.random() < 0.5, valg.random() < 0.5,
            )  # fmt: skip
            krav = kravene(behov, dag)
            rader = list(i_rekke(_ledige(Bolig.objects.filter(poststed=STED), dag), krav))
            assert len(rader) == 60
            regnet = [passer(hjemmet(b, b.ledig_fra, b.ledig_til), krav).rekkefolge for b in rader]  # type: ignore[attr-defined]
            assert [(b.harde, b.myke, b.ukjente) for b in rader] == regnet  # type: ignore[attr-defined]
            assert regnet == sorted(regnet)
