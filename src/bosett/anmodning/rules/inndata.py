"""Checks the inputs before anything is computed, and says what is wrong, which rule says so, what to do."""

import math
from itertools import pairwise

from bosett.anmodning.rules.kriteriesett import kontroller_vekter
from bosett.anmodning.rules.nokkel import har_tall
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Parametre
from bosett.grunn.feil import BosettFeil, Mangler, Ugyldig
from bosett.grunn.tallformat import tall as vis_tall

STORSTE_KAPPA = 5.0
# Far above any need of a country; it keeps a slip of the keyboard from eating the memory.
STORSTE_BEHOV = 200_000


def kontroller(grunnlag: Grunnlag, parametre: Parametre) -> tuple[Kommune, ...]:
    """The municipalities sorted by number, or the first thing that is wrong as Ugyldig or Mangler."""
    kommuner = tuple(sorted(grunnlag.kommuner, key=lambda k: k.kommunenummer))
    if not kommuner:
        raise _ugyldig("ingen_kommuner", "Grunnlaget har ingen kommuner.", "Legg inn minst én kommune.")
    for forrige, kommune in pairwise(kommuner):
        if forrige.kommunenummer == kommune.kommunenummer:
            raise _ugyldig(
                "dobbel_kommune",
                f"Kommunenummer {kommune.kommunenummer} står to ganger i grunnlaget.",
                "Behold én rad for hver kommune.",
            )
    for kommune in kommuner:
        _kontroller_kommune(kommune)
    _kontroller_tall(parametre)
    kontroller_vekter(parametre.kriteriesett, parametre.valgt_variant.vekter)
    _kontroller_valg(parametre, {k.kommunenummer for k in kommuner})
    _kontroller_opplysninger(grunnlag, parametre)
    return kommuner


def minste_tall(parametre: Parametre) -> int:
    """The lowest number of the round (persons)."""
    return parametre.kriteriesett.minimum if parametre.minimum is None else parametre.minimum


def _kontroller_kommune(kommune: Kommune) -> None:
    hvem = f"{kommune.navn} ({kommune.kommunenummer})"
    if not kommune.kommunenummer.strip():
        raise _ugyldig(
            "uten_nummer", f"{kommune.navn or 'En kommune'} mangler kommunenummer.", "Fyll inn nummeret."
        )
    if kommune.folketall < 1:
        raise _ugyldig("folketall", f"{hvem} har folketallet {kommune.folketall}.", "Fyll inn folketallet.")
    for navn, verdi in (("tak", kommune.tak), ("tak for enslige mindreårige", kommune.em_tak)):
        if verdi is not None and verdi < 0:
            raise _ugyldig(
                "tak", f"{hvem} har {navn} {verdi}.", "Et tak er 0 eller mer. La feltet stå tomt uten tak."
            )
    tall = {k: v.tall for k, v in kommune.verdier.items()} | {"innvandrerandel": kommune.innvandrerandel}
    for kriterium, figur in tall.items():
        if figur is not None and not math.isfinite(figur):
            raise _ugyldig(
                "ikke_tall",
                f"{hvem}: verdien for {kriterium} er ikke et tall.",
                "La feltet stå tomt når tallet mangler.",
            )


def _kontroller_tall(parametre: Parametre) -> None:
    sett = parametre.kriteriesett
    if not 1 <= parametre.behov <= STORSTE_BEHOV:
        raise _ugyldig(
            "behov",
            f"Behovet er {vis_tall(parametre.behov)} plasser.",
            f"Gi et behov fra 1 til {vis_tall(STORSTE_BEHOV)}.",
        )
    if parametre.em < 0:
        raise _ugyldig("em", f"Antall enslige mindreårige er {parametre.em}.", "Gi 0 eller mer.")
    if parametre.em > parametre.behov:
        raise _ugyldig(
            "em_over_behov",
            f"Det er {vis_tall(parametre.em)} enslige mindreårige, men bare {vis_tall(parametre.behov)} plasser i alt.",
            "Gi et lavere tall for enslige mindreårige eller et høyere behov.",
            regel="Enslige mindreårige er en del av behovet.",
        )
    kappa = parametre.kappa
    if kappa is not None and not (math.isfinite(kappa) and 0 <= kappa <= STORSTE_KAPPA):
        raise _ugyldig(
            "kappa", f"Styrken (kappa) er {kappa}.", f"Gi et tall fra 0 til {vis_tall(STORSTE_KAPPA, 0)}."
        )
    minst = minste_tall(parametre)
    if minst < 1:
        raise _ugyldig("minimum", f"Det laveste tallet er {minst}.", "Gi 1 eller mer.")
    if minst < sett.minimum and not parametre.minimum_begrunnelse.strip():
        raise _ugyldig(
            "minimum_uten_grunn",
            f"Det laveste tallet er satt til {minst}, og det mangler begrunnelse.",
            f"Sett tallet til {sett.minimum} eller mer, eller skriv hva som er særskilt.",
            regel=sett.minimum_regel.nb,
        )
    if parametre.em_minimum is not None and parametre.em_minimum < 1:
        raise _ugyldig(
            "em_minimum",
            f"Det laveste tallet for enslige mindreårige er {parametre.em_minimum}.",
            "Gi 1 eller mer.",
        )
    per_1000 = parametre.tak_per_1000
    if per_1000 is not None and not (math.isfinite(per_1000) and per_1000 > 0):
        raise _ugyldig("tak_per_1000", f"Taket per 1 000 innbyggere er {per_1000}.", "Gi et tall over 0.")
    for navn, andel in (("fylke", parametre.spredning_fylke), ("størrelse", parametre.spredning_storrelse)):
        if andel is not None and not (math.isfinite(andel) and 0 <= andel <= 1):
            raise _ugyldig(
                "spredning", f"Spredningsgrensen for {navn} er {andel}.", "Gi et tall fra 0 til 1."
            )
    kontinuitet = parametre.kontinuitet
    if kontinuitet and not (0 <= kontinuitet.delta <= 1 and kontinuitet.forrige_behov >= 1):
        raise _ugyldig(
            "kontinuitet",
            "Grensen for kontinuitet er ugyldig.",
            "Gi delta fra 0 til 1 og forrige behov på minst 1.",
        )


