"""A round brought to approval by its own acts, for tests that need one; with few municipalities where that is enough."""

from datetime import date, timedelta

from aktorer import som_bruker
from bosett.aktor.kontekst import Aktor, som, system
from bosett.anmodning import revidering, samraad, services, utsending
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde
from bosett.behov import services as behov
from bosett.behov.prognoser import pakrevd
from bosett.grunn.klokke import i_dag
from bosett.statistikk.services import publiser_runde

AAR = 2027
STEINKJER, VOLDA, OSLO = "5006", "1577", "0301"


def lag_prognoser(aktor: Aktor, aar: int) -> None:
    """The forecasts a need of the year is calculated from."""
    for kode in pakrevd(aar):
        behov.registrer_prognose(
            aktor=aktor, aar=aar, kode=kode, antall=1000, kilde="prøve", dato=date(aar - 1, 9, 1)
        )


def legg_fram(aktor: Aktor, runde_id: int) -> None:
    """Through the dialogue without waiting for anybody, to the approver."""
    samraad.apne(aktor=aktor, runde_id=runde_id, frist=i_dag() + timedelta(days=10))
    services.legg_fram(aktor=aktor, runde_id=runde_id, begrunnelse="Prøven har det travelt.")


def lag_beregnet_runde(totalt: int = 5500, em: int = 141, planlagt: date | None = None) -> int:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, AAR)
        behovet = behov.registrer(
            aktor=aktor, aar=AAR, totalt=totalt, em=em, em_under_15=min(40, em), fastsatt_av="Utvalget", fastsatt=date(2026, 10, 1),
            kilde="prøve",
        )  # fmt: skip
        runde = services.opprett_runde(
            aktor=aktor, aar=AAR, behov=behovet, kriteriesett="2022", variant=services.standardvariant("2022"),
            frist=i_dag() + timedelta(days=60), planlagt=planlagt,
        )  # fmt: skip
        services.beregn(aktor=aktor, runde_id=runde.pk)
    return runde.pk


def lag_runde(totalt: int = 5500, em: int = 141, planlagt: date | None = None) -> int:
    """Presented for approval."""
    runde_id = lag_beregnet_runde(totalt, em, planlagt)
    with som_bruker("imdi_radgiver") as aktor:
        legg_fram(aktor, runde_id)
    return runde_id


def lag_runde_i_samraad() -> int:
    """Tests take the fixture `i_samraad`, which has it ready."""
    runde_id = lag_beregnet_runde()
    with som_bruker("imdi_radgiver") as aktor:
        samraad.apne(aktor=aktor, runde_id=runde_id, frist=i_dag() + timedelta(days=7))
    return runde_id


def godkjenn_den() -> None:
    """Tests take the fixture `godkjent`, which has it done."""
    runde_id = den_i_tilstand("samraad")
    with som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(aktor=aktor, runde_id=runde_id, begrunnelse="Prøven har det travelt.")
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)


def send_den() -> None:
    """Tests take the fixture `sendt`, which has it done."""
    runde_id = den_godkjente()
    behold_bare(runde_id, [STEINKJER, VOLDA, OSLO])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []
    with som(system("prove")) as aktor:
        publiser_runde(aktor=aktor, runde_id=runde_id)


def publiser_den() -> None:
    """Tests take the fixture `publisert`, which has it done. No letters are made, since none are looked at."""
    runde_id = den_godkjente()
    with som(system("prove")):
        Kommuneanmodning.objects.filter(runde=runde_id).update(tilstand="ikke_anmodet")
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []
    with som(system("prove")) as aktor:
        publiser_runde(aktor=aktor, runde_id=runde_id)


def den_i_tilstand(tilstand: str) -> int:
    with som(system("prove")):
        return Runde.objects.get(aar=AAR, tilstand=tilstand).pk


def den_godkjente() -> int:
    return den_i_tilstand("godkjent")


def behold_bare(runde_id: int, numre: list[str]) -> None:
    """Leave only these municipalities with a letter to get: the numbers of the others are taken away after approval."""
    with som(system("prove")):
        tall = Anmodningstall.objects.filter(anmodning__runde=runde_id)
        tall.exclude(anmodning__nummer__in=numre).update(antall=0, em=0)
        tall.filter(anmodning__nummer__in=numre, antall=0).update(antall=10)
        anmodninger = Kommuneanmodning.objects.filter(runde=runde_id)
        anmodninger.exclude(nummer__in=numre).update(tilstand="ikke_anmodet")
        anmodninger.filter(nummer__in=numre).update(tilstand="klar")


def send_justert(runde_id: int, frist: date) -> int:
    """A new need, and the adjusted round sent to the same three. Gives its id."""
    with som_bruker("imdi_radgiver") as aktor:
        nytt = behov.registrer(
            aktor=aktor, aar=AAR, totalt=8000, em=200, em_under_15=40, fastsatt_av="Utvalget", fastsatt=date(2026, 11, 1),
            kilde="prøve", begrunnelse="Flere kommer.", drivere=["krise"],
        )  # fmt: skip
        ny = revidering.lag_justert(aktor=aktor, runde_id=runde_id, behov=nytt, frist=frist)
        services.beregn(aktor=aktor, runde_id=ny.pk)
        legg_fram(aktor, ny.pk)
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=ny.pk, revisjon=1)
    behold_bare(ny.pk, [STEINKJER, VOLDA, OSLO])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=ny.pk)
    assert utsending.send_alle(aktor=system("prove"), runde_id=ny.pk) == []
    with som(system("prove")) as aktor:
        publiser_runde(aktor=aktor, runde_id=ny.pk)
    return ny.pk
