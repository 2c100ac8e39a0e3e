from django.apps import AppConfig


class IntegrasjonConfig(AppConfig):
    name = "bosett.integrasjon"
    label = "integrasjon"
    verbose_name = "Meldinger fra andre systemer"

    def ready(self) -> None:
        from bosett.integrasjon.personvern import tom_om  # noqa: PLC0415 - the models must be ready first
        from bosett.integrasjon.services import vekk  # noqa: PLC0415
        from bosett.person.services.kroker import ved_ny  # noqa: PLC0415
        from bosett.person.sletteplan import ved_sletting  # noqa: PLC0415

        if tom_om not in ved_sletting:
            ved_sletting.append(tom_om)
            ved_ny.append(vekk)
