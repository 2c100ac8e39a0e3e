from django.urls import path

from bosett.web.behov import framskriving, views

app_name = "behov"
urlpatterns = [
    path("behov/", views.liste, name="liste"),
    path("behov/nytt/", views.nytt, name="nytt"),
    path("behov/ny-prognose/", views.ny_prognose, name="ny_prognose"),
    path("behov/ny-avtale/", views.ny_avtale, name="ny_avtale"),
    path("behov/nytt-scenario/", views.nytt_scenario, name="nytt_scenario"),
    path("behov/nytt-uttaksland/", views.nytt_uttaksland, name="nytt_uttaksland"),
    path("behov/uttaksland/<uuid:uttaksland>/", views.uttaksland, name="uttaksland"),
    path("behov/uttaksland/<uuid:uttaksland>/endre/", views.endre_uttaksland, name="endre_uttaksland"),
    path("behov/framskriving/", framskriving.side, name="framskriving"),
    path("behov/<int:aar>/", views.ett_aar, name="aar"),
]
