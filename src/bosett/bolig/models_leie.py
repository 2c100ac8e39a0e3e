"""Landlords, and the leases a home has: owner to municipality, municipality to tenant, and owner to tenant."""

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from bosett.bolig.models_bolig import Bolig
from bosett.grunn.klokke import naa


class Utleier(models.Model):
    """Somebody who lets homes to a municipality or its tenants. Seen by that municipality only, also by the database."""

    class Slag(models.TextChoices):
        PRIVATPERSON = "privatperson", "Privatperson"
        SELSKAP = "selskap", "Selskap"
        KOMMUNALT = "kommunalt", "Kommunens eget boligselskap"

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=12, choices=Slag)
    navn = models.CharField(max_length=200)
    orgnr = models.CharField("organisasjonsnummer", max_length=9, blank=True)
    kontakt = models.CharField("kontaktperson", max_length=200, blank=True)
    telefon = models.CharField(max_length=30, blank=True)
    epost = models.EmailField("e-post", blank=True)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="utleier_navn", condition=~Q(navn=""), violation_error_message="En utleier har et navn."
            ),
            models.CheckConstraint(
                name="utleier_orgnr",
                condition=Q(slag="privatperson", orgnr="")
                | (~Q(slag="privatperson") & Q(orgnr__regex=r"^([0-9]{9})?$")),
                violation_error_message="Et selskap kan ha et organisasjonsnummer på ni siffer, en privatperson har ikke noe.",
            ),
            models.UniqueConstraint(
                name="utleier_en_per_orgnr",
                fields=["organisasjon", "orgnr"],
                condition=~Q(orgnr=""),
                violation_error_message="Utleieren er allerede registrert.",
            ),
        ]

    def __str__(self) -> str:
        return f"U {self.pk}"


class Kontrakter(models.QuerySet[Any]):
    def med_slutt(self) -> Self:
        """`slutt`: the last day, as agreed or as it was ended; None when nobody knows it."""
        return self.annotate(slutt=Coalesce("avsluttet", "siste_dag"))

    def levende(self, dag: date) -> Self:
        """Binding for both, and not over by this day. Those that have not begun are among them."""
        return self.med_slutt().filter(tilstand__in=BINDER).filter(Q(slutt__isnull=True) | Q(slutt__gte=dag))


