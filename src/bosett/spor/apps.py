"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.spor"
    label = "spor"
    verbose_name = "Spor"
