"""«Why this number»: from the stored computation of one municipality to what the page shows. The same for drafts and published rounds.

`bygg(rad, runde)` takes the engine's own JSON: `rad` is one municipality (`Rad` of `anmodning.rules.resultat`, stored as
`Anmodningstall.forklaring` and `Publisertforklaring.innhold`), `runde` is the rest (`Revisjon.kontroll`,
`Publisering.opplysninger["runde"]`). Show it with {% templatetag openblock %} include "statistikk/_forklaring.html" {% templatetag closeblock %}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from bosett.anmodning.rules import hent, region
from bosett.web import diagram, visning
from bosett.web.statistikk.regnestykke import Regnestykke, Vektrad, regnestykke, vektrader

_REGLER = frozenset({"spredningsloft", "inngang", "grenser", "avrunding", "dialog"})
_KVALITET = {
    "endelig": "neutral",
    "forelopig": "neutral",
    "anslag": "warning",
    "mangler": "warning",
    "arvet": "neutral",
}


@dataclass(frozen=True)
class Terskel:
    """A national need at which the number changes. `behov` None: it never does. `fylt`: one more place."""

    navn: str
    behov: int | None
    endring: int | None
    fylt: bool = False


@dataclass(frozen=True)
class Vekt:
    navn: str
    prosent: Decimal | None
    oppfylt: bool | None


@dataclass(frozen=True)
class Opplysningsrad:
    """One input: the figure here and in the country, where it is from, how sure."""

    navn: str
    her: str
    landet: str
    kilde: str
    dato: str
    kvalitet: str
    farge: str
    merknad: str = ""
    norsk: bool = False
    """The name and the source are data, in Norwegian whatever the language of the page."""


@dataclass(frozen=True)
class Forklaring:
    """Everything the partial shows. Texts are in the reader's written form (nynorsk, else bokmål)."""

    navn: str
    nummer: str
    fylke: str
    aar: int | None
    antall: int
    em: int
    spurt: bool
    svar: str
    forklaring: str
    vurdering: str
    per_1000: Decimal
    per_1000_landet: Decimal | None
    rang: int
    av: int
    foss: diagram.Foss | None
    terskler: tuple[Terskel, ...]
    krav: Decimal
    vekter: tuple[Vekt, ...]
    krav_oppfylt: bool | None
    vektrader: tuple[Vektrad, ...]
    regnestykke: Regnestykke | None
    kontinuitet: str
    kontinuitet_aar: str
    opplysninger: tuple[Opplysningsrad, ...]
    varsler: tuple[str, ...]
    kriterieaar: int
    departement: str
    antatt: bool
    behov: int
    avtrykk: str


def bygg(rad: Mapping[str, Any], runde: Mapping[str, Any]) -> Forklaring:
    """Put the page together. Raises ValueError when the terms do not add up to the number: a chart never lies."""
    antall = int(rad["antall"])
    kontroll = runde["kontroll60"]
    return Forklaring(
        navn=rad["navn"],
        nummer=rad["kommunenummer"],
        fylke=rad["fylke"],
        aar=runde.get("aar"),
        antall=antall,
        em=int(rad["em"]),
        spurt=antall > 0,
        svar=visning.paa_norsk(rad["svar"]),
        forklaring=visning.paa_norsk(rad["forklaring"]),
        vurdering=visning.paa_norsk(rad.get("vurdering")),
        per_1000=Decimal(rad["per_1000"]),
        per_1000_landet=_per_1000_landet(runde),
        rang=int(rad["rang_i_fylket"]),
        av=int(rad["kommuner_i_fylket"]),
        foss=_foss(rad, antall),
        terskler=_terskler(rad, int(runde["behov"]), antall),
        krav=_prosent(kontroll["krav"]) or Decimal(0),
        vekter=(
            Vekt(gettext("Satt vekt"), _prosent(kontroll["satt"]), kontroll["satt_oppfylt"]),
            Vekt(gettext("Faktisk vekt"), _prosent(kontroll["faktisk"]), kontroll["faktisk_oppfylt"]),
        ),
        krav_oppfylt=kontroll["satt_oppfylt"] and kontroll["faktisk_oppfylt"] is not False,
        vektrader=vektrader(rad, runde),
        regnestykke=regnestykke(rad, runde),
        kontinuitet=_kontinuitet(rad),
        kontinuitet_aar=_kontinuitetsaar(rad),
        opplysninger=tuple(_opplysninger(rad, runde)),
        varsler=tuple(visning.paa_norsk(v) for v in rad.get("varsler", ())),
        kriterieaar=int(runde["kriterieaar"]),
        departement=hent(int(runde["kriterieaar"])).departement,
        antatt=not runde["variant_publisert"],
        behov=int(runde["behov"]),
        avtrykk=runde["avtrykk"],
    )


