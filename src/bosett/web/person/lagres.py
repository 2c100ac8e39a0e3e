"""«Hva vi lagrer om deg og hvorfor»: the whitelist of fields, for everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from bosett.grunn.klokke import i_dag
from bosett.kartlegging.rules.skjema import gjeldende as gjeldende_skjema
from bosett.person.rules.felter import Felt, hviteliste
from bosett.person.rules.koder import gjeldende
from bosett.person.rules.lagring import parametre
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import offentlig


@offentlig
def lagres(request: Foresporsel) -> HttpResponse:
    spraak, liste = visning.spraak(), hviteliste()

    def rad(felt: Felt) -> dict[str, str]:
        return {
            "navn": felt.tekst.paa(spraak),
            "formaal": felt.formaal.tekst.paa(spraak),
            "hjemmel": felt.formaal.hjemmel,
        }

    tabeller = [
        (tabell, navn.paa(spraak), [rad(felt) for felt in liste.i_tabell(tabell)])
        for tabell, navn in liste.tabeller.items()
    ]
    skjema = gjeldende_skjema(i_dag())
    innhold = {
        "skjema": skjema,
        "spurt": [
            {
                "navn": f.tekst.paa(spraak),
                "formaal": f.formaal.tekst.paa(spraak),
                "hjemmel": f.formaal.hjemmel,
                "kilde": f.kilde,
                "saerlig": f.saerlig,
            }
            for f in skjema.felter.values()
        ],
        "tabeller": tabeller,
        "felles": [rad(felt) for felt in liste.felles.values()],
        "satser": [parametre().verdi(navn, i_dag()) for navn in parametre()],
        "samtykker": [kode.tekst(spraak) for kode in gjeldende("samtykker", i_dag())],
    }
    return render(request, "person/lagres.html", innhold)
