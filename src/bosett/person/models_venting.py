"""Who owns each waiting day of a household, and the days somebody has decided belong to another."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from bosett.grunn.klokke import naa

_SAMME = Func(F("husholdning_id"), F("husholdning_id"), Value("[]"), function="int8range")
_DAGER = Func(F("fra"), F("til"), function="daterange")


class Ventetid(models.Model):
    """Days from `fra` to (not including) `til` with one owner and one reason; `til` empty: until further notice.

    Derived (`rules.venting`), also ahead: a permit that runs out next year opens a stretch there. Owner, reason and event are codes of
    `satser/ventedager.yaml`. The rows of a household follow each other without a gap from its `venter_fra`.
    """

    husholdning = models.ForeignKey("person.Husholdning", models.CASCADE, related_name="ventetid")
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    eier = models.CharField(max_length=10)
    grunn = models.CharField(max_length=30)
    hendelse = models.CharField(max_length=30)
    """What opened the stretch."""
    retting = models.ForeignKey(
        "person.Ventedagretting", models.CASCADE, null=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ventetid_periode",
                condition=Q(til__isnull=True) | Q(til__gt=F("fra")),
                violation_error_message="Ventetiden kan ikke slutte før den begynner.",
            ),
            # No btree_gist: the household becomes a range of one number.
            ExclusionConstraint(
                name="ventetid_en_eier_om_dagen",
                expressions=[(_SAMME, RangeOperators.OVERLAPS), (_DAGER, RangeOperators.OVERLAPS)],
                index_type="GIST",
                violation_error_message="En ventedag har én eier.",
            ),
        ]


class Ventedagretting(models.Model):
    """An adviser has decided that a stretch of days belongs to another owner or reason. Kept also when it is taken back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    husholdning = models.ForeignKey("person.Husholdning", models.CASCADE, related_name="ventedagrettinger")
    fra = models.DateField()
    til = models.DateField()
    """The first day that is not part of it."""
    eier = models.CharField(max_length=10)
    grunn = models.CharField(max_length=30)
    begrunnelse = models.CharField(max_length=500)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket = models.DateTimeField(null=True, blank=True)
    trukket_hvorfor = models.CharField(max_length=500, blank=True)
    trukket_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ventedagretting_periode",
                condition=Q(til__gt=F("fra")),
                violation_error_message="En retting kan ikke slutte før den begynner.",
            ),
            models.CheckConstraint(
                name="ventedagretting_begrunnet",
                condition=~Q(begrunnelse=""),
                violation_error_message="En retting av ventedager må ha en begrunnelse.",
            ),
            models.CheckConstraint(
                name="ventedagretting_trukket_har_grunn",
                condition=Q(trukket__isnull=True, trukket_hvorfor="")
                | Q(trukket__isnull=False) & ~Q(trukket_hvorfor=""),
                violation_error_message="En retting som er trukket, må ha en grunn.",
            ),
        ]
        indexes = [
            models.Index(fields=["husholdning"], condition=Q(trukket=None), name="ventedagretting_gjelder")
        ]
