"""Temporary passwords, who looks after an account, public keys of memberships, and many municipalities per county."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _nokkel() -> models.UUIDField:
    return models.UUIDField(
        db_default=django.contrib.postgres.functions.RandomUUID(),
        default=uuid.uuid4,
        editable=False,
        unique=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("aktor", "0002_radsikkerhet"),
        ("geografi", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("organisasjon", "organisasjon_ett_fylke_per_slag"),
        migrations.AddConstraint(
            "organisasjon",
            models.UniqueConstraint(
                condition=models.Q(slag__in=["fylkeskommune", "statsforvalter"]),
                fields=("slag", "fylke"),
                name="organisasjon_ett_fylke_per_slag",
                violation_error_message="Fylket har allerede en slik organisasjon.",
            ),
        ),
        migrations.RemoveConstraint("vikariat", "vikariat_periode"),
        migrations.AddConstraint(
            "vikariat",
            models.CheckConstraint(
                condition=models.Q(til__gte=models.F("fra")),
                name="vikariat_periode",
                violation_error_message="Vikarperioden kan ikke slutte før den begynner.",
            ),
        ),
        migrations.AddField("bruker", "maa_bytte_passord", models.BooleanField(default=False)),
        migrations.AddField(
            "bruker",
            "styres_av",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aktor.organisasjon",
            ),
        ),
        migrations.AddField("medlemskap", "uuid", _nokkel()),
        migrations.AddField("vikariat", "uuid", _nokkel()),
    ]
