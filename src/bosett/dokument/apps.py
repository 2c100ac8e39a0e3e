"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.dokument"
    label = "dokument"
    verbose_name = "Dokument"
