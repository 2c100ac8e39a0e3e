"""The states of a municipality's answer to a request, from draft to the decision that a later one replaces."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_SKRIV = {"bosetter_skriv": Omfang.EGEN}
_RADGIVER = {"imdi_radgiver": Omfang.NASJONAL}

MELD_SENERE = Handling(
    "vedtak.meld_senere", "si fra når kommunen svarer, hvis den ikke rekker fristen", _SKRIV
)
PAAMINN = Handling("vedtak.paaminn", "minne kommuner på at de ikke har svart", _RADGIVER)
SEND_PAAMINNELSE = Handling("vedtak.send_paaminnelse", "minne en kommune på fristen", {})
KOPIER = Handling("vedtak.kopier", "lage vedtaksark og sende kopi til IMDi og KS", {})
LAST_OPP = Handling("vedtak.last_opp", "legge ved den skriftlige kopien av vedtaket", _SKRIV)
LAST_OPP_FOR = Handling(
    "vedtak.last_opp_for", "legge ved kopien av et svar IMDi skriver inn for en kommune", _RADGIVER
)

LAGRE = Overgang("vedtak.lagre", "skrive på kommunens svar", _SKRIV, ("utkast",), "utkast")
FORKAST = Overgang("vedtak.forkast", "slette et utkast til svar", _SKRIV, ("utkast",), "forkastet")
SEND = Overgang(
    "vedtak.send",
    "sende kommunens vedtak til IMDi og KS",
    _SKRIV,
    ("utkast",),
    "registrert",
    vakt="Vedtaket er ett tall uten forbehold, og forpliktelsene er bekreftet.",
)
BE_OM_VURDERING = Overgang(
    "vedtak.be_om_vurdering",
    "be IMDi vurdere om vedtaksteksten har forbehold",
    _SKRIV,
    ("utkast",),
    "til_vurdering",
    vakt="Resten av svaret er fylt ut, og kommunen har skrevet hvorfor.",
)
GODTA = Overgang(
    "vedtak.godta",
    "vurdere at en vedtakstekst er uten forbehold",
    _RADGIVER,
    ("til_vurdering",),
    "registrert",
    vakt="Begrunnelsen er skrevet.",
)
SEND_TILBAKE = Overgang(
    "vedtak.send_tilbake",
    "vurdere at en vedtakstekst har forbehold",
    _RADGIVER,
    ("til_vurdering",),
    "utkast",
    vakt="Begrunnelsen er skrevet.",
)
_UTEN_TILGANG = "Ingen i kommunen kan svare i Bosett."
LAGRE_FOR = Overgang(
    "vedtak.lagre_for",
    "skrive inn et svar som kom på papir eller e-post, fra en kommune uten tilgang",
    _RADGIVER,
    ("utkast",),
    "utkast",
    vakt=_UTEN_TILGANG,
)
FORKAST_FOR = Overgang(
    "vedtak.forkast_for",
    "slette et utkast IMDi har begynt på for en kommune",
    _RADGIVER,
    ("utkast",),
    "forkastet",
    vakt=_UTEN_TILGANG,
)
SEND_FOR = Overgang(
    "vedtak.send_for",
    "registrere et svar på vegne av en kommune uten tilgang",
    _RADGIVER,
    ("utkast",),
    "registrert",
    vakt=f"{_UTEN_TILGANG} Vedtaket er ett tall uten forbehold, og kopien er lagt ved.",
)
BE_OM_VURDERING_FOR = Overgang(
    "vedtak.be_om_vurdering_for",
    "be en annen i IMDi vurdere teksten i et svar på vegne av en kommune",
    _RADGIVER,
    ("utkast",),
    "til_vurdering",
    vakt=f"{_UTEN_TILGANG} Resten av svaret er fylt ut, og kopien er lagt ved.",
)
_FOR = {
    LAGRE.kode: LAGRE_FOR,
    FORKAST.kode: FORKAST_FOR,
    SEND.kode: SEND_FOR,
    BE_OM_VURDERING.kode: BE_OM_VURDERING_FOR,
    LAST_OPP.kode: LAST_OPP_FOR,
}


def handling_for(handling: Handling, paa_vegne: bool) -> Handling:
    """The municipality's own act, or the one IMDi has when it acts on the municipality's behalf."""
    return _FOR.get(handling.kode, handling) if paa_vegne else handling


ERSTATT = Overgang(
    "vedtak.erstatt", "la et nytt vedtak ta over for det forrige", {}, ("registrert",), "erstattet"
)

VEDTAK = Tilstandstabell(
    "vedtak",
    (
        Tilstand("utkast", "Utkast"),
        Tilstand("til_vurdering", "Til vurdering i IMDi", "warning"),
        Tilstand("registrert", "Registrert", "brand1"),
        Tilstand("erstattet", "Erstattet av et nytt vedtak"),
        Tilstand("forkastet", "Slettet utkast"),
    ),
    (
        LAGRE,
        FORKAST,
        SEND,
        BE_OM_VURDERING,
        LAGRE_FOR,
        FORKAST_FOR,
        SEND_FOR,
        BE_OM_VURDERING_FOR,
        GODTA,
        SEND_TILBAKE,
        ERSTATT,
    ),
)
