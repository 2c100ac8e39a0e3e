"""Criteria sets: dated data from the ministry, in the order it gave them, with the hard rules of the year.

What was published stands in the set; what was not stands in a named variant, marked «antatt», and may be edited.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from bosett.grunn.feil import Mangler, Ugyldig

MAPPE = Path(__file__).parent / "kriterier"
# Weights are typed with two or three decimals; the sum of decimal fractions in binary is off by less than this.
AVVIK = 1e-9


@dataclass(frozen=True, slots=True)
class Tekst:
    """One text in both Norwegian written forms."""

    nb: str
    nn: str

    def paa(self, spraak: str) -> str:
        return self.nn if spraak == "nn" else self.nb


@dataclass(frozen=True, slots=True)
class Kriterium:
    """One weighted criterion. `opp`/`ned` are the words used when it pulls a number up or down."""

    id: str
    trinn: str
    navn: Tekst
    opp: Tekst
    ned: Tekst
    ordlyd: str


@dataclass(frozen=True, slots=True)
class Trinn:
    id: str
    navn: Tekst
    kriterier: tuple[Kriterium, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """What the ministry left open. `publisert=False` makes every screen say «antatt».

    `vekter` sum to 1 over all criteria. `kappa` is the national dial (0 = by inhabitants only).
    `innvandrer_demping` is the factor at the limit of the immigrant share. The spread figures are the part
    of its population share that each county and size class must at least get (0 = no such bound). `region` is
    what «i regionen» is taken to mean for a criterion: «kommune», «fylke», or «maalt» (as wide as it was measured).
    """

    id: str
    navn: Tekst
    publisert: bool
    merknad: str
    vekter: Mapping[str, float]
    kappa: float
    innvandrer_demping: float
    spredning_fylke: float
    spredning_storrelse: float
    storrelsesgrenser: tuple[int, ...]
    em_minimum: int
    region: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kriteriesett:
    """The criteria of one year: tiers in their order, hard rules with their text, and the variants."""

    aar: int
    gyldig_fra: date
    gyldig_til: date | None
    departement: str
    kilde: str
    kilde_id: str
    verifisert: bool
    navn: Tekst
    minstevekt_forste_trinn: float
    minstevekt_regel: Tekst
    minimum: int
    minimum_regel: Tekst
    vertsregel: Tekst
    spredningsregel: Tekst
    innvandrergrense_prosent: float
    innvandrerdefinisjon: Tekst
    trinn: tuple[Trinn, ...]
    varianter: Mapping[str, Variant]

    @property
    def kriterier(self) -> tuple[Kriterium, ...]:
        return tuple(kriterium for trinn in self.trinn for kriterium in trinn.kriterier)

    @property
    def standardvariant(self) -> Variant:
        return next(iter(self.varianter.values()))


def kjente_aar() -> tuple[int, ...]:
    """The years that can be computed, oldest first."""
    return tuple(sorted(int(fil.stem) for fil in MAPPE.glob("[0-9]*.yaml")))


@cache
def hent(aar: int) -> Kriteriesett:
    """The criteria set of a year. Raises Mangler when the criteria of that year are not known."""
    fil = MAPPE / f"{aar:04d}.yaml"
    if not fil.is_file():
        grunner = yaml.safe_load((MAPPE / "uten_sett.yaml").read_text(encoding="utf-8"))
        kjente = ", ".join(str(kjent) for kjent in kjente_aar())
        raise Mangler(
            kode="anmodning.kriterier_ukjent",
            hva=grunner[aar]["grunn"] if aar in grunner else f"Kriteriene for {aar} er ikke lagt inn.",
            regel="Bosett regner bare med kriterier som er kjent fra en kilde, og gjetter aldri.",
            gjor=f"Velg et år som er kjent ({kjente}), eller legg inn kriteriene med kilde.",
        )
    return _fra_yaml(yaml.safe_load(fil.read_text(encoding="utf-8")))


def med_vekter(
    sett: Kriteriesett, variant: Variant, vekter: Mapping[str, float], *, navn: str = ""
) -> Variant:
    """A named, edited variant. Raises Ugyldig when the weights break the rules of the set."""
    kontroller_vekter(sett, vekter)
    vekter = _utfylt(sett, vekter)
    visningsnavn = navn or "Egne vekter"
    return replace(
        variant,
        id="egen",
        navn=Tekst(visningsnavn, navn or "Eigne vekter"),
        publisert=False,
        vekter=dict(vekter),
    )


def kontroller_vekter(sett: Kriteriesett, vekter: Mapping[str, float]) -> None:
    """Refuses unknown, missing, negative or non-finite weights, a sum that is not 1, and a too light first tier.

    0.60 on the first tier passes and 0.59 does not; binary rounding of typed decimals never decides.
    A criterion that has no weight in the set may be left out: then it has none.
    """
    vekter = _utfylt(sett, vekter)
    kjente = [kriterium.id for kriterium in sett.kriterier]
    ukjente = sorted(set(vekter) - set(kjente))
    mangler = [id_ for id_ in kjente if id_ not in vekter]
    if ukjente or mangler:
        deler = []
        if ukjente:
            deler.append(f"ukjent kriterium: {', '.join(ukjente)}")
        if mangler:
            deler.append(f"vekt mangler for: {', '.join(mangler)}")
        raise _vektfeil("Vektene passer ikke til kriteriesettet: " + "; ".join(deler) + ".", "", kjente)
    for id_ in kjente:
        vekt = vekter[id_]
        if not math.isfinite(vekt) or not 0 <= vekt <= 1:
            raise _vektfeil(f"Vekten for {id_} er {vekt}.", "En vekt er et tall fra 0 til 1.", kjente)
    summen = math.fsum(vekter[id_] for id_ in kjente)
    if abs(summen - 1) > AVVIK:
        raise _vektfeil(
            f"Vektene blir til sammen {_desimal(summen)}.", "Vektene skal til sammen bli 1.", kjente
        )
    forste = sett.trinn[0]
    tyngde = math.fsum(vekter[kriterium.id] for kriterium in forste.kriterier)
    if tyngde < sett.minstevekt_forste_trinn - AVVIK:
        raise Ugyldig(
            kode="anmodning.forste_trinn_for_lett",
            hva=f"Det første trinnet veier {_begge(tyngde)}, men skal veie minst "
            f"{_begge(sett.minstevekt_forste_trinn)}.",
            regel=sett.minstevekt_regel.nb,
            gjor="Øk vekten på ett eller flere av: "
            + ", ".join(kriterium.navn.nb for kriterium in forste.kriterier),
        )


def _utfylt(sett: Kriteriesett, vekter: Mapping[str, float]) -> Mapping[str, float]:
    """Weights made before the set listed a criterion without weight still stand."""
    return {k: 0.0 for k, vekt in sett.standardvariant.vekter.items() if vekt == 0} | dict(vekter)


def _vektfeil(hva: str, regel: str, kjente: list[str]) -> Ugyldig:
    gjor = f"Gi en vekt for hvert av: {', '.join(kjente)}. Summen skal være 1."
    return Ugyldig(kode="anmodning.vekter_ugyldige", hva=hva, regel=regel, gjor=gjor)


def _desimal(verdi: float) -> str:
    return f"{verdi:.6f}".rstrip("0").ljust(4, "0").replace(".", ",")


def _begge(vekt: float) -> str:
    """«0,59 (59 prosent)»: the command line takes decimals, the screen per cent."""
    prosent = f"{100 * vekt:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{_desimal(vekt)} ({prosent} prosent)"


def _tekst(raa: Mapping[str, str]) -> Tekst:
    return Tekst(nb=raa["nb"], nn=raa["nn"])


def _region(raa: Mapping[str, str]) -> dict[str, str]:
    """Raises Ugyldig for a level nothing is known of: there is no list of which municipalities make a region."""
    for kriterium, nivaa in raa.items():
        if nivaa not in ("kommune", "fylke", "maalt"):
            raise Ugyldig(
                kode="anmodning.regionnivaa",
                hva=f"«Regionen» for {kriterium} er satt til «{nivaa}».",
                gjor="Bruk kommune, fylke eller maalt.",
            )
    return dict(raa)


def _fra_yaml(raa: dict) -> Kriteriesett:
    trinn = tuple(
        Trinn(
            id=ett["id"],
            navn=_tekst(ett["navn"]),
            kriterier=tuple(
                Kriterium(
                    id=k["id"],
                    trinn=ett["id"],
                    navn=_tekst(k["navn"]),
                    opp=_tekst(k["opp"]),
                    ned=_tekst(k["ned"]),
                    ordlyd=k["ordlyd"],
                )
                for k in ett["kriterier"]
            ),
        )
        for ett in raa["trinn"]
    )
    varianter = {
        id_: Variant(
            id=id_,
            navn=_tekst(v["navn"]),
            publisert=v["publisert"],
            merknad=v["merknad"],
            vekter={str(k): float(vekt) for k, vekt in v["vekter"].items()},
            kappa=float(v["kappa"]),
            innvandrer_demping=float(v["innvandrer_demping"]),
            spredning_fylke=float(v["spredning_fylke"]),
            spredning_storrelse=float(v["spredning_storrelse"]),
            storrelsesgrenser=tuple(int(g) for g in v["storrelsesgrenser"]),
            em_minimum=int(v["em_minimum"]),
            region=_region(v.get("region", {})),
        )
        for id_, v in raa["varianter"].items()
    }
    sett = Kriteriesett(
        aar=raa["aar"],
        gyldig_fra=raa["gyldig_fra"],
        gyldig_til=raa["gyldig_til"],
        departement=raa["departement"],
        kilde=raa["kilde"],
        kilde_id=raa["kilde_id"],
        verifisert=raa["verifisert"],
        navn=_tekst(raa["navn"]),
        minstevekt_forste_trinn=float(raa["minstevekt_forste_trinn"]),
        minstevekt_regel=_tekst(raa["minstevekt_regel"]),
        minimum=raa["minimum"],
        minimum_regel=_tekst(raa["minimum_regel"]),
        vertsregel=_tekst(raa["vertsregel"]),
        spredningsregel=_tekst(raa["spredningsregel"]),
        innvandrergrense_prosent=float(raa["innvandrergrense_prosent"]),
        innvandrerdefinisjon=_tekst(raa["innvandrerdefinisjon"]),
        trinn=trinn,
        varianter=varianter,
    )
    for variant in sett.varianter.values():
        kontroller_vekter(sett, variant.vekter)
    return sett
