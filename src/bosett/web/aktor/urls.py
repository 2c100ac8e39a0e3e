"""Sign-in and sign-out."""

from django.urls import path

from bosett.web.aktor import views

urlpatterns = [
    path("logg-inn/", views.logg_inn, name="logg-inn"),
    path("logg-inn/demo/", views.demo_inn, name="demo-inn"),
    path("logg-ut/", views.logg_ut, name="logg-ut"),
]
