"""Who sees a file that came in, and what the database itself refuses: a file is let through once, and by the system only."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, egen_organisasjon

_FAST = """
CREATE FUNCTION dokument_innfil_fast() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.tilstand = 'karantene'
      AND (to_jsonb(NEW) - 'tilstand' - 'grunn' - 'kontrollert' - 'viruskontroll')
        = (to_jsonb(OLD) - 'tilstand' - 'grunn' - 'kontrollert' - 'viruskontroll') THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'En fil som er kontrollert, endres ikke. Last opp en ny.' USING ERRCODE = 'restrict_violation';
  END $$;
CREATE TRIGGER dokument_innfil_fast BEFORE UPDATE ON dokument_innfil FOR EACH ROW EXECUTE FUNCTION dokument_innfil_fast();
"""
_FAST_BORT = "DROP TRIGGER dokument_innfil_fast ON dokument_innfil; DROP FUNCTION dokument_innfil_fast();"

# The subject must be shared with the organisation; a share made in the same transaction counts, so its time is not asked.
_EGEN_SAK = (
    "EXISTS (SELECT 1 FROM tilgang_deling d WHERE d.subjekt_id = dokument_innfil.subjekt_id"
    " AND d.organisasjon_id = dokument_innfil.organisasjon_id AND d.til IS NULL)"
)
_NY = f"{NASJONAL} OR ({egen_organisasjon()} AND tilstand = 'karantene' AND {_EGEN_SAK})"
_FIL_FOR = f"{NASJONAL} OR id IN (SELECT fil_id FROM dokument_dokument)"
_FIL = f"{_FIL_FOR} OR id IN (SELECT fil_id FROM dokument_innfil)"


class Migration(migrations.Migration):
    dependencies = [("dokument", "0003_innfil"), ("tilgang", "0002_radsikkerhet")]
    operations = [
        migrations.RunSQL(_FAST, _FAST_BORT),
        RadSikkerhet(
            "dokument_innfil",
            # its own organisation from the first moment, the others of the case when it is let through
            f"{NASJONAL} OR {egen_organisasjon()} OR (tilstand = 'frigitt' AND bosett_delt(subjekt_id))",
            NASJONAL,
        ),
        migrations.RunSQL(
            f"ALTER POLICY ny ON dokument_innfil WITH CHECK ({_NY})",
            f"ALTER POLICY ny ON dokument_innfil WITH CHECK ({NASJONAL})",
        ),
        RadSikkerhet(
            "dokument_dokumentvedlegg",
            f"{NASJONAL} OR dokument_id IN (SELECT id FROM dokument_dokument)",
            NASJONAL,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON dokument_dokumentvedlegg FROM bosett_app",
            "GRANT UPDATE, DELETE ON dokument_dokumentvedlegg TO bosett_app",
        ),
        # The inner queries are under the policies of their own tables.
        migrations.RunSQL(
            f"ALTER POLICY les ON dokument_fil USING ({_FIL})",
            f"ALTER POLICY les ON dokument_fil USING ({_FIL_FOR})",
        ),
    ]
