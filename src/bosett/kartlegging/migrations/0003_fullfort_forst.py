from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kartlegging", "0002_iktp")]
    operations = [
        migrations.AddField(
            model_name="kartlegging",
            name="fullfort_forst",
            field=models.DateTimeField(blank=True, null=True, verbose_name="fullført første gang"),
        ),
    ]
