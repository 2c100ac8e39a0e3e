"""What is sent is still never changed, but the system may let it follow its case when that turns out to be another one."""

from django.db import migrations, models

from bosett.tilgang.rls import JOBB

_FUNKSJON = """
CREATE OR REPLACE FUNCTION samtale_uendret() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN{sakskifte}
    IF to_jsonb(OLD) - coalesce(TG_ARGV, '{{}}')::text[]
      IS DISTINCT FROM to_jsonb(NEW) - coalesce(TG_ARGV, '{{}}')::text[] OR OLD.trukket IS NOT NULL THEN
      RAISE EXCEPTION 'Det som er sendt, kan ikke endres (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
"""
_SAKSKIFTE = f"""
    IF {JOBB} AND to_jsonb(OLD) - 'subjekt_id' IS NOT DISTINCT FROM to_jsonb(NEW) - 'subjekt_id' THEN
      RETURN NEW;
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [("samtale", "0002_radsikkerhet")]
    operations = [
        migrations.RunSQL(_FUNKSJON.format(sakskifte=_SAKSKIFTE), _FUNKSJON.format(sakskifte="")),
        migrations.AlterField(
            "henvendelse",
            "trukket_grunn",
            models.CharField(
                blank=True,
                choices=[
                    ("funnet", "En annen kommune bosetter dem"),
                    ("endret", "Opplysningene stemmer ikke lenger"),
                    ("feil", "Sendt ved en feil"),
                    ("avsluttet", "Saken er avsluttet"),
                ],
                max_length=10,
            ),
        ),
    ]
