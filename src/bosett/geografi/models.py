"""Municipalities, counties and IMDi regions over time, with their figures. Public reference data: no row-level security.

Foreign keys of other rooms point to the identity (`Kommune`, `Fylke`, `Imdiregion`), never to a version or a number.
`fra=None` means «older than the source»; periods are half-open. Rows are written by `services.py` only.
"""

import uuid
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from bosett.geografi.querysets import Datert, Kjent
from bosett.grunn.periode import Periode


def _en_om_gangen(navn: str, tekst: str, *felt: str, der: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same key on the same day. Without btree_gist: the key becomes a range of one number."""
    like = [
        (
            Func(
                Cast(F(f), models.BigIntegerField()),
                Cast(F(f), models.BigIntegerField()),
                Value("[]"),
                function="int8range",
            ),
            RangeOperators.OVERLAPS,
        )
        for f in felt
    ]
    dager = (Func(F("fra"), F("til"), function="daterange"), RangeOperators.OVERLAPS)
    return ExclusionConstraint(
        name=navn, expressions=[*like, dager], index_type="GIST", condition=der, violation_error_message=tekst
    )


def _fra_for_til(navn: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=navn,
        condition=Q(fra__isnull=True) | Q(til__isnull=True) | Q(til__gt=F("fra")),
        violation_error_message="Sluttdatoen er den første dagen som ikke er med, og må være etter startdatoen.",
    )


def _nummer(navn: str, siffer: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=navn,
        condition=Q(nummer__regex=rf"^[0-9]{{{siffer}}}$"),
        violation_error_message=f"Nummeret skal ha {siffer} siffer, også foranstilt null.",
    )


class DatertRad(models.Model):
    """A row that holds from a day to a day. `fra` empty: older than the source says. `til` empty: still holds."""

    fra = models.DateField(null=True, blank=True)
    til = models.DateField(null=True, blank=True)
    kilde = models.CharField(max_length=300)

    objects = Datert.as_manager()

    class Meta:
        abstract = True

    @property
    def periode(self) -> Periode:
        return Periode(self.fra or date.min, self.til)


class Fylke(models.Model):
    """A county through all its numbers (Troms is 19, part of 54, and 55)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    def __str__(self) -> str:
        return f"Fylke {self.uuid}"


class Fylkesversjon(DatertRad):
    fylke = models.ForeignKey(Fylke, models.PROTECT, related_name="versjoner")
    nummer = models.CharField(max_length=2)
    navn = models.CharField(max_length=100)
    sorteringsnavn = models.CharField(max_length=100, db_index=True)
    verifisert = models.BooleanField(default=False)

    class Meta:
        constraints = [
            _nummer("fylkesversjon_nummer_to_siffer", 2),
            _fra_for_til("fylkesversjon_fra_for_til"),
            _en_om_gangen(
                "fylkesversjon_en_per_fylke", "Fylket har allerede et navn i dette tidsrommet.", "fylke"
            ),
            _en_om_gangen(
                "fylkesversjon_en_per_nummer",
                "Nummeret er i bruk av et annet fylke i dette tidsrommet.",
                "nummer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.navn}"


class Kommune(models.Model):
    """A municipality's identity and nothing else; everything that can change is dated and points here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    def __str__(self) -> str:
        return f"Kommune {self.uuid}"


class Kommuneversjon(DatertRad):
    """The number, names and county of a municipality in one period. `navn` is the short Norwegian name."""

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="versjoner")
    nummer = models.CharField(max_length=4, db_index=True)
    navn = models.CharField(max_length=150)
    offisielle_navn = models.JSONField(
        default=list, help_text="Alle offisielle navn, i den rekkefølgen kilden skriver dem."
    )
    sorteringsnavn = models.CharField(max_length=150, db_index=True)
    sokenavn = models.CharField(max_length=300, db_index=True)
    fylke = models.ForeignKey(Fylke, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            _nummer("kommuneversjon_nummer_fire_siffer", 4),
            _fra_for_til("kommuneversjon_fra_for_til"),
            _en_om_gangen(
                "kommuneversjon_en_per_kommune",
                "Kommunen har allerede nummer og navn i dette tidsrommet.",
                "kommune",
            ),
            _en_om_gangen(
                "kommuneversjon_en_per_nummer",
                "Nummeret er i bruk av en annen kommune i dette tidsrommet.",
                "nummer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.navn}"


class Overgang(models.Model):
    """What happened on a date: from one municipality (and number) to another. A split has several rows.

    `vekt` is the share of `fra_kommune` that went to `til_kommune`; empty is unknown and is never guessed.
    `anslag` tells a share that was estimated (from population) from one that follows from the kind of change.
    """

    class Slag(models.TextChoices):
        SAMMENSLAING = "sammenslaing", "Sammenslåing"
        DELING = "deling", "Deling"
        GRENSEJUSTERING = "grensejustering", "Grensejustering"
        NUMMERBYTTE = "nummerbytte", "Nytt nummer"
        NAVNEBYTTE = "navnebytte", "Nytt navn"

    fra_kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="overganger_ut")
    til_kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="overganger_inn")
    fra_nummer = models.CharField(max_length=4)
    til_nummer = models.CharField(max_length=4)
    slag = models.CharField(max_length=20, choices=Slag.choices)
    dato = models.DateField()
    vekt = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    anslag = models.BooleanField(default=False)
    vektkilde = models.CharField(max_length=300, blank=True)
    kilde = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="overgang_en_per_slag_og_dag",
                fields=["fra_nummer", "til_nummer", "slag", "dato"],
                violation_error_message="Overgangen er allerede registrert.",
            ),
            models.CheckConstraint(
                name="overgang_vekt_er_andel",
                condition=Q(vekt__isnull=True) | Q(vekt__gte=0, vekt__lte=1),
                violation_error_message="Vekten er en andel mellom 0 og 1.",
            ),
            models.CheckConstraint(
                name="overgang_slag_kjent",
                condition=Q(
                    slag__in=["sammenslaing", "deling", "grensejustering", "nummerbytte", "navnebytte"]
                ),
                violation_error_message="Ukjent slags overgang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fra_nummer} → {self.til_nummer} {self.dato} ({self.slag})"


class Imdiregion(models.Model):
    """An IMDi region. How many there are, their names and members are data (R002)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    navn = models.CharField(max_length=100)
    sorteringsnavn = models.CharField(max_length=100, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="imdiregion_navn_en_gang",
                fields=["navn"],
                violation_error_message="Regionen finnes allerede.",
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Regionmedlemskap(DatertRad):
    region = models.ForeignKey(Imdiregion, models.PROTECT, related_name="medlemskap")
    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="regionmedlemskap")

    class Meta:
        constraints = [
            _fra_for_til("regionmedlemskap_fra_for_til"),
            _en_om_gangen(
                "regionmedlemskap_en_per_kommune",
                "Kommunen hører allerede til en region i dette tidsrommet.",
                "kommune",
            ),
        ]


class Regionkontakt(DatertRad):
    """Who a municipality writes to, and who signs. Names of signatories live here, dated, and never in code (R003, R004)."""

    region = models.ForeignKey(Imdiregion, models.PROTECT, related_name="kontakter")
    teamnavn = models.CharField(max_length=150)
    epost = models.EmailField()
    telefon = models.CharField(max_length=30, blank=True)
    postadresse = models.CharField(max_length=300, blank=True)
    regiondirektor = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            _fra_for_til("regionkontakt_fra_for_til"),
            _en_om_gangen(
                "regionkontakt_en_per_region",
                "Regionen har allerede en kontakt i dette tidsrommet.",
                "region",
            ),
        ]


class Maalformvedtak(DatertRad):
    """A language form of a municipality or a county: its decision (språklova § 11), its stated wish, or the majority form."""

    class Slag(models.TextChoices):
        VEDTAK = "vedtak", "Vedtak"
        ONSKE = "onske", "Uttrykt ønske"
        FLERTALL = "flertall", "Flertallsform"

    class Form(models.TextChoices):
        BOKMAL = "bokmal", "Bokmål"
        NYNORSK = "nynorsk", "Nynorsk"
        NOYTRAL = "noytral", "Nøytral"

    kommune = models.ForeignKey(Kommune, models.PROTECT, null=True, blank=True, related_name="maalformer")
    fylke = models.ForeignKey(Fylke, models.PROTECT, null=True, blank=True, related_name="maalformer")
    slag = models.CharField(max_length=10, choices=Slag.choices)
    form = models.CharField(max_length=10, choices=Form.choices)

    class Meta:
        constraints = [
            _fra_for_til("maalformvedtak_fra_for_til"),
            models.CheckConstraint(
                name="maalformvedtak_kommune_eller_fylke",
                condition=Q(kommune__isnull=False, fylke__isnull=True) | Q(kommune__isnull=True, fylke__isnull=False),
                violation_error_message="Målformen gjelder enten en kommune eller et fylke.",
            ),
            models.CheckConstraint(
                name="maalformvedtak_onske_er_en_form",
                condition=Q(slag="vedtak") | ~Q(form="noytral"),
                violation_error_message="Et ønske eller et flertall er bokmål eller nynorsk; bare et vedtak kan være nøytralt.",
            ),
            *(
                _en_om_gangen(f"maalformvedtak_ett_{slag}_per_{eier}", "Det finnes allerede en målform i dette tidsrommet.",
                              eier, der=Q(slag=slag, **{f"{eier}__isnull": False}))
                for eier, slag in (("kommune", "vedtak"), ("kommune", "onske"), ("fylke", "vedtak"), ("fylke", "flertall"))
            ),
        ]  # fmt: skip


class Kommuneflagg(DatertRad):
    """A dated fact about a municipality that a rule asks for: host of a reception or care centre (R007), co-operates with one (R008)."""

    class Slag(models.TextChoices):
        VERTSKOMMUNE = "vertskommune", "Vertskommune"
        MOTTAKSSAMARBEID = "mottakssamarbeid", "Samarbeider med mottak"

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="flagg")
    slag = models.CharField(max_length=20, choices=Slag.choices)

    class Meta:
        constraints = [
            _fra_for_til("kommuneflagg_fra_for_til"),
            models.CheckConstraint(
                name="kommuneflagg_slag_kjent",
                condition=Q(slag__in=["vertskommune", "mottakssamarbeid"]),
                violation_error_message="Ukjent merke.",
            ),
            *(
                _en_om_gangen(
                    f"kommuneflagg_ett_{slag}",
                    "Kommunen har allerede merket i dette tidsrommet.",
                    "kommune",
                    der=Q(slag=slag),
                )
                for slag in ("vertskommune", "mottakssamarbeid")
            ),
        ]


class Indikator(models.Model):
    """What is measured: «folketall», «sentralitet». The code is stable and is what rules ask for."""

    kode = models.CharField(max_length=60, unique=True)
    navn = models.CharField(max_length=200)
    enhet = models.CharField(max_length=40)
    beskrivelse = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.kode


class Indikatorverdi(models.Model):
    """One figure with its story (DESIGN 4.3). Never overwritten: a corrected figure replaces it, and both are kept.

    `nivaa` is where it was measured; a municipality that inherits its county's figure has `fylke`.
    `kjent_fra`/`erstattet` are when Bosett knew it, `referansedato` the day it describes.
    """

    indikator = models.ForeignKey(Indikator, models.PROTECT, related_name="verdier")
    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="indikatorverdier")
    verdi = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    tilstand = models.CharField(max_length=15)
    kvalitet = models.CharField(max_length=10)
    nivaa = models.CharField(max_length=10)
    referansedato = models.DateField()
    publisert = models.DateField(null=True, blank=True)
    kilde = models.CharField(max_length=300)
    lisens = models.CharField(max_length=100)
    trykt = models.CharField(max_length=40, blank=True)
    kjent_fra = models.DateTimeField()
    erstattet = models.DateTimeField(null=True, blank=True)

    objects = Kjent.as_manager()

    class Meta:
        indexes = [models.Index(fields=["indikator", "referansedato"], name="indikatorverdi_oppslag")]
        constraints = [
            models.UniqueConstraint(
                name="indikatorverdi_en_gjeldende",
                fields=["kommune", "indikator", "referansedato"],
                condition=Q(erstattet__isnull=True),
                violation_error_message="Kommunen har allerede en gjeldende verdi for denne dagen.",
            ),
            models.CheckConstraint(
                name="indikatorverdi_verdi_naar_tall",
                condition=Q(tilstand="tall", verdi__isnull=False)
                | (~Q(tilstand="tall") & Q(verdi__isnull=True)),
                violation_error_message="Det skal være en verdi når tilstanden er «tall», og ellers ikke.",
            ),
            models.CheckConstraint(
                name="indikatorverdi_kjente_ord",
                condition=Q(
                    tilstand__in=["tall", "skjult", "mangler", "ikke_aktuelt", "ikke_anmodet", "avventer"]
                )
                & Q(kvalitet__in=["endelig", "forelopig", "anslag"])
                & Q(nivaa__in=["kommune", "region", "fylke", "land"]),
                violation_error_message="Ukjent tilstand, kvalitet eller nivå.",
            ),
        ]
