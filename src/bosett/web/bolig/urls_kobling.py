from django.urls import path

from bosett.web.bolig import kobling

_SAK = "personer/<uuid:husholdning>/bolig/"
urlpatterns = [
    path(_SAK, kobling.husholdning, name="husholdning"),
    path(f"{_SAK}ta-bort/", kobling.losne, name="losne"),
    path(f"{_SAK}<uuid:bolig>/", kobling.velg, name="velg"),
]
