from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("person", "0006_familieslag_og_apne")]
    operations = []
