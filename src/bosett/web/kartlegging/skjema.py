"""Forms of the mapping, made from the form as data: one section at a time, and a talk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.grunn.klokke import i_dag
from bosett.kartlegging.models import Intervju, Kartleggingssvar
from bosett.kartlegging.rules.skjema import Felt
from bosett.kartlegging.rules.tolk import KVALITET, tolkesjekk
from bosett.kartlegging.rules.verdier import FLEST_SPRAAK, LENGST
from bosett.kartlegging.services.kartlegging import LENGST_GRUNN, Samtidig, Svar
from bosett.kartlegging.services.samtaler import Samtale
from bosett.person.rules.koder import gjeldende
from bosett.web import visning
from bosett.web.skjema import Dato, Skjema

_RADER_SPRAAK = 4
_FLEST_KNAPPER = 6
"""More choices than this are a list to choose from, not buttons."""


@dataclass(frozen=True)
class Del:
    """One field of the form as it is drawn: its controls, and what stands around them."""

    felt: Felt
    navn: str
    hjelp: str
    kontroller: tuple[forms.BoundField, ...]
    uten: forms.BoundField | None
    hvorfor: forms.BoundField | None
    konflikt: Samtidig | None
    laast: bool
    """Needs a consent that is not given."""


class Seksjonsskjema(Skjema):
    """Nothing must be filled in. Names: the field's own, `uten-…` for who does not answer, `hvorfor-…`, and `spraak-0`, `nivaa-0`."""

    def __init__(
        self,
        data: Any = None,
        *,
        felter: Sequence[Felt],
        svar: Mapping[str, Kartleggingssvar],
        laast: Iterable[str] = (),
    ) -> None:
        self.laast = frozenset(laast)
        self.felter = felter
        initial: dict[str, Any] = {}
        for felt in felter:
            rad = svar.get(felt.navn)
            if rad is None:
                continue
            initial |= _start(felt, rad.verdi) if rad.status == "svar" else {}
            initial[f"uten-{felt.navn}"] = rad.status if rad.status in ("vil_ikke", "vet_ikke") else ""
            initial[f"hvorfor-{felt.navn}"] = rad.hvorfor
        super().__init__(data, initial=initial)
        self.konflikter: dict[str, Samtidig] = {}
        for felt in self.apne:
            self._legg_til(felt, svar.get(felt.navn))

    @property
    def apne(self) -> list[Felt]:
        return [felt for felt in self.felter if felt.navn not in self.laast]

    def _legg_til(self, felt: Felt, rad: Kartleggingssvar | None) -> None:
        navn = felt.tekst.paa(visning.spraak())
        if felt.slag == "spraak":
            alle = _valg("spraak")
            antall = len(rad.verdi) if rad is not None and rad.verdi else 0
            for nr in range(min(max(_RADER_SPRAAK, antall + 1), FLEST_SPRAAK)):
                self.fields[f"{felt.navn}-{nr}"] = forms.ChoiceField(
                    label=gettext("Språk %(nr)s") % {"nr": nr + 1}, choices=[("", "–"), *alle], required=False
                )
                self.fields[f"nivaa-{nr}"] = forms.ChoiceField(
                    label=gettext("Nivå i språk %(nr)s") % {"nr": nr + 1}, choices=[("", "–"), *_av(felt)], required=False
                )  # fmt: skip
        else:
            self.fields[felt.navn] = _kontroll(felt, navn)
        self.fields[f"uten-{felt.navn}"] = forms.ChoiceField(
            label=_skjult(gettext("Fikk du ikke svar?"), navn),
            choices=[("", "–"), ("vil_ikke", gettext("Vil ikke svare")), ("vet_ikke", gettext("Vet ikke"))],
            required=False,
        )
        if felt.saerlig:
            self.fields[f"hvorfor-{felt.navn}"] = forms.CharField(
                label=_skjult(gettext("Hvorfor er det nødvendig å vite?"), navn), required=False, max_length=LENGST_GRUNN,
                help_text=gettext("Må fylles ut når du skriver et svar."),
            )  # fmt: skip

    def svar(self) -> dict[str, Svar]:
        """Everything that can be read, for the service to keep. What cannot is complained of, and stays on the page."""
        self.full_clean()
        ut = {}
        for felt in self.apne:
            navn, uten = felt.navn, self.cleaned_data.get(f"uten-{felt.navn}", "")
            hvorfor = self.cleaned_data.get(f"hvorfor-{navn}", "")
            verdi = self._verdi(felt)
            if any(n in self.errors for n in self._navn(felt)):
                continue
            if verdi is not None and uten:
                self.add_error(
                    f"uten-{navn}", gettext("Det står et svar. Ta bort svaret eller velg «–» her.")
                )
            elif verdi is not None:
                ut[navn] = Svar("svar", verdi, hvorfor)
            else:
                ut[navn] = Svar(uten or "tom")
        return ut

    def deler(self) -> list[Del]:
        spraak = visning.spraak()
        return [
            Del(
                felt,
                felt.tekst.paa(spraak),
                felt.hjelp.paa(spraak) if felt.hjelp else "",
                ()
                if felt.navn in self.laast
                else tuple(self[n] for n in self._navn(felt) if not n.startswith(("uten-", "hvorfor-"))),
                self[f"uten-{felt.navn}"] if f"uten-{felt.navn}" in self.fields else None,
                self[f"hvorfor-{felt.navn}"] if f"hvorfor-{felt.navn}" in self.fields else None,
                self.konflikter.get(felt.navn),
                felt.navn in self.laast,
            )
            for felt in self.felter
        ]

    def ta_konflikt(self, konflikt: Samtidig) -> None:
        self.konflikter[konflikt.felt.navn] = konflikt
        self.add_error(
            self._navn(konflikt.felt)[0],
            gettext("Noen andre har svart på «%(felt)s». Velg hvilket svar som skal stå.")
            % {"felt": konflikt.felt.tekst.paa(visning.spraak())},
        )

    def _navn(self, felt: Felt) -> list[str]:
        """The controls of a field, its own first."""
        if felt.slag == "spraak":
            rader = [n for n in self.fields if n.startswith((f"{felt.navn}-", "nivaa-"))]
        else:
            rader = [felt.navn]
        return [*rader, *(n for n in (f"uten-{felt.navn}", f"hvorfor-{felt.navn}") if n in self.fields)]

    def forste(self, felt: Felt) -> str:
        return self._navn(felt)[0]

    def _verdi(self, felt: Felt) -> Any:
        """What is typed, None for nothing."""
        rent = self.cleaned_data
        if felt.slag != "spraak":
            verdi = rent.get(felt.navn)
            return None if verdi in (None, "", []) else verdi
        ut = []
        for nr in range(FLEST_SPRAAK):
            kode, nivaa = rent.get(f"{felt.navn}-{nr}", ""), rent.get(f"nivaa-{nr}", "")
            if kode:
                ut.append({"spraak": kode, "nivaa": nivaa})
            elif nivaa:
                self.add_error(f"{felt.navn}-{nr}", gettext("Velg språket nivået gjelder."))
        return ut or None


