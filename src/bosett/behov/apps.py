"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.behov"
    label = "behov"
    verbose_name = "Behov"
