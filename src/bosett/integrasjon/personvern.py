"""Messages about somebody who is deleted lose their content. What is used has none already."""

import hashlib

from django.db.models import Q

from bosett.integrasjon.models import Melding


def tom_om(numre: frozenset[str]) -> int:
    """Empty what waits or is parked about these DUF numbers. The key stays: the same message is not taken in again."""
    venter = {hashlib.sha256(f"duf:{nr}".encode()).hexdigest() for nr in numre}
    om_dem = Q(innhold__duf__in=numre) | Q(innhold__data__til_duf__in=numre) | Q(venter_paa__in=venter)
    return Melding.objects.filter(om_dem).update(
        status="forkastet", innhold={}, feil="", venter_paa="", feilkode="SLETTET", avtrykk=""
    )