def _kontroll(felt: Felt, navn: str) -> forms.Field:
    hjelp = felt.hjelp.paa(visning.spraak()) if felt.hjelp else ""
    vanlig: dict[str, Any] = {"label": navn, "required": False, "help_text": hjelp}
    if felt.slag == "flere":
        return forms.MultipleChoiceField(choices=_av(felt), widget=forms.CheckboxSelectMultiple, **vanlig)
    if felt.valg:
        faa = len(felt.valg) <= _FLEST_KNAPPER
        return forms.ChoiceField(
            choices=[("", gettext("Ikke svart") if faa else "–"), *_av(felt)],
            widget=forms.RadioSelect if faa else forms.Select,
            **vanlig,
        )
    if felt.slag == "tall":
        feil = gettext("Skriv et helt tall fra %(fra)s til %(til)s.") % {"fra": felt.minst, "til": felt.hoyst}
        return forms.IntegerField(
            min_value=felt.minst, max_value=felt.hoyst, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-bredde": "tall"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), feil), **vanlig,
        )  # fmt: skip
    if felt.slag == "dato":
        return Dato(**vanlig)
    widget = forms.Textarea(attrs={"rows": 3}) if felt.langt else forms.TextInput()
    return forms.CharField(max_length=LENGST, widget=widget, **vanlig)


def _start(felt: Felt, verdi: Any) -> dict[str, Any]:
    if felt.slag == "spraak":
        return {
            navn: ett[hva]
            for nr, ett in enumerate(verdi)
            for navn, hva in ((f"{felt.navn}-{nr}", "spraak"), (f"nivaa-{nr}", "nivaa"))
        }
    return {felt.navn: date.fromisoformat(verdi) if felt.slag == "dato" else verdi}


def _av(felt: Felt) -> list[tuple[str, str]]:
    return [(kode, tekst.paa(visning.spraak())) for kode, tekst in felt.valg.items()]


def _valg(liste: str) -> list[tuple[str, str]]:
    spraak = visning.spraak()
    return sorted(
        ((kode.kode, kode.tekst(spraak)) for kode in gjeldende(liste, i_dag())), key=lambda ett: ett[1]
    )


