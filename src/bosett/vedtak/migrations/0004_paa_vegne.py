"""IMDi registers what came on paper or by e-mail for a municipality without access."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vedtak", "0003_fil_ved_flere_vedtak"),
    ]

    operations = [
        migrations.AddField(
            model_name="vedtak",
            name="grunn",
            field=models.TextField(blank=True, verbose_name="hvorfor IMDi registrerte det"),
        ),
        migrations.AddField(
            model_name="vedtak",
            name="mottatt",
            field=models.DateField(blank=True, null=True, verbose_name="kom til IMDi"),
        ),
        migrations.AddField(
            model_name="vedtak",
            name="paa_vegne",
            field=models.BooleanField(default=False, verbose_name="registrert av IMDi på vegne av kommunen"),
        ),
        migrations.AddConstraint(
            model_name="vedtak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tilstand__in", ("registrert", "erstattet")), _negated=True),
                    models.Q(("grunn", ""), ("mottatt__isnull", True), ("paa_vegne", False)),
                    models.Q(
                        ("mottatt__isnull", False),
                        ("paa_vegne", True),
                        models.Q(("grunn", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="vedtak_paa_vegne_er_begrunnet",
                violation_error_message="Når IMDi registrerer på vegne av kommunen, skal det stå hvorfor, og når svaret kom.",
            ),
        ),
    ]
