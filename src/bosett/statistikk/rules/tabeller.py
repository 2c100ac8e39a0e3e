"""The tables of earlier years that Bosett knows: where they come from, what day they describe, how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bosett.kilder.lesere.former import AARSTABELL, EM_2016, EM_KOMMUNE, HISTORIKK, Tabellform
from bosett.kilder.tall import Kvalitet, Opphav


@dataclass(frozen=True, slots=True)
class Tabellslag:
    """`serie`: a later file of the same kind is a new version of the same table.

    `per_maal` and `per_aar` hold the day a figure describes when it is not the last day of its year;
    `forelopig` are the (year, measure) pairs that the source calls, or are known to be, part of a year.
    """

    kode: str
    form: Tabellform
    tittel: str
    kilde: str
    lisens: str
    statusdato: date | None = None
    kvalitet: Kvalitet = Kvalitet.ENDELIG
    per_maal: Mapping[str, date] = field(default_factory=dict)
    per_aar: Mapping[tuple[int, str], date] = field(default_factory=dict)

    @property
    def serie(self) -> str:
        return f"imdi-{self.kode}"

    def opphav(self, statusdato: date | None = None) -> Opphav:
        return Opphav(
            self.kilde, self.lisens, referansedato=statusdato or self.statusdato, kvalitet=self.kvalitet
        )


_AUGUST_2023 = date(2023, 8, 31)
_IMDI = "Ikke oppgitt av IMDi"
_BOSATT = ("bosatt", "bosatt_kollektiv", "avtalt", "avtalt_kollektiv")

TABELLSLAG: dict[str, Tabellslag] = {
    slag.kode: slag
    for slag in (
        Tabellslag(
            "historikk", HISTORIKK, "Anmodning, vedtak og bosatt per kommune 1995–2023",
            "IMDi, bosettingstall per kommune 1995–2023 (utdrag hos Telemark fylkeskommune, 25.09.2023)", _IMDI,
            # The extract was made in September 2023: settled and decided are part of a year.
            per_aar={(2023, "bosatt"): _AUGUST_2023, (2023, "vedtak"): _AUGUST_2023},
        ),
        Tabellslag(
            "2024", AARSTABELL, "Nøkkeltall for bosetting 2024", "IMDi, Nøkkeltall for bosetting 2024", _IMDI,
            per_maal=dict.fromkeys(_BOSATT, date(2025, 1, 15)),
        ),
        Tabellslag("2025", AARSTABELL, "Nøkkeltall for bosetting 2025", "IMDi, Nøkkeltall for bosetting 2025", _IMDI),
        Tabellslag(
            "2026", AARSTABELL, "Nøkkeltall for bosetting 2026", "IMDi, Nøkkeltall for bosetting 2026", _IMDI,
            statusdato=date(2026, 9, 28), kvalitet=Kvalitet.FORELOPIG, per_maal={"anmodning": date(2025, 10, 31)},
        ),
        Tabellslag(
            "em-2026", EM_KOMMUNE, "Anmodning om bosetting 2026, med enslige mindreårige",
            "IMDi, Anmodning om bosetting 2026", _IMDI, statusdato=date(2025, 10, 31),
        ),
        Tabellslag(
            "em-2016", EM_2016, "Anmodning og vedtak om enslige mindreårige 2016 og 2017, per 3. november 2016",
            "IMDi, status per 3. november 2016 (arbeidsfil publisert av en analytiker i IMDi)", _IMDI,
            statusdato=date(2016, 11, 3), kvalitet=Kvalitet.FORELOPIG,
        ),
    )
}  # fmt: skip


def story(slag: Tabellslag, aar: int, maal: str, lest: date, kvalitet: Kvalitet) -> tuple[date, Kvalitet]:
    """The day and the quality of one figure, with what is known of the table beyond what its form says."""
    if (aar, maal) in slag.per_aar:
        return slag.per_aar[aar, maal], Kvalitet.FORELOPIG
    if maal in slag.per_maal:
        return slag.per_maal[maal], Kvalitet.ENDELIG if maal == "anmodning" else kvalitet
    return lest, kvalitet
