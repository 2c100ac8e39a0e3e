"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.vedtak"
    label = "vedtak"
    verbose_name = "Vedtak"
