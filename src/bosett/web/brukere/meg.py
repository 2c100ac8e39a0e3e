"""«Min side»: own roles, deputies, password, and what one has looked up."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bosett.brukere import selectors, services
from bosett.grunn.feil import BosettFeil
from bosett.tilgang.policy import policy
from bosett.web.brukere.skjema import ByttPassord
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import innlogget, passordbytte


@innlogget
@never_cache
def min_side(request: Foresporsel) -> HttpResponse:
    side = selectors.min_side(request.aktor)
    lesninger = policy().lesninger
    oppslag = [
        (rad, lesninger[rad.lesning].tekst if rad.lesning in lesninger else rad.lesning)
        for rad in side.oppslag
    ]
    return render(request, "brukere/meg.html", {"side": side, "oppslag": oppslag})


@passordbytte
@innlogget
@never_cache
@sensitive_post_parameters("gammelt", "nytt", "igjen")
def passord(request: Foresporsel) -> HttpResponse:
    """Choose a new password. The only page that is open while a one-time password is in use."""
    skjema = ByttPassord(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            bruker = services.bytt_passord(
                aktor=request.aktor,
                gammelt=skjema.cleaned_data["gammelt"],
                nytt=skjema.cleaned_data["nytt"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil, "gammelt" if feil.kode == "BRUKER-FEIL-PASSORD" else "nytt")
        else:
            update_session_auth_hash(request, bruker)  # keeps this session with a new key; all others end
            messages.success(request, _("Passordet er byttet. Du er logget ut på andre maskiner."))
            return redirect("hjem")
    innhold = {
        "skjema": skjema,
        "maa": getattr(request.user, "maa_bytte_passord", False),
        "smuler": [(_("Min side"), "/meg/"), (_("Bytt passord"), "")],
    }
    return render(request, "brukere/passord.html", innhold, status=422 if skjema.errors else 200)
