"""Passwords: given by an administrator once, chosen by the user afterwards."""

from axes.utils import reset as las_opp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon
from bosett.brukere import avslag, rules, states
from bosett.brukere.services.sak import begynn, landsdekkende, sikre_sak, spor
from bosett.tilgang.policy import tilhorighet_for


@transaction.atomic
def nytt_passord(*, aktor: Aktor, organisasjon: Organisasjon, bruker: Bruker) -> str:
    """A new one-time password, to be shown once. Ends the user's sessions and any lock-out. Raises Avvist, FinnesIkke, Konflikt."""
    aktor, sak = begynn(aktor, states.NYTT_PASSORD, organisasjon)
    bruker = Bruker.objects.select_for_update().get(pk=bruker.pk)
    if not Medlemskap.objects.filter(bruker=bruker, organisasjon=organisasjon).exists():
        raise avslag.UKJENT_BRUKER()
    if bruker.pk == aktor.bruker_id:
        raise avslag.EGET_PASSORD()
    if not landsdekkende(aktor) and bruker.styres_av_id != organisasjon.pk:
        raise avslag.PASSORD_FRA_IMDI()
    passord = rules.engangspassord()
    bruker.set_password(passord)
    bruker.maa_bytte_passord = True
    bruker.save(update_fields=["password", "maa_bytte_passord"])
    las_opp(username=bruker.brukernavn)
    spor(aktor, states.NYTT_PASSORD, sak, {"bruker": bruker.pk})
    return passord


@transaction.atomic
def bytt_passord(*, aktor: Aktor, gammelt: str, nytt: str) -> Bruker:
    """The signed-in user chooses a password of their own; other sessions end. Raises Ugyldig with what the password lacks."""
    bruker = Bruker.objects.select_for_update().get(pk=aktor.bruker_id or 0)
    if not bruker.check_password(gammelt):
        raise avslag.FEIL_PASSORD()
    sjekk_passord(nytt, bruker)
    if bruker.check_password(nytt):
        raise avslag.SAMME_PASSORD()
    bruker.set_password(nytt)
    bruker.maa_bytte_passord = False
    bruker.save(update_fields=["password", "maa_bytte_passord"])
    if hjemme := tilhorighet_for(aktor, states.BYTT_PASSORD.kode):
        organisasjon = Organisasjon.objects.get(pk=hjemme.organisasjon_id)
        spor(aktor, states.BYTT_PASSORD, sikre_sak(aktor, organisasjon), {"bruker": bruker.pk})
    return bruker


def sjekk_passord(passord: str, bruker: Bruker | None = None) -> None:
    """Raises Ugyldig with everything the password lacks (at least 12 characters, not common, not like name or e-mail)."""
    try:
        validate_password(passord, bruker)
    except ValidationError as feil:
        mangler = {ett.code or "": str(ett.messages[0]) for ett in feil.error_list}
        raise avslag.svakt_passord(mangler) from None
