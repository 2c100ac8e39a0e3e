from django.apps import AppConfig


class KartleggingConfig(AppConfig):
    name = "bosett.kartlegging"
    label = "kartlegging"
    verbose_name = "Kartlegging, IKTP og kulturorientering"

    def ready(self) -> None:
        # The models must be ready first.
        from bosett.kartlegging.models import Emplan, Kulturoppmote  # noqa: PLC0415
        from bosett.kartlegging.services.emplaner import folg_senere  # noqa: PLC0415
        from bosett.kartlegging.services.saerlig import slett_etter  # noqa: PLC0415
        from bosett.kartlegging.services.ventedager import kartlagte  # noqa: PLC0415
        from bosett.person.rules.venting import KARTLAGT  # noqa: PLC0415
        from bosett.person.services.kroker import gi_ventehendelser, ved_em, ved_samtykke_slutt  # noqa: PLC0415
        from bosett.person.services.sammenslaaing import EN_AV, LENKER  # noqa: PLC0415

        if slett_etter not in ved_samtykke_slutt:
            ved_samtykke_slutt.append(slett_etter)
            ved_em.append(folg_senere)
        gi_ventehendelser(kartlagte, {KARTLAGT})
        LENKER.update(emplan=(Emplan, "person"), kulturoppmote=(Kulturoppmote, "person"))
        EN_AV.update(emplan="slag", kulturoppmote="okt")
