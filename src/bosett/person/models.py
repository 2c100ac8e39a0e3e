"""Persons and households, with names, numbers, members, relations and guardians over time. Nothing here acts."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa
from bosett.person.models_dubletter import Dublett as Dublett
from bosett.person.models_dubletter import Sammenslaaing as Sammenslaaing
from bosett.person.models_em import Emgrunnlag as Emgrunnlag
from bosett.person.models_mottak import Mottak as Mottak
from bosett.person.models_mottak import Mottaksopphold as Mottaksopphold
from bosett.person.models_mottak import Mottakstillatelse as Mottakstillatelse
from bosett.person.models_opphold import Lop as Lop
from bosett.person.models_opphold import Opphold as Opphold
from bosett.person.models_opphold import Privatsoknad as Privatsoknad
from bosett.person.models_opphold import Selvbosetting as Selvbosetting
from bosett.person.models_samtykke import Samtykke as Samtykke
from bosett.person.models_sletting import Sletting as Sletting
from bosett.person.models_venting import Ventedagretting as Ventedagretting
from bosett.person.models_venting import Ventetid as Ventetid
from bosett.person.rules.fravaer import Utgang
from bosett.person.rules.skjerming import GRADER
from bosett.person.tidsrad import Tidsrad


class Husholdning(models.Model):
    """Those who are settled together. Shares, ledger, documents, tasks and threads point to its subject."""

    class Slutt(models.TextChoices):
        BOSATT = "bosatt", "Bosatt"
        TRUKKET = "trukket", "Søknaden er trukket"
        UTREIST = "utreist", "Reist ut"
        DOD = "dod", "Død"
        SLAATT_SAMMEN = "slaatt_sammen", "Slått sammen med en annen"
        FLYTTET = "flyttet", "Alle har fått en annen sak"

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    udi_sak = models.CharField(max_length=40, blank=True)
    """UDI's reference of the case the household came with; empty when it came by an application to IMDi."""
    apnet = models.DateField()
    """The day the preparation began: arrival at a centre, or the application (R158)."""
    avsluttet = models.DateField(null=True, blank=True)
    slutt = models.CharField(max_length=20, choices=Slutt.choices, blank=True)
    lop = models.CharField(max_length=30, blank=True)
    """The track it is on now (`states.LOP`), kept here for lists; `Lop` holds when and why."""
    ansvar = models.CharField(max_length=20, default="imdi")
    """Who finds the municipality: `imdi`, or `bufetat` for minors in a care centre."""
    antall = models.PositiveSmallIntegerField(default=0)
    klar_fra = models.DateField(null=True, blank=True)
    klar_til = models.DateField(null=True, blank=True)
    """The days it can be settled, as far as is known now: derived by `rules.klar` at each event, never written otherwise."""
    mangler = models.JSONField(default=list)
    """Codes of what is missing before it is ready (`rules.klar`)."""
    venter_fra = models.DateField(null=True, blank=True, editable=False)
    """The first permit in the household; it has waited since. With the three below derived by `rules.venting`, and kept for lists."""
    venter_til = models.DateField(null=True, blank=True, editable=False)
    """The day the wait was over (settled, ended, settled on their own); empty while it lasts."""
    tillatt = models.DateField(null=True, blank=True, editable=False)
    """The first day everybody who belonged to it had a permit."""
    maal = models.DateField(null=True, blank=True, editable=False)
    """The last day within the target for settlement (R086)."""
    opprettet = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="husholdning_en_per_udi_sak",
                fields=["udi_sak"],
                condition=~Q(udi_sak=""),
                violation_error_message="UDI-saken er allerede en husholdning.",
            ),
            models.CheckConstraint(
                name="husholdning_slutt_har_grunn",
                condition=Q(avsluttet__isnull=True, slutt="") | Q(avsluttet__isnull=False) & ~Q(slutt=""),
                violation_error_message="En husholdning som er avsluttet, må ha en grunn.",
            ),
            models.CheckConstraint(
                name="husholdning_klar_uten_mangler",
                condition=Q(klar_fra__isnull=True) | Q(mangler=[]),
                violation_error_message="En husholdning er ikke klar så lenge noe mangler.",
            ),
        ]
        indexes = [
            models.Index(fields=["klar_fra"], condition=Q(avsluttet=None), name="husholdning_klar"),
            models.Index(fields=["apnet", "subjekt"], condition=Q(avsluttet=None), name="husholdning_apne"),
            models.Index(fields=["lop", "apnet"], condition=Q(avsluttet=None), name="husholdning_lop"),
            models.Index(fields=["venter_fra"], condition=Q(avsluttet=None), name="husholdning_venter"),
            models.Index(fields=["maal"], condition=Q(avsluttet=None), name="husholdning_maal"),
        ]

    @property
    def saksnummer(self) -> str:
        """What people say to each other: «H 1204». Never a number of a person."""
        return f"H {self.pk}"