def _kontroller_valg(parametre: Parametre, kjente: set[str]) -> None:
    """Pins, exceptions, left-out and dialogue: known municipalities, and always a reason."""
    valg = [
        *((nr, "låst tall", laas.begrunnelse, laas.antall) for nr, laas in parametre.laaste.items()),
        *((nr, "unntak", unntak.begrunnelse, unntak.minimum - 1) for nr, unntak in parametre.unntak.items()),
        *((nr, "utelatt kommune", grunn, 0) for nr, grunn in parametre.utelatt.items()),
        *((nr, "endring etter dialog", d.begrunnelse, d.antall) for nr, d in parametre.dialog.items()),
    ]
    for nr, hva, grunn, antall in valg:
        if nr not in kjente:
            raise _ugyldig(
                "ukjent_kommune", f"Kommune {nr} ({hva}) er ikke i grunnlaget.", "Rett kommunenummeret."
            )
        if not grunn.strip():
            raise _ugyldig(
                "uten_begrunnelse",
                f"Kommune {nr}: {hva} mangler begrunnelse.",
                "Skriv hvorfor, slik at kommunen kan lese det.",
                regel=parametre.kriteriesett.minimum_regel.nb,
            )
        if antall < 0:
            raise _ugyldig(
                "negativt_tall", f"Kommune {nr}: {hva} er under det laveste som er mulig.", "Rett tallet."
            )
    for nr, dialog in parametre.dialog.items():
        if not dialog.av.strip():
            raise _ugyldig(
                "uten_opphav", f"Kommune {nr}: endring etter dialog mangler hvem den kom fra.", "Fyll inn."
            )
    satte = [(nr, laas.antall, laas.em) for nr, laas in parametre.laaste.items()]
    satte += [(nr, dialog.antall, dialog.em) for nr, dialog in parametre.dialog.items()]
    for nr, antall, em in satte:
        if em is not None and not 0 <= em <= antall:
            raise _ugyldig(
                "em_over_antall",
                f"Kommune {nr}: {em} enslige mindreårige av {antall} personer.",
                "Enslige mindreårige kan ikke være flere enn tallet i alt.",
            )
    grupper = (set(parametre.laaste), set(parametre.utelatt), set(parametre.dialog))
    dobbelt = sorted((grupper[0] & grupper[1]) | (grupper[0] & grupper[2]) | (grupper[1] & grupper[2]))
    if dobbelt:
        raise _ugyldig(
            "to_valg",
            f"Kommune {dobbelt[0]} har to valg som utelukker hverandre.",
            "Behold bare ett av: låst tall, utelatt, endring etter dialog.",
        )


def _kontroller_opplysninger(grunnlag: Grunnlag, parametre: Parametre) -> None:
    sett = parametre.kriteriesett
    for kriterium in sett.kriterier:
        if har_tall(grunnlag, kriterium.id) and parametre.valgt_variant.vekter[kriterium.id] > 0:
            opplysning = grunnlag.opplysninger[kriterium.id]
            if not opplysning.kilde.strip() or not opplysning.dato.strip():
                raise _ugyldig(
                    "kriterium_uten_kilde",
                    f"«{kriterium.navn.nb}» mangler kilde eller dato.",
                    "Fyll inn kilde og dato, eller la kriteriet være uten tall.",
                    regel="Et kriterium kan ikke brukes uten kilde og dato.",
                )
    forste = sett.trinn[0]
    vekter = parametre.valgt_variant.vekter
    if not any(har_tall(grunnlag, k.id) and vekter[k.id] > 0 for k in forste.kriterier):
        raise Mangler(
            kode="anmodning.forste_trinn_uten_tall",
            hva="Ingen av kriteriene i det første trinnet har tall: "
            + ", ".join(k.navn.nb for k in forste.kriterier),
            regel=sett.minstevekt_regel.nb,
            gjor="Legg inn tall for minst ett av dem.",
        )


def _ugyldig(kode: str, hva: str, gjor: str, *, regel: str = "") -> BosettFeil:
    return Ugyldig(kode=f"anmodning.{kode}", hva=hva, regel=regel, gjor=gjor)
