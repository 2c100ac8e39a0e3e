"""Requests for the first administrator of a municipality: only IMDi reads them; the public adds through the system."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from bosett.tilgang.rls import NASJONAL, RadSikkerhet


class Migration(migrations.Migration):
    dependencies = [
        ("aktor", "0003_passord_og_nokler"),
        ("brukere", "0001_initial"),
        ("tilgang", "0002_radsikkerhet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Soknadsteller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dag", models.DateField()),
                ("avtrykk", models.CharField(max_length=64)),
                ("antall", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dag", "avtrykk"),
                        name="soknadsteller_en_per_dag",
                        violation_error_message="Avsenderen er allerede telt i dag.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tilgangssoknad",
            fields=[
                (
                    "subjekt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="tilgang.subjekt",
                    ),
                ),
                ("referanse", models.CharField(max_length=12, unique=True)),
                ("tilstand", models.CharField(default="ny", max_length=10)),
                ("sendt", models.DateTimeField()),
                ("navn", models.CharField(blank=True, max_length=200)),
                ("epost", models.EmailField(blank=True, max_length=254)),
                ("stilling", models.CharField(blank=True, max_length=120)),
                ("bekrefter", models.CharField(blank=True, max_length=200)),
                ("bekrefter_telefon", models.CharField(blank=True, max_length=20)),
                ("behandlet", models.DateTimeField(null=True)),
                ("slettet", models.DateTimeField(null=True)),
                (
                    "behandlet_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "bruker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisasjon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="aktor.organisasjon"
                    ),
                ),
                (
                    "sokt_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tilstand", "ny")),
                        fields=("organisasjon", "epost"),
                        name="tilgangssoknad_en_apen",
                        violation_error_message="Søknaden er allerede sendt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("behandlet__isnull", True), ("tilstand", "ny")),
                            models.Q(
                                models.Q(("tilstand", "ny"), _negated=True), ("behandlet__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="tilgangssoknad_behandlet",
                        violation_error_message="En søknad er behandlet fra et tidspunkt, ellers venter den.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bruker__isnull", False), ("tilstand", "godkjent")),
                            models.Q(
                                models.Q(("tilstand", "godkjent"), _negated=True), ("bruker__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="tilgangssoknad_godkjent_har_bruker",
                        violation_error_message="Bare en søknad som er godkjent, har gitt noen en bruker.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slettet__isnull", True),
                            models.Q(
                                ("bekrefter", ""),
                                ("bekrefter_telefon", ""),
                                ("epost", ""),
                                ("navn", ""),
                                ("stilling", ""),
                                models.Q(("tilstand", "ny"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="tilgangssoknad_slettet_er_tom",
                        violation_error_message="Når opplysningene om søkeren er slettet, er feltene tomme.",
                    ),
                ],
            },
        ),
        RadSikkerhet("brukere_tilgangssoknad", NASJONAL),
        RadSikkerhet("brukere_soknadsteller", NASJONAL),
    ]
