"""A municipality sees and writes its own answers; whom the request is shared with sees what is registered, which never changes."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, egen_organisasjon

_EGEN = f"{NASJONAL} OR {egen_organisasjon()}"
_DELT = "anmodning_id IN (SELECT subjekt_id FROM anmodning_kommuneanmodning)"

_LAAS = """
CREATE FUNCTION vedtak_laas() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.tilstand NOT IN ('registrert', 'erstattet') AND TG_OP = 'UPDATE' THEN
      RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND OLD.tilstand = 'registrert' AND NEW.tilstand = 'erstattet'
      AND (to_jsonb(NEW) - 'tilstand' - 'erstattet') = (to_jsonb(OLD) - 'tilstand' - 'erstattet') THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Et registrert vedtak kan ikke endres eller slettes. Registrer et nytt vedtak.' USING ERRCODE = 'restrict_violation';
  END $$;
CREATE TRIGGER vedtak_laas BEFORE UPDATE OR DELETE ON vedtak_vedtak FOR EACH ROW EXECUTE FUNCTION vedtak_laas();
"""
_LAAS_BORT = "DROP TRIGGER vedtak_laas ON vedtak_vedtak; DROP FUNCTION vedtak_laas();"
_MITT_INN = f"dokument_id IN (SELECT id FROM dokument_dokument WHERE retning = 'inn' AND {egen_organisasjon('motpart_id')})"
_FORSENDELSE = f"{NASJONAL} OR {egen_organisasjon('mottaker_id')}"


class Migration(migrations.Migration):
    dependencies = [
        ("vedtak", "0001_initial"),
        ("tilgang", "0002_radsikkerhet"),
        ("anmodning", "0008_radsikkerhet_samraad"),
        ("dokument", "0004_radsikkerhet_innfil"),
    ]
    operations = [
        migrations.RunSQL(_LAAS, _LAAS_BORT),
        RadSikkerhet(
            "vedtak_vedtak", f"{_EGEN} OR (tilstand IN ('registrert', 'erstattet') AND {_DELT})", _EGEN
        ),
        RadSikkerhet(
            "vedtak_vurdering", f"{NASJONAL} OR vedtak_id IN (SELECT id FROM vedtak_vedtak)", NASJONAL
        ),
        RadSikkerhet("vedtak_vedtaksfil", "vedtak_id IN (SELECT id FROM vedtak_vedtak)"),
        RadSikkerhet("vedtak_svarvarsel", f"{_EGEN} OR {_DELT}", _EGEN),
        RadSikkerhet("vedtak_paaminnelse", _EGEN, NASJONAL),
        # The municipality sees the receipts of what it sent in.
        migrations.RunSQL(
            f"ALTER POLICY les ON dokument_forsendelse USING ({_FORSENDELSE} OR {_MITT_INN})",
            f"ALTER POLICY les ON dokument_forsendelse USING ({_FORSENDELSE})",
        ),
        migrations.RunSQL(
            f"ALTER POLICY les ON dokument_arkivpakke USING ({NASJONAL} OR {_MITT_INN})",
            f"ALTER POLICY les ON dokument_arkivpakke USING ({NASJONAL})",
        ),
    ]
