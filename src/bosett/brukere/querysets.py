"""Which memberships hold on a day, and whether a municipality has somebody who gives roles."""

from datetime import date

from django.db.models import Q, QuerySet

from bosett.aktor.models import Medlemskap, Organisasjon
from bosett.grunn.klokke import i_dag


def gyldige(dag: date, **utvalg: object) -> QuerySet[Medlemskap]:
    """Memberships of active users that hold on the day."""
    return Medlemskap.objects.filter(
        Q(til__isnull=True) | Q(til__gt=dag), fra__lte=dag, bruker__is_active=True, **utvalg
    )


def kan_svare(dag: date) -> QuerySet[Medlemskap]:
    """The memberships of those who answer for a municipality, or give that role there: without one, IMDi rings."""
    return gyldige(dag, rolle__in=("bosetter_skriv", "kommune_admin"))


def har_administrator(organisasjon: Organisasjon) -> bool:
    """Has the municipality somebody today who gives roles there? The actor must see the organisation's memberships."""
    return gyldige(i_dag(), organisasjon=organisasjon, rolle="kommune_admin").exists()
