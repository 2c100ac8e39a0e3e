"""Django's registration of the room."""

from django.apps import AppConfig


class Rom(AppConfig):
    name = "bosett.web"
    label = "web"
    verbose_name = "Web"
