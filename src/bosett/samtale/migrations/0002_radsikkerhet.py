"""A message is read by its writer's organisation and by the parties it is marked for; nobody changes it; it goes with the case.

The municipality sees its own contacts and no other's. Whoever sees the case in full for a centre or for Bufetat sees all of them.
"""

from django.db import migrations

from bosett.tilgang.rls import JOBB, NASJONAL, PERSONER, RadSikkerhet, delt_fullt, egen_organisasjon

_BRUKER = "(SELECT bosett_bruker())"
_EGEN = f"({egen_organisasjon()} AND (NOT {NASJONAL} OR {PERSONER}))"  # in IMDi, those who work with persons


def _delt_med(slag: str, tabell: str) -> str:
    """The case is shared in full now with an organisation of the actor's whose kind is in `slag` (an SQL array)."""
    return (
        "EXISTS (SELECT 1 FROM tilgang_deling d JOIN aktor_organisasjon o ON o.id = d.organisasjon_id"
        f" WHERE d.subjekt_id = {tabell}.subjekt_id AND {egen_organisasjon('d.organisasjon_id')}"
        " AND d.grad IN ('full', 'helse') AND d.fra <= now() AND (d.til IS NULL OR now() < d.til)"
        f" AND o.slag = ANY ({slag}))"
    )


_LES = (
    f"{JOBB} OR {_EGEN} OR ({PERSONER} AND 'imdi' = ANY (synlig))"
    f" OR {_delt_med('samtale_innlegg.synlig', 'samtale_innlegg')}"
)
_MIN_SAK = f"({PERSONER} OR {delt_fullt()})"
_SKRIV = (
    f"{JOBB} OR ({_EGEN} AND {_MIN_SAK} AND av_id = {_BRUKER}"
    " AND EXISTS (SELECT 1 FROM aktor_organisasjon o WHERE o.id = organisasjon_id AND o.slag = fra))"
)
_MITT = f"innlegg_id IN (SELECT i.id FROM samtale_innlegg i WHERE {egen_organisasjon('i.organisasjon_id')})"
_LEST = f"{JOBB} OR ({_EGEN} AND bruker_id = {_BRUKER})"
_TIL_MEG = f"({egen_organisasjon('til_id')} AND NOT (tilstand = 'trukket' AND trukket_grunn = 'feil'))"
_HENVENDELSE = (
    f"{PERSONER} OR {_TIL_MEG} OR {_EGEN}"
    f" OR {_delt_med(chr(39) + '{mottak,bufetat}' + chr(39), 'samtale_henvendelse')}"
)

_UENDRET = """
CREATE FUNCTION samtale_uendret() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF to_jsonb(OLD) - coalesce(TG_ARGV, '{}')::text[]
      IS DISTINCT FROM to_jsonb(NEW) - coalesce(TG_ARGV, '{}')::text[] OR OLD.trukket IS NOT NULL THEN
      RAISE EXCEPTION 'Det som er sendt, kan ikke endres (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
"""


def _utloser(tabell: str, navn: str, nar: str, *felt: str) -> migrations.RunSQL:
    """When `nar` holds, only these columns may change, and nothing after it was withdrawn."""
    ord_ = ", ".join(f"'{ett}'" for ett in felt)
    return migrations.RunSQL(
        f"CREATE TRIGGER {navn} BEFORE UPDATE ON {tabell} FOR EACH ROW WHEN ({nar})"
        f" EXECUTE FUNCTION samtale_uendret({ord_});",
        f"DROP TRIGGER {navn} ON {tabell};",
    )


_TRUKKET = ("trukket", "trukket_av_id", "trukket_grunn")


def _slett(tabell: str, subjekt: str = "subjekt_id") -> migrations.RunSQL:
    """A row goes only with a case that two have approved is deleted."""
    return migrations.RunSQL(
        f"ALTER POLICY slett ON {tabell} USING ({JOBB} AND bosett_sletting_godkjent({subjekt}))",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("samtale", "0001_initial"),
        ("tilgang", "0005_anonym_deling"),
        ("aktor", "0004_personer"),
    ]
    operations = [
        RadSikkerhet("samtale_innlegg", _LES, _SKRIV),
        RadSikkerhet("samtale_trukkettekst", f"{JOBB} OR {_MITT}"),
        RadSikkerhet("samtale_lest", f"{JOBB} OR {_EGEN}", _LEST),
        RadSikkerhet("samtale_henvendelse", _HENVENDELSE, f"{JOBB} OR ({_EGEN} AND {_MIN_SAK} AND av_id = {_BRUKER})"),
        migrations.RunSQL(
            f"ALTER POLICY endre ON samtale_henvendelse USING ({_HENVENDELSE}) WITH CHECK ({_HENVENDELSE})",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_UENDRET, "DROP FUNCTION samtale_uendret();"),
        _utloser("samtale_innlegg", "trekkes", "NEW.trukket IS NOT NULL", "tekst", *_TRUKKET),
        _utloser("samtale_innlegg", "uendret", "NEW.trukket IS NULL"),
        _utloser(
            "samtale_henvendelse", "besvares", "OLD.besvart IS NULL",
            "tilstand", "svar", "svartekst", "besvart", "besvart_av_id", *_TRUKKET,
        ),
        _utloser("samtale_henvendelse", "trekkes", "OLD.besvart IS NOT NULL", "tilstand", *_TRUKKET),
        _slett("samtale_innlegg"),
        _slett("samtale_trukkettekst", "(SELECT i.subjekt_id FROM samtale_innlegg i WHERE i.id = innlegg_id)"),
        _slett("samtale_lest"),
        _slett("samtale_henvendelse"),
        migrations.RunSQL(
            "REVOKE UPDATE ON samtale_trukkettekst FROM bosett_app", "GRANT UPDATE ON samtale_trukkettekst TO bosett_app"
        ),
    ]  # fmt: skip
