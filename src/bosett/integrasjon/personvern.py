"""Messages about somebody who is deleted lose their content. What is used has none already."""

from django.db.models import Q

from bosett.integrasjon.models import Melding
from bosett.integrasjon.services import venter


def tom_om(numre: frozenset[str]) -> int:
    """Empty what waits or is parked about these DUF numbers. The key stays: the same message is not taken in again."""
    om_dem = Q(innhold__duf__in=numre) | Q(innhold__data__til_duf__in=numre) | Q(venter_paa__in={venter("duf", nr) for nr in numre})  # fmt: skip
    return Melding.objects.filter(om_dem).update(
        status="forkastet", innhold={}, feil="", venter_paa="", feilkode="SLETTET", avtrykk=""
    )
