"""What may happen to the plan of an unaccompanied minor."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_EIER = {
    "bosettingskonsulent": Omfang.EGEN, "bufetat_saksbehandler": Omfang.EGEN, "imdi_radgiver": Omfang.EGEN,
}  # fmt: skip
"""Those who work for the owner of the plan, or at the centre where the minor lives. IMDi owns the plans of those who live at none."""

APNE_EMPLAN = Overgang(
    "kartlegging.apne_emplan",
    "åpne en tom plan for en enslig mindreårig",
    {},
    ("", "lukket"),
    "apen",
)
SKRIV_EMPLAN = Overgang(
    "kartlegging.skriv_emplan", "skrive i IKTP eller overgangsrapport", _EIER, ("apen",), "apen"
)
REVIDER_EMPLAN = Overgang(
    "kartlegging.revider_emplan",
    "skrive en ny versjon av IKTP eller overgangsrapport",
    _EIER,
    ("ferdig", "revideres"),
    "revideres",
)
FERDIG_EMPLAN = Overgang(
    "kartlegging.ferdig_emplan",
    "gjøre IKTP eller overgangsrapport ferdig",
    _EIER,
    ("apen", "revideres"),
    "ferdig",
    vakt="Alt som må være med, er skrevet, og planen har minst ett tiltak.",
)
LUKK_EMPLAN = Overgang(
    "kartlegging.lukk_emplan",
    "lukke en plan som ikke trengs lenger",
    {},
    ("apen",),
    "lukket",
    vakt="Planen har aldri vært ferdig, og personen er ikke enslig mindreårig lenger, er ute av saken, eller skal ha en annen plan.",
)
BYTT_EIER_EMPLAN = Handling(
    "kartlegging.bytt_eier_emplan", "gi planen en ny eier når den mindreårige flytter", {}
)
TA_OVER_EMPLAN = Handling(
    "kartlegging.ta_over_emplan", "si at en har lest og tatt over en plan som andre har gjort ferdig", _EIER
)
MELD_UENIGHET = Handling("kartlegging.meld_uenighet", "registrere at vergen er uenig i planen", _EIER)

EMPLAN = Tilstandstabell(
    "plan for enslig mindreårig",
    (
        Tilstand("", "Ikke åpnet"),
        Tilstand("apen", "Ikke ferdig", "warning"),
        Tilstand("ferdig", "Ferdig", "brand1"),
        Tilstand("revideres", "Ferdig, ny versjon under arbeid", "brand1"),
        Tilstand("lukket", "Lukket"),
    ),
    (APNE_EMPLAN, SKRIV_EMPLAN, REVIDER_EMPLAN, FERDIG_EMPLAN, LUKK_EMPLAN),
)
