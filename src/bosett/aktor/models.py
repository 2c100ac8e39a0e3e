"""Organisations, users, memberships and deputies."""

import uuid
from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from bosett.aktor.organisasjonsslag import Slag


class Organisasjon(models.Model):
    """A party of the chain. A municipality's organisation follows the municipality's identity, not its number."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slag = models.CharField(max_length=20, choices=Slag.choices)
    navn = models.CharField(max_length=200)
    sorteringsnavn = models.CharField(max_length=200, db_index=True)
    epost = models.EmailField(blank=True)
    kommune = models.OneToOneField(
        "geografi.Kommune", models.PROTECT, null=True, blank=True, related_name="+"
    )
    fylke = models.ForeignKey("geografi.Fylke", models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey("geografi.Imdiregion", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisasjon_kommune_har_kommune",
                condition=Q(slag=Slag.KOMMUNE, kommune__isnull=False)
                | ~Q(slag=Slag.KOMMUNE) & Q(kommune__isnull=True),
                violation_error_message="En kommune som organisasjon må peke på en kommune, og bare den.",
            ),
            models.UniqueConstraint(
                name="organisasjon_ett_fylke_per_slag",
                fields=["slag", "fylke"],
                condition=Q(slag__in=[Slag.FYLKESKOMMUNE, Slag.STATSFORVALTER]),
                violation_error_message="Fylket har allerede en slik organisasjon.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn


class BrukerManager(BaseUserManager["Bruker"]):
    def get_by_natural_key(self, username: str | None) -> "Bruker":
        return self.get(brukernavn=(username or "").strip().lower())


class Bruker(AbstractBaseUser):
    """A person who works with the system. Signs in with a local account now; `ekstern_*` is for ID-porten/Ansattporten.

    No row-level security: sign-in must find the row before anybody is known. It holds work contact data only.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    brukernavn = models.CharField(max_length=150, unique=True)
    navn = models.CharField(max_length=200)
    epost = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    ekstern_utsteder = models.CharField(max_length=200, blank=True)
    ekstern_id = models.CharField(max_length=200, blank=True)
    opprettet = models.DateTimeField()
    maa_bytte_passord = models.BooleanField(default=False)
    """The password was given by somebody else: nothing but choosing a new one is open until it is changed."""
    styres_av = models.ForeignKey(Organisasjon, models.PROTECT, null=True, blank=True, related_name="+")
    """Whose administrators may give a new password; empty: only IMDi's. Set so that nobody can take over an account that
    also reaches another organisation."""

    objects = BrukerManager()
    USERNAME_FIELD = "brukernavn"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="bruker_en_per_ekstern_id",
                fields=["ekstern_utsteder", "ekstern_id"],
                condition=~Q(ekstern_id=""),
                violation_error_message="En annen bruker er allerede knyttet til denne påloggingen.",
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Medlemskap(models.Model):
    """A user has a role in an organisation from a day, until (not including) a day."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    bruker = models.ForeignKey(Bruker, models.PROTECT, related_name="medlemskap")
    organisasjon = models.ForeignKey(Organisasjon, models.PROTECT, related_name="medlemskap")
    rolle = models.CharField(max_length=40)
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    gitt_av = models.ForeignKey(Bruker, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="medlemskap_periode",
                condition=Q(til__isnull=True) | Q(til__gte=F("fra")),
                violation_error_message="Rollen kan ikke slutte før den begynner.",
            ),
            models.UniqueConstraint(
                name="medlemskap_en_apen_rolle",
                fields=["bruker", "organisasjon", "rolle"],
                condition=Q(til__isnull=True),
                violation_error_message="Brukeren har allerede denne rollen.",
            ),
        ]

    @property
    def siste_dag(self) -> date | None:
        """The last day that is included, as people write a period."""
        return self.til - timedelta(days=1) if self.til else None


class Vikariat(models.Model):
    """`vikar` acts with this membership's rights from a day until (not including) a day; the ledger shows who really acted."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    medlemskap = models.ForeignKey(Medlemskap, models.PROTECT, related_name="vikariater")
    organisasjon = models.ForeignKey(
        Organisasjon, models.PROTECT, related_name="+"
    )  # of the membership; guards the row
    vikar = models.ForeignKey(Bruker, models.PROTECT, related_name="vikariater")
    fra = models.DateField()
    til = models.DateField()
    gitt_av = models.ForeignKey(Bruker, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vikariat_periode",
                condition=Q(til__gte=F("fra")),  # equal: taken back before it had any effect
                violation_error_message="Vikarperioden kan ikke slutte før den begynner.",
            )
        ]

    @property
    def siste_dag(self) -> date:
        """The last day that is included, as people write a period."""
        return self.til - timedelta(days=1)


class LagretVisning(models.Model):
    """A user's own saved filter and order of a table."""

    bruker = models.ForeignKey(Bruker, models.CASCADE, related_name="+")
    tabell = models.CharField(max_length=60)
    navn = models.CharField(max_length=60)
    sporring = models.CharField(max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lagret_visning_ett_navn",
                fields=["bruker", "tabell", "navn"],
                violation_error_message="Du har allerede en visning med dette navnet.",
            )
        ]
