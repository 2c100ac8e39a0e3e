"""Invented landlords, head leases and one shared building in the demonstration's first municipality, all marked DEMO."""

from datetime import timedelta

from bosett.bolig.models import Bolig, Utleier
from bosett.bolig.services import leie, prosjekter, utleiere
from bosett.demo.brukere import som_demobruker
from bosett.grunn.klokke import i_dag

_DAGER = (60, 400)
"""The first ends within the days of the warning."""


def lag_leie() -> None:
    """Where there is nothing. The numbers of the shared building are an example from S4 (29 + 13, Solheimslien 68 in Bergen)."""
    with som_demobruker("bosetter_skriv") as aktor:
        boliger = list(Bolig.objects.select_related("subjekt").order_by("pk"))
        if Utleier.objects.exists() or not boliger:
            return
        eiere = [
            utleiere.registrer(aktor=aktor, opplysninger=utleiere.Opplysninger(**felt))
            for felt in (
                {"slag": "privatperson", "navn": "DEMO Oda Oppdikt", "telefon": "DEMO 00 00 00 00"},
                {"slag": "selskap", "navn": "DEMO Utleie AS", "kontakt": "DEMO Per Prøve", "epost": "utleie@demo.invalid"},
            )
        ]  # fmt: skip
        innleid = [b for b in boliger if b.eierform == Bolig.Eierform.FREMLEIE]
        for nr, (b, dager) in enumerate(zip(innleid, (*_DAGER, None), strict=False)):
            k = leie.opprett(
                aktor=aktor, bolig=b.subjekt.uuid,
                avtale=leie.Avtale(
                    slag="hovedleie", utleier=eiere[nr % 2], fra=i_dag() - timedelta(300), husleie=b.husleie or 9000,
                    siste_dag=i_dag() + timedelta(dager) if dager else None, sikkerhet="garanti", sikkerhet_belop=30_000,
                    oppsigelse="DEMO: Tre måneder, skriftlig.", regler="DEMO: Ingen dyr.",
                ),
            )  # fmt: skip
            for part in ("utleier", "leier")[: 2 if dager else 1]:  # the last waits for the second signature
                leie.signer(aktor=aktor, leie=k.uuid, part=part, navn="DEMO", dato=i_dag() - timedelta(301))
        p = prosjekter.opprett(
            aktor=aktor, navn="DEMO Studenthuset", beskrivelse="DEMO. Tallene er et eksempel fra S4: Solheimslien 68 i Bergen."
        )  # fmt: skip
        deler = [
            prosjekter.sett_partner(
                aktor=aktor,
                prosjekt=p.subjekt.uuid,
                navn=navn,
                antall=antall,
                kan_bosette=kan,
                grupper=grupper,
            )
            for navn, antall, kan, grupper in (
                ("DEMO Kommunen", 13, True, ["introduksjon", "videregaaende"]),
                ("DEMO Studentsamskipnaden", 29, False, ["hoyere"]),
            )
        ]
        for b, del_ in zip(boliger[:3], (deler[0], deler[0], deler[1]), strict=False):
            prosjekter.sett_bolig(aktor=aktor, prosjekt=p.subjekt.uuid, bolig=b.subjekt.uuid, partner=del_.pk)
