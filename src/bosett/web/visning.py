"""How values look on a screen: numbers, dates and clocks in the active language. For display only, never for exports."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from babel import Locale
from babel.core import get_global
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from bosett.grunn import frister, klokke, tallformat, uker
from bosett.grunn.tallformat import Spraak

UKJENT = "–"
"""What an unknown value looks like. Never 0, never empty."""


def spraak() -> Spraak:
    kode = (get_language() or "nb")[:2]
    return cast(Spraak, kode if kode in ("nb", "nn", "en") else "nb")


def paa_norsk(tekst: Any) -> str:
    """A stored text in the reader's written form (nynorsk, else bokmål): {"nb": …, "nn": …}, or a plain text."""
    if not tekst:
        return ""
    if isinstance(tekst, str):
        return tekst
    return str(tekst.get("nn" if spraak() == "nn" else "nb") or tekst.get("nb", ""))


def _som_tall(verdi: Any) -> Decimal | int | float | None:
    if verdi is None or verdi == "" or isinstance(verdi, bool):
        return None
    return verdi if isinstance(verdi, int | float | Decimal) else Decimal(str(verdi))


def tall(verdi: Any, desimaler: int | None = None) -> str:
    n = _som_tall(verdi)
    return UKJENT if n is None else tallformat.tall(n, desimaler, spraak())


def fortegn(verdi: Any, desimaler: int | None = None) -> str:
    n = _som_tall(verdi)
    return UKJENT if n is None else tallformat.med_fortegn(n, desimaler, spraak())


def prosent(verdi: Any, desimaler: int | None = 0) -> str:
    """`verdi` is already per cent (74 → «74 %»)."""
    n = _som_tall(verdi)
    return UKJENT if n is None else tallformat.prosent(n, desimaler, spraak())


def som_dato(verdi: Any) -> date | None:
    if isinstance(verdi, datetime):
        return localtime(verdi).date() if verdi.tzinfo else verdi.date()
    return verdi if isinstance(verdi, date) else None


def dato(verdi: Any) -> str:
    """«20.12.2019»"""
    dag = som_dato(verdi)
    return UKJENT if dag is None else tallformat.dato_kort(dag)


def dato_lang(verdi: Any, *, med_ukedag: bool = False) -> str:
    dag = som_dato(verdi)
    return UKJENT if dag is None else tallformat.dato_lang(dag, spraak(), med_ukedag=med_ukedag)


def maaned(verdi: Any) -> str:
    """«oktober 2026»"""
    dag = som_dato(verdi)
    return UKJENT if dag is None else f"{tallformat.maanedsnavn(dag.month, spraak())}\u00a0{dag.year}"


def uke(verdi: Any) -> str:
    """«Uke 16, 19.04.–25.04.2027», the week a day is in."""
    dag = som_dato(verdi)
    if dag is None:
        return UKJENT
    return gettext("Uke %(nr)s, %(fra)s–%(til)s") % {
        "nr": dag.isocalendar().week,
        "fra": tallformat.dato_kort(uker.mandag(dag))[:6],
        "til": tallformat.dato_kort(uker.sondag(dag)),
    }


def dag_og_maaned(verdi: Any) -> str:
    """«mandag 23. november», for the head of the home page: the year is this one."""
    dag = som_dato(verdi)
    if dag is None:
        return UKJENT
    nummer = f"{dag.day}" if spraak() == "en" else f"{dag.day}."
    return f"{tallformat.ukedag(dag, spraak())} {nummer}\u00a0{tallformat.maanedsnavn(dag.month, spraak())}"


def dato_ukedag(verdi: Any) -> str:
    """«fre. 20. des.», with the year when it is not this year's."""
    dag = som_dato(verdi)
    return (
        UKJENT if dag is None else tallformat.dato_ukedag(dag, spraak(), aar=dag.year != klokke.i_dag().year)
    )


def tidspunkt(verdi: datetime | None) -> str:
    """«20.12.2019 kl. 10.42», in Oslo time."""
    if verdi is None:
        return UKJENT
    lokal = localtime(verdi)
    return gettext("%(dato)s kl.\u00a0%(tid)s") % {
        "dato": tallformat.dato_kort(lokal.date()),
        "tid": lokal.strftime("%H.%M"),
    }


@dataclass(frozen=True)
class Klokke:
    """Two lines: the date, and how long is left. `stand` is "", "snart" (from the last day but one) or "over"."""

    dato: str
    igjen: str
    stand: str
    dag: date


def klokke_for(frist: Any, *, ferdig: bool = False) -> Klokke | None:
    dag = som_dato(frist)
    if dag is None:
        return None
    i_dag = klokke.i_dag()
    linje = tallformat.dato_naer(dag, i_dag, spraak())
    linje = linje[0].upper() + linje[1:] if linje.startswith(("i ", "y", "t")) and "," in linje else linje
    if ferdig:
        return Klokke(linje, gettext("ferdig"), "", dag)
    alvor = frister.alvor(dag, i_dag)
    dager = frister.dager_igjen(dag, i_dag)
    if dager < 0:
        igjen = ngettext("%(n)s dag over", "%(n)s dager over", -dager) % {"n": tall(-dager)}
    elif dager == 0:
        igjen = gettext("siste dag")
    else:
        igjen = ngettext("%(n)s dag igjen", "%(n)s dager igjen", dager) % {"n": tall(dager)}
    return Klokke(linje, igjen, "" if alvor == "rolig" else alvor, dag)


def skaler(del_: Any, hele: Any) -> str:
    """A share of a bar in per cent with a decimal point, as SVG wants it, inside 0–100."""
    d, h = _som_tall(del_), _som_tall(hele)
    if d is None or not h:
        return "0"
    return f"{min(100.0, max(0.0, float(d) / float(h) * 100)):.2f}".rstrip("0").rstrip(".")


def land(kode: str) -> str:
    """A country's name (ISO 3166 alpha-3) in the active language, from Unicode's CLDR; a code CLDR does not know is shown as it is."""
    if kode == "XXX":  # ICAO 9303: no citizenship
        return gettext("statsløs")
    alfa2 = get_global("territory_aliases").get(kode, [""])[0]
    return Locale(spraak()).territories.get(alfa2, kode)


def stor(tekst: str) -> str:
    """With a capital first letter; the rest as it is."""
    return tekst[:1].upper() + tekst[1:]
