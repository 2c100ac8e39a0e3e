"""Files in and out, documents in versions, dispatches with receipts, and archive packages."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from bosett.dokument.rules.filavslag import MAKS_BYTES
from bosett.dokument.rules.filtype import FILTYPER
from bosett.grunn.klokke import naa

MAKS_PAKKE = 200 * 1024 * 1024
"""An archive package may hold several files."""


class Fil(models.Model):
    """Bytes, kept in the database so that file and row are one transaction. Never changed; the same bytes are one row."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64)
    medietype = models.CharField(max_length=100)
    storrelse = models.PositiveIntegerField()
    innhold = models.BinaryField()
    opprettet = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="fil_ett_innhold", fields=["sha256"], violation_error_message="Filen er allerede lagret."
            ),
            models.CheckConstraint(
                name="fil_storrelse",
                condition=Q(storrelse__gt=0, storrelse__lte=MAKS_BYTES)
                | Q(storrelse__gt=0, storrelse__lte=MAKS_PAKKE, medietype="application/zip"),
                violation_error_message="Filen er tom eller større enn 25 MB.",
            ),
        ]


class Nummerserie(models.Model):
    """The last document number given in a year."""

    intern = "a counter; users see the number on the document"
    aar = models.PositiveSmallIntegerField(primary_key=True)
    siste = models.PositiveIntegerField()


class Dokument(models.Model):
    """One version of one document. The versions of a document share `serie` and number.

    `godkjent_navn`, `godkjent_rolle` and `godkjent_tid` are frozen as text, so a later change of name or role leaves them.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    serie = models.UUIDField(default=uuid4, editable=False)
    versjon = models.PositiveSmallIntegerField(default=1)
    erstatter = models.ForeignKey("self", models.PROTECT, null=True, related_name="erstattet_av")
    nokkel = models.CharField(max_length=100, null=True)
    slag = models.CharField(max_length=40)
    tittel = models.CharField(max_length=300)
    spraak = models.CharField("språk", max_length=2, choices=[("nb", "Bokmål"), ("nn", "Nynorsk")])
    tilstand = models.CharField(max_length=12)
    innhold = models.JSONField()
    avtrykk = models.CharField(max_length=64)
    fil = models.ForeignKey(Fil, models.PROTECT, null=True, related_name="+")
    opprettet = models.DateTimeField(default=naa, editable=False)
    opprettet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    godkjent_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    godkjent_navn = models.CharField(max_length=200, blank=True)
    godkjent_rolle = models.CharField(max_length=200, blank=True)
    godkjent_tid = models.DateTimeField(null=True)
    sendt_tid = models.DateTimeField(null=True)
    # Register metadata (arkivforskriften 2025 §§ 14–15)
    aar = models.PositiveSmallIntegerField("år")
    nummer = models.PositiveIntegerField()
    saksreferanse = models.CharField(max_length=200)
    motpart = models.ForeignKey("aktor.Organisasjon", models.PROTECT, null=True, related_name="+")
    retning = models.CharField(max_length=8, choices=[("ut", "Ut"), ("inn", "Inn"), ("internt", "Internt")])
    dato = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dokument_en_versjon",
                fields=["serie", "versjon"],
                violation_error_message="Noen andre laget en ny versjon samtidig.",
            ),
            models.UniqueConstraint(
                name="dokument_ett_utkast",
                fields=["serie"],
                condition=Q(tilstand="utkast"),
                violation_error_message="Det finnes allerede et utkast til ny versjon av brevet.",
            ),
            models.UniqueConstraint(
                name="dokument_en_gjeldende",
                fields=["serie"],
                condition=Q(tilstand__in=["godkjent", "sendt"]),
                violation_error_message="Bare én versjon av et brev kan gjelde.",
            ),
            models.UniqueConstraint(
                name="dokument_ett_nummer",
                fields=["aar", "nummer", "versjon"],
                violation_error_message="Dokumentnummeret er allerede brukt.",
            ),
            models.UniqueConstraint(
                name="dokument_en_per_nokkel",
                fields=["nokkel"],
                violation_error_message="Brevet er allerede laget.",
            ),
            models.CheckConstraint(
                name="dokument_tilstand",
                condition=Q(tilstand__in=["utkast", "godkjent", "sendt", "erstattet"]),
                violation_error_message="Ukjent tilstand.",
            ),
            models.CheckConstraint(
                name="dokument_godkjent_har_fil_og_godkjenner",
                condition=Q(tilstand="utkast")
                | Q(fil__isnull=False, godkjent_av__isnull=False, godkjent_tid__isnull=False)
                & ~Q(godkjent_navn="")
                & ~Q(godkjent_rolle=""),
                violation_error_message="Et godkjent brev må ha en fil og en godkjenner med navn, rolle og tid.",
            ),
            models.CheckConstraint(
                name="dokument_sendt_er_godkjent",
                condition=Q(sendt_tid__isnull=True) & ~Q(tilstand="sendt")
                | Q(sendt_tid__isnull=False, godkjent_tid__isnull=False, tilstand__in=["sendt", "erstattet"]),
                violation_error_message="Et brev må være godkjent før det sendes.",
            ),
            models.CheckConstraint(
                name="dokument_fire_oyne",
                condition=Q(godkjent_av__isnull=True)
                | Q(opprettet_av__isnull=True)
                | ~Q(godkjent_av=F("opprettet_av")),
                violation_error_message="En annen enn den som laget brevet, må godkjenne det.",
            ),
            models.CheckConstraint(
                name="dokument_inn_er_registrert",
                condition=~Q(retning="inn")
                | Q(motpart__isnull=False, opprettet_av__isnull=True, tilstand__in=["sendt", "erstattet"]),
                violation_error_message="Et dokument som kommer inn, har en avsender og er registrert med en gang.",
            ),
        ]
        indexes = [models.Index(fields=["subjekt", "-opprettet"], name="dokument_per_subjekt")]

    def __str__(self) -> str:
        return f"{self.dokumentnummer} {self.tittel}"

    @property
    def dokumentnummer(self) -> str:
        """«2026/15», and «2026/15-2» from the second version on."""
        return f"{self.aar}/{self.nummer}" + (f"-{self.versjon}" if self.versjon > 1 else "")


class Innfil(models.Model):
    """A file somebody has brought: kept apart until its content has been looked at, then released or refused for good.

    `navn` is cleaned, with the ending of its content. `viruskontroll` is when a scanner found nothing; empty: not scanned.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    fil = models.ForeignKey(Fil, models.PROTECT, related_name="+")
    navn = models.CharField(max_length=150)
    medietype = models.CharField(max_length=100)
    tilstand = models.CharField(max_length=12)
    grunn = models.CharField(max_length=20, blank=True)
    lastet_opp = models.DateTimeField(default=naa, editable=False)
    lastet_opp_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    kontrollert = models.DateTimeField(null=True)
    viruskontroll = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="innfil_en_gang",
                fields=["subjekt", "organisasjon", "fil"],
                condition=Q(tilstand__in=["karantene", "frigitt"]),
                violation_error_message="Filen er allerede lastet opp.",
            ),
            models.CheckConstraint(
                name="innfil_kontrollert_en_gang",
                condition=Q(tilstand="karantene", kontrollert__isnull=True, viruskontroll__isnull=True)
                | Q(tilstand__in=["frigitt", "avvist"], kontrollert__isnull=False),
                violation_error_message="En fil er i karantene til den er kontrollert.",
            ),
            models.CheckConstraint(
                name="innfil_avvist_har_grunn",
                condition=Q(tilstand="avvist") & ~Q(grunn="") | ~Q(tilstand="avvist") & Q(grunn=""),
                violation_error_message="En fil som er avvist, må ha en grunn.",
            ),
            models.CheckConstraint(
                name="innfil_medietype",
                condition=Q(medietype__in=list(FILTYPER)),
                violation_error_message="Filtypen kan ikke tas imot.",
            ),
        ]
        indexes = [models.Index(fields=["subjekt", "lastet_opp"], name="innfil_per_subjekt")]

    def __str__(self) -> str:
        return self.navn


