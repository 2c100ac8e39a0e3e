"""Addresses of users and roles, and everybody's own page."""

from django.urls import path

from bosett.web.brukere import meg, soknader, views

app_name = "brukere"
urlpatterns = [
    path("brukere/", views.liste, name="liste"),
    path("brukere/organisasjoner/", views.organisasjoner, name="organisasjoner"),
    path("brukere/soknader/", soknader.liste, name="soknader"),
    path("brukere/soknader/<uuid:soknad>/", soknader.soknad, name="soknad"),
    path("brukere/soknader/<uuid:soknad>/godkjenn/", soknader.godkjenn, name="godkjenn-soknad"),
    path("brukere/soknader/<uuid:soknad>/avsla/", soknader.avsla, name="avsla-soknad"),
    path("brukere/<uuid:organisasjon>/", views.liste, name="liste-for"),
    path("brukere/<uuid:organisasjon>/ny/", views.ny, name="ny"),
    path("brukere/<uuid:organisasjon>/hent/", views.hent, name="hent"),
    path("brukere/<uuid:organisasjon>/bruker/<uuid:bruker>/", views.bruker, name="bruker"),
    path(
        "brukere/<uuid:organisasjon>/bruker/<uuid:bruker>/passord/", views.nytt_passord, name="nytt-passord"
    ),
    path("brukere/<uuid:organisasjon>/rolle/<uuid:medlemskap>/fjern/", views.fjern_rolle, name="fjern-rolle"),
    path("brukere/<uuid:organisasjon>/rolle/<uuid:medlemskap>/vikar/", views.gi_vikar, name="gi-vikar"),
    path("brukere/<uuid:organisasjon>/vikar/<uuid:vikariat>/fjern/", views.fjern_vikar, name="fjern-vikar"),
    path("meg/", meg.min_side, name="meg"),
    path("meg/passord/", meg.passord, name="passord"),
]
