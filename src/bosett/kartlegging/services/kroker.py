"""What the room hangs on the room of persons: it is told of changes, and tells what moves with a person and when a mapping is done."""

from bosett.kartlegging.models import Emplan, Intervju, Kartlegging, Kartleggingssvar, Kulturoppmote
from bosett.kartlegging.services.emplaner import folg_senere
from bosett.kartlegging.services.saerlig import slett_etter
from bosett.kartlegging.services.ventedager import kartlagte
from bosett.person.rules.venting import KARTLAGT
from bosett.person.services import kroker
from bosett.person.services.sammenslaaing import EN_AV, LENKER

EN_HVER = {
    Kartlegging: "",
    Kartleggingssvar: "felt",  # with the history of each
    Intervju: "side",
    Emplan: "slag",
    Kulturoppmote: "okt",
}
"""What follows a person who was registered twice; where both have one, the one who stands keeps hers."""


def heng_paa() -> None:
    """Called when the application starts; repeating it changes nothing."""
    if slett_etter not in kroker.ved_samtykke_slutt:
        kroker.ved_samtykke_slutt.append(slett_etter)
        kroker.ved_em.append(folg_senere)
    kroker.gi_ventehendelser(kartlagte, {KARTLAGT})
    for modell, felt in EN_HVER.items():
        slag = modell.__name__.lower()
        LENKER[slag], EN_AV[slag] = (modell, "person"), felt