def _skjult(tekst: str, navn: str) -> str:
    """A label that is short to the eye, and says which field it belongs to to those who hear it alone."""
    return format_html('{}<span class="ds-sr-only">: {}</span>', tekst, navn)


_JA_NEI = [("ja", _("Ja")), ("nei", _("Nei"))]


class Samtaleskjema(Skjema):
    holdt = Dato(label=_("Når er samtalen?"), help_text=_("For eksempel 20.12.2026. Den kan være planlagt."))
    maate = forms.ChoiceField(
        label=_("Hvordan møtes dere?"), widget=forms.RadioSelect, choices=[(v, _(t)) for v, t in Intervju.Maate.choices]
    )  # fmt: skip
    tolkebehov = forms.ChoiceField(
        label=_("Trenger personen tolk?"),
        widget=forms.RadioSelect,
        choices=_JA_NEI,
        help_text=_("Spør personen selv. Samtalen kan ikke lagres uten svar."),
    )
    spraak = forms.ChoiceField(label=_("Hvilket språk er samtalen på?"), required=False)
    tolk_bestilt = forms.ChoiceField(
        label=_("Er tolk bestilt?"),
        widget=forms.RadioSelect,
        choices=[("", _("Ikke svart")), *_JA_NEI],
        required=False,
    )
    tolk_mott = forms.ChoiceField(
        label=_("Møtte tolken?"),
        widget=forms.RadioSelect,
        choices=[("", _("Ikke svart")), *_JA_NEI],
        required=False,
        help_text=_("Fyll ut etter samtalen."),
    )
    tolk_kvalitet = forms.ChoiceField(
        label=_("Hvor god var tolkingen?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", _("Ikke svart")), *((str(n), str(n)) for n in KVALITET)],
        help_text=_("Fra 1 (kunne ikke brukes) til 5 (svært god)."),
    )
    tolkesjekk = forms.MultipleChoiceField(
        label=_("Sjekkliste"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Bestill tolk i god tid. Kryss av for det som er gjort."),
    )
    egne_ord = forms.CharField(
        label=_("Personens egne ord"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=10_000,
        help_text=_("Skriv det personen selv sier er viktig. Ikke skriv om helse, religion eller etnisk bakgrunn her."),
    )  # fmt: skip
    fortalt = forms.CharField(
        label=_("Hva fikk personen vite?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000,
        help_text=_("For eksempel at IMDi velger kommunen, og at personen får ett tilbud."),
    )  # fmt: skip
    fortalt_spraak = forms.ChoiceField(label=_("På hvilket språk?"), required=False)
    rett = {
        "holdt": _("Skriv når samtalen er"),
        "maate": _("Velg hvordan dere møtes"),
        "tolkebehov": _("Svar på om personen trenger tolk"),
        "spraak": _("Velg språket"),
        "tolk_bestilt": _("Svar på om tolk er bestilt"),
        "fortalt_spraak": _("Velg språket personen fikk det fortalt på"),
    }

    def __init__(self, data: Any = None, *, samtale: Intervju | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=_skrevet(samtale) if samtale else kwargs.pop("initial", {}), **kwargs)
        for navn in ("spraak", "fortalt_spraak"):
            self.fields[navn].choices = [("", _("Velg et språk")), *_valg("spraak")]  # type: ignore[attr-defined]
        spraak = visning.spraak()
        naar = {"for": _("Før samtalen"), "under": _("Under samtalen"), "etter": _("Etter samtalen")}
        self.fields["tolkesjekk"].choices = [  # type: ignore[attr-defined]
            (p.kode, f"{naar[p.naar]}: {p.tekst.paa(spraak)}") for p in tolkesjekk().values()
        ]

    def samtale(self) -> Samtale:
        rent = dict(self.cleaned_data)
        for navn in ("tolk_bestilt", "tolk_mott"):
            rent[navn] = {"ja": True, "nei": False}.get(rent[navn])
        rent["tolk_kvalitet"] = int(rent["tolk_kvalitet"]) if rent["tolk_kvalitet"] else None
        return Samtale(**rent)


def _skrevet(samtale: Intervju) -> dict[str, Any]:
    ut = {navn: getattr(samtale, navn) for navn in Samtale.__dataclass_fields__}
    for navn in ("tolk_bestilt", "tolk_mott"):
        ut[navn] = {True: "ja", False: "nei", None: ""}[ut[navn]]
    return ut | {"tolk_kvalitet": str(ut["tolk_kvalitet"] or "")}
