from django.apps import AppConfig


class BoligConfig(AppConfig):
    name = "bosett.bolig"
    label = "bolig"
    verbose_name = "Boliger"

    def ready(self) -> None:
        from bosett.bolig.services.innmeldingssvar import slett_onsker_om  # noqa: PLC0415 - the models must be ready first
        from bosett.person.sletteplan import ved_sletting  # noqa: PLC0415

        if slett_onsker_om not in ved_sletting:
            ved_sletting.append(slett_onsker_om)
