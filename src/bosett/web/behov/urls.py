from django.urls import path

from bosett.web.behov import framskriving, views

app_name = "behov"
urlpatterns = [
    path("behov/", views.liste, name="liste"),
    path("behov/nytt/", views.nytt, name="nytt"),
    path("behov/ny-prognose/", views.ny_prognose, name="ny_prognose"),
    path("behov/framskriving/", framskriving.side, name="framskriving"),
    path("behov/<int:aar>/", views.ett_aar, name="aar"),
]
