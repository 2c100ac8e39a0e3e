from django.apps import AppConfig


class SamtaleConfig(AppConfig):
    name = "bosett.samtale"
    label = "samtale"
    verbose_name = "Samtaler mellom partene i en sak"
