"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.statistikk"
    label = "statistikk"
    verbose_name = "Statistikk"
