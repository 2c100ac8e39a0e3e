"""CSV, XLSX and JSON of a bound table: all filtered rows, the order of the screen, raw values. Built in memory, inside the
request's transaction (a streamed body would run after it and see no rows)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.text import slugify
from django.utils.translation import gettext

from bosett.grunn.klokke import i_dag, naa
from bosett.web.tabellverdier import eksportklar, formelsikker

if TYPE_CHECKING:
    from bosett.web.tabell import Kolonne
    from bosett.web.tabellbundet import BundetTabell

_TYPE = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


def svar(tabell: BundetTabell, format: str) -> HttpResponse:
    kropp = {"csv": csv_, "xlsx": xlsx, "json": json_}[format](tabell)
    navn = tabell.definisjon.filnavn or slugify(tabell.kode)
    disposisjon = "inline" if format == "json" else "attachment"
    return HttpResponse(
        kropp,
        headers={
            "Content-Type": _TYPE[format],
            "Content-Disposition": f'{disposisjon}; filename="{navn}-{i_dag():%Y-%m-%d}.{format}"',
        },
    )


def _kolonner(tabell: BundetTabell) -> list[Kolonne]:
    return [k for k in tabell.definisjon.kolonner if not k.bare_skjerm]


def csv_(tabell: BundetTabell) -> bytes:
    """Semicolon, decimal comma and a byte order mark, as Norwegian spreadsheets expect; dates as 2026-11-20; unknown is empty."""
    kolonner = _kolonner(tabell)
    ut = io.StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow([formelsikker(force_str(k.overskrift)) for k in kolonner])
    for rad in tabell.eksportrader():
        skriver.writerow([_csvverdi(k.eksportverdi(rad)) for k in kolonner])
    return b"\xef\xbb\xbf" + ut.getvalue().encode()


def _csvverdi(ra: Any) -> str:
    verdi = eksportklar(ra)
    if verdi is None:
        return ""
    if isinstance(verdi, bool):
        return gettext("ja") if verdi else gettext("nei")
    if isinstance(verdi, int):
        return str(verdi)
    if isinstance(verdi, Decimal):
        return f"{verdi:f}".replace(".", ",")
    if isinstance(verdi, float):
        return repr(verdi).replace(".", ",")
    if isinstance(verdi, datetime):
        return verdi.isoformat(sep=" ", timespec="minutes")
    return verdi.isoformat() if isinstance(verdi, date) else formelsikker(verdi)


def xlsx(tabell: BundetTabell) -> bytes:
    """One sheet with the rows, head frozen and filterable, and one about the figures. Texts are never read as formulas or links."""
    ut = io.BytesIO()
    valg = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    bok = xlsxwriter.Workbook(ut, valg)
    hodestil = bok.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    datostil = bok.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    tidstil = bok.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    heltall, desimal = bok.add_format({"num_format": "#,##0"}), bok.add_format({"num_format": "#,##0.0##"})
    kolonner = _kolonner(tabell)
    ark = bok.add_worksheet(_arknavn(force_str(tabell.definisjon.caption)))
    for nr, kolonne in enumerate(kolonner):
        ark.set_column(nr, nr, 14 if kolonne.til_hoyre else 26)
        ark.write_string(0, nr, force_str(kolonne.overskrift), hodestil)
    ark.freeze_panes(1, 1)
    siste = 0
    for siste, rad in enumerate(tabell.eksportrader(), 1):
        for nr, kolonne in enumerate(kolonner):
            verdi = eksportklar(kolonne.eksportverdi(rad))
            if verdi is None:
                continue
            if isinstance(verdi, bool):
                ark.write_boolean(siste, nr, verdi)
            elif isinstance(verdi, int | float | Decimal):
                ark.write_number(siste, nr, verdi, heltall if verdi == int(verdi) else desimal)
            elif isinstance(verdi, datetime):
                ark.write_datetime(siste, nr, verdi, tidstil)
            elif isinstance(verdi, date):
                ark.write_datetime(siste, nr, datetime(verdi.year, verdi.month, verdi.day), datostil)  # noqa: DTZ001
            else:
                ark.write_string(siste, nr, verdi[:32767])
    if siste:
        ark.autofilter(0, 0, siste, max(0, len(kolonner) - 1))
    om = bok.add_worksheet(_arknavn(gettext("Om tallene")))
    om.set_column(0, 0, 28)
    om.set_column(1, 1, 90)
    for nr, (merke, tekst) in enumerate(_om(tabell)):
        om.write_string(nr, 0, merke, hodestil)
        om.write_string(nr, 1, tekst)
    bok.close()
    return ut.getvalue()


def _arknavn(tekst: str) -> str:
    return "".join(tegn for tegn in tekst if tegn not in "[]:*?/\\'")[:31].strip() or "Ark"


def _om(tabell: BundetTabell) -> Iterable[tuple[str, str]]:
    yield gettext("Tabell"), force_str(tabell.definisjon.caption)
    yield gettext("Hentet"), f"{naa():%Y-%m-%d %H:%M}"
    yield gettext("Utvalg"), tabell.sporring or gettext("alle rader")
    for merke, tekst in tabell.definisjon.om:
        yield force_str(merke), force_str(tekst)
    for kolonne in _kolonner(tabell):
        if kolonne.enhet:
            yield force_str(kolonne.overskrift), force_str(kolonne.enhet)


class _Koder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return int(o) if o == o.to_integral_value() else float(o)
        return super().default(o)


def json_(tabell: BundetTabell) -> bytes:
    kolonner = _kolonner(tabell)
    innhold = {
        "tabell": tabell.kode,
        "tittel": force_str(tabell.definisjon.caption),
        "om": {force_str(merke): force_str(tekst) for merke, tekst in tabell.definisjon.om},
        "kolonner": [
            {
                "kode": k.kode,
                "overskrift": force_str(k.overskrift),
                **({"enhet": force_str(k.enhet)} if k.enhet else {}),
            }
            for k in kolonner
        ],
        "antall": tabell.antall,
        "rader": [
            {k.kode: eksportklar(k.eksportverdi(rad)) for k in kolonner} for rad in tabell.eksportrader()
        ],
    }
    return json.dumps(innhold, cls=_Koder, ensure_ascii=False).encode()
