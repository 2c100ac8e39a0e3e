from django.urls import path

from bosett.web.bolig import innmelding, kapasitet

app_name = "innmelding"
urlpatterns = [
    path("innmeldinger/", innmelding.liste, name="liste"),
    path("innmeldinger/bolig/", innmelding.meld_bolig, name="bolig"),
    path("innmeldinger/plasser/", innmelding.meld_plasser, name="plasser"),
    path("innmeldinger/personer/", innmelding.meld_personer, name="personer"),
    path("innmeldinger/kapasitet/", kapasitet.kapasitet, name="kapasitet"),
    path("innmeldinger/kapasitet/endre/", kapasitet.endre, name="endre_kapasitet"),
    path("innmeldinger/kapasitet/<uuid:organisasjon>/", kapasitet.kommunens_kapasitet, name="kommunens_kapasitet"),
    path("innmeldinger/avstemming/", kapasitet.avstem, name="avstemming"),
    path("innmeldinger/avstemming/<uuid:organisasjon>/", kapasitet.kommunens_avstemming, name="kommunens_avstemming"),
    path("innmeldinger/<uuid:innmelding>/", innmelding.ett, name="ett"),
    path("innmeldinger/<uuid:innmelding>/svar/", innmelding.svar, name="svar"),
    path("innmeldinger/<uuid:innmelding>/trekk/", innmelding.trekk, name="trekk"),
    path("innmeldinger/<uuid:innmelding>/apne/", innmelding.apne, name="apne"),
    path("innmeldinger/<uuid:innmelding>/slett-personer/", innmelding.slett_onske, name="slett_onske"),
    path("boliger/<uuid:bolig>/meld/", innmelding.meld_denne, name="meld_denne"),
]  # fmt: skip
