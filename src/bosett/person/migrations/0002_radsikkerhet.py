"""Who sees a household is what the table of shares says; what hangs on a person is seen by those who see the person."""

from django.db import migrations

from bosett.tilgang.rls import PERSONER, RadSikkerhet, delt_fullt

_BARN = ("navn", "nummer", "medlem", "relasjon", "verge", "opphold", "mottaksopphold", "sokeord")
_AV_HUSHOLDNING = ("lop", "privatsoknad")
_SER = "EXISTS (SELECT 1 FROM person_person p WHERE p.id = person_id)"
_HJEM = "EXISTS (SELECT 1 FROM person_husholdning h WHERE h.subjekt_id = husholdning_id)"


class Migration(migrations.Migration):
    dependencies = [("person", "0001_initial"), ("tilgang", "0002_radsikkerhet"), ("aktor", "0004_personer")]
    operations = [
        RadSikkerhet("person_husholdning", f"{PERSONER} OR {delt_fullt()}"),
        RadSikkerhet("person_person", f"{PERSONER} OR {delt_fullt('husholdning_id')}"),
        *(RadSikkerhet(f"person_{tabell}", f"{PERSONER} OR {_SER}") for tabell in _BARN),
        *(RadSikkerhet(f"person_{tabell}", f"{PERSONER} OR {_HJEM}") for tabell in _AV_HUSHOLDNING),
        # Centres are known to all who work with the chain: where they are is public.
        RadSikkerhet("person_mottak", "(SELECT bosett_bruker()) IS NOT NULL OR (SELECT bosett_nasjonal())", "(SELECT bosett_nasjonal()) OR (SELECT bosett_bruker()) IS NOT NULL"),
        RadSikkerhet("person_mottakstillatelse", "(SELECT bosett_bruker()) IS NOT NULL OR (SELECT bosett_nasjonal())"),
    ]  # fmt: skip
