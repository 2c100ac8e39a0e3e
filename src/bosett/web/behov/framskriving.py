"""The advisory forecast: two files and a few answers in, chart and tables out. Nothing is stored."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.behov import selectors
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.kilder.feil import Lesefeil
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.linjediagram import Punkt, linjediagram
from bosett.web.skjema import Skjema
from bosett.web.tabellverdier import formelsikker

if TYPE_CHECKING:
    from bosett.behov.rules.prove import Utenfor
    from bosett.behov.rules.rapport import Rapport

STORSTE_MB = 5
METODER = {
    "modell": _("Modellen"),
    "grunnlinje": _("Grunnlinjen"),
    "sterk-okning": _("Hva om: sterk økning"),
    "sterk-nedgang": _("Hva om: sterk nedgang"),
}
STORRELSER = {
    "soknader": _("Asylsøknader"),
    "tillatelser": _("Personer med tillatelse"),
    "kvote": _("Overføringsflyktninger"),
    "behov": _("Rådgivende anslag i alt"),
}
_FELT = {
    "FRAMSKRIV-AAR": "aar",
    "FRAMSKRIV-HORISONT": "aar",
    "FRAMSKRIV-FOR-KORT": "soknader",
    "FRAMSKRIV-MODELL": "soknader",
    "FRAMSKRIV-VEDTAK": "vedtak",
    "FRAMSKRIV-VENTETID": "forsinkelse",
    "BRUK-FORSINKELSE": "forsinkelse",
    "BRUK-FORSINKELSE-SUM": "forsinkelse",
    "BRUK-FORSINKELSE-KILDE": "forsinkelse_kilde",
}
"""Which field a refusal belongs to."""
VIS_FAKTISK = 36


class Framskriving(Skjema):
    soknader = forms.FileField(
        label=_("Asylsøknader per måned (CSV-fil)"),
        help_text=_("Kolonnene maaned (2026-09) og antall, én rad per måned i rekkefølge, minst 36 måneder."),
    )
    vedtak = forms.FileField(
        label=_("Førsteinstansvedtak per kvartal (CSV-fil)"),
        help_text=_("Kolonnene kvartal (2026-Q3), vedtak_i_alt og innvilget_i_alt, minst åtte kvartaler."),
    )
    aar = forms.IntegerField(label=_("Hvilket år?"), min_value=2000, max_value=2100)
    kvote = forms.IntegerField(
        label=_("Hvor mange overføringsflyktninger?"), min_value=0, max_value=100_000,
        help_text=_("Kvoten for året. Den blir regnet som sikker."),
    )  # fmt: skip
    forsinkelse = forms.CharField(
        label=_("Hvor lang tid går det fra søknad til tillatelse?"), required=False, max_length=500,
        help_text=_("Måneder og andel: «3=0,4 6=0,6» betyr at 40 av 100 venter tre måneder og 60 venter seks. Uten dette blir bare søknadene framskrevet."),
    )  # fmt: skip
    forsinkelse_kilde = forms.CharField(
        label=_("Hvor står ventetiden?"), required=False, max_length=300,
        help_text=_("Må fylles ut hvis du oppgir ventetid."),
    )  # fmt: skip
    scenarioer = forms.MultipleChoiceField(
        label=_("Vil du også se noen «hva om»?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kode, METODER[kode]) for kode in ("sterk-okning", "sterk-nedgang")],
        help_text=_("De bruker bare de sterkeste endringene som har skjedd før. De er ikke det vi venter."),
    )  # fmt: skip
    rett = {
        "soknader": _("Velg filen med søknadene"),
        "vedtak": _("Velg filen med vedtakene"),
    }

    def clean_soknader(self) -> UploadedFile:
        return _liten_nok(self.cleaned_data["soknader"])

    def clean_vedtak(self) -> UploadedFile:
        return _liten_nok(self.cleaned_data["vedtak"])


def _liten_nok(fil: UploadedFile) -> UploadedFile:
    if (fil.size or 0) > STORSTE_MB * 1024 * 1024:
        raise forms.ValidationError(
            _u("Filen er større enn %(mb)s MB. Velg en mindre fil.") % {"mb": STORSTE_MB}
        )
    return fil


@krever("behov.framskriv")
def side(request: Foresporsel) -> HttpResponse:
    valgt = request.GET.get("aar", "")
    aar = int(valgt) if valgt.isdecimal() else i_dag().year + 1
    skjema = Framskriving(request.POST or None, request.FILES or None, initial={"aar": aar})
    rapport = None
    if request.method == "POST" and skjema.is_valid():
        svar = dict(skjema.cleaned_data)
        filer = {navn: (str(svar[navn].name), svar[navn].read()) for navn in ("soknader", "vedtak")}
        try:
            rapport = selectors.framskriv(request.aktor, **{**svar, **filer})
        except BosettFeil as feil:
            fil = "vedtak" if isinstance(feil, Lesefeil) and feil.fil != filer["soknader"][0] else "soknader"
            skjema.ta_feil(feil, _FELT.get(feil.kode, fil if isinstance(feil, Lesefeil) else None))
        else:
            if request.POST.get("svar") == "csv":
                return _csv(rapport)
    kontekst: dict[str, Any] = {"skjema": skjema, "rapport": rapport}
    if rapport:
        kontekst |= _vis(rapport)
    return render(request, "behov/framskriving.html", kontekst, status=422 if skjema.errors else 200)


def _vis(rapport: "Rapport") -> dict[str, Any]:
    """What the page shows: the year's figures, the months ahead, the errors by horizon, and the months outside."""
    prove = rapport.prove
    maaneder = {
        metode: {
            rad.periode: rad.anslag
            for rad in rapport.rader
            if (rad.metode, rad.storrelse, rad.merknad) == (metode, "soknader", "") and "-" in rad.periode
        }
        for metode in ("modell", "grunnlinje")
    }
    utenfor = prove.sett_fra(1) if prove else []
    aaret = [
        (METODER[r.metode] if r.storrelse != "kvote" else _u("Oppgitt"), STORRELSER[r.storrelse], r)
        for r in rapport.for_aaret()
        if r.storrelse != "kvote" or r.metode == "modell"  # the same for all of them
    ]
    return {
        "behovet": next(r for r in rapport.for_aaret() if (r.metode, r.storrelse) == ("modell", "behov")),
        "aaret": aaret,
        "maaneder": [(_maaned(p), a, maaneder["grunnlinje"].get(p)) for p, a in maaneder["modell"].items()],
        "diagram": _diagram_fram(rapport, maaneder["modell"]),
        "diagram_alt": _diagram_alt(rapport, utenfor),
        "andel": rapport.andel.andel * 100,
        "andel_lavest": rapport.andel.lavest * 100,
        "andel_hoyest": rapport.andel.hoyest * 100,
        "feil": [(METODER[rad.metode], rad, rad.dekning80 * 100, rad.dekning95 * 100) for rad in prove.feil] if prove else [],
        "dekning": prove.dekning() * 100 if prove else None,
        "utenfor": [(_maaned_nr(u.maaned), u) for u in utenfor],
        "utenfor_aaret_foer": [(_maaned_nr(u.maaned), u) for u in prove.sett_fra(12)] if prove else [],
    }  # fmt: skip


