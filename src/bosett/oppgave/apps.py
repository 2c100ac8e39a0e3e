"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.oppgave"
    label = "oppgave"
    verbose_name = "Oppgave"
