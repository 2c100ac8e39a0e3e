"""A number may be set such that nobody takes the difference; then the round says why its sum is another than the need (R117)."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("anmodning", "0008_radsikkerhet_samraad"),
        ("behov", "0006_radsikkerhet_avtaler_scenarioer_uttaksland"),
        ("tilgang", "0002_radsikkerhet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="runde",
            name="differanse",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="runde",
            name="differanse_grunn",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="justering",
            name="omfang",
            field=models.CharField(
                choices=[("fylke", "Bare i fylket"), ("land", "Hele landet"), ("ingen", "Ingen")],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="justering",
            constraint=models.CheckConstraint(
                condition=models.Q(("omfang__in", ["fylke", "land", "ingen"])),
                name="justering_kjent_omfang",
                violation_error_message="En justering må si hvem som tar differansen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="runde",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tilstand__in", ["utkast", "beregnet", "samraad", "avlyst"]),
                    ("differanse", 0),
                    models.Q(("differanse_grunn", ""), _negated=True),
                    _connector="OR",
                ),
                name="runde_differanse_har_grunn",
                violation_error_message="Det må stå hvorfor summen av tallene er en annen enn behovet.",
            ),
        ),
    ]