class Person(models.Model):
    """A synthetic or real human being of the chain. Facts that change have tables of their own; here stands what is so now."""

    class Kjonn(models.TextChoices):
        KVINNE = "kvinne", "Kvinne"
        MANN = "mann", "Mann"
        UKJENT = "ukjent", "Ikke oppgitt"

    class Familieslag(models.TextChoices):
        GJENFORENING = "gjenforening", "Familiegjenforening"
        ETABLERING = "etablering", "Familieetablering"

    class Sperre(models.TextChoices):
        INGEN = "", "Ingen"
        FORTROLIG = "fortrolig", "Fortrolig adresse"
        STRENGT = "strengt_fortrolig", "Strengt fortrolig adresse"
        KLIENT = "klientadresse", "Klientadresse"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    husholdning = models.ForeignKey(Husholdning, models.PROTECT, related_name="personer")
    rolle = models.CharField(max_length=20)
    """In the household now; `Medlem` holds the history."""
    navn = models.CharField(max_length=200)
    """First and last name in Latin letters, as the register writes it; `Navn` holds all names."""
    sorteringsnavn = models.CharField(max_length=200, db_index=True)
    fodt = models.DateField("fødselsdato")
    kjonn = models.CharField("kjønn", max_length=10, choices=Kjonn.choices, default=Kjonn.UKJENT)
    statsborgerskap = models.CharField(max_length=3, blank=True)
    """ISO 3166-1 alpha-3; XXX stateless."""
    spraak = models.JSONField("språk", default=list)
    """Languages by ISO 639-3 code, the mother tongue first."""
    tolkespraak = models.CharField("tolkespråk", max_length=3, blank=True)
    """The language of the interpreter; empty while nobody has said that one is needed."""
    adressesperre = models.CharField(max_length=20, choices=Sperre.choices, blank=True)
    enslig_mindrearig = models.BooleanField("enslig mindreårig", default=False)
    dod = models.DateField("død", null=True, blank=True)
    familieslag = models.CharField(max_length=20, choices=Familieslag.choices, blank=True)
    """Which of the two kinds of family immigration she came by (`rules.familie`); empty for those who came otherwise (R327)."""
    ute = models.DateField(null=True, blank=True)
    """Left the chain: withdrew the application or the country. Empty while here, also for one who has come back."""
    tilbake = models.DateField(null=True, blank=True)
    """The day she was back after having left; what she had before (a place at a centre, an application) holds no longer."""
    samme_som = models.ForeignKey("self", models.CASCADE, null=True, editable=False, related_name="+")
    """Registered twice: this row is only a sign that points to the one that stands (`services.dubletter`). Hidden in lists."""
    meldt = models.JSONField(default=dict)
    """What the source said that no column holds: `slag` and `em` of the arrival, `rettet`, `utganger` (all exits that were told),
    `ute_grunn`, and for `ankomst`, `fodt`, `dod` and `sperre` the number of the message the fact stands on, so that an older one that
    comes late does not take it back."""
    opprettet = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_dod_etter_fodt",
                condition=Q(dod__isnull=True) | Q(dod__gte=F("fodt")),
                violation_error_message="Dødsdatoen kan ikke være før fødselsdatoen.",
            ),
            models.CheckConstraint(
                name="person_ikke_samme_som_seg_selv",
                condition=Q(samme_som__isnull=True) | ~Q(samme_som=F("id")),
                violation_error_message="En person kan ikke slås sammen med seg selv.",
            ),
            models.CheckConstraint(
                name="person_familie_har_slag",
                condition=~Q(meldt__slag="familie") | ~Q(familieslag=""),
                violation_error_message="En familieinnvandring er gjenforening eller etablering.",
            ),
        ]
        indexes = [models.Index(fields=["fodt"], name="person_fodt")]

    @property
    def skjermet(self) -> bool:
        """The address is protected (`rules.skjerming` says what that hides)."""
        return self.adressesperre in GRADER

    @property
    def rettet(self) -> date | None:
        """The day it was told that the date of birth had been wrong."""
        dag = self.meldt.get("rettet")
        return date.fromisoformat(dag) if dag else None

    @rettet.setter
    def rettet(self, dag: date | None) -> None:
        self._meld("rettet", dag.isoformat() if dag else "")

    @property
    def ute_grunn(self) -> str:
        """Why she left the chain: `trukket`, `utreist`; empty while nobody has said."""
        return str(self.meldt.get("ute_grunn", ""))

    @ute_grunn.setter
    def ute_grunn(self, grunn: str) -> None:
        self._meld("ute_grunn", grunn)

    @property
    def utganger(self) -> list[Utgang]:
        """Every time it was told that she left the chain."""
        return [
            Utgang(nr, date.fromisoformat(dag), grunn) for nr, dag, grunn in self.meldt.get("utganger", ())
        ]

    @utganger.setter
    def utganger(self, alle: list[Utgang]) -> None:
        self.meldt["utganger"] = [[ut.nr, ut.dag.isoformat(), ut.grunn] for ut in alle]

    def _meld(self, felt: str, verdi: str) -> None:
        self.meldt.pop(felt, None)
        if verdi:
            self.meldt[felt] = verdi


