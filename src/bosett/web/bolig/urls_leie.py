from django.urls import path

from bosett.web.bolig import leie, prosjekter, utleiere

app_name = "leie"
urlpatterns = [
    path("boliger/utleiere/", utleiere.liste, name="utleiere"),
    path("boliger/utleiere/ny/", utleiere.ny, name="ny_utleier"),
    path("boliger/utleiere/<uuid:utleier>/", utleiere.en, name="utleier"),
    path("boliger/utleiere/<uuid:utleier>/endre/", utleiere.endre, name="endre_utleier"),
    path("boliger/leie/ny/", leie.ny, name="ny"),
    path("boliger/leie/gaar-ut/", leie.gaar_ut, name="gaar_ut"),
    path("boliger/leie/<uuid:leie>/", leie.ett, name="ett"),
    path("boliger/leie/<uuid:leie>/underskrift/", leie.signer, name="signer"),
    path("boliger/leie/<uuid:leie>/avslutt/", leie.avslutt, name="avslutt"),
    path("boliger/leie/<uuid:leie>/forkast/", leie.forkast, name="forkast"),
    path("boliger/gjennomgang/", leie.gjennomgang, name="gjennomgang"),
    path("boliger/prosjekter/", prosjekter.liste, name="prosjekter"),
    path("boliger/prosjekter/nytt/", prosjekter.nytt, name="nytt_prosjekt"),
    path("boliger/prosjekter/<uuid:prosjekt>/", prosjekter.ett, name="prosjekt"),
    path("boliger/prosjekter/<uuid:prosjekt>/partner/", prosjekter.partner, name="partner"),
    path("boliger/prosjekter/<uuid:prosjekt>/bolig/", prosjekter.bolig, name="prosjektbolig"),
]
