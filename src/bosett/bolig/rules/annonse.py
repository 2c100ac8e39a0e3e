"""A listing of a home to let, read from its link and the text somebody copied from the page (Hjerterom, a service of finn.no; R209).

No network: what the text does not say is empty, and what it says in two ways is empty too. Pure.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from bosett.bolig.rules import annonsefelt as felt
from bosett.grunn.feil import Ugyldig
from bosett.grunn.parametre import Parametre, les

_FIL = Path(__file__).parent.parent / "satser" / "annonse.yaml"
_SPORING = re.compile(r"^(utm_\w+|gclid|fbclid|ci|searchid|page)$")
_FINNKODE = re.compile(r"(?<!\d)\d{6,12}(?!\d)")
# Label → field, the first that matches; the order decides («ledig fra» before «ledig»).
_ETIKETTER = (
    ("husleie", r"månedsleie|husleie|leiepris|leie (?:per|pr\.?) (?:måned|mnd\.?)|pris (?:per|pr\.?) (?:måned|mnd\.?)"),
    ("", r"depositum|bankgaranti|inkluderer|energimerking|boligtype|møblering|byggeår|fellesgjeld|sist endret|tomteareal"),
    ("soverom", r"(?:antall )?soverom"),
    ("rom", r"(?:antall )?rom"),
    ("areal", r"primærrom|p-rom|internt bruksareal|bra-i|boareal|bruksareal|bra|areal|størrelse"),
    ("etasje", r"etasje"),
    ("periode", r"leieperiode|utleieperiode"),
    ("ledig_fra", r"ledig fra|tilgjengelig fra|innflytting|overtakelse|ledig"),
    ("ledig_til", r"ledig til|leies ut til|tilgjengelig til"),
    ("sted", r"adresse|gateadresse|beliggenhet"),
    ("utleier", r"utleier|kontaktperson|kontakt|annonsør|eier"),
    ("telefon", r"telefon|tlf\.?|mobil|mob\.?"),
    ("epost", r"e-?post(?:adresse)?|mail"),
    ("finnkode", r"finn-?kode|annonsenummer"),
    ("tittel", r"tittel|overskrift"),
    ("beskrivelse", r"beskrivelse|om boligen"),
)  # fmt: skip
_LINJE = tuple(
    (navn, re.compile(rf"(?i)^(?:{ord_})(?![\w-])\s*[:\-–]?\s*(.*)$")) for navn, ord_ in _ETIKETTER
)
_HODE = re.compile(
    r"(?i)^(nøkkelinfo|nøkkelinformasjon|fasiliteter|bilder|kart|lagre i favoritter|del annonse|til leie)\b.{0,20}$"
)
_SOVEROM = re.compile(r"(?i)\b(\d{1,2}|ett|to|tre|fire|fem|seks)\s+(?:store |gode |romslige )?soverom\b")
_ROMS = re.compile(r"(?i)\b(\d{1,2})[- ]?roms\b")
_ETASJE = re.compile(r"(?i)(?<![\d.])(\d{1,2})\.\s?(?:etasje|etg)\b")
_ADRESSELINJE = re.compile(r"^[^\W\d_][^,:]{2,60}\s\d{1,4}\s?[A-Za-z]?,\s*\d{4}\s+[^\W\d_][^\d:]{1,40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonsedata:
    """What a listing says. The fields are those of `models.Annonse`; None and the empty text are not said."""

    nokkel: str
    lenke: str
    finnkode: str = ""
    tittel: str = ""
    adresse: str = ""
    postnummer: str = ""
    poststed: str = ""
    husleie: int | None = None
    rom: int | None = None
    soverom: int | None = None
    areal: int | None = None
    etasje: int | None = None
    ledig_fra: date | None = None
    ledig_til: date | None = None
    utleier: str = ""
    telefon: str = ""
    epost: str = ""
    beskrivelse: str = ""

    def sagt(self) -> dict[str, object]:
        """By name, what it says."""
        alle = {navn: getattr(self, navn) for navn in FELT}
        return {navn: verdi for navn, verdi in alle.items() if verdi not in (None, "")}


FELT = tuple(Annonsedata.__dataclass_fields__)


def slettes_for(dag: date) -> date:
    """A listing nobody has read in since the day before this one is deleted on `dag`."""
    return dag - timedelta(int(_parametre().verdi("annonse_dager", dag).tallverdi))


def identitet(lenke: str) -> tuple[str, str, str]:
    """(key, link, code on finn.no) of a link. The same listing has the same key, however the link is written.

    Raises `Ugyldig` for what is not the address of a page on the web.
    """
    lenke = lenke.strip()
    try:
        deler = urlsplit(lenke if "://" in lenke else f"https://{lenke}")
        vert = (deler.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        deler, vert = urlsplit(""), ""
    if (
        deler.scheme not in ("http", "https")
        or "." not in vert
        or " " in lenke
        or not lenke
        or len(lenke) > 500 - len("https://")
    ):
        raise Ugyldig(
            kode="ANNONSE-LENKE", hva="Lenken er ikke adressen til en side på nettet.", regel="En annonse har lenken den ble funnet på.",
            gjor="Kopier lenken fra adressefeltet i nettleseren.", felt="lenke",
        )  # fmt: skip
    hel = deler.geturl()
    sporring = dict(parse_qsl(deler.query))
    if vert == "finn.no" or vert.endswith(".finn.no"):
        kode = sporring.get("finnkode", "") or next(iter(_FINNKODE.findall(deler.path)), "")
        if _FINNKODE.fullmatch(kode):
            return f"finn:{kode}", hel, kode
    par = sorted((k, v) for k, v in sporring.items() if not _SPORING.match(k.lower()))
    nokkel = vert + deler.path.rstrip("/") + (f"?{urlencode(par)}" if par else "")
    return nokkel if len(nokkel) <= 300 else hashlib.sha256(nokkel.encode()).hexdigest(), hel, ""


def les_tekst(lenke: str, tekst: str, dag: date) -> Annonsedata:
    """The listing as its link and copied text tell it. `dag`: the day it is read, which «ledig nå» means.

    Raises `Ugyldig` for a link that is none.
    """
    nokkel, hel, kode = identitet(lenke)
    linjer = [
        " ".join(linje.replace("\u00a0", " ").replace("\u202f", " ").split()) for linje in tekst.splitlines()
    ]
    linjer = [linje for linje in linjer if linje]
    verdier, ovrige = _etiketter(linjer)
    ut: dict[str, object] = {"nokkel": nokkel, "lenke": hel, "finnkode": kode}
    ut["finnkode"] = kode or next(iter(_FINNKODE.findall(_en(verdier, "finnkode"))), "")
    ut["husleie"] = felt.belop(_en(verdier, "husleie"))
    for navn, prosa in (("soverom", _SOVEROM), ("rom", _ROMS), ("etasje", _ETASJE), ("areal", None)):
        merket = next((n for v in verdier.get(navn, ()) if (n := felt.antall(navn, v)) is not None), None)
        ut[navn] = merket if merket is not None or prosa is None else _av_prosa(navn, prosa, tekst)
    periode = felt.datoer(_en(verdier, "periode"))
    ut["ledig_fra"] = felt.ledig_fra(_en(verdier, "ledig_fra"), dag) or (periode[0] if periode else None)
    til = felt.datoer(_en(verdier, "ledig_til")) or periode[1:2]
    ut["ledig_til"] = til[0] if til else None
    adresselinje = _en(verdier, "sted") or next((linje for linje in ovrige if _ADRESSELINJE.match(linje)), "")
    ut["adresse"], ut["postnummer"], ut["poststed"] = felt.sted(adresselinje)
    ut["utleier"] = _en(verdier, "utleier")[:120]
    ut["telefon"] = felt.telefon(_en(verdier, "telefon")) or felt.telefon(
        " \n".join(ovrige + verdier.get("utleier", []))
    )
    ut["epost"] = felt.epost(_en(verdier, "epost")) or felt.epost(tekst)
    ut["tittel"] = (_en(verdier, "tittel") or next((linje for linje in ovrige if _er_tittel(linje)), ""))[
        :200
    ]
    ut["beskrivelse"] = "\n".join(verdier.get("beskrivelse", ()))[:10_000]
    return Annonsedata(**ut)  # type: ignore[arg-type]


def _etiketter(linjer: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Field → what stands beside the label, or on the line below it; and the lines without a label."""
    verdier: dict[str, list[str]] = {}
    ovrige: list[str] = []
    venter: str | None = None  # a label whose value comes on the next line
    beskriver = False
    for linje in linjer:
        navn, verdi = _etikett(linje)
        if navn is None and venter is not None:
            verdier.setdefault(venter, []).append(linje)
            beskriver, venter = beskriver or venter == "beskrivelse", None
        elif navn is None and beskriver and not _HODE.match(linje):
            verdier["beskrivelse"].append(linje)
        elif navn is None:
            beskriver = False
            ovrige.append(linje)
        else:
            if verdi:
                verdier.setdefault(navn, []).append(verdi)
            venter = None if verdi else navn
            beskriver = navn == "beskrivelse" and bool(verdi)
    return verdier, ovrige


