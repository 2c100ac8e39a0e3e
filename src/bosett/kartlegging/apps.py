from django.apps import AppConfig


class KartleggingConfig(AppConfig):
    name = "bosett.kartlegging"
    label = "kartlegging"
    verbose_name = "Kartlegging, IKTP og kulturorientering"

    def ready(self) -> None:
        from bosett.kartlegging.services import sammenslaaing  # noqa: PLC0415 - the models must be ready first
        from bosett.kartlegging.services.saerlig import slett_etter  # noqa: PLC0415
        from bosett.person.services.kroker import ved_samtykke_slutt  # noqa: PLC0415

        sammenslaaing.meld()
        if slett_etter not in ved_samtykke_slutt:
            ved_samtykke_slutt.append(slett_etter)
