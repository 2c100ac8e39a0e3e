"""What was written down on the strength of a consent goes with it."""

from bosett.aktor.kontekst import Aktor
from bosett.kartlegging.models import Kartleggingssvar
from bosett.kartlegging.rules.skjema import skjemaer
from bosett.kartlegging.states_kartlegging import SLETT_SAERLIG
from bosett.person.models import Samtykke
from bosett.person.services.samtykker import gjeldende_samtykke
from bosett.spor.services import registrer


def slett_etter(aktor: Aktor, samtykke: Samtykke) -> None:
    """Delete the answers, old ones too, that rested on a consent that has ended. Nothing happens while a newer one holds."""
    felter = {f.navn for s in skjemaer().values() for f in s.felter.values() if f.saerlig == samtykke.formaal}
    person = samtykke.person
    if not felter or gjeldende_samtykke(person, samtykke.formaal) is not None:
        return
    antall, _ = Kartleggingssvar.objects.filter(person=person, felt__in=felter).delete()
    if antall:
        registrer(
            aktor=aktor,
            handling=SLETT_SAERLIG.kode,
            subjekt_id=person.husholdning_id,
            data={"person": str(person.uuid), "felter": sorted(felter), "antall": antall},
        )
