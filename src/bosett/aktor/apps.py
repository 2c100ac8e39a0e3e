"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.aktor"
    label = "aktor"
    verbose_name = "Aktør"
