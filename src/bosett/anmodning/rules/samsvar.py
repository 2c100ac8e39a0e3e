"""SAMSVAR: the documented mapping from the columns of a table to the inputs of the engine (`kolonner/*.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from bosett.anmodning.rules.typer import Nivaa, Opplysning
from bosett.grunn.feil import Ugyldig

MAPPE = Path(__file__).parent / "kolonner"
STANDARD = "kriteriegrunnlag_357"
Regn = Literal["verdi", "per_100", "per_1000"]
REGNEMAATER: dict[Regn, int] = {"verdi": 0, "per_100": 100, "per_1000": 1000}
NIVAAER: tuple[Nivaa, ...] = ("kommune", "region", "fylke")
SMAATT = 3
"""What stands for 1–4 persons in a table that anyone may read: the middle of them, rounded up."""
KOMMUNEFELT = (
    "kommunenummer",
    "navn",
    "fylke",
    "vert",
    "samarbeid",
    "tak",
    "em_apparat",
    "em_tak",
    "forrige_anmodning",
    "omraadevarsel",
)


@dataclass(frozen=True, slots=True)
class Kriteriekolonne:
    """Where a criterion's figures come from and how they are made."""

    kolonner: tuple[str, ...]
    per: int
    samle_fylke: bool
    nivaa: Nivaa
    ukjent: Mapping[str, str]
    opplysning: Opplysning


@dataclass(frozen=True, slots=True)
class Samsvar:
    """The whole mapping of one form of table."""

    navn: str
    manglende: frozenset[str]
    felt: Mapping[str, str]
    folketall: str
    folketall_opplysning: Opplysning
    innvandrerandel: str
    innvandrerandel_opplysning: Opplysning
    bosatt: Mapping[int, str]
    kriterier: Mapping[str, Kriteriekolonne]
    smaa_tall: frozenset[str] = frozenset()
    """Columns that count settled persons: 1–4 are never published, so the product reckons with `SMAATT` in their place."""


@cache
def hent_samsvar(navn: str = STANDARD) -> Samsvar:
    """A mapping that comes with Bosett."""
    return les_samsvar((MAPPE / f"{navn}.yaml").read_text(encoding="utf-8"), navn)


def les_samsvar(tekst: str, kilde: str) -> Samsvar:
    """A mapping from YAML text. Raises Ugyldig that names the key which is wrong."""
    raa = les_yaml(tekst, kilde)
    kommune = _ordbok(raa.get("kommune"), kilde, "kommune")
    folketall = _ordbok(raa.get("folketall"), kilde, "folketall")
    innvandrere = _ordbok(raa.get("innvandrerandel", {}), kilde, "innvandrerandel")
    ukjente = sorted(set(kommune) - set(KOMMUNEFELT))
    if ukjente:
        raise _feil(kilde, f"«kommune» har et ukjent felt: {ukjente[0]}", f"Bruk: {', '.join(KOMMUNEFELT)}.")
    for felt in ("kommunenummer", "navn"):
        if not kommune.get(felt):
            raise _feil(kilde, f"«kommune: {felt}» mangler", "Skriv navnet på kolonnen.")
    if not folketall.get("kolonne"):
        raise _feil(kilde, "«folketall: kolonne» mangler", "Skriv navnet på kolonnen med folketall.")
    kriterier = _ordbok(raa.get("kriterier", {}), kilde, "kriterier")
    bosatt = _ordbok(raa.get("bosatt", {}), kilde, "bosatt")
    return Samsvar(
        navn=str(raa.get("navn", kilde)),
        manglende=frozenset(str(m).strip().casefold() for m in raa.get("manglende") or [""]),
        felt={felt: str(kolonne) for felt, kolonne in kommune.items() if kolonne},
        folketall=str(folketall["kolonne"]),
        folketall_opplysning=_opplysning(folketall, kilde, "folketall"),
        innvandrerandel=str(innvandrere.get("kolonne", "")),
        innvandrerandel_opplysning=_opplysning(innvandrere, kilde, "innvandrerandel"),
        bosatt={int(aar): str(kolonne) for aar, kolonne in bosatt.items() if str(aar).isdigit()},
        smaa_tall=frozenset(str(kolonne) for kolonne in raa.get("smaa_tall") or ()),
        kriterier={
            str(id_): _kriterium(_ordbok(d, kilde, f"kriterier: {id_}"), kilde, str(id_))
            for id_, d in kriterier.items()
        },
    )


