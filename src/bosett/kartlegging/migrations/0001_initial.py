"""What a person has told, seen with the person. Health, religion and ethnic background are seen by those who map her (their share
follows from where she is), and health by a municipality only with the grade that rests on her consent."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bosett.grunn.klokke
from bosett.tilgang.rls import PERSONER, RadSikkerhet, egen_organisasjon

_SER = "EXISTS (SELECT 1 FROM person_person p WHERE p.id = person_id)"
_SAERLIG = (
    "EXISTS (SELECT 1 FROM tilgang_deling d JOIN person_person p ON p.husholdning_id = d.subjekt_id"
    f" WHERE p.id = person_id AND {egen_organisasjon('d.organisasjon_id')}"
    " AND (d.hvorfor IN ('person.plasser', 'person.ansvar') OR (kategori = 'helse' AND d.grad = 'helse'))"
    " AND d.fra <= now() AND (d.til IS NULL OR now() < d.til))"
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("person", "0006_familieslag_og_apne"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kartlegging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("skjemaversjon", models.PositiveSmallIntegerField()),
                ("tilstand", models.CharField(default="utkast", max_length=10)),
                ("spraak", models.CharField(blank=True, max_length=3, verbose_name="språk")),
                ("registrert", models.DateTimeField(default=bosett.grunn.klokke.naa, editable=False)),
                ("fullfort", models.DateTimeField(blank=True, null=True, verbose_name="fullført")),
                (
                    "fullfort_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
                    ),
                ),
                (
                    "registrert_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Kartleggingssvar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fra", models.DateField()),
                ("til", models.DateField(blank=True, null=True)),
                ("kjent_fra", models.DateTimeField(default=bosett.grunn.klokke.naa, editable=False)),
                ("kjent_til", models.DateTimeField(blank=True, null=True)),
                ("kilde", models.CharField(max_length=20)),
                ("kilde_nr", models.PositiveBigIntegerField(default=0)),
                ("hvorfor", models.CharField(blank=True, max_length=200)),
                ("felt", models.CharField(max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("svar", "Svart"),
                            ("vil_ikke", "Vil ikke svare"),
                            ("vet_ikke", "Vet ikke"),
                            ("tom", "Ikke svart"),
                        ],
                        max_length=10,
                    ),
                ),
                ("verdi", models.JSONField(null=True)),
                ("kategori", models.CharField(blank=True, max_length=20)),
                ("side", models.CharField(blank=True, max_length=36)),
                (
                    "kartlegging",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="svarene",
                        to="kartlegging.kartlegging",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
                    ),
                ),
                (
                    "registrert_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "samtykke",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="person.samtykke",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Intervju",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("holdt", models.DateField()),
                (
                    "maate",
                    models.CharField(
                        choices=[
                            ("oppmote", "I samme rom"),
                            ("video", "På video"),
                            ("telefon", "På telefon"),
                        ],
                        max_length=10,
                        verbose_name="måte",
                    ),
                ),
                ("tolkebehov", models.CharField(choices=[("ja", "Ja"), ("nei", "Nei")], max_length=3)),
                ("spraak", models.CharField(blank=True, max_length=3, verbose_name="språk")),
                ("tolk_bestilt", models.BooleanField(null=True)),
                ("tolk_mott", models.BooleanField(null=True, verbose_name="tolken møtte")),
                ("tolk_kvalitet", models.PositiveSmallIntegerField(null=True)),
                ("tolkesjekk", models.JSONField(default=list)),
                ("egne_ord", models.TextField(blank=True)),
                ("fortalt", models.TextField(blank=True)),
                ("fortalt_spraak", models.CharField(blank=True, max_length=3)),
                ("versjon", models.PositiveIntegerField(default=1)),
                ("side", models.CharField(max_length=36)),
                ("registrert", models.DateTimeField(default=bosett.grunn.klokke.naa, editable=False)),
                ("endret", models.DateTimeField(default=bosett.grunn.klokke.naa)),
                (
                    "konsulent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
                    ),
                ),
                (
                    "registrert_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("person"),
                        models.OrderBy(models.F("holdt"), descending=True),
                        name="intervju_per_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tolkebehov__in", ("ja", "nei"))),
                        name="intervju_tolk_er_besvart",
                        violation_error_message="Svar på om personen trenger tolk.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tolkebehov", "nei"),
                            models.Q(
                                ("tolk_bestilt__isnull", False), models.Q(("spraak", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="intervju_tolk_har_spraak",
                        violation_error_message="Når personen trenger tolk, må språket og bestillingen være besvart.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tolkebehov", "ja"),
                            models.Q(
                                ("tolk_bestilt__isnull", True),
                                ("tolk_kvalitet__isnull", True),
                                ("tolk_mott__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="intervju_uten_tolk",
                        violation_error_message="Uten tolk er det ingen tolk å vurdere.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tolk_kvalitet__isnull", True),
                            models.Q(("tolk_kvalitet__range", (1, 5)), ("tolk_mott", True)),
                            _connector="OR",
                        ),
                        name="intervju_kvalitet",
                        violation_error_message="Bare en tolk som møtte, kan vurderes, fra 1 til 5.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fortalt", ""), models.Q(("fortalt_spraak", ""), _negated=True), _connector="OR"
                        ),
                        name="intervju_fortalt_spraak",
                        violation_error_message="Skriv hvilket språk personen fikk det fortalt på.",
                    ),
                    models.UniqueConstraint(fields=("person", "side"), name="intervju_en_per_side"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="kartlegging",
            constraint=models.UniqueConstraint(
                fields=("person", "skjemaversjon"),
                name="kartlegging_en_per_versjon",
                violation_error_message="Personen er allerede kartlagt med dette skjemaet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartlegging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tilstand", "foreldet"), _negated=True),
                fields=("person",),
                name="kartlegging_en_gjeldende",
                violation_error_message="Personen har allerede en kartlegging som gjelder.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartlegging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fullfort__isnull", False),
                    models.Q(("tilstand", "fullfort"), _negated=True),
                    _connector="OR",
                ),
                name="kartlegging_fullfort_har_tid",
                violation_error_message="En fullført kartlegging må ha en tid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartleggingssvar",
            constraint=models.CheckConstraint(
                condition=models.Q(("til__isnull", True), ("til__gt", models.F("fra")), _connector="OR"),
                name="kartleggingssvar_periode",
                violation_error_message="Opplysningen kan ikke slutte før den begynner.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartleggingssvar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kjent_til__isnull", True), ("kjent_til__gte", models.F("kjent_fra")), _connector="OR"
                ),
                name="kartleggingssvar_kjent",
                violation_error_message="Opplysningen kan ikke være rettet før den ble kjent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartleggingssvar",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kjent_til__isnull", True)),
                fields=("person", "felt"),
                name="kartleggingssvar_ett_gjeldende",
                violation_error_message="Feltet har allerede et svar som gjelder.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartleggingssvar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "svar"), ("verdi__isnull", False)),
                    models.Q(models.Q(("status", "svar"), _negated=True), ("verdi__isnull", True)),
                    _connector="OR",
                ),
                name="kartleggingssvar_verdi",
                violation_error_message="Et svar må ha en verdi, og bare et svar har det.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kartleggingssvar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kategori", ""),
                    models.Q(("status", "svar"), _negated=True),
                    models.Q(("samtykke__isnull", False), models.Q(("hvorfor", ""), _negated=True)),
                    _connector="OR",
                ),
                name="kartleggingssvar_saerlig",
                violation_error_message="Svar om helse, religion og etnisk bakgrunn må ha samtykke og en grunn.",
            ),
        ),
        RadSikkerhet("kartlegging_kartlegging", f"{PERSONER} OR {_SER}"),
        RadSikkerhet("kartlegging_intervju", f"{PERSONER} OR {_SER}"),
        RadSikkerhet(
            "kartlegging_kartleggingssvar", f"{PERSONER} OR ({_SER} AND (kategori = '' OR {_SAERLIG}))"
        ),
    ]
