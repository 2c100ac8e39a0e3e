"""The facts a round was computed from are published figures like the rest."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statistikk", "0002_grunnlag")]
    operations = [
        migrations.RunSQL(
            "GRANT SELECT ON statistikk_publisertgrunnlag TO bosett_offentlig",
            "REVOKE SELECT ON statistikk_publisertgrunnlag FROM bosett_offentlig",
        )
    ]
