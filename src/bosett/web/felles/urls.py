"""Addresses that belong to no room: language, colours, the guide, the glossary and the pages of the footer."""

from django.conf import settings
from django.urls import path

from bosett.web.felles import views

urlpatterns = [
    path("sprak/<str:kode>/", views.sprak, name="sprak"),
    path("farger/<str:valg>/", views.farger, name="farger"),
    path("om/", views.om, name="om"),
    path("tilgjengelighet/", views.tilgjengelighet, name="tilgjengelighet"),
    path("personvern/", views.personvern, name="personvern"),
    path("roller/", views.roller, name="roller"),
    path("hurtigtaster/", views.hurtigtaster, name="hurtigtaster"),
    path("hurtigtaster/<str:valg>/", views.taster, name="taster"),
    path("hjelp/", views.hjelp, name="hjelp"),
    path("ordliste/", views.ordliste, name="ordliste"),
    path("visninger/", views.lagre_visning, name="lagre-visning"),
    path("visninger/<int:pk>/slett/", views.slett_visning, name="slett-visning"),
]
if settings.DEMO or settings.TEST:
    urlpatterns.append(path("komponenter/", views.komponenter, name="komponenter"))
