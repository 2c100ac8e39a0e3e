"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.geografi"
    label = "geografi"
    verbose_name = "Geografi"
