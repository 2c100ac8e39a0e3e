from importlib import import_module
from importlib.util import find_spec

from django.urls import path

from bosett.web.person import meldinger, udi, views

app_name = "person"
urlpatterns = [
    path("personer/", views.liste, name="liste"),
    path("personer/<uuid:husholdning>/", views.husholdning, name="husholdning"),
    path("personer/<uuid:husholdning>/bor-privat/", views.bor_privat, name="bor-privat"),
    path("meldinger/", meldinger.liste, name="meldinger"),
    path("meldinger/prov-igjen/", meldinger.prov_igjen, name="prov-igjen"),
    path("meldinger/<uuid:melding>/forkast/", meldinger.forkast, name="forkast-melding"),
    path("udi/hendelser/", udi.hendelser, name="udi"),
]
for del_ in ("dubletter", "personvern", "mottak"):
    if find_spec(f"bosett.web.person.urls_{del_}"):
        urlpatterns += import_module(f"bosett.web.person.urls_{del_}").urlpatterns
