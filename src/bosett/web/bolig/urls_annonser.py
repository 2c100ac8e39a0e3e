from django.urls import path

from bosett.web.bolig import annonser

app_name = "annonse"
urlpatterns = [
    path("annonser/", annonser.liste, name="liste"),
    path("annonser/les-inn/", annonser.importer, name="importer"),
    path("annonser/<uuid:annonse>/", annonser.ett, name="ett"),
    path("annonser/<uuid:annonse>/bruk/", annonser.bruk, name="bruk"),
    path("annonser/<uuid:annonse>/bolig/", annonser.som_bolig, name="som_bolig"),
]
