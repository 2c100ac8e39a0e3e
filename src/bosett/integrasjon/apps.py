from django.apps import AppConfig


class IntegrasjonConfig(AppConfig):
    name = "bosett.integrasjon"
    label = "integrasjon"
    verbose_name = "Meldinger fra andre systemer"
