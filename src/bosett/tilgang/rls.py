"""Row-level security conditions that read the one table of shares. `RadSikkerhet` is the migration operation (see `aktor`)."""

from bosett.aktor.radsikkerhet import NASJONAL, RadSikkerhet, egen_organisasjon

__all__ = ["JOBB", "NASJONAL", "PERSONER", "RadSikkerhet", "delt_fullt", "delt_subjekt", "egen_organisasjon"]

PERSONER = "(SELECT bosett_personer())"
"""The actor works with the persons of the whole country (`aktor.roller`), or is one of the system's own jobs."""

JOBB = f"({NASJONAL} AND (SELECT bosett_bruker()) IS NULL)"
"""One of the system's own jobs, and no user."""

DELT_FUNKSJON = """
CREATE FUNCTION bosett_delt(emne bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM tilgang_deling d WHERE d.subjekt_id = emne
    AND d.organisasjon_id = ANY (bosett_organisasjoner()) AND d.fra <= now() AND (d.til IS NULL OR now() < d.til)) $$;
"""
DELT_FUNKSJON_BORT = "DROP FUNCTION bosett_delt(bigint);"
DELT_FULLT_FUNKSJON = DELT_FUNKSJON.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "AND d.fra <=", "AND d.grad <> 'anonym' AND d.fra <="
)
"""As above, and an anonymous share opens nothing: neither documents nor the ledger with its details."""


def delt_subjekt(kolonne: str = "subjekt_id") -> str:
    """The actor is national, or the subject is shared with one of the actor's organisations now."""
    return f"{NASJONAL} OR bosett_delt({kolonne})"


def delt_fullt(kolonne: str = "subjekt_id") -> str:
    """The subject is shared in full with one of the actor's organisations now; an anonymous share shows no person.

    One list of ids per statement, not a look for each row.
    """
    return (
        f"{kolonne} IN (SELECT d.subjekt_id FROM tilgang_deling d"  # noqa: S608 - our own column names
        f" WHERE {egen_organisasjon('d.organisasjon_id')} AND d.grad IN ('full', 'helse')"
        " AND d.fra <= now() AND (d.til IS NULL OR now() < d.til))"
    )
