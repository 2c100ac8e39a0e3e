"""Addresses of persons that may be registered twice; part of the room's own (`app_name` person)."""

from django.urls import path

from bosett.web.person import dubletter

urlpatterns = [
    path("personer/dubletter/", dubletter.liste, name="dubletter"),
    path("personer/dubletter/<uuid:dublett>/", dubletter.par, name="dublett"),
    path("personer/dubletter/<uuid:dublett>/slaa-sammen/", dubletter.slaa_sammen, name="slaa-sammen"),
    path("personer/dubletter/<uuid:dublett>/ikke-samme/", dubletter.ikke_samme, name="ikke-samme"),
    path("personer/sammenslaainger/<uuid:sammenslaaing>/", dubletter.slaatt_sammen, name="sammenslaaing"),
    path(
        "personer/sammenslaainger/<uuid:sammenslaaing>/opphev/",
        dubletter.opphev,
        name="opphev-sammenslaaing",
    ),
]
