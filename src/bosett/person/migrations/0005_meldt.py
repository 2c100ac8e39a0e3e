from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("person", "0003_dubletter"),
        ("person", "0004_radsikkerhet_personvern"),
        ("tilgang", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="person", name="meldt", field=models.JSONField(default=dict)),
        migrations.AlterField(
            model_name="opphold", name="grunnlag", field=models.CharField(blank=True, max_length=20)
        ),
        # No centre was registered before this migration, so the column needs no value for old rows.
        migrations.AddField(
            model_name="mottak",
            name="subjekt",
            field=models.OneToOneField(
                on_delete=models.deletion.PROTECT, related_name="+", to="tilgang.subjekt"
            ),
        ),
    ]
