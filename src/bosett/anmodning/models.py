"""Request rounds: one round, its computed revisions, and each municipality's own request in it."""

from django.db import models
from django.db.models import F, Q

from bosett.anmodning.models_samraad import Innspill as Innspill
from bosett.anmodning.models_samraad import Innspillsvar as Innspillsvar
from bosett.anmodning.models_samraad import Justering as Justering
from bosett.anmodning.models_samraad import Samraad as Samraad
from bosett.anmodning.models_samraad import Samraadspart as Samraadspart
from bosett.anmodning.models_tidsplan import Tidsplan as Tidsplan
from bosett.anmodning.models_tidsplan import Tidsplankrav as Tidsplankrav
from bosett.anmodning.models_tidsplan import Tidsplansvar as Tidsplansvar
from bosett.anmodning.models_tidsplan import Ukeplasser as Ukeplasser
from bosett.grunn.klokke import naa


class Vektvariant(models.Model):
    """The weights inside the tiers of a criteria set. Never changed: an edit is a new variant.

    The ministry has not published weights inside a tier, so a variant is «antatt» until somebody verifies it.
    """

    kriteriesett = models.CharField(max_length=20)
    navn = models.CharField(max_length=80)
    vekter = models.JSONField()
    antatt = models.BooleanField(default=True)
    kilde = models.CharField(max_length=300, blank=True)
    laget = models.DateTimeField(default=naa, editable=False)
    laget_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vektvariant_ett_navn",
                fields=["kriteriesett", "navn"],
                violation_error_message="Det finnes allerede et sett vekter med dette navnet.",
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Runde(models.Model):
    """One request round of a year: a need, a criteria set with weights, a deadline, and a state (see `states.py`)."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    nr = models.PositiveSmallIntegerField(default=1)
    behov = models.ForeignKey("behov.Behov", models.PROTECT, related_name="+")
    erstatter = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="justerte")
    """The sent round this one adjusts: its letters stand, and each new letter says which it comes in the place of."""
    kriteriesett = models.CharField(max_length=20)
    variant = models.ForeignKey(Vektvariant, models.PROTECT, related_name="+")
    frist = models.DateField()
    planlagt = models.DateField(null=True, blank=True)
    """The first day of the month in which the letters are planned to leave."""
    tilstand = models.CharField(max_length=20)
    gjeldende = models.ForeignKey("Revisjon", models.PROTECT, null=True, related_name="+")
    differanse = models.IntegerField(default=0)
    """Persons: the sum of the numbers in `gjeldende` less the need (R117)."""
    differanse_grunn = models.TextField(blank=True, default="")
    """Why they differ, as all can read it; written when the numbers are presented for approval, and gone with a new revision."""
    laget_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    laget = models.DateTimeField(default=naa, editable=False)
    levert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    godkjent_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    godkjent = models.DateTimeField(null=True)
    sendt = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="runde_ett_nummer",
                fields=["aar", "nr"],
                violation_error_message="Noen andre laget en runde for samme år samtidig.",
            ),
            models.CheckConstraint(
                name="runde_tall_for_godkjenning",
                condition=Q(tilstand__in=["utkast", "avlyst"]) | Q(gjeldende__isnull=False),
                violation_error_message="Runden må ha beregnede tall før den kan gå videre.",
            ),
            models.CheckConstraint(
                name="runde_differanse_har_grunn",
                condition=Q(tilstand__in=["utkast", "beregnet", "samraad", "avlyst"])
                | Q(differanse=0)
                | ~Q(differanse_grunn=""),
                violation_error_message="Det må stå hvorfor summen av tallene er en annen enn behovet.",
            ),
            models.CheckConstraint(
                name="runde_godkjent_av_en_annen",
                condition=Q(godkjent_av__isnull=True) | ~Q(godkjent_av=F("levert_av")),
                violation_error_message="En annen person enn den som la fram tallene, må godkjenne dem.",
            ),
            models.CheckConstraint(
                name="runde_godkjent_for_utsending",
                condition=~Q(tilstand__in=["godkjent", "sendes", "utsatt", "sendt"])
                | Q(godkjent__isnull=False, godkjent_av__isnull=False),
                violation_error_message="Brev kan ikke sendes før tallene er godkjent.",
            ),
            models.UniqueConstraint(
                name="runde_justeres_en_gang",
                fields=["erstatter"],
                condition=~Q(tilstand="avlyst"),
                violation_error_message="Noen andre har allerede laget en justert anmodning.",
            ),
            models.CheckConstraint(
                name="runde_planlagt_er_en_maaned",
                condition=Q(planlagt__isnull=True) | Q(planlagt__day=1),
                violation_error_message="Planen er en måned, og lagres som den første dagen i den.",
            ),
        ]

    def __str__(self) -> str:
        if self.erstatter_id:
            return f"Justert anmodning {self.aar}" + (f" ({self.nr})" if self.nr > 2 else "")
        return f"Anmodning {self.aar}" + (f" ({self.nr})" if self.nr > 1 else "")


class Utsettelse(models.Model):
    """The letters of a round held back, with the reason, and the event behind it when there was one. Open while `til` is empty."""

    runde = models.ForeignKey(Runde, models.PROTECT, related_name="utsettelser")
    begrunnelse = models.TextField()
    hendelse = models.CharField(max_length=300, blank=True)
    hendelse_dato = models.DateField(null=True, blank=True)
    hendelse_kilde = models.CharField(max_length=300, blank=True)
    fra = models.DateTimeField(default=naa, editable=False)
    utsatt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    til = models.DateTimeField(null=True, blank=True)
    gjenopptatt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="utsettelse_en_om_gangen",
                fields=["runde"],
                condition=Q(til__isnull=True),
                violation_error_message="Utsendingen er allerede utsatt.",
            ),
            models.CheckConstraint(
                name="utsettelse_har_begrunnelse",
                condition=~Q(begrunnelse=""),
                violation_error_message="En utsettelse må ha en begrunnelse.",
            ),
            models.CheckConstraint(
                name="utsettelse_hendelse_har_dato_og_kilde",
                condition=Q(hendelse="") | Q(hendelse_dato__isnull=False) & ~Q(hendelse_kilde=""),
                violation_error_message="En hendelse må ha dato og kilde.",
            ),
        ]


class Justeringsvarsel(models.Model):
    """The municipalities are told that the need has changed after their letters, or that a new request will come.

    Persons in the whole country. No letter is changed by it. `planlagt` is the first day of the month the new letters are
    planned to leave; empty when nobody has decided whether there will be any.
    """

    runde = models.ForeignKey(Runde, models.PROTECT, related_name="varsler")
    behov_for = models.PositiveIntegerField()
    behov_naa = models.PositiveIntegerField()
    begrunnelse = models.TextField()
    planlagt = models.DateField(null=True, blank=True)
    varslet = models.DateTimeField(default=naa, editable=False)
    varslet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")


class Revisjon(models.Model):
    """One computation of a round: parameters, the facts with their digest, and the audit figures. Never changed.

    `grunnlag` holds the table of facts (`tabell`, as `./bosett anmodning beregn` reads it) and where each column came from.
    """

    runde = models.ForeignKey(Runde, models.PROTECT, related_name="revisjoner")
    nr = models.PositiveSmallIntegerField()
    parametre = models.JSONField()
    avtrykk = models.CharField(max_length=64)
    kontroll = models.JSONField()
    grunnlag = models.JSONField(default=dict)
    demo = models.BooleanField(default=False)
    framlagt = models.BooleanField(default=False)
    """KS and the counties have been shown it: from then on it may be seen outside IMDi, by whom its requests are shared with."""
    laget = models.DateTimeField(default=naa, editable=False)
    laget_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="revisjon_ett_nummer",
                fields=["runde", "nr"],
                violation_error_message="Noen andre beregnet runden samtidig. Se på de nye tallene først.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.runde}, versjon {self.nr}"


class Kommuneanmodning(models.Model):
    """One municipality's request in a round, with a state of its own."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    runde = models.ForeignKey(Runde, models.PROTECT, related_name="anmodninger")
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    nummer = models.CharField(max_length=4)
    navn = models.CharField(max_length=150)
    fylke = models.CharField(max_length=100)
    sorteringsnavn = models.CharField(max_length=150)
    tilstand = models.CharField(max_length=20)
    sendt = models.DateTimeField(null=True)
    avslag = models.CharField(max_length=500, blank=True)
    """Why the letter could not be sent, while it is so."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kommuneanmodning_en_per_runde",
                fields=["runde", "kommune"],
                violation_error_message="Kommunen har allerede en anmodning i denne runden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.navn}, {self.runde}"


class Anmodningstall(models.Model):
    """A municipality's number in one revision, with the contributions that add up to it. Persons."""

    revisjon = models.ForeignKey(Revisjon, models.PROTECT, related_name="tall")
    anmodning = models.ForeignKey(Kommuneanmodning, models.PROTECT, related_name="tall")
    antall = models.PositiveIntegerField()
    em = models.PositiveIntegerField()
    forklaring = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="anmodningstall_ett_per_revisjon",
                fields=["revisjon", "anmodning"],
                violation_error_message="Kommunen har allerede et tall i denne beregningen.",
            ),
            models.CheckConstraint(
                name="anmodningstall_em_i_antall",
                condition=Q(em__lte=F("antall")),
                violation_error_message="Enslige mindreårige kan ikke være flere enn alle kommunen blir bedt om.",
            ),
        ]


class Kostnadsrapport(models.Model):
    """The yearly cost report: how much of the municipalities' spending the integration grant covered (per cent).

    The letter cites the newest one; without any, no letter can be made (R080).
    """

    aar = models.PositiveSmallIntegerField("år", unique=True)
    tittel = models.CharField(max_length=200)
    dekning_prosent = models.DecimalField(max_digits=5, decimal_places=1)
    kilde = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.tittel
