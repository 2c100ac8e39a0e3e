from django.apps import AppConfig


class BoligConfig(AppConfig):
    name = "bosett.bolig"
    label = "bolig"
    verbose_name = "Boliger"

    def ready(self) -> None:
        from bosett.bolig.services import kroker  # noqa: PLC0415 - the models must be ready first

        kroker.heng_paa()
