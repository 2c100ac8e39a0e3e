from django.apps import AppConfig


class KartleggingConfig(AppConfig):
    name = "bosett.kartlegging"
    label = "kartlegging"
    verbose_name = "Kartlegging, IKTP og kulturorientering"

    def ready(self) -> None:
        from bosett.kartlegging.services.emplaner import folg_senere  # noqa: PLC0415 - the models must be ready first
        from bosett.person.services.kroker import ved_em  # noqa: PLC0415

        if folg_senere not in ved_em:
            ved_em.append(folg_senere)
