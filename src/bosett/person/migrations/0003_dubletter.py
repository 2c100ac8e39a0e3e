"""Pairs of persons that may be one, and those that were made one."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bosett.grunn.klokke
from bosett.tilgang.rls import PERSONER, RadSikkerhet

# Those at the place of the one who stands must follow a message to her; the pairs are for those who may compare anybody.
_SER = "EXISTS (SELECT 1 FROM person_person p WHERE p.id = beholdt_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("person", "0002_radsikkerhet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dublett",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("grunner", models.JSONField(default=list)),
                ("poeng", models.PositiveSmallIntegerField()),
                ("oppdaget", models.DateTimeField(default=bosett.grunn.klokke.naa, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("apen", "Ikke vurdert"),
                            ("ikke_samme", "Ikke samme person"),
                            ("slaatt_sammen", "Slått sammen"),
                        ],
                        default="apen",
                        max_length=20,
                    ),
                ),
                ("avgjort", models.DateTimeField(blank=True, null=True)),
                ("hvorfor", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Sammenslaaing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("hvorfor", models.TextField()),
                ("tid", models.DateTimeField(default=bosett.grunn.klokke.naa, editable=False)),
                ("flyttet", models.JSONField(default=dict)),
                ("skrevet_over", models.JSONField(default=dict)),
                ("opphevet", models.DateTimeField(blank=True, null=True)),
                ("opphevet_hvorfor", models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="samme_som",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="person.person",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["fodt"], name="person_fodt"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("samme_som__isnull", True),
                    models.Q(("samme_som", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="person_ikke_samme_som_seg_selv",
                violation_error_message="En person kan ikke slås sammen med seg selv.",
            ),
        ),
        migrations.AddField(
            model_name="dublett",
            name="annen",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
            ),
        ),
        migrations.AddField(
            model_name="dublett",
            name="avgjort_av",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dublett",
            name="en",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
            ),
        ),
        migrations.AddField(
            model_name="sammenslaaing",
            name="av",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sammenslaaing",
            name="beholdt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
            ),
        ),
        migrations.AddField(
            model_name="sammenslaaing",
            name="borte",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="person.person"
            ),
        ),
        migrations.AddField(
            model_name="sammenslaaing",
            name="dublett",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sammenslaainger",
                to="person.dublett",
            ),
        ),
        migrations.AddField(
            model_name="sammenslaaing",
            name="opphevet_av",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sammenslaaing",
            name="tomt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="person.husholdning",
            ),
        ),
        migrations.AddIndex(
            model_name="dublett",
            index=models.Index(
                condition=models.Q(("status", "apen")), fields=["-poeng", "oppdaget"], name="dublett_apen"
            ),
        ),
        migrations.AddConstraint(
            model_name="dublett",
            constraint=models.UniqueConstraint(
                fields=("en", "annen"),
                name="dublett_ett_par",
                violation_error_message="Paret er allerede registrert.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dublett",
            constraint=models.CheckConstraint(
                condition=models.Q(("en__lt", models.F("annen"))),
                name="dublett_rekkefolge",
                violation_error_message="Et par står bare én vei.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dublett",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("avgjort", None), ("status", "apen")),
                    models.Q(models.Q(("status", "apen"), _negated=True), ("avgjort__isnull", False)),
                    _connector="OR",
                ),
                name="dublett_avgjort",
                violation_error_message="Et par som er avgjort, må ha en dato.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dublett",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ikke_samme"), _negated=True),
                    models.Q(("hvorfor", ""), _negated=True),
                    _connector="OR",
                ),
                name="dublett_ikke_samme_har_grunn",
                violation_error_message="Skriv hvorfor de ikke er samme person.",
            ),
        ),
        migrations.AddIndex(
            model_name="sammenslaaing",
            index=models.Index(
                condition=models.Q(("opphevet", None)), fields=["beholdt"], name="sammenslaaing_apen"
            ),
        ),
        migrations.AddIndex(
            model_name="sammenslaaing",
            index=models.Index(
                condition=models.Q(("opphevet", None)), fields=["tomt"], name="sammenslaaing_tomt"
            ),
        ),
        migrations.AddConstraint(
            model_name="sammenslaaing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("opphevet", None)),
                fields=("borte",),
                name="sammenslaaing_en_apen",
                violation_error_message="Personen er allerede slått sammen med en annen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sammenslaaing",
            constraint=models.CheckConstraint(
                condition=models.Q(("beholdt", models.F("borte")), _negated=True),
                name="sammenslaaing_av_to",
                violation_error_message="En person kan ikke slås sammen med seg selv.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sammenslaaing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hvorfor", ""), _negated=True),
                    models.Q(
                        ("opphevet", None), models.Q(("opphevet_hvorfor", ""), _negated=True), _connector="OR"
                    ),
                ),
                name="sammenslaaing_har_grunn",
                violation_error_message="Skriv hvorfor.",
            ),
        ),
        RadSikkerhet("person_dublett", PERSONER),
        RadSikkerhet("person_sammenslaaing", f"{PERSONER} OR {_SER}"),
    ]
