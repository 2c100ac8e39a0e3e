from django.apps import AppConfig


class BoligConfig(AppConfig):
    name = "bosett.bolig"
    label = "bolig"
    verbose_name = "Boliger"
