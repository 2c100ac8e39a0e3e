from django.apps import AppConfig


class PersonConfig(AppConfig):
    name = "bosett.person"
    label = "person"
    verbose_name = "Personer, husholdninger, tillatelser og løp"
