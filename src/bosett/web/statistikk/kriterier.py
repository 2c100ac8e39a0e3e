"""The criteria of two years side by side, and what is known of every year."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from bosett.anmodning.rules.kriterieaar import Kriterieaar, alle_aar
from bosett.web import visning
from bosett.web.krav import publisert


@publisert
def kriterier(request: HttpRequest) -> HttpResponse:
    """`?en=2018&to=2022` are the years. A year nobody has looked for gives 404."""
    alle = alle_aar()
    en, to = (
        _velg(request.GET.get(navn, ""), alle, standard)
        for navn, standard in zip(("en", "to"), _standard(alle), strict=True)
    )
    spraak = visning.spraak()
    return render(
        request,
        "statistikk/kriterier.html",
        {
            "alle": [(ett, _kort(ett)) for ett in alle],
            "valgt": [_vist(ett, spraak) for ett in (en, to)],
            "aarsfelt": (("en", en.aar), ("to", to.aar)),
            "en": en.aar,
            "to": to.aar,
            "smuler": [
                (gettext("Slik beregner vi"), reverse("statistikk:metode")),
                (gettext("Kriteriene år for år"), ""),
            ],
        },
    )


def _standard(alle: Sequence[Kriterieaar]) -> tuple[Kriterieaar, Kriterieaar]:
    """The newest year that can be computed, and the newest before it with known criteria (else the year before)."""
    nyeste = [ett for ett in alle if ett.beregnes][-1]
    tidligere = [ett for ett in alle if ett.aar < nyeste.aar]
    return ([ett for ett in tidligere if ett.trinn] or tidligere or [nyeste])[-1], nyeste


def _velg(onsket: str, alle: Sequence[Kriterieaar], standard: Kriterieaar) -> Kriterieaar:
    if not onsket:
        return standard
    funnet = next((ett for ett in alle if str(ett.aar) == onsket), None)
    if funnet is None:
        raise Http404("aar")
    return funnet


def _kort(ett: Kriterieaar) -> str:
    if ett.beregnes:
        return gettext("Hele settet er kjent")
    if ett.trinn:
        return gettext("Noen av kriteriene er kjent")
    if ett.kilde:
        return gettext("Kriteriene er ikke kjent, bare noe om dem")
    return gettext("Ikke funnet i en kilde som gjelder året")


def _vist(ett: Kriterieaar, spraak: str) -> dict[str, object]:
    return {
        "ett": ett,
        "siste_dag": ett.gyldig_til - timedelta(days=1) if ett.gyldig_til else None,
        "trinn": [
            {
                "navn": trinn.navn.paa(spraak) if trinn.navn else "",
                "vekt": trinn.vekt,
                "kriterier": [
                    (k.navn.paa(spraak), k.ordlyd, k.vekt, k.maal.paa(spraak) if k.maal else "")
                    for k in trinn.kriterier
                ],
            }
            for trinn in ett.trinn
        ],
        "regioner": [(navn.paa(spraak), hva.paa(spraak)) for navn, hva in ett.regioner],
        "regler": [regel.paa(spraak) for regel in ett.harde_regler],
        "ukjent": [tekst.paa(spraak) for tekst in ett.ukjent],
    }
