from django.urls import path

from bosett.web.tavle import reservasjon, views

app_name = "tavle"
urlpatterns = [
    path("beboere/", views.beboere, name="beboere"),
    path("koen/", views.koen, name="koen"),
    path("koen/oversikt/", views.oversikt, name="oversikt"),
    path("koen/hvem-ma-svare/", views.maa_svare, name="maa-svare"),
    path("koen/ledig/", views.ledig, name="ledig"),
    path("koen/neste/", reservasjon.ta_neste, name="neste"),
    path("koen/reserver/", reservasjon.reserver, name="reserver"),
    path("koen/forleng/", reservasjon.forleng, name="forleng"),
    path("koen/legg-tilbake/", reservasjon.slipp, name="slipp"),
    path("koen/<uuid:husholdning>/gi/", reservasjon.gi, name="gi"),
]
