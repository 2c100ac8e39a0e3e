"""Invented data for the component page. Nothing here is a person or a real figure, and nothing here is translated: it is not the
product's text but what a part looks like when filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from bosett.grunn.klokke import i_dag
from bosett.web.diagram import Aar, Foss, Ledd
from bosett.web.skjema import Skjema
from bosett.web.tabell import Kolonne, Masse, Tabell
from bosett.web.tabellbundet import BundetTabell


@dataclass(frozen=True)
class Eksempel:
    pk: int
    navn: str
    fylke: str
    anmodet: int
    vedtatt: int | None
    svar: str
    farge: str
    dato: date | None
    bosatt: int

    @property
    def andel(self) -> Decimal | None:
        return Decimal(self.bosatt * 100) / self.vedtatt if self.vedtatt else None


_NAVN = (
    ("Alta", "Finnmark", 90, 70, "Ja til færre", "neutral", 52),
    ("Bodø", "Nordland", 170, 170, "Ja til hele tallet", "brand1", 138),
    ("Gjøvik", "Innlandet", 55, 55, "Ja til hele tallet", "brand1", 39),
    ("Indre Østfold", "Østfold", 85, 50, "Ja til færre", "neutral", 40),
    ("Iveland", "Agder", 5, 0, "Nei", "neutral", 0),
    ("Kristiansand", "Agder", 250, 155, "Ja til færre", "neutral", 118),
    ("Levanger", "Trøndelag", 140, 140, "Ja til hele tallet", "brand1", 98),
    ("Lyngdal", "Agder", 35, None, "Ikke svart", "warning", 12),
    ("Molde", "Møre og Romsdal", 180, 195, "Ja til flere", "brand1", 141),
    ("Steinkjer", "Trøndelag", 60, 60, "Ja til hele tallet", "brand1", 41),
    ("Ås", "Akershus", 40, 40, "Ja til hele tallet", "brand1", 30),
    ("Ørland", "Trøndelag", 20, 20, "Ja til hele tallet", "brand1", 9),
)


class Filter(forms.Form):
    fylke = forms.ChoiceField(label="Fylke", required=False)
    svar = forms.ChoiceField(label="Svar", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for felt, nr, alle in (("fylke", 1, "Alle fylker"), ("svar", 4, "Alle svar")):
            verdier = sorted({str(rad[nr]) for rad in _NAVN})
            valg = self.fields[felt]
            assert isinstance(valg, forms.ChoiceField)
            valg.choices = [("", alle), *((v, v) for v in verdier)]


def _filtrer(rader: list[Eksempel], valg: Mapping[str, Any]) -> list[Eksempel]:
    return [
        r
        for r in rader
        if valg.get("fylke") in (None, "", r.fylke) and valg.get("svar") in (None, "", r.svar)
    ]


def _prosent(summer: Any) -> Decimal | None:
    return Decimal(summer["bosatt"] * 100) / summer["vedtatt"] if summer.get("vedtatt") else None


TABELL = Tabell(
    "eksempel",
    "Kommunene",
    (
        Kolonne("navn", "Kommune", lenke=lambda r: f"#{r.pk}"),
        Kolonne("fylke", "Fylke"),
        Kolonne("anmodet", "Anmodet", format="tall", sum=True, synkende_forst=True, enhet="personer"),
        Kolonne("vedtatt", "Vedtatt", format="tall", sum=True, synkende_forst=True),
        Kolonne("svar", "Svar", felt=lambda r: (r.svar, r.farge), sorter=False, format="merke"),
        Kolonne("dato", "Vedtaksdato", format="ukedato", justering="slutt", svak=True),
        Kolonne("bosatt", "Bosatt", format="tall", sum=True, synkende_forst=True),
        Kolonne("andel", "Bosatt av vedtatt", format="prosentstolpe", sorter=False, sum=_prosent),
    ),
    sok=("navn",),
    soketikett="Søk etter kommune",
    filter=Filter,
    filtrer=_filtrer,
    sortering="navn",
    sidestorrelse=10,
    sumtekst=lambda n: f"Alle {n} kommuner",
    telletekst=lambda n: f"{n} kommuner",
    fotnote="«–»: ikke vedtatt. Tall fra 1 til 4 skjules av personvernhensyn.",
    masse=Masse("#", (("godkjenn", "Godkjenn"), ("purr", "Send purring"))),
)


def tabell(request: HttpRequest) -> BundetTabell:
    dag = i_dag()
    rader = [
        Eksempel(nr, n, f, a, v, s, farge, None if v is None else dag - timedelta(days=9 * nr + 3), b)
        for nr, (n, f, a, v, s, farge, b) in enumerate(_NAVN, 1)
    ]
    return TABELL.bygg(request, rader)


class Svar(Skjema):
    antall = forms.IntegerField(label="Hvor mange vil kommunen bosette i 2027?", min_value=0)
    med = forms.ChoiceField(
        label="Er enslige mindreårige med?", choices=[("ja", "Ja"), ("nei", "Nei")], widget=forms.RadioSelect
    )
    dato = forms.DateField(
        label="Dato for kommunestyremøtet",
        help_text="For eksempel 18.11.2026",
        error_messages={"required": "Skriv datoen da kommunestyret gjorde vedtaket."},
    )
    tekst = forms.CharField(
        label="Hva vedtok kommunestyret?",
        help_text="Skriv teksten slik den står i møteboka.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    kanal = forms.MultipleChoiceField(
        label="Hvem skal ha kopi?",
        choices=[("ks", "KS"), ("fylke", "Fylkeskommunen"), ("sf", "Statsforvalteren")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sett = forms.BooleanField(label="Jeg har lest gjennom teksten")
    rett = {"dato": "Skriv datoen for møtet", "tekst": "Fjern to forbehold i vedtaksteksten"}

    def egne_meldinger(self) -> frozenset[str]:
        return frozenset({"dato"})


def skjema(request: HttpRequest) -> Svar:
    return Svar(request.GET if "antall" in request.GET else {"antall": 25, "med": "ja", "sett": "on"})


def _foss() -> Foss:
    ledd = (
        ("Andel av folketallet", "23.6", "24 100 av 5 627 000 innbyggere", "", "start"),
        (
            "Resultater i introduksjonsprogrammet",
            "3.1",
            "66 % i arbeid eller utdanning",
            "Først: arbeid og utdanning",
            "opp",
        ),
        ("Arbeid i regionen", "1.4", "1,6 % helt ledige. Landet: 2,1 %", "Først: arbeid og utdanning", "opp"),
        ("Plass i videregående skole", "1.9", "Ledige plasser i fylket", "Først: arbeid og utdanning", "opp"),
        ("Styrt og spredt bosetting", "0.9", "Sentralitet 4", "Så: spredning og kapasitet", "opp"),
        (
            "Andel innvandrere",
            "0",
            "10,8 %, under 30 % i alle områder",
            "Til slutt: tjenester og sammensetning",
            "opp",
        ),
        (
            "Fra kommuner som ellers ville fått under ti",
            "5.4",
            "Små tall deles på dem som blir spurt",
            "Regler",
            "regel",
        ),
        ("Avrunding til hele personer", "-0.3", "Fra 36,3 til 36", "Regler", "regel"),
        ("Forslag fra fylkeskommunen", "2", "To flere, 14. oktober", "Dialog", "regel"),
    )
    return Foss(
        "Slik blir tallet 38",
        tuple(Ledd(n, Decimal(b), u, g, t) for n, b, u, g, t in ledd),  # type: ignore[arg-type]
        Decimal(38),
        "Steinkjer blir bedt om",
        "Ledd",
    )


_FLISER = (
    ("Troms", 4, 1, 86, 60, 3),
    ("Finnmark", 5, 1, 83, 62, 3),
    ("Nordland", 3, 2, 95, 66, 4),
    ("Møre og R.", 2, 3, 97, 70, 4),
    ("Trøndelag", 3, 3, 97, 72, 4),
    ("Vestland", 2, 4, 82, 50, 3),
    ("Innlandet", 3, 4, 87, 60, 3),
    ("Rogaland", 1, 5, 80, 63, 3),
    ("Buskerud", 2, 5, 81, 61, 3),
    ("Akershus", 3, 5, 73, 50, 2),
    ("Oslo", 4, 5, 100, 64, 4),
    ("Agder", 1, 6, 79, 62, 2),
    ("Telemark", 2, 6, 64, 41, 1),
    ("Vestfold", 3, 6, 69, 43, 1),
    ("Østfold", 4, 6, 53, 33, 1),
)


def data() -> dict[str, Any]:
    dag = i_dag()
    return {
        "smuler": [("Kommuner", "/komponenter/"), ("Trøndelag", "/komponenter/"), ("Komponenter", "")],
        "trinn": [
            ("Anmodet", "IMDi har bedt om", 12305, "3", "331 kommuner"),
            ("Vedtatt", "Kommunene har sagt ja", 10415, "4", "1 890 mangler"),
            ("Tildelt", "Har fått en kommune", 8305, "5", "2 110 er ledige"),
            ("Bosatt", "Har flyttet inn", 7075, "6", "1 230 venter på å flytte"),
        ],
        "foss": _foss(),
        "fliser": _FLISER,
        "deler": [
            {"navn": "Ja til hele tallet", "verdi": 203, "farge": "5", "personer": 7010},
            {"navn": "Ja til færre", "verdi": 112, "farge": "2", "personer": 3191},
            {"navn": "Ja til flere", "verdi": 9, "farge": "1", "personer": 214},
            {"navn": "Nei", "verdi": 2, "farge": "nei", "personer": 0},
            {"navn": "Ikke svart", "verdi": 5, "farge": "mangler", "personer": None},
        ],
        "aar": [
            Aar(a, Decimal(f), Decimal(r))
            for a, f, r in (
                (2018, "4.8", "5.0"),
                (2019, "4.9", "5.0"),
                (2020, "2.8", "4.9"),
                (2021, "4.5", "5.1"),
                (2022, "31.3", "35.0"),
                (2023, "33.4", "38.0"),
                (2024, "25.3", "37.0"),
                (2025, "12.3", "12.5"),
                (2026, "7.1", "12.3"),
            )
        ],
        "frister": [
            dag - timedelta(days=1),
            dag,
            dag + timedelta(days=1),
            dag + timedelta(days=4),
            dag + timedelta(days=400),
        ],
        "neste": {
            "hvorfor": "Gjør dette først. Fristen er i dag, og det er din tur.",
            "tittel": "Godkjenn tallene for 2027",
            "tekst": "Kari Demo har regnet ut tall for 357 kommuner. Kravet om 60 prosent er oppfylt. Godkjenner du, kan brevene sendes.",
            "adresse": "#",
            "knapp": "Les og godkjenn",
            "andre": [("Gi til en kollega", "#")],
            "fakta": [
                ("Frist", "I dag", "kl. 15.30", "snart"),
                ("Har ventet", "3 dager", "Mål: høyst to", ""),
                ("Gjelder", "5 500 personer", "141 enslige mindreårige", ""),
            ],
        },
        "kolonner": [
            {
                "tittel": "Hvem må svare",
                "tall": 37,
                "forklaring": "kommuner har fått brev",
                "rader": [
                    {
                        "navn": "Verdal",
                        "adresse": "#",
                        "under": "20 personer",
                        "frist": dag - timedelta(days=1),
                    },
                    {"navn": "Stjørdal", "adresse": "#", "under": "45 personer", "frist": dag},
                    {
                        "navn": "Molde",
                        "adresse": "#",
                        "under": "60 personer",
                        "frist": dag + timedelta(days=4),
                    },
                ],
                "lenke": ("Alle", "#"),
            },
            {
                "tittel": "Hva er ledig",
                "tall": 418,
                "forklaring": "plasser igjen",
                "rader": [
                    {"navn": "Trondheim", "adresse": "#", "under": "11 boliger meldt", "tall": 131},
                    {"navn": "Levanger", "adresse": "#", "under": "3 boliger uten trinn", "tall": 42},
                ],
                "lenke": ("Alle", "#"),
            },
            {
                "tittel": "Hva vi ikke vet",
                "tall": None,
                "farge": "warning",
                "forklaring": "spurt og ikke svart",
                "rader": [
                    {"navn": "Folketall 2027", "adresse": "#", "under": "Spurt SSB 3. november", "tall": None}
                ],
            },
        ],
    }