class Dokumentvedlegg(models.Model):
    """A file that came with a document. Written with the document and never changed."""

    intern = "the link between a document and the files that came with it; users see the files on the document's page"
    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="vedlegg")
    innfil = models.ForeignKey(Innfil, models.PROTECT, related_name="+")
    nr = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dokumentvedlegg_ett_nummer",
                fields=["dokument", "nr"],
                violation_error_message="To vedlegg kan ikke ha samme nummer.",
            ),
            models.UniqueConstraint(
                name="dokumentvedlegg_en_gang",
                fields=["dokument", "innfil"],
                violation_error_message="Filen er allerede vedlegg til dokumentet.",
            ),
        ]


class Forsendelse(models.Model):
    """One document to one recipient in one channel, with its receipt. The address is an organisation's, never a person's."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="forsendelser")
    mottaker = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    kanal = models.CharField(max_length=10, choices=[("fil", "Fil"), ("epost", "E-post")])
    adresse = models.CharField(max_length=254, blank=True)
    tilstand = models.CharField(max_length=10)
    message_id = models.CharField(max_length=200)
    kvittering = models.JSONField(default=dict)
    forsok = models.PositiveSmallIntegerField(default=0)
    opprettet = models.DateTimeField(default=naa, editable=False)
    levert_tid = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="forsendelse_en_per_kanal",
                fields=["dokument", "mottaker", "kanal"],
                violation_error_message="Brevet er allerede sendt til mottakeren i denne kanalen.",
            ),
            models.UniqueConstraint(
                name="forsendelse_en_message_id",
                fields=["message_id"],
                violation_error_message="To forsendelser kan ikke ha samme meldings-id.",
            ),
            models.CheckConstraint(
                name="forsendelse_levert_har_kvittering",
                condition=Q(tilstand="levert", levert_tid__isnull=False) & ~Q(kvittering={})
                | Q(tilstand__in=["venter", "feilet"], levert_tid__isnull=True),
                violation_error_message="En levert forsendelse må ha kvittering og tid.",
            ),
        ]


class Arkivpakke(models.Model):
    """The archive package of one document: PDF, files that came with it, register metadata and manifest in one file.

    The newest `nr` holds; there is a second one only when a file was released after the first was made.
    """

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="arkivpakker")
    nr = models.PositiveSmallIntegerField(default=1)
    fil = models.ForeignKey(Fil, models.PROTECT, related_name="+")
    opprettet = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="arkivpakke_ett_nummer",
                fields=["dokument", "nr"],
                violation_error_message="Noen andre laget en arkivpakke samtidig.",
            )
        ]
