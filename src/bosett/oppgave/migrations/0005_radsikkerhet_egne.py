"""What somebody wrote down in a case is seen by those who have the case, and by one alone when it is for one alone."""

from django.db import migrations

from bosett.tilgang.rls import JOBB, NASJONAL, PERSONER, delt_fullt, egen_organisasjon

_FOR = f"{NASJONAL} OR {egen_organisasjon()}"
_EGEN = (
    f"{egen_organisasjon()} AND ({PERSONER} OR (NOT {NASJONAL} AND {delt_fullt()}))"
    " AND (bruker_id IS NULL OR bruker_id = (SELECT bosett_bruker()))"
)
_NAA = f"{JOBB} OR CASE WHEN slag = 'egen' THEN {_EGEN} ELSE {_FOR} END"


def _regel(vilkaar: str) -> str:
    return "".join(
        f"ALTER POLICY {navn} ON oppgave_oppgave {del_};"
        for navn, del_ in (
            ("les", f"USING ({vilkaar})"), ("ny", f"WITH CHECK ({vilkaar})"),
            ("endre", f"USING ({vilkaar}) WITH CHECK ({vilkaar})"), ("slett", f"USING ({vilkaar})"),
        )
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("oppgave", "0004_egne"), ("tilgang", "0005_anonym_deling"), ("aktor", "0004_personer")]
    operations = [migrations.RunSQL(_regel(_NAA), _regel(_FOR))]