def les_yaml(tekst: str, kilde: str) -> dict[str, Any]:
    """A YAML file with keys. Raises Ugyldig with the line when it cannot be read."""
    try:
        raa = yaml.safe_load(tekst)
    except (yaml.YAMLError, ValueError) as feil:  # ValueError: a date that does not exist
        merke = getattr(feil, "problem_mark", None)
        linje = f", linje {merke.line + 1}" if merke else ""
        raise _feil(kilde, f"filen er ikke gyldig YAML{linje}", "Se etter innrykk og kolon.") from None
    return _ordbok(raa, kilde, "filen")


def _kriterium(d: dict[str, Any], kilde: str, id_: str) -> Kriteriekolonne:
    kolonner = d.get("kolonner") or ([d["kolonne"]] if d.get("kolonne") else [])
    hvor = f"«kriterier: {id_}»"
    if not isinstance(kolonner, list) or not kolonner:
        raise _feil(kilde, f"{hvor} mangler kolonne", "Skriv kolonne: NAVN, eller ta bort kriteriet.")
    regn, nivaa = d.get("regn", "verdi"), d.get("nivaa", "kommune")
    if regn not in REGNEMAATER:
        raise _feil(kilde, f"{hvor} har regn: {regn}", f"Bruk en av: {', '.join(REGNEMAATER)}.")
    if nivaa not in NIVAAER:
        raise _feil(kilde, f"{hvor} har nivaa: {nivaa}", f"Bruk en av: {', '.join(NIVAAER)}.")
    if d.get("samle") not in (None, "fylke") or (d.get("samle") and regn == "verdi"):
        raise _feil(
            kilde, f"{hvor} har samle: {d.get('samle')}", "Bruk samle: fylke sammen med regn: per_100."
        )
    return Kriteriekolonne(
        kolonner=tuple(str(k) for k in kolonner),
        per=REGNEMAATER[regn],
        samle_fylke=d.get("samle") == "fylke",
        nivaa=nivaa,
        ukjent={str(nr): str(grunn) for nr, grunn in _ordbok(d.get("ukjent", {}), kilde, hvor).items()},
        opplysning=_opplysning(d, kilde, hvor),
    )


def _opplysning(d: dict[str, Any], kilde: str, hvor: str) -> Opplysning:
    retning, kvalitet = d.get("retning", "hoyere_er_bedre"), d.get("kvalitet", "endelig")
    if retning not in ("hoyere_er_bedre", "lavere_er_bedre"):
        raise _feil(kilde, f"{hvor} har retning: {retning}", "Bruk hoyere_er_bedre eller lavere_er_bedre.")
    if kvalitet not in ("endelig", "forelopig", "anslag"):
        raise _feil(kilde, f"{hvor} har kvalitet: {kvalitet}", "Bruk endelig, forelopig eller anslag.")
    navn, visning, erstatning = (
        _ordbok(d.get(felt, {}), kilde, f"{hvor} {felt}") for felt in ("navn", "visning", "erstatning")
    )
    desimaler = d.get("desimaler", 1)
    if not isinstance(desimaler, int) or not 0 <= desimaler <= 6:
        raise _feil(kilde, f"{hvor} har desimaler: {desimaler}", "Bruk et helt tall fra 0 til 6.")
    return Opplysning(
        retning=retning,
        navn_nb=str(navn.get("nb", "")),
        navn_nn=str(navn.get("nn", navn.get("nb", ""))),
        enhet=str(d.get("enhet", "")),
        kilde=str(d.get("kilde", "")),
        dato=str(d.get("dato", "")),
        kvalitet=kvalitet,
        erstatning=str(erstatning.get("nb", "")),
        erstatning_nn=str(erstatning.get("nn", "")),
        visning_nb=str(visning.get("nb", "")),
        visning_nn=str(visning.get("nn", "")),
        desimaler=desimaler,
    )


def _ordbok(verdi: Any, kilde: str, hvor: str) -> dict[str, Any]:
    if verdi is None or not isinstance(verdi, dict):
        raise _feil(kilde, f"{hvor} skal ha nøkler og verdier", "Skriv «nøkkel: verdi», én på hver linje.")
    return verdi


def _feil(kilde: str, hva: str, gjor: str) -> Ugyldig:
    return Ugyldig(kode="anmodning.samsvar", hva=f"{kilde}: {hva}.", gjor=gjor)
