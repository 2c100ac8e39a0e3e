"""How long people wait: medians over the wait-day ledger, for those who lead the work. Small groups are never shown."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.geografi import selectors as geografi
from bosett.grunn.frister import legg_til_aar
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import krev

_ventetid = lesning(
    "person.ventetid",
    "se hvor lenge husholdninger venter, i grupper",
    dict.fromkeys(("imdi_radgiver", "imdi_godkjenner", "imdi_leder"), Omfang.NASJONAL),
)
MINST = 5
"""A group of fewer households is not shown."""
UTVALG = ("venter", "ferdig")
"""Those who wait now, or those whose wait ended within a year."""

_DAGER = """
WITH dager AS (
  SELECT v.husholdning_id, v.eier, v.grunn, least(coalesce(v.til, %(dag)s), %(dag)s) - v.fra AS n
    FROM person_ventetid v JOIN person_husholdning h ON h.subjekt_id = v.husholdning_id
   WHERE v.fra < %(dag)s AND CASE WHEN %(utvalg)s = 'venter' THEN h.venter_til IS NULL OR h.venter_til > %(dag)s
                                  ELSE h.venter_til > %(siden)s AND h.venter_til <= %(dag)s END
), alle AS (SELECT husholdning_id, sum(n) AS n FROM dager GROUP BY husholdning_id),
bor AS (
  SELECT DISTINCT p.husholdning_id, o.mottak_id, m.kommune_id
    FROM person_mottaksopphold o JOIN person_person p ON p.id = o.person_id JOIN person_mottak m ON m.organisasjon_id = o.mottak_id
   WHERE o.kjent_til IS NULL AND o.fra <= %(dag)s AND (o.til IS NULL OR o.til > %(dag)s) AND p.samme_som_id IS NULL
)
"""
_GRUPPER = {
    "eier": "SELECT husholdning_id, eier AS gruppe, sum(n) AS n FROM dager GROUP BY 1, 2",
    "grunn": "SELECT husholdning_id, grunn AS gruppe, sum(n) AS n FROM dager GROUP BY 1, 2",
    "mottak": "SELECT a.husholdning_id, b.mottak_id::text AS gruppe, a.n FROM alle a JOIN bor b USING (husholdning_id) GROUP BY 1, 2, 3",
    "kommune": """SELECT a.husholdning_id, coalesce(b.kommune_id, s.bor_i_id)::text AS gruppe, a.n FROM alle a
        LEFT JOIN bor b USING (husholdning_id)
        LEFT JOIN (SELECT DISTINCT ON (husholdning_id) husholdning_id, bor_i_id FROM person_privatsoknad ORDER BY husholdning_id, sokt DESC) s
          USING (husholdning_id)
        WHERE coalesce(b.kommune_id, s.bor_i_id) IS NOT NULL GROUP BY 1, 2, 3""",
    "type": """SELECT a.husholdning_id, a.n, CASE WHEN h.lop = 'em' THEN 'em' WHEN h.antall = 1 THEN 'enslig'
        WHEN EXISTS (SELECT 1 FROM person_person p WHERE p.husholdning_id = h.subjekt_id AND p.samme_som_id IS NULL AND p.dod IS NULL
                     AND p.ute IS NULL AND p.fodt > %(barn)s) THEN 'barn' ELSE 'voksne' END AS gruppe
        FROM alle a JOIN person_husholdning h ON h.subjekt_id = a.husholdning_id""",
}
INNDELINGER = tuple(_GRUPPER)
_MEDIAN = """
SELECT gruppe, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY n), sum(n) FROM g GROUP BY gruppe ORDER BY count(*) DESC, gruppe
"""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """`kode` as stored (an owner, a reason, a type) or the name of a centre or municipality. Hidden groups have no figures."""

    kode: str
    husholdninger: int | None
    median: float | None
    """Whole, or a half between two."""
    dager: int | None

    @property
    def skjult(self) -> bool:
        return self.husholdninger is None


@_ventetid
def ventetider(aktor: Aktor, inndeling: str = "eier", utvalg: str = "venter") -> list[Gruppe]:
    """Median and number of waiting days up to today, by owner or reason of the days, or by centre, municipality or kind of household.

    By owner and reason only those who have such days count; by the others the whole wait of the household, by where it lives now.
    Raises KeyError for a division that is not in `INNDELINGER`.
    """
    krev(aktor, "person.ventetid")
    dag = i_dag()
    verdier: dict[str, Any] = {
        "dag": dag,
        "utvalg": utvalg,
        "siden": legg_til_aar(dag, -1),
        "barn": legg_til_aar(dag, -18),
    }
    with som_systemet("person.ventetid", etter=aktor), connection.cursor() as db:
        db.execute(f"{_DAGER}, g AS ({_GRUPPER[inndeling]}) {_MEDIAN}", verdier)
        rader = db.fetchall()
        navn = _navn(inndeling, [rad[0] for rad in rader])
    return [
        Gruppe(
            navn.get(kode, kode), *((antall, median, int(sum_)) if antall >= MINST else (None, None, None))
        )
        for kode, antall, en_halv, sum_ in rader
        for median in [int(en_halv) if en_halv == int(en_halv) else en_halv]
    ]


def _navn(inndeling: str, koder: list[str]) -> dict[str, str]:
    if inndeling == "mottak":
        rader = Organisasjon.objects.filter(pk__in=[int(kode) for kode in koder])
        return {str(rad.pk): rad.navn for rad in rader}
    if inndeling == "kommune":
        return {str(versjon.kommune_id): versjon.navn for versjon in geografi.kommuner(i_dag())}
    return {}
