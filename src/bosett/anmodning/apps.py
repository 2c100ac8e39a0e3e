"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.anmodning"
    label = "anmodning"
    verbose_name = "Anmodning"