def _kontinuitet(rad: Mapping[str, Any]) -> str:
    """Three years in a row with settlement: yes, no, or the years are not all known."""
    if rad.get("bosatt_til") is None:
        return gettext("ikke kjent")
    return gettext("ja") if rad["kontinuitet"] else gettext("nei")


def _kontinuitetsaar(rad: Mapping[str, Any]) -> str:
    siste = rad.get("bosatt_til")
    return "" if siste is None else f"{siste - 2}–{siste}"


def _folketall_landet(runde: Mapping[str, Any]) -> int:
    """All inhabitants, as the counties' groups of the spread sum them; 0 when the computation did not store them."""
    return sum(int(g["folketall"]) for g in runde.get("spredning", ()) if g["familie"] == "fylke")


def _per_1000_landet(runde: Mapping[str, Any]) -> Decimal | None:
    folketall = _folketall_landet(runde)
    return Decimal(1000 * int(runde["sum_antall"])) / folketall if folketall else None


def _prosent(verdi: Any) -> Decimal | None:
    return None if verdi is None else 100 * Decimal(verdi)


def virksomme(bidrag: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The terms to show: rules that did nothing here are left out, and the rest still adds up."""
    return [b for nr, b in enumerate(bidrag) if not nr or Decimal(b["vist"]) or b["id"] not in _REGLER]


def _foss(rad: Mapping[str, Any], antall: int) -> diagram.Foss | None:
    """The terms with one decimal; they add up exactly."""
    bidrag: Sequence[Mapping[str, Any]] = rad["bidrag"]
    ledd = []
    for nr, b in enumerate(virksomme(bidrag)):
        vist = Decimal(b["vist"])
        type_: diagram.Type = "start" if nr == 0 else "regel" if b["id"] in _REGLER else "opp"
        ledd.append(
            diagram.Ledd(
                visning.paa_norsk(b["navn"]),
                vist,
                visning.paa_norsk(b["merknad"]),
                "" if nr == 0 else visning.paa_norsk(b["gruppe"]),
                type_,
            )
        )
    navn = gettext("%(kommune)s blir bedt om") % {"kommune": rad["navn"]}
    return diagram.Foss(
        gettext("Slik blir tallet %(tall)s: hvert ledd med bidrag og sum så langt, i personer") % {"tall": visning.tall(antall)},
        ledd, Decimal(antall), navn, gettext("Ledd"),
    )  # fmt: skip


def _terskler(rad: Mapping[str, Any], behov: int, antall: int) -> tuple[Terskel, ...]:
    endring = rad["endring"]
    navn = [("neste_plass", gettext("Neste plass ved nasjonalt behov på"), True)]
    if antall:
        navn += [
            ("en_faerre", gettext("Én plass færre ved"), False),
            ("ikke_spurt", gettext("Ikke spurt ved"), False),
        ]
    return tuple(
        Terskel(tekst, endring[kode], None if endring[kode] is None else int(endring[kode]) - behov, fylt)
        for kode, tekst, fylt in navn
    )


def _opplysninger(rad: Mapping[str, Any], runde: Mapping[str, Any]) -> list[Opplysningsrad]:
    om: Mapping[str, Mapping[str, Any]] = runde.get("opplysninger", {})
    navn = {k["id"]: visning.paa_norsk(k["navn"]) for k in runde["kontroll60"]["kriterier"]}
    folk = om.get("folketall", {})
    ut = [
        Opplysningsrad(
            gettext("Innbyggere"),
            visning.tall(rad["folketall"]),
            visning.tall(_folketall_landet(runde) or None),
            folk.get("kilde", ""),
            _dato(folk.get("dato")),
            *_kvalitet(folk, "tall"),
        )
    ]
    for b in rad["opplysninger"]:
        story = om.get(b["kriterium"], {})
        desimaler = story.get("desimaler", 1)
        egennavn = story.get("navn_nn" if visning.spraak() == "nn" else "navn_nb") or ""
        erstatning = story.get("erstatning_nn" if visning.spraak() == "nn" else "erstatning") or ""
        merknad = " ".join(t for t in (b.get("merknad") or erstatning, _regionen(b["kriterium"], runde)) if t)
        ut.append(
            Opplysningsrad(
                egennavn or navn.get(b["kriterium"], b["kriterium"]),
                _med_enhet(b["verdi"], story, desimaler),
                _med_enhet(b["landet"], story, desimaler),
                story.get("kilde", ""), _dato(story.get("dato")), *_kvalitet(story, b["tilstand"], b["nivaa"]), merknad, norsk=True,
            )
        )  # fmt: skip
    ut.append(_innvandrere(rad, runde, om.get("innvandrerandel", {})))
    return ut


def _regionen(kriterium: str, runde: Mapping[str, Any]) -> str:
    """What the set takes «i regionen» to mean, for the criteria that say it."""
    nivaa = hent(int(runde["kriterieaar"])).standardvariant.region.get(kriterium)
    return region.TEKST[nivaa].paa(visning.spraak()) if nivaa else ""


def _innvandrere(
    rad: Mapping[str, Any], runde: Mapping[str, Any], story: Mapping[str, Any]
) -> Opplysningsrad:
    """The immigrant share, with the ministry's definition of it beside the number (R129)."""
    andel, landet = rad.get("innvandrerandel"), rad.get("innvandrerandel_landet")
    definisjon = hent(int(runde["kriterieaar"])).innvandrerdefinisjon.paa(visning.spraak())
    desimaler = story.get("desimaler", 1)
    return Opplysningsrad(
        gettext("Andel innvandrere"), _med_enhet(andel, story, desimaler), _med_enhet(landet, story, desimaler),
        story.get("kilde", ""), _dato(story.get("dato")), *_kvalitet(story, "mangler" if andel is None else "tall"), definisjon,
    )  # fmt: skip


def _med_enhet(verdi: Any, story: Mapping[str, Any], desimaler: int) -> str:
    if verdi is None:
        return visning.UKJENT
    enhet = story.get("enhet", "")
    tall = visning.tall(verdi, desimaler)
    return f"{tall}\u00a0{enhet}" if enhet in ("%", "prosent") else f"{tall} {enhet}".strip()


def _kvalitet(story: Mapping[str, Any], tilstand: str, nivaa: str = "") -> tuple[str, str]:
    kode = tilstand if tilstand in ("mangler", "arvet") else story.get("kvalitet", "")
    navn = {
        "endelig": gettext("Endelig"), "forelopig": gettext("Foreløpig"), "anslag": gettext("Anslag"), "mangler": gettext("Mangler"),
        "arvet": gettext("Fra regionen") if nivaa == "region" else gettext("Fra fylket"),
    }.get(kode, gettext("Ikke oppgitt"))  # fmt: skip
    return navn, _KVALITET.get(kode, "neutral")


def _dato(verdi: Any) -> str:
    """Dates of inputs are stored as the source wrote them; an ISO date is shown the Norwegian way."""
    tekst = str(verdi or "")
    deler = tekst.split("-")
    if len(deler) == 3 and all(d.isdigit() for d in deler):
        return f"{deler[2]}.{deler[1]}.{deler[0]}"
    return tekst or visning.UKJENT
