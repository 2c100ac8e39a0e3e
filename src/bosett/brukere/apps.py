"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.brukere"
    label = "brukere"
    verbose_name = "Brukere"
