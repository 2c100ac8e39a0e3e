"""The reasons in words, per thing that is asked and how the home answers it. Source strings; one that is not here is not shown."""

from collections.abc import Mapping

TEKST: Mapping[str, Mapping[str, str]] = {
    "plasser": {
        "passer": "Boligen har plass til %(har)s. Det trengs plass til %(trenger)s.",
        "passer_ikke": "Boligen har bare plass til %(har)s. Det trengs plass til %(trenger)s.",
    },
    "soverom": {
        "passer": "De trenger %(trenger)s soverom. Boligen har %(har)s.",
        "passer_ikke": "De bør ha %(trenger)s soverom. Boligen har %(har)s.",
    },
    "ledig": {"passer_ikke": "Ingen har meldt at boligen blir ledig."},
    "slutter": {
        "passer_ikke": "Siste dag noen kan bo der, er %(har)s. Det er før de trenger den, %(trenger)s."
    },
    "i_tide": {
        "passer": "Boligen er ledig når de trenger den, %(trenger)s.",
        "passer_ikke": "Boligen er først ledig %(har)s. De trenger den %(trenger)s.",
    },
    "varighet": {
        "passer": "De kan bo der i minst %(trenger)s måneder.",
        "passer_ikke": "De kan bare bo der til og med %(har)s. Det er kortere enn %(trenger)s måneder.",
    },
    "tilrettelegging": {"vet_ikke": "Vi vet ikke om noen trenger en bolig som er tilrettelagt."},
    "funksjon": {
        "passer": "Noen trenger dette, og boligen har det: %(funksjon)s.",
        "passer_ikke": "Noen trenger dette, og boligen har det ikke: %(funksjon)s.",
        "vet_ikke": "Noen trenger dette, og ingen har undersøkt om boligen har det: %(funksjon)s.",
    },
    "skole": {
        "passer": "Det er %(har)s km til barneskolen.",
        "passer_ikke": "Det er %(har)s km til barneskolen. Det bør ikke være mer enn %(trenger)s.",
        "vet_ikke": "Barn skal gå på skole, og vi vet ikke hvor langt det er dit.",
    },
    "barnehage": {
        "passer": "Det er %(har)s km til barnehagen.",
        "passer_ikke": "Det er %(har)s km til barnehagen. Det bør ikke være mer enn %(trenger)s.",
        "vet_ikke": "Barn trenger barnehage, og vi vet ikke hvor langt det er dit.",
    },
    "buss": {
        "passer": "De må bo nær buss eller tog. Det er %(har)s km til holdeplassen.",
        "passer_ikke": "De må bo nær buss eller tog. Det er %(har)s km til holdeplassen, og det bør ikke være mer enn %(trenger)s.",
        "vet_ikke": "De må bo nær buss eller tog, og vi vet ikke hvor langt det er til holdeplassen.",
    },
    "sentrum": {
        "passer": "De må bo sentralt. Det er %(har)s km til sentrum.",
        "passer_ikke": "De må bo sentralt. Det er %(har)s km til sentrum, og det bør ikke være mer enn %(trenger)s.",
        "vet_ikke": "De må bo sentralt, og vi vet ikke hvor langt det er til sentrum.",
    },
    "dyr": {
        "passer": "De har kjæledyr, og det er tillatt.",
        "passer_ikke": "De har kjæledyr, og det er ikke tillatt.",
        "vet_ikke": "De har kjæledyr, og vi vet ikke om det er tillatt.",
    },
}
