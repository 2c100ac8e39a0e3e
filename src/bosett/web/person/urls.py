from django.urls import path

from bosett.web.person import lop, meldinger, soknad, udi, views
from bosett.web.person.urls_dubletter import urlpatterns as dubletter
from bosett.web.person.urls_personvern import urlpatterns as personvern
from bosett.web.person.urls_venting import urlpatterns as venting

app_name = "person"
urlpatterns = [
    path("personer/", views.liste, name="liste"),
    path("personer/ny-soknad/", soknad.ny, name="ny-soknad"),
    path("personer/<uuid:husholdning>/", views.husholdning, name="husholdning"),
    path("personer/<uuid:husholdning>/ta-over/", lop.ta_over, name="ta-over"),
    path("personer/<uuid:husholdning>/bor-privat/", lop.bor_privat, name="bor-privat"),
    path("personer/<uuid:husholdning>/avtalt-selvbosetting/", lop.sok_avtalt, name="sok-avtalt"),
    path("personer/<uuid:husholdning>/bosatt-uten-avtale/", lop.bosett_selv, name="bosett-selv"),
    path(
        "personer/selvbosetting/<uuid:selvbosetting>/ta-tilbake/",
        lop.ta_tilbake,
        name="ta-tilbake-selvbosetting",
    ),
    path("meldinger/", meldinger.liste, name="meldinger"),
    path("meldinger/prov-igjen/", meldinger.prov_igjen, name="prov-igjen"),
    path("meldinger/<uuid:melding>/forkast/", meldinger.forkast, name="forkast-melding"),
    path("udi/hendelser/", udi.hendelser, name="udi"),
    *dubletter,
    *personvern,
    *venting,
]
