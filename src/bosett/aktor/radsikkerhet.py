"""Row-level security: what the database itself knows of the actor, and the migration operation that guards a table.

The actor is set LOCAL in every transaction (`aktor.kontekst`). After the first `set_config(…, true)` an unset name reads as the
empty string, hence `nullif`. Without a context every guarded table is empty.
"""

from django.db import migrations

FUNKSJONER = """
CREATE FUNCTION bosett_bruker() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('bosett.bruker', true), '')::bigint $$;
CREATE FUNCTION bosett_nasjonal() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(nullif(current_setting('bosett.nasjonal', true), '') = 'ja', false) $$;
CREATE FUNCTION bosett_organisasjoner() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(string_to_array(nullif(current_setting('bosett.organisasjoner', true), ''), ',')::bigint[], '{}') $$;
"""
FUNKSJONER_BORT = (
    "DROP FUNCTION bosett_bruker(); DROP FUNCTION bosett_nasjonal(); DROP FUNCTION bosett_organisasjoner();"
)

NASJONAL = "(SELECT bosett_nasjonal())"
"""The actor works for IMDi, or is one of the system's own jobs."""


def egen_organisasjon(kolonne: str = "organisasjon_id") -> str:
    return f"{kolonne} = ANY ((SELECT bosett_organisasjoner())::bigint[])"


class RadSikkerhet(migrations.RunSQL):
    """Guard a table: forced row-level security with one policy for reading and one for writing.

    `lese` and `skrive` are SQL conditions on the row (default: the same). Nothing matches without an actor in the transaction.
    """

    def __init__(self, tabell: str, lese: str, skrive: str | None = None) -> None:
        skrive = skrive or lese
        # INSERT … RETURNING and UPDATE need the reading condition too, so `lese` must hold for the rows one writes.
        super().__init__(
            sql=f"""
            ALTER TABLE {tabell} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {tabell} FORCE ROW LEVEL SECURITY;
            CREATE POLICY les ON {tabell} FOR SELECT USING ({lese});
            CREATE POLICY ny ON {tabell} FOR INSERT WITH CHECK ({skrive});
            CREATE POLICY endre ON {tabell} FOR UPDATE USING ({skrive}) WITH CHECK ({skrive});
            CREATE POLICY slett ON {tabell} FOR DELETE USING ({skrive});
            """,
            reverse_sql=f"""
            DROP POLICY les ON {tabell}; DROP POLICY ny ON {tabell};
            DROP POLICY endre ON {tabell}; DROP POLICY slett ON {tabell};
            ALTER TABLE {tabell} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {tabell} DISABLE ROW LEVEL SECURITY;
            """,
        )
