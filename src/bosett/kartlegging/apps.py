from django.apps import AppConfig


class KartleggingConfig(AppConfig):
    name = "bosett.kartlegging"
    label = "kartlegging"
    verbose_name = "Kartlegging, IKTP og kulturorientering"

    def ready(self) -> None:
        from bosett.kartlegging.services import kroker  # noqa: PLC0415 - the models must be ready first

        kroker.heng_paa()
