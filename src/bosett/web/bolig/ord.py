"""The words of homes: what the codes are called, and what a home is today."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Bolig, Boligperiode, Boomraade
from bosett.bolig.services.omraader import varsel_for
from bosett.bolig.states import BOLIG
from bosett.grunn.klokke import i_dag
from bosett.web import visning
from bosett.web.komponenter import merke

EIERFORM = {"privat": _("Privat"), "kommunal": _("Kommunal"), "fremleie": _("Fremleie")}
SLAG = {
    "vanlig": _("Vanlig bolig"),
    "bofellesskap": _("Bofellesskap"),
    "student": _("Studentbolig"),
    "gjennomgang": _("Gjennomgangsbolig"),
    "trening": _("Treningsbolig"),
}
BYGG = {
    "leilighet": _("Leilighet"),
    "rekkehus": _("Rekkehus eller tomannsbolig"),
    "enebolig": _("Enebolig"),
    "sokkel": _("Sokkelleilighet"),
    "hybel": _("Hybel"),
}
FUNKSJONER = {
    "trinnfri": _("Trinnfri adkomst"),
    "heis": _("Heis"),
    "ett_plan": _("Alle rom på ett plan"),
    "rullestol": _("Plass til rullestol"),
    "bad": _("Tilpasset bad"),
    "horsel": _("Tilrettelagt for nedsatt hørsel"),
    "syn": _("Tilrettelagt for nedsatt syn"),
}
PERIODE = {
    "ledig": _("Ledig"),
    "reservert": _("Reservert"),
    "bebodd": _("Bebodd"),
    "stengt": _("Kan ikke brukes"),
    "senere": _("Ledig senere"),
    "": _("Ikke meldt ledig"),
}
_FARGE = {"ledig": "success", "senere": "info", "reservert": "warning", "stengt": "danger"}


def tilstand(bolig: Bolig) -> str:
    funnet = next(t for t in BOLIG.tilstander if t.kode == bolig.tilstand)
    return merke(gettext(funnet.navn), funnet.farge)


def naa(bolig: Any) -> str:
    """What it is today, of a row of `selectors.boliger`: a key of `PERIODE`."""
    return bolig.naa or ("senere" if bolig.ledig_fra else "")


def periodemerke(slag: str) -> str:
    return merke(PERIODE[slag], _FARGE.get(slag, "neutral"))


def storrelse(bolig: Bolig) -> str:
    """«3 rom, 2 soverom, 68 m²»."""
    ut = [
        gettext("%(n)s rom") % {"n": bolig.rom},
        gettext("%(n)s soverom") % {"n": bolig.soverom},
    ]
    return ", ".join([*ut, f"{visning.tall(bolig.areal)} m²"] if bolig.areal else ut)


def adresse(bolig: Bolig) -> str:
    enhet = f" {bolig.bruksenhet}" if bolig.bruksenhet else ""
    return f"{bolig.adresse}{enhet}, {bolig.postnummer} {bolig.poststed}"


def omraadetall(omraade: Boomraade) -> str:
    """«31 prosent innvandrere, levekårsutfordringer (kilde, dag)»."""
    andel = (
        gettext("%(n)s prosent innvandrere") % {"n": visning.tall(omraade.andel)}
        if omraade.andel is not None
        else gettext("andelen innvandrere er ikke målt")
    )
    levekaar = {
        True: gettext("levekårsutfordringer"),
        False: gettext("ingen levekårsutfordringer"),
        None: gettext("levekårene er ikke målt"),
    }[omraade.levekaar]
    return f"{andel}, {levekaar}"


def omraadevarsel(omraade: Boomraade | None) -> dict[str, str] | None:
    """What to tell of an area to avoid: the figures and the rule. None when there is nothing to warn of."""
    funnet = varsel_for(omraade, i_dag())
    if funnet is None or omraade is None:
        return None
    return {
        "omraade": omraade.navn,
        "tall": omraadetall(omraade),
        "grense": visning.tall(funnet.grense.tallverdi),
        "kilde": funnet.grense.kilde,
        "tallkilde": omraade.kilde,
    }


def ja_nei(verdi: bool | None) -> str:
    return visning.UKJENT if verdi is None else gettext("Ja") if verdi else gettext("Nei")


def siste_dag(periode: Boligperiode) -> str:
    return visning.dato(periode.siste_dag) if periode.til else gettext("til noe annet blir meldt")
