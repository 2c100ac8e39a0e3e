"""The tables of landlords, leases, shared buildings and temporary homes."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.bolig.selectors_leie import Kommunelinje
from bosett.web import visning
from bosett.web.bolig import leie_ord as ord_
from bosett.web.komponenter import klokke
from bosett.web.tabell import Kolonne, Tabell

UTLEIERE = Tabell(
    "utleiere",
    _("Utleiere"),
    (
        Kolonne("navn", _("Utleier"), norsk=True, sorter="navn", radhode=True, lenke=lambda r: ord_.utleierlenke(r)),
        Kolonne("slag", _("Slag"), felt=lambda r: str(ord_.UTLEIER[r.slag]), sorter="slag"),
        Kolonne("orgnr", _("Organisasjonsnummer")),
        Kolonne("kontakt", _("Kontaktperson"), undertekst=lambda r: r.telefon),
        Kolonne("telefon", _("Telefon"), bare_eksport=True),
        Kolonne("epost", _("E-post"), bare_eksport=True),
        Kolonne("boliger", _("Boliger"), format="tall", synkende_forst=True),
    ),
    sok=("navn", "orgnr", "kontakt"),
    soketikett=_("Søk etter navn eller organisasjonsnummer"),
    nokkel=lambda rad: rad.subjekt.uuid,
    tom=_("Ingen utleiere er registrert."),
    tom_hjelp=_("Registrer den som leier ut, så kan dere skrive leieavtaler."),
)  # fmt: skip

KONTRAKTER = Tabell(
    "leieavtaler",
    _("Leieavtaler"),
    (
        Kolonne("nr", _("Avtale"), felt="nummer", sorter="pk", radhode=True, lenke=lambda r: ord_.lenke(r), undertekst=lambda r: str(ord_.KORT[r.slag])),
        Kolonne("bolig", _("Bolig"), felt="bolig.nummer", sorter="bolig_id"),
        Kolonne("utleier", _("Utleier"), felt=lambda r: ord_.utleier(r), sorter=False),
        Kolonne("leier", _("Leier"), felt=lambda r: ord_.leier(r), sorter=False),
        Kolonne("fra", _("Fra"), format="dato"),
        Kolonne("slutt", _("Siste dag"), format=lambda v, r: ord_.siste(r), eksport=lambda r: r.siste),
        Kolonne("tilstand", _("Status"), format=lambda v, r: ord_.tilstand(r)),
    ),
    nokkel=lambda rad: rad.uuid,
    tom=_("Ingen leieavtaler."),
    tom_hjelp=_("En avtale blir skrevet fra siden til boligen eller utleieren."),
)  # fmt: skip

GAAR_UT = replace(
    KONTRAKTER,
    kode="leie-gaar-ut",
    caption=_("Leieavtaler som går ut"),
    kolonner=tuple(
        Kolonne("slutt", _("Siste dag"), format=lambda v, r: klokke(v), eksport=lambda r: r.siste)
        if k.kode == "slutt"
        else k
        for k in KONTRAKTER.kolonner
        if k.kode != "fra"
    ),
    tom=_("Ingen leieavtaler går ut de neste dagene."),
    tom_hjelp="",
)

PROSJEKTER = Tabell(
    "prosjekter",
    _("Boligprosjekter"),
    (
        Kolonne(
            "navn", _("Prosjekt"), felt="prosjekt.navn", norsk=True, radhode=True,
            lenke=lambda r: reverse("leie:prosjekt", args=[r.prosjekt.subjekt.uuid]),
        ),
        Kolonne("kommune", _("Kommune"), felt="prosjekt.organisasjon.navn", norsk=True),
        Kolonne("antall", _("Boliger i alt"), format="tall", sum=True),
        Kolonne("til_bosetting", _("Til bosetting"), format="tall", sum=True),
        Kolonne("registrert", _("Registrert i Bosett"), format="tall", sum=True),
    ),
    nokkel=lambda rad: rad.prosjekt.subjekt.uuid,
    tom=_("Ingen boligprosjekter er registrert."),
    tom_hjelp=_("Et prosjekt er et bygg kommunen deler med andre, for eksempel studentboliger."),
)  # fmt: skip


def _median(verdi: object, rad: Kommunelinje) -> str:
    return visning.tall(verdi) if verdi is not None else visning.UKJENT


GJENNOMGANG = Tabell(
    "gjennomgang",
    _("Gjennomgangsboliger"),
    (
        Kolonne("kommune", _("Kommune"), norsk=True, radhode=True),
        Kolonne("boliger", _("Boliger"), format="tall", sum=True),
        Kolonne("bor", _("Bebodd nå"), felt="tall.bor", format="tall", sum=True),
        Kolonne("antall", _("Opphold som er over"), felt="tall.antall", format="tall", sum=True),
        Kolonne("median", _("Median dager"), felt="tall.median", format=_median, justering="slutt", enhet=_("dager")),
    ),
    nokkel=lambda rad: rad.kommune,
    fotnote=_("Halvparten bodde kortere enn medianen, halvparten lenger. Med færre enn fem opphold blir den ikke vist."),
    tom=_("Ingen gjennomgangsboliger er registrert."),
    tom_hjelp=_("En bolig blir en gjennomgangsbolig når dere velger det i opplysningene om den."),
)  # fmt: skip