def _diagram_fram(rapport: "Rapport", anslag: dict[str, Any]) -> str:
    serie = rapport.serie
    fra = max(0, len(serie.verdier) - VIS_FAKTISK)
    faktiske = [
        Punkt(_maaned_nr(serie.forste + nr), faktisk=serie.verdier[nr])
        for nr in range(fra, len(serie.verdier))
    ]
    framover = [
        Punkt(_maaned(p), None, a.punkt, (a.lav80, a.hoy80), (a.lav95, a.hoy95)) for p, a in anslag.items()
    ]
    tittel = _u("Asylsøknader per måned: det som har skjedd, og modellens framskriving med intervaller. Tallene står i tabellen under.")  # fmt: skip
    return linjediagram([*faktiske, *framover], tittel)


def _diagram_alt(rapport: "Rapport", utenfor: Sequence["Utenfor"]) -> str:
    serie = rapport.serie
    merket = {u.maaned for u in utenfor}
    punkter = [
        Punkt(_maaned_nr(nr), faktisk=verdi, merket=nr in merket)
        for nr, verdi in enumerate(serie.verdier, serie.forste)
    ]
    tittel = _u("Hele tabellen, med ring rundt månedene som falt utenfor 95-prosentintervallet. De står i tabellen under.")  # fmt: skip
    return linjediagram(punkter, tittel)


def _maaned(periode: str) -> str:
    aar, maaned = periode.split("-")
    return visning.maaned(date(int(aar), int(maaned), 1))


def _maaned_nr(nummer: int) -> str:
    return visning.maaned(date(nummer // 12, nummer % 12 + 1, 1))


def _csv(rapport: "Rapport") -> HttpResponse:
    """The same rows as the command line's file, in the form of our other downloads: semicolon and a byte order mark."""
    from bosett.behov.rules.rapport import KOLONNER, som_celler  # noqa: PLC0415 - loaded by the forecast already

    ut = io.StringIO(newline="")
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(KOLONNER)
    skriver.writerows([formelsikker(str(celle)) for celle in som_celler(rad)] for rad in rapport.rader)
    navn = f"framskriving-{rapport.aar}-{i_dag():%Y-%m-%d}.csv"
    return HttpResponse(
        b"\xef\xbb\xbf" + ut.getvalue().encode(),
        headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{navn}"',
        },
    )
