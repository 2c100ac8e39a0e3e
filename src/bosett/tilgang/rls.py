"""Row-level security conditions that read the one table of shares. `RadSikkerhet` is the migration operation (see `aktor`)."""

from bosett.aktor.radsikkerhet import NASJONAL, RadSikkerhet, egen_organisasjon

__all__ = ["NASJONAL", "RadSikkerhet", "delt_subjekt", "egen_organisasjon"]

DELT_FUNKSJON = """
CREATE FUNCTION bosett_delt(emne bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM tilgang_deling d WHERE d.subjekt_id = emne
    AND d.organisasjon_id = ANY (bosett_organisasjoner()) AND d.fra <= now() AND (d.til IS NULL OR now() < d.til)) $$;
"""
DELT_FUNKSJON_BORT = "DROP FUNCTION bosett_delt(bigint);"


def delt_subjekt(kolonne: str = "subjekt_id") -> str:
    """The actor is national, or the subject is shared with one of the actor's organisations now."""
    return f"{NASJONAL} OR bosett_delt({kolonne})"
