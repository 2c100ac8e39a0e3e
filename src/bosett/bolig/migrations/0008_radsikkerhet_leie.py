"""Who sees landlords, leases and shared buildings, what binds and is never changed, and no more homes than a partner has."""

from django.db import migrations

from bosett.tilgang.rls import JOBB, NASJONAL, RadSikkerhet, egen_organisasjon

# Names of landlords, signatures and rents are the municipality's own affair: IMDi is only told that there is a lease.
_BARE_EGEN = f"{JOBB} OR {egen_organisasjon()}"
_EGEN = f"{NASJONAL} OR {egen_organisasjon()}"


def _via(tabell: str, nokkel: str, kolonne: str) -> str:
    """Seen by those who see the row it hangs on."""
    return f"EXISTS (SELECT 1 FROM {tabell} x WHERE x.{nokkel} = {kolonne})"


_TRIGGERE = f"""
CREATE FUNCTION bolig_leie_laas() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE fritt text[];
  BEGIN
    IF TG_OP = 'DELETE' THEN
      IF OLD.husholdning_id IS NOT NULL AND bosett_sletting_godkjent(OLD.husholdning_id) THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'En leieavtale kan ikke slettes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.tilstand = 'utkast' THEN RETURN NEW; END IF;
    -- The lease follows its tenant when two cases turn out to be one.
    IF {JOBB} AND to_jsonb(OLD) - 'husholdning_id' IS NOT DISTINCT FROM to_jsonb(NEW) - 'husholdning_id' THEN RETURN NEW; END IF;
    fritt := CASE OLD.tilstand
      WHEN 'venter_signatur' THEN ARRAY['tilstand', 'utleier_navn', 'utleier_dato', 'leier_navn', 'leier_dato']
      WHEN 'bindende' THEN ARRAY['tilstand', 'avsluttet', 'slutt_grunn'] ELSE ARRAY[]::text[] END;
    IF (to_jsonb(OLD) - fritt) IS DISTINCT FROM (to_jsonb(NEW) - fritt)
      OR (OLD.utleier_dato IS NOT NULL AND (OLD.utleier_navn, OLD.utleier_dato) IS DISTINCT FROM (NEW.utleier_navn, NEW.utleier_dato))
      OR (OLD.leier_dato IS NOT NULL AND (OLD.leier_navn, OLD.leier_dato) IS DISTINCT FROM (NEW.leier_navn, NEW.leier_dato))
    THEN
      RAISE EXCEPTION 'En leieavtale noen har undertegnet, kan ikke endres, bare avsluttes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION bolig_leie_parter() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE hoved bolig_leiekontrakt; siste date;
  BEGIN
    IF NEW.tilstand NOT IN ('utkast', 'venter_signatur', 'bindende') THEN RETURN NEW; END IF;
    IF NOT EXISTS (SELECT 1 FROM bolig_bolig b WHERE b.subjekt_id = NEW.bolig_id AND b.organisasjon_id = NEW.organisasjon_id)
      OR (NEW.utleier_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bolig_utleier u
        WHERE u.subjekt_id = NEW.utleier_id AND u.organisasjon_id = NEW.organisasjon_id))
    THEN
      RAISE EXCEPTION 'Boligen og utleieren hører til kommunen i avtalen' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.slag <> 'fremleie' THEN RETURN NEW; END IF;
    -- Nobody ends the head lease while this is decided.
    SELECT * INTO hoved FROM bolig_leiekontrakt WHERE id = NEW.hovedkontrakt_id FOR SHARE;
    siste := coalesce(hoved.avsluttet, hoved.siste_dag);
    IF hoved.slag IS DISTINCT FROM 'hovedleie' OR hoved.bolig_id <> NEW.bolig_id
      OR (NEW.tilstand = 'bindende' AND hoved.tilstand NOT IN ('bindende', 'avsluttet'))
    THEN
      RAISE EXCEPTION 'En fremleie hviler på en hovedleie av samme bolig' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.fra < hoved.fra OR (siste IS NOT NULL AND (NEW.siste_dag IS NULL OR NEW.siste_dag > siste)) THEN
      RAISE EXCEPTION 'En fremleie varer ikke lenger enn hovedleien' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION bolig_partner_fullt() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE plass integer; eier bigint;
  BEGIN
    -- The lock on the partner makes two who fill the last place come one after the other.
    SELECT p.antall, b.organisasjon_id INTO plass, eier FROM bolig_prosjektpartner p
      JOIN bolig_boligprosjekt b ON b.subjekt_id = p.prosjekt_id WHERE p.id = NEW.partner_id FOR UPDATE OF p;
    IF (SELECT count(*) FROM bolig_prosjektbolig x WHERE x.partner_id = NEW.partner_id AND x.bolig_id <> NEW.bolig_id) >= plass THEN
      RAISE EXCEPTION 'bolig_partner_fullt: partneren har ikke flere boliger i prosjektet' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM bolig_bolig b WHERE b.subjekt_id = NEW.bolig_id AND b.organisasjon_id = eier) THEN
      RAISE EXCEPTION 'Boligen hører til kommunen som har prosjektet' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION bolig_partner_antall() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT count(*) FROM bolig_prosjektbolig x WHERE x.partner_id = NEW.id) > NEW.antall THEN
      RAISE EXCEPTION 'bolig_partner_fullt: partneren har flere boliger i prosjektet' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER laas BEFORE UPDATE OR DELETE ON bolig_leiekontrakt FOR EACH ROW EXECUTE FUNCTION bolig_leie_laas();
CREATE TRIGGER parter BEFORE INSERT OR UPDATE ON bolig_leiekontrakt FOR EACH ROW EXECUTE FUNCTION bolig_leie_parter();
CREATE TRIGGER fullt BEFORE INSERT OR UPDATE ON bolig_prosjektbolig FOR EACH ROW EXECUTE FUNCTION bolig_partner_fullt();
CREATE TRIGGER antall BEFORE UPDATE ON bolig_prosjektpartner FOR EACH ROW EXECUTE FUNCTION bolig_partner_antall();
"""
_TRIGGERE_BORT = """
DROP TRIGGER laas ON bolig_leiekontrakt; DROP TRIGGER parter ON bolig_leiekontrakt;
DROP TRIGGER fullt ON bolig_prosjektbolig; DROP TRIGGER antall ON bolig_prosjektpartner;
DROP FUNCTION bolig_leie_laas(); DROP FUNCTION bolig_leie_parter();
DROP FUNCTION bolig_partner_fullt(); DROP FUNCTION bolig_partner_antall();
"""


class Migration(migrations.Migration):
    dependencies = [("bolig", "0007_leie"), ("person", "0004_radsikkerhet_personvern")]
    operations = [
        RadSikkerhet("bolig_utleier", _BARE_EGEN),
        RadSikkerhet("bolig_leiekontrakt", _BARE_EGEN),
        RadSikkerhet("bolig_boligprosjekt", _EGEN),
        RadSikkerhet("bolig_prosjektpartner", _via("bolig_boligprosjekt", "subjekt_id", "prosjekt_id")),
        RadSikkerhet("bolig_prosjektbolig", _via("bolig_bolig", "subjekt_id", "bolig_id")),
        migrations.RunSQL(_TRIGGERE, _TRIGGERE_BORT),
    ]
