"""Sign-in and sign-out, and the way in for those who have no access."""

from django.urls import path

from bosett.web.aktor import tilgang, views

urlpatterns = [
    path("logg-inn/", views.logg_inn, name="logg-inn"),
    path("logg-inn/demo/", views.demo_inn, name="demo-inn"),
    path("logg-ut/", views.logg_ut, name="logg-ut"),
    path("tilgang/be-om/", tilgang.be_om, name="be-om-tilgang"),
    path("tilgang/mottatt/<str:referanse>/", tilgang.mottatt, name="tilgang-mottatt"),
]