def _etikett(linje: str) -> tuple[str | None, str]:
    for navn, monster in _LINJE:
        m = monster.match(linje)
        # A sentence that begins with the word of a label is no label: «Rom for alle i huset».
        if m and (len(m[1]) <= 60 or ":" in linje[:40]) and _passer(navn, m[1], linje):
            return navn, m[1].strip()
    return None, ""


def _passer(navn: str, verdi: str, linje: str) -> bool:
    if not verdi or navn in ("", "beskrivelse") or re.match(r"^[^:]{1,40}:", linje):
        return True
    if navn in ("soverom", "rom", "areal", "etasje", "husleie", "finnkode", "telefon"):
        return bool(re.match(r"^(?:kr\.? ?|nok ?|\+|ca\.? ?)?-?\d", verdi.lower())) or (
            navn in ("soverom", "rom") and felt.antall(navn, verdi) is not None
        )
    if navn in ("ledig_fra", "ledig_til", "periode"):
        return (
            bool(felt.datoer(verdi))
            or felt.ledig_fra(verdi, date.min) is not None
            or bool(re.search(r"\d", verdi))
        )
    return navn != "epost" or "@" in verdi


def _en(verdier: dict[str, list[str]], navn: str) -> str:
    """The value, when the text gives one only."""
    alle = list(dict.fromkeys(verdier.get(navn, ())))
    return alle[0] if len(alle) == 1 else ""


def _av_prosa(navn: str, monster: re.Pattern[str], tekst: str) -> int | None:
    alle = {felt.antall(navn, m) for m in monster.findall(tekst)}
    return alle.pop() if len(alle) == 1 else None


def _er_tittel(linje: str) -> bool:
    return not (
        _HODE.match(linje)
        or _ADRESSELINJE.match(linje)
        or "://" in linje
        or felt.epost(linje)
        or felt.telefon(linje)
    )


@cache
def _parametre() -> Parametre:
    return les(_FIL)
