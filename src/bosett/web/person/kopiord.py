"""How each thing we store about a person is said in words: codes, days, lists. What is not named here is said as it is stored."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.dokument.states import DOKUMENT, INNFIL
from bosett.kartlegging.rules.emplan import mal
from bosett.kartlegging.rules.skjema import Felt, skjemaer
from bosett.kartlegging.rules.verdier import som_tekst
from bosett.kartlegging.states import EMPLAN
from bosett.person.models import Husholdning, Medlem
from bosett.person.rules.felter import hviteliste
from bosett.person.rules.koder import tekst
from bosett.person.rules.ventedager import tabell as ventetabell
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import policy
from bosett.web import historie, visning
from bosett.web.kartlegging import visning as kartleggingsvisning
from bosett.web.oppgave.slag import oppgavenavn
from bosett.web.person import sammenligning
from bosett.web.person.innsyn import UTENFOR, lest
from bosett.web.person.tabeller import ANSVAR, grunnlagnavn, lopnavn, mangel
from bosett.web.person.ventedager import eiernavn, grunnavn


def ord_for(tabell: str, felt: str, verdi: Any) -> tuple[str, ...]:
    """In the active language; several for a list, none for nothing and for what only machines read."""
    if verdi is None or verdi == "" or (tabell, felt) in _BARE_DATA:
        return ()
    si = _SLIK.get((tabell, felt)) or _SLIK.get(("", felt)) or _som_det_er
    svar = si(verdi)
    return (svar,) if isinstance(svar, str) else tuple(svar)


def mangler(alle: Iterable[Mapping[str, Any]], navn: str) -> tuple[str, ...]:
    """What the household lacks before it can be settled; `navn` is the reader's, and the others have none here."""
    en_annen = gettext("En annen i husholdningen")
    return tuple(mangel(ett["kode"], navn if ett.get("hun", True) else en_annen) for ett in alle)


def _som_det_er(verdi: Any) -> str | list[str]:
    if isinstance(verdi, bool):
        return gettext("Ja") if verdi else gettext("Nei")
    if isinstance(verdi, int):
        return visning.tall(verdi)
    if isinstance(verdi, datetime):
        tid = localtime(verdi)
        return gettext("%(dato)s kl.\u00a0%(tid)s") % {
            "dato": visning.dato_lang(tid),
            "tid": tid.strftime("%H.%M"),
        }
    if isinstance(verdi, date):
        return visning.dato_lang(verdi)
    if isinstance(verdi, list | dict):
        alle = verdi.values() if isinstance(verdi, dict) else verdi
        return [ord_ for ett in alle for ord_ in ord_for("", "", ett)]
    return str(verdi)


def _i_listen(fil: str) -> Callable[[str], str]:
    return lambda kode: visning.stor(tekst(fil, kode, visning.spraak()))


def _kalt(navn: Mapping[str, Any]) -> Callable[[str], str]:
    return lambda kode: visning.stor(str(navn.get(kode, kode)))


def _valgt(*valg: tuple[str, Any]) -> Callable[[str], str]:
    """A choice or state, whose name is a bokmål source string."""
    return lambda kode: gettext(str(dict(valg).get(kode, kode)))


def _hver(si: Callable[[str], str]) -> Callable[[Iterable[str]], list[str]]:
    return lambda alle: [si(ett) for ett in alle]


def _handling(kode: str) -> str:
    handling = policy().handlinger.get(kode)
    return historie.skjedd(kode, handling.tekst if handling else kode)


def _sak(pk: str) -> str:
    return f"H {pk}"


def _ventehendelse(kode: str) -> str:
    return ventetabell().slag[kode].tekst.paa(visning.spraak())


def _sporsmaal(kode: str) -> str:
    felt = _kartleggingsfelt(kode)
    return felt.tekst.paa(visning.spraak()) if felt is not None else kode


def svaret(kode: str, verdi: Any) -> tuple[str, ...]:
    """What was answered in the mapping, in the words of the form's own choices."""
    felt = _kartleggingsfelt(kode)
    if felt is None or verdi is None:
        return ord_for("", "", verdi)
    return (som_tekst(felt, verdi, visning.spraak()),)


def _kartleggingsfelt(kode: str) -> Felt | None:
    """In the newest form that asks it."""
    felter = [skjema.felter[kode] for skjema in skjemaer().values() if kode in skjema.felter]
    return felter[-1] if felter else None


def _plansvar(svar: Mapping[str, str]) -> list[str]:
    navn = {felt.kode: felt.tekst.paa(visning.spraak()) for felt in _planfelter() if felt.kode in svar}
    return [f"{navn.get(kode, kode)}: {sagt}" for kode, sagt in svar.items() if sagt]


def _planfelter() -> list[Any]:
    return [felt for kode in ("iktp_1", "overgangsrapport_1") for felt in mal(kode).felter]


