"""Published figures: what was said, by whom, when; never changed, only superseded. Public: no row-level security, SELECT for all.

`erstattet_av` is the time axis of publications: a row was the current one from its own publication until the one named there.
So `gjeldende()` is the figures of now, and `per_utgave(n)` the figures exactly as they stood when publication n was made.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.kilder.tall import Kvalitet, Tilstand
from bosett.statistikk.querysets import Publisert


class Publisering(models.Model):
    """One act of publishing: an imported table, a sent round, or its answers. `id` is the number of the edition («utgave»)."""

    class Slag(models.TextChoices):
        HISTORIKK = "historikk", "Historisk tabell"
        RUNDE = "runde", "Anmodningsrunde"
        VEDTAK = "vedtak", "Kommunenes vedtak"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tid = models.DateTimeField()
    slag = models.CharField(max_length=20, choices=Slag.choices)
    serie = models.CharField(
        max_length=60, help_text="Samme tabell i nye versjoner: en ny versjon erstatter den gamle."
    )
    tittel = models.CharField(max_length=200)
    kilde = models.CharField(max_length=300)
    lisens = models.CharField(max_length=100)
    avtrykk = models.CharField(max_length=64)
    statusdato = models.DateField(
        null=True, blank=True, help_text="Dagen tallene beskriver, når hele tabellen har én."
    )
    demo = models.BooleanField(default=False)
    opplysninger = models.JSONField(default=dict)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    erstattet_av = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="publisering_en_gjeldende_per_serie",
                fields=["serie"],
                condition=Q(erstattet_av__isnull=True),
                violation_error_message="Noen andre publiserte den samme tabellen samtidig.",
            ),
            models.CheckConstraint(
                name="publisering_avtrykk_er_sha256",
                condition=Q(avtrykk__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Avtrykket skal være en SHA-256.",
            ),
            models.CheckConstraint(
                name="publisering_erstattes_av_en_senere",
                condition=Q(erstattet_av__isnull=True) | Q(erstattet_av__gt=F("id")),
                violation_error_message="En publisering erstattes bare av en som er laget senere.",
            ),
        ]

    def __str__(self) -> str:
        return self.tittel


class Publiserttall(models.Model):
    """One published figure about one municipality, in the division of its year. Persons.

    `navn` is as the source printed it (may be empty); `vist_navn`, `fylkenr` and `fylke` are what the register of that day says.
    `trykt` is the cell as printed. `prikket`: hidden by us (1–4 persons), and then the value is not stored here at all.
    """

    publisering = models.ForeignKey(Publisering, models.PROTECT, related_name="+")
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, null=True, blank=True, related_name="+")
    nummer = models.CharField(max_length=4)
    navn = models.CharField(max_length=150, blank=True)
    vist_navn = models.CharField(max_length=150)
    fylkenr = models.CharField(max_length=2)
    fylke = models.CharField(max_length=100)
    aar = models.PositiveSmallIntegerField()
    maal = models.CharField(max_length=30)
    verdi = models.PositiveIntegerField(null=True)
    tilstand = models.CharField(max_length=15)
    kvalitet = models.CharField(max_length=10)
    prikket = models.BooleanField(default=False)
    trykt = models.CharField(max_length=20, blank=True)
    referansedato = models.DateField()
    erstattet_av = models.ForeignKey(Publisering, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Publisert.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="publiserttall_aar",
                fields=["aar", "maal"],
                include=["nummer", "verdi", "tilstand"],
                condition=Q(erstattet_av__isnull=True),
            ),
            models.Index(name="publiserttall_kommune", fields=["kommune", "aar"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="publiserttall_en_gjeldende",
                fields=["nummer", "aar", "maal"],
                condition=Q(erstattet_av__isnull=True),
                violation_error_message="Kommunen har allerede et gjeldende tall for dette året.",
            ),
            models.CheckConstraint(
                name="publiserttall_verdi_naar_tall",
                condition=Q(tilstand="tall", verdi__isnull=False)
                | (~Q(tilstand="tall") & Q(verdi__isnull=True)),
                violation_error_message="Det skal være en verdi når tilstanden er «tall», og ellers ikke.",
            ),
            models.CheckConstraint(
                name="publiserttall_kjente_ord",
                condition=Q(
                    tilstand__in=[t.value for t in Tilstand], kvalitet__in=[k.value for k in Kvalitet]
                ),
                violation_error_message="Ukjent tilstand eller kvalitet.",
            ),
            models.CheckConstraint(
                name="publiserttall_smaa_er_skjult",
                condition=~Q(
                    maal__in=["bosatt", "bosatt_em", "bosatt_kollektiv", "avtalt", "avtalt_kollektiv"]
                )
                | Q(verdi__isnull=True)
                | Q(verdi=0)
                | Q(verdi__gte=5),
                violation_error_message="Antall personer fra 1 til 4 skal ikke publiseres.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.aar} {self.maal}"


class Kontrollsum(models.Model):
    """A sum of a publication, for the country (`fylkenr` empty) or a county: ours, and the printed one when there is one.

    `vaar` is the sum of every cell that has a number in the source, also those we hide. `skjulte` and `mangler` count the
    source's own cells without a number that belong in the sum; `prikket` counts the cells hidden by us.
    """

    publisering = models.ForeignKey(Publisering, models.PROTECT, related_name="+")
    aar = models.PositiveSmallIntegerField()
    maal = models.CharField(max_length=30)
    fylkenr = models.CharField(max_length=2, blank=True)
    fylke = models.CharField(max_length=100, blank=True)
    vaar = models.PositiveIntegerField()
    tall = models.PositiveIntegerField()
    skjulte = models.PositiveIntegerField()
    mangler = models.PositiveIntegerField()
    prikket = models.PositiveIntegerField()
    trykt = models.PositiveIntegerField(null=True)
    trykt_kilde = models.CharField(max_length=300, blank=True)
    referansedato = models.DateField()
    kvalitet = models.CharField(max_length=10)
    erstattet_av = models.ForeignKey(Publisering, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Publisert.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kontrollsum_en_gjeldende",
                fields=["aar", "maal", "fylkenr"],
                condition=Q(erstattet_av__isnull=True),
                violation_error_message="Det finnes allerede en gjeldende sum.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fylke or 'Landet'} {self.aar} {self.maal}"


class Publisertforklaring(models.Model):
    """«Why this number» for one municipality in one sent round, as it was when the letters went out."""

    publisering = models.ForeignKey(Publisering, models.PROTECT, related_name="+")
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, related_name="+")
    nummer = models.CharField(max_length=4)
    aar = models.PositiveSmallIntegerField()
    runde_uuid = models.UUIDField()
    antall = models.PositiveIntegerField()
    em = models.PositiveIntegerField()
    innhold = models.JSONField()
    erstattet_av = models.ForeignKey(Publisering, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Publisert.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="publisertforklaring_en_gjeldende",
                fields=["nummer", "aar"],
                condition=Q(erstattet_av__isnull=True),
                violation_error_message="Kommunen har allerede en gjeldende forklaring for dette året.",
            ),
            models.CheckConstraint(
                name="publisertforklaring_em_i_antall",
                condition=Q(em__lte=F("antall")),
                violation_error_message="Enslige mindreårige kan ikke være flere enn alle kommunen blir bedt om.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.aar}"


class Publisertvedtak(models.Model):
    """One decision of one municipality: the one in force (`erstattet` empty), or one that a later decision replaced.

    Days, never times of day, and no names of persons. `runde` is the number in the year of the request it answered.
    """

    publisering = models.ForeignKey(Publisering, models.PROTECT, related_name="+")
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, related_name="+")
    nummer = models.CharField(max_length=4)
    aar = models.PositiveSmallIntegerField()
    nr = models.PositiveSmallIntegerField()
    runde = models.PositiveSmallIntegerField()
    antall = models.PositiveIntegerField()
    em = models.PositiveIntegerField()
    organ = models.CharField(max_length=20)
    organ_navn = models.CharField(max_length=100, blank=True)
    motedato = models.DateField()
    innsendt = models.DateField()
    etter_frist = models.BooleanField()
    erstattet = models.DateField(null=True)
    erstattet_av = models.ForeignKey(Publisering, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Publisert.as_manager()

    class Meta:
        indexes = [models.Index(name="publisertvedtak_kommune", fields=["kommune", "aar"])]
        constraints = [
            models.UniqueConstraint(
                name="publisertvedtak_ett_nummer",
                fields=["nummer", "aar", "nr"],
                condition=Q(erstattet_av__isnull=True),
                violation_error_message="Vedtaket er allerede publisert.",
            ),
            models.CheckConstraint(
                name="publisertvedtak_em_i_antall",
                condition=Q(em__lte=F("antall")),
                violation_error_message="Enslige mindreårige kan ikke være flere enn alle kommunen har sagt ja til.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.aar}, vedtak {self.nr}"


class Publisertgrunnlag(models.Model):
    """The facts and choices a sent round was computed from, so that anyone can compute it again.

    `tabell` is the table `./bosett anmodning beregn` reads; `opphav` is (source, quality) by column; `parametre` as
    `anmodning.rules.forsok.parametre_fra` reads them.
    """

    publisering = models.OneToOneField(Publisering, models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField()
    tabell = models.TextField()
    opphav = models.JSONField()
    parametre = models.JSONField()

    def __str__(self) -> str:
        return f"Grunnlaget for {self.aar}"
