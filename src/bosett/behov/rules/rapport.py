"""The whole advisory forecast of a year: every figure of every method, and how wrong the methods have been on the same table."""

from collections.abc import Sequence
from dataclasses import dataclass

from bosett.behov.rules import behovsregning as regning
from bosett.behov.rules.framskriving import AAR, FRO, alle
from bosett.behov.rules.prove import FORSTE, Prove, prov
from bosett.behov.rules.tidsserie import Kvartalsvedtak, Maanedsserie

KOLONNER = ("metode", "storrelse", "periode", "punkt", "lav80", "hoy80", "lav95", "hoy95", "merknad")


@dataclass(frozen=True)
class Rapport:
    """`prove` is None when the table is too short to try the methods on it."""

    aar: int
    serie: Maanedsserie
    andel: regning.Innvilgelse
    forsinkelse: regning.Forsinkelse | None
    rader: tuple[regning.Rad, ...]
    prove: Prove | None = None

    def for_aaret(self) -> list[regning.Rad]:
        return [rad for rad in self.rader if rad.periode == str(self.aar)]


def framskriv(
    serie: Maanedsserie,
    vedtak: Sequence[Kvartalsvedtak],
    vedtaksfil: str,
    *,
    kvote: int,
    aar: int,
    forsinkelse: regning.Forsinkelse | None,
    scenarioer: Sequence[str] = (),
    kvartaler: int = regning.REFERANSEKVARTALER,
    fro: int = FRO,
    med_prove: bool = False,
) -> Rapport:
    """Model, baseline and scenarios for the year (persons). Raises Ugyldig and Mangler as its parts do."""
    andel = regning.innvilgelse(vedtak, vedtaksfil, kvartaler)
    rader = tuple(
        rad
        for en in alle(serie, regning.horisont_for(serie, aar), scenarioer, fro=fro)
        for rad in regning.regn(serie, en, andel, forsinkelse, kvote=kvote, aar=aar, fro=fro)
    )
    lang_nok = len(serie.verdier) >= FORSTE + AAR
    prove = prov(serie, fro=fro) if med_prove and lang_nok else None
    return Rapport(aar, serie, andel, forsinkelse, rader, prove)


def som_celler(rad: regning.Rad) -> tuple[object, ...]:
    """A row of the file, under `KOLONNER`. An unknown figure is empty, never 0."""
    a = rad.anslag
    tallene = (a.punkt, a.lav80, a.hoy80, a.lav95, a.hoy95) if a else ("",) * 5
    return (rad.metode, rad.storrelse, rad.periode, *tallene, rad.merknad)