class Sokeord(models.Model):
    """A word one may search a person by. Comparisons are leakproof, so the index works under row-level security."""

    intern = "made from names; shown nowhere"
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    ord = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["ord", "person"], name="sokeord_ord")]


class Navn(Tidsrad):
    """A name in one script (ISO 15924: Latn, Arab, Cyrl, Ethi …)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="navneliste")
    skrift = models.CharField(max_length=4, default="Latn")
    fornavn = models.CharField(max_length=120)
    etternavn = models.CharField(max_length=120, blank=True)

    class Meta(Tidsrad.Meta):
        pass


class Nummer(Tidsrad):
    """An identity number: it stays the person's for ever, also when another one is used now."""

    class Slag(models.TextChoices):
        DUF = "duf", "DUF-nummer"
        FNR = "fnr", "Fødselsnummer"
        DNR = "dnr", "D-nummer"

    person = models.ForeignKey(Person, models.CASCADE, related_name="numre")
    slag = models.CharField(max_length=5, choices=Slag.choices)
    nummer = models.CharField(max_length=12)

    class Meta(Tidsrad.Meta):
        constraints = [
            *Tidsrad.Meta.constraints,
            models.UniqueConstraint(
                name="nummer_tilhorer_en",
                fields=["slag", "nummer"],
                condition=Q(kjent_til=None),
                violation_error_message="Nummeret tilhører en annen person.",
            ),
        ]
        indexes = [models.Index(fields=["nummer"], name="nummer_sok")]


class Medlem(Tidsrad):
    """A person belongs to a household."""

    class Rolle(models.TextChoices):
        HOVED = "hoved", "Søker"
        EKTEFELLE = "ektefelle", "Ektefelle"
        SAMBOER = "samboer", "Samboer"
        BARN = "barn", "Barn"
        FOLGEPERSON = "folgeperson", "Følgeperson"
        ANNEN = "annen", "Annen slektning"

    person = models.ForeignKey(Person, models.CASCADE, related_name="medlemskap")
    husholdning = models.ForeignKey(Husholdning, models.PROTECT, related_name="+")
    rolle = models.CharField(max_length=20, choices=Rolle.choices)

    class Meta(Tidsrad.Meta):
        pass


class Relasjon(Tidsrad):
    """`person` is the `slag` of `til_person`, from a day: spouse, cohabitant, parent, sibling, companion of a minor …"""

    class Slag(models.TextChoices):
        EKTEFELLE = "ektefelle", "Ektefelle"
        SAMBOER = "samboer", "Samboer"
        FORELDER = "forelder", "Forelder"
        SOSKEN = "sosken", "Søsken"
        TANTE_ONKEL = "tante_onkel", "Tante eller onkel"
        BESTEFORELDER = "besteforelder", "Besteforelder"
        ANNEN = "annen", "Annen slektning"

    person = models.ForeignKey(Person, models.CASCADE, related_name="relasjoner")
    til_person = models.ForeignKey(Person, models.CASCADE, related_name="relasjoner_til")
    slag = models.CharField(max_length=20, choices=Slag.choices)
    folgeperson = models.BooleanField("følgeperson", default=False)
    """Came with the unaccompanied minor `til_person`, without being a parent (R028)."""

    class Meta(Tidsrad.Meta):
        constraints = [
            *Tidsrad.Meta.constraints,
            models.CheckConstraint(
                name="relasjon_mellom_to",
                condition=~Q(person=F("til_person")),
                violation_error_message="En person kan ikke være i slekt med seg selv.",
            ),
        ]


class Verge(Tidsrad):
    """The guardian of an unaccompanied minor. Gets a copy of the decision on municipality."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="verger")
    navn = models.CharField(max_length=200)
    telefon = models.CharField(max_length=20, blank=True)
    epost = models.EmailField(blank=True)

    class Meta(Tidsrad.Meta):
        pass
