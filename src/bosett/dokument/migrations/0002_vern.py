"""Who sees which rows, and what the database itself refuses: a locked document never changes, and nothing unapproved leaves."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, egen_organisasjon

_LAAS = """
CREATE FUNCTION dokument_laas() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.tilstand = 'utkast' AND TG_OP = 'UPDATE' AND NEW.tilstand IN ('utkast', 'godkjent') THEN
      RETURN NEW;
    ELSIF OLD.tilstand = 'utkast' AND TG_OP = 'DELETE' THEN
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
CREATE TRIGGER dokument_laas BEFORE UPDATE OR DELETE ON dokument_dokument
  FOR EACH ROW EXECUTE FUNCTION dokument_laas();
"""
_LAAS_BORT = "DROP TRIGGER dokument_laas ON dokument_dokument; DROP FUNCTION dokument_laas();"

_FIL = """
CREATE FUNCTION dokument_fil_fast() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'En lagret fil endres ikke' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER dokument_fil_fast BEFORE UPDATE ON dokument_fil FOR EACH ROW EXECUTE FUNCTION dokument_fil_fast();
"""
_FIL_BORT = "DROP TRIGGER dokument_fil_fast ON dokument_fil; DROP FUNCTION dokument_fil_fast();"

_SENDING = """
CREATE FUNCTION dokument_bare_godkjente_sendes() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM dokument_dokument d WHERE d.id = NEW.dokument_id AND d.godkjent_tid IS NOT NULL) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Et brev må være godkjent før det sendes.' USING ERRCODE = 'restrict_violation';
  END $$;
CREATE TRIGGER dokument_bare_godkjente_sendes BEFORE INSERT ON dokument_forsendelse
  FOR EACH ROW EXECUTE FUNCTION dokument_bare_godkjente_sendes();
"""
_SENDING_BORT = "DROP TRIGGER dokument_bare_godkjente_sendes ON dokument_forsendelse; DROP FUNCTION dokument_bare_godkjente_sendes();"

# A draft is IMDi's own. A sent letter is seen by its party and by those the subject is shared with.
_SENDT_TIL_MEG = f"(sendt_tid IS NOT NULL AND ({egen_organisasjon('motpart_id')} OR bosett_delt(subjekt_id)))"


class Migration(migrations.Migration):
    dependencies = [("dokument", "0001_initial"), ("tilgang", "0002_radsikkerhet")]
    operations = [
        migrations.RunSQL(_LAAS, _LAAS_BORT),
        migrations.RunSQL(_FIL, _FIL_BORT),
        migrations.RunSQL(_SENDING, _SENDING_BORT),
        RadSikkerhet("dokument_dokument", f"{NASJONAL} OR {_SENDT_TIL_MEG}", NASJONAL),
        RadSikkerhet(
            "dokument_fil",
            # The inner query is under the documents' own policy. Packages are for IMDi and the archive only.
            NASJONAL + " OR id IN (SELECT fil_id FROM dokument_dokument)",
            NASJONAL,
        ),
        RadSikkerhet("dokument_forsendelse", f"{NASJONAL} OR {egen_organisasjon('mottaker_id')}", NASJONAL),
        RadSikkerhet("dokument_arkivpakke", NASJONAL),
        RadSikkerhet("dokument_nummerserie", NASJONAL),
    ]
