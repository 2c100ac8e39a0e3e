"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.tilgang"
    label = "tilgang"
    verbose_name = "Tilgang"
