"""The URL map: one include per room."""

from importlib.util import find_spec

from django.urls import include, path

ROM = (
    "felles",
    "aktor",
    "hjem",
    "statistikk",
    "brukere",
    "dokument",
    "behov",
    "anmodning",
    "vedtak",
    "person",
    "tavle",
    "samtale",
    "oppgave",
    "kartlegging",
    "bolig",
)

urlpatterns = [
    path("", include(f"bosett.web.{rom}.urls"))
    for rom in ROM
    if find_spec(f"bosett.web.{rom}") and find_spec(f"bosett.web.{rom}.urls")
] + [
    path("", include(f"bosett.web.{modul}"))
    for modul in (
        "vedtak.urls_imdi",
        "person.urls_mottak",
        *(f"bolig.urls_{del_}" for del_ in ("innmelding", "leie", "framskaffelse", "annonser")),
    )
]
handler404 = "bosett.web.mellomvare.finnes_ikke"
