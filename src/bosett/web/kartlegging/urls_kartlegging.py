from django.urls import path

from bosett.web.kartlegging import kartlegging, samtaler, seksjon

_PERSON = "kartlegging/person/<uuid:person>/"
urlpatterns = [
    path("kartlegging/<uuid:husholdning>/", kartlegging.husholdning, name="husholdning"),
    path(f"{_PERSON}begynn/", kartlegging.begynn, name="begynn"),
    path(f"{_PERSON}fullfor/", kartlegging.fullfor, name="fullfor"),
    path(f"{_PERSON}gjenapne/", kartlegging.gjenapne, name="gjenapne"),
    path(f"{_PERSON}historie/", kartlegging.historie, name="historie"),
    path(f"{_PERSON}papir/", kartlegging.papir, name="papir"),
    path(f"{_PERSON}samtale/", samtaler.ny, name="ny-samtale"),
    path("kartlegging/samtaler/<uuid:samtale>/", samtaler.en, name="samtale"),
    path(f"{_PERSON}del/<slug:seksjon>/", seksjon.seksjon, name="seksjon"),
    path(f"{_PERSON}del/<slug:seksjon>/kladd/", seksjon.kladd, name="kladd"),
]
