from django.urls import path

from bosett.web.samtale import henvendelser, innboks, views

app_name = "samtale"
urlpatterns = [
    path("samtaler/", innboks.liste, name="liste"),
    path("samtaler/innlegg/<uuid:innlegg>/svar/", views.svar, name="svar"),
    path("samtaler/innlegg/<uuid:innlegg>/trekk/", views.trekk, name="trekk"),
    path("samtaler/henvendelser/<uuid:henvendelse>/", henvendelser.ett, name="henvendelse"),
    path("samtaler/henvendelser/<uuid:henvendelse>/trekk/", henvendelser.trekk, name="trekk_henvendelse"),
    path("husholdninger/<uuid:husholdning>/samtale/", views.samtale, name="samtale"),
    path("husholdninger/<uuid:husholdning>/henvendelse/", henvendelser.ny, name="ny_henvendelse"),
]