class Leiekontrakt(models.Model):
    """Who lets a home to whom, from when, on what terms, and who has signed (R030, R081, R211, R329).

    The municipality (`organisasjon`) is the tenant of a head lease and the landlord of a sub-lease and of its own homes. A lease
    that binds is never changed, only ended: the database refuses anything else (migration 0004).
    """

    class Slag(models.TextChoices):
        HOVEDLEIE = "hovedleie", "Hovedleie"
        FREMLEIE = "fremleie", "Fremleie"
        DIREKTE = "direkte", "Leie direkte av eieren"
        KOMMUNAL = "kommunal", "Leie av kommunen"

    class Sikkerhet(models.TextChoices):
        INGEN = "", "Ingen"
        DEPOSITUM = "depositum", "Depositum"
        GARANTI = "garanti", "Garanti"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bolig = models.ForeignKey(Bolig, models.PROTECT, related_name="leiekontrakter")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=10, choices=Slag)
    tilstand = models.CharField(max_length=15, default="utkast")
    hovedkontrakt = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="fremleier")
    """The head lease a sub-lease hangs on."""
    utleier = models.ForeignKey(Utleier, models.PROTECT, null=True, blank=True, related_name="kontrakter")
    """The owner who lets; empty when the municipality does."""
    husholdning = models.ForeignKey(
        "person.Husholdning", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The tenant; empty when the municipality is."""
    fra = models.DateField()
    siste_dag = models.DateField(null=True, blank=True)
    """The last day agreed on; empty: until somebody gives notice."""
    husleie = models.PositiveIntegerField()
    """Kroner a month."""
    sikkerhet = models.CharField(max_length=10, choices=Sikkerhet, blank=True)
    sikkerhet_belop = models.PositiveIntegerField("beløp", null=True, blank=True)
    """Kroner."""
    oppsigelse = models.CharField(max_length=300, blank=True)
    """How long before, and how, notice is given."""
    regler = models.TextField(blank=True)
    utleier_navn = models.CharField(max_length=200, blank=True)
    """Who signed for the landlord, and the day."""
    utleier_dato = models.DateField(null=True, blank=True)
    leier_navn = models.CharField(max_length=200, blank=True)
    leier_dato = models.DateField(null=True, blank=True)
    avsluttet = models.DateField(null=True, blank=True)
    """The last day, when it was ended by an act."""
    slutt_grunn = models.TextField(blank=True)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    objects = Kontrakter.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="leie_begge_parter",
                condition=Q(slag="hovedleie", utleier__isnull=False, husholdning=None, hovedkontrakt=None)
                | Q(slag="direkte", utleier__isnull=False, husholdning__isnull=False, hovedkontrakt=None)
                | Q(slag="fremleie", utleier=None, husholdning__isnull=False, hovedkontrakt__isnull=False)
                | Q(slag="kommunal", utleier=None, husholdning__isnull=False, hovedkontrakt=None),
                violation_error_message="En leieavtale har både utleier og leier.",
            ),
            models.CheckConstraint(
                name="leie_to_underskrifter",
                condition=Q(tilstand="utkast", utleier_dato=None, leier_dato=None)
                | Q(tilstand="venter_signatur", utleier_dato=None, leier_dato__isnull=False)
                | Q(tilstand="venter_signatur", utleier_dato__isnull=False, leier_dato=None)
                | Q(
                    tilstand__in=["bindende", "avsluttet"], utleier_dato__isnull=False, leier_dato__isnull=False
                )
                | (Q(tilstand="forkastet") & (Q(utleier_dato=None) | Q(leier_dato=None))),
                violation_error_message="En leieavtale er bindende når begge har undertegnet, og ikke før.",
            ),
            models.CheckConstraint(
                name="leie_navn_ved_underskrift",
                condition=(Q(utleier_navn="", utleier_dato=None) | (~Q(utleier_navn="") & Q(utleier_dato__isnull=False)))
                & (Q(leier_navn="", leier_dato=None) | (~Q(leier_navn="") & Q(leier_dato__isnull=False))),
                violation_error_message="En underskrift har navn og dato.",
            ),
            models.CheckConstraint(
                name="leie_slutt_har_grunn",
                condition=(Q(tilstand="avsluttet", avsluttet__isnull=False) & ~Q(slutt_grunn=""))
                | (~Q(tilstand="avsluttet") & Q(avsluttet=None, slutt_grunn="")),
                violation_error_message="En leieavtale som er avsluttet, har en siste dag og en grunn.",
            ),
            models.CheckConstraint(
                name="leie_dager",
                condition=(Q(siste_dag=None) | Q(siste_dag__gte=F("fra")))
                & (Q(avsluttet=None) | Q(avsluttet__gte=F("fra")))
                & (Q(avsluttet=None) | Q(siste_dag=None) | Q(avsluttet__lte=F("siste_dag"))),
                violation_error_message="Siste dag er samme dag som den første eller senere, og ikke etter den som er avtalt.",
            ),
            models.CheckConstraint(
                name="leie_sikkerhet",
                condition=Q(sikkerhet="", sikkerhet_belop=None) | (~Q(sikkerhet="") & Q(sikkerhet_belop__gt=0)),
                violation_error_message="Depositum eller garanti har et beløp.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["bolig", "-fra"], name="leie_bolig"),
            models.Index(fields=["organisasjon", "tilstand", "siste_dag"], name="leie_slutter"),
            models.Index(fields=["husholdning"], condition=~Q(husholdning=None), name="leie_husholdning"),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def nummer(self) -> str:
        """What people say to each other: «L 12». Never a name."""
        return f"L {self.pk}"

    @property
    def siste(self) -> date | None:
        """The last day it holds."""
        return self.avsluttet or self.siste_dag


BINDER = ("bindende", "avsluttet")
"""Both have signed: it holds until its last day, also when somebody has ended it from a day to come."""
