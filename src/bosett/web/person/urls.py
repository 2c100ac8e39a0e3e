"""Addresses of persons and households."""

from django.urls import path

from bosett.web.person import samtykker, urls_personvern

app_name = "person"
urlpatterns = [
    path("husholdninger/<uuid:husholdning>/", samtykker.personvern, name="husholdning"),
    *urls_personvern.urlpatterns,
]
