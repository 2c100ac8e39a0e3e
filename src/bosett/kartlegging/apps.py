from django.apps import AppConfig


class KartleggingConfig(AppConfig):
    name = "bosett.kartlegging"
    label = "kartlegging"
    verbose_name = "Kartlegging, IKTP og kulturorientering"