_KOM = {"asyl": _("asylsøker"), "overforing": _("overføringsflyktning"), "familie": _("familieinnvandrer")}
_KILDE = {"udi": "UDI", "imdi": "IMDi", "bosett": "Bosett", "mottak": _("mottaket"), "soknad": _("søknaden")}
_RETNING = {"ut": _("brev ut"), "inn": _("dokument inn"), "internt": _("internt dokument"), "fil": _("fil")}
_MELDT: Mapping[str, tuple[Any, Callable[[Any], str]]] = {
    "slag": (_("Kom som"), _kalt(_KOM)),
    "em": (_("Meldt som enslig mindreårig"), lambda verdi: gettext("Ja") if verdi else gettext("Nei")),
    "rettet": (_("Fødselsdatoen ble rettet"), lambda dag: visning.dato_lang(date.fromisoformat(dag))),
    "ute_grunn": (_("Hvorfor du ikke er med i saken lenger"), _valgt(*Husholdning.Slutt.choices)),
}
_NYESTE = {
    "ankomst": _("Nyeste melding om ankomsten"),
    "fodt": _("Nyeste melding om fødselsdatoen"),
    "ute": _("Nyeste melding om at du trakk deg eller reiste ut"),
    "dod": _("Nyeste melding om dødsfall"),
    "sperre": _("Nyeste melding om skjerming av adressen"),
}

_REKKE = (*_MELDT, *_NYESTE)


def _meldt(alt: Mapping[str, Any]) -> list[str]:
    """What UDI has told that has no field of its own; and of each fact the number of the message it stands on."""
    svar = []
    for kode in sorted(alt, key=lambda kode: _REKKE.index(kode) if kode in _REKKE else len(_REKKE)):
        navn, si = _MELDT.get(kode, (_NYESTE.get(kode, kode), str))
        svar.append(f"{navn}: {si(alt[kode])}")
    return svar


def _flyttet(ider: Mapping[str, list[int]]) -> list[str]:
    return [f"{hva_}: {visning.tall(n)}" for hva_, n in sammenligning.flyttet(ider) if n]


def _skrevet_over(alt: Mapping[str, list[Any]]) -> list[str]:
    """«Kjønn: Ikke oppgitt → Kvinne»"""
    svar = []
    for felt, begge in alt.items():
        tabell = "Husholdning" if felt == "apnet" else "Person"
        hva_ = hviteliste().felt(tabell, felt)
        fra, til = (", ".join(ord_for(tabell, felt, _som_dag(verdi))) or visning.UKJENT for verdi in begge)
        svar.append(f"{hva_.tekst.paa(visning.spraak()) if hva_ else felt}: {fra} → {til}")
    return svar


def _som_dag(verdi: Any) -> Any:
    try:
        return date.fromisoformat(verdi) if isinstance(verdi, str) else verdi
    except ValueError:
        return verdi


_SLIK: Mapping[tuple[str, str], Callable[[Any], str | list[str]]] = {
    ("", "kilde"): _kalt(_KILDE),
    ("Husholdning", "subjekt"): _sak,
    ("Husholdning", "lop"): lopnavn,
    ("Husholdning", "ansvar"): _kalt(ANSVAR),
    ("Person", "rolle"): _valgt(*Medlem.Rolle.choices),
    ("Person", "statsborgerskap"): lambda kode: visning.stor(visning.land(kode)),
    ("Person", "spraak"): _hver(_i_listen("spraak")),
    ("Person", "tolkespraak"): _i_listen("spraak"),
    ("Person", "meldt"): _meldt,
    ("Navn", "skrift"): _kalt(sammenligning.SKRIFT),
    ("Opphold", "grunnlag"): lambda kode: visning.stor(grunnlagnavn(kode)),
    ("Lop", "slag"): lopnavn,
    ("Lop", "hendelse"): _handling,
    ("Ventetid", "eier"): eiernavn,
    ("Ventetid", "grunn"): grunnavn,
    ("Ventetid", "hendelse"): _ventehendelse,
    ("Ventedagretting", "eier"): eiernavn,
    ("Ventedagretting", "grunn"): grunnavn,
    ("Kartlegging", "tilstand"): lambda kode: kartleggingsvisning.tilstand(kode)[0],
    ("Kartlegging", "spraak"): _i_listen("spraak"),
    ("Kartleggingssvar", "felt"): _sporsmaal,
    ("Intervju", "spraak"): _i_listen("spraak"),
    ("Intervju", "fortalt_spraak"): _i_listen("spraak"),
    ("Emplan", "tilstand"): _valgt(*((t.kode, t.navn) for t in EMPLAN.tilstander)),
    ("Emplanversjon", "svar"): _plansvar,
    ("Kulturokt", "spraak"): _i_listen("spraak"),
    ("Henvendelse", "spraak"): _hver(_i_listen("spraak")),
    ("Samtykke", "formaal"): _i_listen("samtykker"),
    ("Samtykke", "spraak"): _i_listen("spraak"),
    ("Dublett", "grunner"): _hver(_kalt(sammenligning.GRUNN)),
    ("Dublett", "poeng"): sammenligning.styrke,
    ("Sammenslaaing", "tomt"): _sak,
    ("Sammenslaaing", "flyttet"): _flyttet,
    ("Sammenslaaing", "skrevet_over"): _skrevet_over,
    ("dokumenter", "retning"): _kalt(_RETNING),
    ("dokumenter", "tilstand"): _valgt(
        *((t.kode, t.navn) for t in (*DOKUMENT.tilstander, *INNFIL.tilstander))
    ),
    ("oppgaver", "slag"): oppgavenavn,
    ("delt_med", "grad"): _valgt(*Deling.Grad.choices),
    ("sett_av", "hva"): _hver(lest),
    ("sett_av", "grunn"): _i_listen("innsynsgrunner"),
    ("sett_av", "utenfor"): _hver(_kalt(UTENFOR)),
    ("gjort", "handling"): _handling,
}
"""(table or list, field) → how it is said. An empty table: the field in every table."""
_BARE_DATA = frozenset({("Sammenslaaing", "dublett"), ("dokumenter", "slag"), ("Emplanversjon", "mal")})
