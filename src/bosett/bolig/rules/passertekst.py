"""The reasons in words, per thing that is asked and how the home answers it. One that is empty is not shown."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passertekst:
    """Source strings, with the values apart: `trenger`, `har`, `funksjon`."""

    passer: str = ""
    passer_ikke: str = ""
    vet_ikke: str = ""


TEKST: Mapping[str, Passertekst] = {
    "plasser": Passertekst(
        passer="Boligen har plass til %(har)s. Det trengs plass til %(trenger)s.",
        passer_ikke="Boligen har bare plass til %(har)s. Det trengs plass til %(trenger)s.",
    ),
    "soverom": Passertekst(
        passer="De trenger %(trenger)s soverom. Boligen har %(har)s.",
        passer_ikke="De bør ha %(trenger)s soverom. Boligen har %(har)s.",
    ),
    "ledig": Passertekst(
        passer_ikke="Ingen har meldt at boligen blir ledig.",
    ),
    "slutter": Passertekst(
        passer_ikke="Siste dag noen kan bo der, er %(har)s. Det er før de trenger den, %(trenger)s.",
    ),
    "i_tide": Passertekst(
        passer="Boligen er ledig når de trenger den, %(trenger)s.",
        passer_ikke="Boligen er først ledig %(har)s. De trenger den %(trenger)s.",
    ),
    "varighet": Passertekst(
        passer="De kan bo der i minst %(trenger)s måneder.",
        passer_ikke="De kan bare bo der til og med %(har)s. Det er kortere enn %(trenger)s måneder.",
    ),
    "tilrettelegging": Passertekst(
        vet_ikke="Vi vet ikke om noen trenger en bolig som er tilrettelagt.",
    ),
    "funksjon": Passertekst(
        passer="Noen trenger dette, og boligen har det: %(funksjon)s.",
        passer_ikke="Noen trenger dette, og boligen har det ikke: %(funksjon)s.",
        vet_ikke="Noen trenger dette, og ingen har undersøkt om boligen har det: %(funksjon)s.",
    ),
    "skole": Passertekst(
        passer="Det er %(har)s km til barneskolen.",
        passer_ikke="Det er %(har)s km til barneskolen. Det bør ikke være mer enn %(trenger)s.",
        vet_ikke="Barn skal gå på skole, og vi vet ikke hvor langt det er dit.",
    ),
    "barnehage": Passertekst(
        passer="Det er %(har)s km til barnehagen.",
        passer_ikke="Det er %(har)s km til barnehagen. Det bør ikke være mer enn %(trenger)s.",
        vet_ikke="Barn trenger barnehage, og vi vet ikke hvor langt det er dit.",
    ),
    "buss": Passertekst(
        passer="De må bo nær buss eller tog. Det er %(har)s km til holdeplassen.",
        passer_ikke="De må bo nær buss eller tog. Det er %(har)s km til holdeplassen, og det bør ikke være mer enn %(trenger)s.",
        vet_ikke="De må bo nær buss eller tog, og vi vet ikke hvor langt det er til holdeplassen.",
    ),
    "sentrum": Passertekst(
        passer="De må bo sentralt. Det er %(har)s km til sentrum.",
        passer_ikke="De må bo sentralt. Det er %(har)s km til sentrum, og det bør ikke være mer enn %(trenger)s.",
        vet_ikke="De må bo sentralt, og vi vet ikke hvor langt det er til sentrum.",
    ),
    "dyr": Passertekst(
        passer="De har kjæledyr, og det er tillatt.",
        passer_ikke="De har kjæledyr, og det er ikke tillatt.",
        vet_ikke="De har kjæledyr, og vi vet ikke om det er tillatt.",
    ),
}
