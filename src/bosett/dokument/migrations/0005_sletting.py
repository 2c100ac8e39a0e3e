"""A locked document may be deleted with the case it belongs to, when two have approved that everything in it is deleted."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL

_LAAS = """
CREATE OR REPLACE FUNCTION dokument_laas() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.tilstand = 'utkast' AND TG_OP = 'UPDATE' AND NEW.tilstand IN ('utkast', 'godkjent') THEN
      RETURN NEW;
    ELSIF TG_OP = 'DELETE' AND (OLD.tilstand = 'utkast'{mer}) THEN
      RETURN OLD;
    ELSIF TG_OP = 'UPDATE'
      AND (to_jsonb(NEW) - 'tilstand' - 'sendt_tid') = (to_jsonb(OLD) - 'tilstand' - 'sendt_tid')
      AND ((OLD.tilstand = NEW.tilstand AND NEW.sendt_tid IS NOT DISTINCT FROM OLD.sendt_tid)
        OR (OLD.tilstand = 'godkjent' AND NEW.tilstand = 'sendt')
        OR (OLD.tilstand IN ('godkjent', 'sendt') AND NEW.tilstand = 'erstattet'
            AND NEW.sendt_tid IS NOT DISTINCT FROM OLD.sendt_tid)) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Et låst dokument kan ikke endres eller slettes. Lag en ny versjon.' USING ERRCODE = 'restrict_violation';
  END $$;
"""
_SAKEN = "(SELECT d.subjekt_id FROM dokument_dokument d WHERE d.id = dokument_id)"


class Migration(migrations.Migration):
    dependencies = [("dokument", "0004_radsikkerhet_innfil"), ("tilgang", "0004_sletting")]
    operations = [
        migrations.RunSQL(
            _LAAS.format(mer=" OR bosett_sletting_godkjent(OLD.subjekt_id)"), _LAAS.format(mer="")
        ),
        migrations.RunSQL(
            "GRANT DELETE ON dokument_dokumentvedlegg TO bosett_app;"
            f" ALTER POLICY slett ON dokument_dokumentvedlegg USING ({NASJONAL} AND bosett_sletting_godkjent({_SAKEN}))",
            "REVOKE DELETE ON dokument_dokumentvedlegg FROM bosett_app;"
            f" ALTER POLICY slett ON dokument_dokumentvedlegg USING ({NASJONAL})",
        ),
    ]
