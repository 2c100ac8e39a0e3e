"""What became of each proposal in a record: which one won, which fell, by who made it and what is said of it afterwards.

«Sp foreslo at … Høyre foreslo … Senterpartiets forslag ble vedtatt»: the words of the first are decided, those of the second
are not. A proposal is found again by the words it shares with what is said of its fate (a party, a name, a number of an item);
«forslaget» alone is the last one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_FORSLAG = re.compile(
    r"(?<!\w)(?:\w*forslag\w*|\w*framlegg\w*|tillegg(?:et|a|ene)?|endring(?:en|a)|presisering(?:en|a)?|alternativ\w*|foreslo|føreslo|foreslått|"
    r"føreslått|fremmet|fremja|fremmer|fremjar|la fram|sette fram|sett fram|tok opp|bad om|ba om|lydde|lød|ville ha inn|bedt om å få|"
    r"innstilling\w*|tilråding\w*|uttalelse\w*|fråsegn\w*)(?!\w)"
)
_VANT = re.compile(
    r"(?<!\w)(?<!ikke )(?<!ikkje )(?:vedtatt|vedteke|vedteken|vedtekne|vedtatte|bifalt|vann(?: fram)?|vant(?: fram| frem)?|føyd til|føydd til|"
    r"(?:fikk|fekk) (?:\w+ )?(?:flertall|fleirtal|tilslutning|tilslutnad|medhold|medhald)|tatt inn|teke inn|tatt til følge|teke til følgje|"
    r"(?:fikk|fekk) gjennomslag|sluttet seg til|slutta seg til|(?:er|ble|blei|vart) (?:\w+ ){0,4}vedtak(?:et)?)(?!\w)"
)
_FALT = re.compile(
    r"(?<!\w)(?:falt|fall|falle|nedstemt\w*|nedrøysta|røysta ned|røystet ned|stemt ned|stemte ned|forkastet|forkasta|avvist|avviste|avslått|avslo|trukket|"
    r"trakk|trekt|trekte|tapte|tapt|strøket|stroke|utgikk|utgår|(?:ikke|ikkje) (?:\w+ ){0,2}(?:vedtatt|vedteke|vedteken|flertall|fleirtal|støtte|stønad|"
    r"gjennomslag|tilslutning|tilslutnad|tatt opp|til følge|til følgje|fulgt opp|følgd opp)|(?:fulgte|følgde) (?:ikke|ikkje)|"
    r"(?:vant|vann) (?:ikke|ikkje))(?!\w)"
)
# Only votes: it fell, unless it is said that it won.
_STEMMER = re.compile(
    r"(?<!\w)(?:fikk|fekk) (?:bare |berre |kun )?(?:ᴢ+|ɴ+|\w+ av|ingen|forslagsstillerens|forslagsstillaren)"
)
# Said by somebody who lost, asked, or was only heard.
_ANDRE = re.compile(
    r"(?<!\w)(?:merknad\w*|særmerknad\w*|protest\w*|bemerkning\w*|notat\w*|innspill|innspel|undersøkels\w+|undersøking\w*|lesarbrev\w*|leserbrev\w*|"
    r"stemte (?:i?mot|for et|for eit)|røysta (?:i?mot|for eit)|ville ha inn|ville hatt|spurde|spurte|burde|ønsket|ønskte|ønska|protokolltilførsel\w*|"
    r"(?:satt|sett|sette|sto|stod|stilt) (?:opp )?mot (?:hverandre|kvarandre)|stemmeforklaring\w*|røysteforklaring\w*|sa i|sa at|meinte|mente|hevda|hevdet|krevde)(?!\w)"
)
_ALLE = re.compile(
    r"(?<!\w)(?:begge|alle|ingen av|forslagene|forslaga|framlegga|de andre|dei andre|øvrige|resten)(?!\w)"
)
_SIST = re.compile(
    r"(?<!\w)(?:forslaget|framlegget|tillegget|det|dette|punktet|endringen|endringa|presiseringen|presiseringa|setningen|setninga|den|siste|sistnevnte|sistnemnde)(?!\w)"
)
# Words that say nothing of whose proposal it is.
_TOMT = re.compile(
    r"(?<!\w)(?:\w*forslag\w*|\w*framlegg\w*|tillegg\w*|fra|frå|til|om|å|at|av|og|med|mot|ble|blei|vart|er|sitt|si|sin|et|eit|ein|en|den|det|som|i|på|for|"
    r"så|kommune\w*|kommunestyre\w*|flyktning\w*|bosett\w*|buset\w*|ᴢ+|stemmer|røyster|vedtatt|vedteke|falt|fall|punkt|nytt|også|òg|etter|skal|ikke|ikkje|de|dei|"
    r"representanten|likevel|rett|nok)(?!\w)"
)
_ORD = re.compile(r"[a-zæøåéü]+(?:-[a-zæøå]+)*|ɴ+")
_PARTI = {
    "høyre": "h", "høgre": "h", "arbeiderpartiet": "ap", "arbeidarpartiet": "ap", "senterpartiet": "sp", "fremskrittspartiet": "frp",
    "framstegspartiet": "frp", "venstre": "v", "rødt": "r", "raudt": "r",
}  # fmt: skip


@dataclass(slots=True)
class _Forslag:
    ord: set[str]
    linjer: list[int] = field(default_factory=list)
    vant: bool | None = None


def skjebner(setninger: Sequence[str], i_forslag: Sequence[bool]) -> list[bool | None]:
    """For each sentence: True in a proposal that won, False in one that fell, None otherwise.

    `i_forslag` tells which sentences stand under a proposal's heading.
    """
    forslag: list[_Forslag] = []
    utenfor: set[int] = set()
    sitat = fremmed = False
    for i, setning in enumerate(setninger):
        apen = sitat
        utenom, sitat = _utenom_sitat(setning, sitat)
        skjebne = _skjebne(utenom)
        har_sitat = "«" in setning
        if apen and fremmed:
            utenfor.add(i)
            continue
        andre = _ANDRE.search(utenom)
        fremmed = (
            not apen
            and skjebne is not True
            and andre is not None
            and (har_sitat or "mot" in andre[0].split())
        )
        if fremmed:
            utenfor.add(i)
        nytt = (har_sitat and skjebne is not None) or (
            _FORSLAG.search(utenom) is not None
            and (har_sitat or re.search(r"(?:\bom\b|\bat\b|:)", utenom) is not None)
        )
        if nytt and not apen:
            forslag.append(_Forslag(_kjennetegn(utenom), [i]))
        elif forslag and (apen or (i_forslag[i] and skjebne is None)):
            forslag[-1].linjer.append(i)
        if skjebne is not None and forslag:
            for ett in _hvilke(utenom, forslag, selv=nytt or apen):
                ett.vant = skjebne
        # «… ble vedtatt med 20 mot 7 stemmer:» and then the words of it.
        if skjebne is not None and utenom.rstrip().endswith(":") and not nytt:
            forslag.append(_Forslag(_kjennetegn(utenom), [], vant=skjebne))
    ut: list[bool | None] = [None] * len(setninger)
    for ett in forslag:
        for i in ett.linjer:
            if ett.vant is not None:
                ut[i] = ett.vant
    for i in utenfor:
        ut[i] = False
    return ut


def _utenom_sitat(setning: str, apen: bool) -> tuple[str, bool]:
    """What is said outside the quotation marks, and whether a quotation is left open."""
    ut, dybde = [], int(apen)
    for tegn in setning:
        if tegn == "«":
            dybde = 1
        elif tegn == "»":
            dybde = 0
        elif not dybde:
            ut.append(tegn)
    return "".join(ut), bool(dybde)


def _skjebne(utenom: str) -> bool | None:
    """Won or fell, when the sentence tells of one of them only."""
    falt = _FALT.search(utenom) is not None
    vant = _VANT.search(_FALT.sub(" ", utenom)) is not None
    if falt or vant:
        return vant if vant != falt else None
    if _STEMMER.search(utenom):
        return utenom.rstrip().endswith(":")
    return None


def _kjennetegn(tekst: str) -> set[str]:
    ut = set()
    for ord_ in _ORD.findall(_TOMT.sub(" ", tekst)):
        ett = _PARTI.get(ord_) or _PARTI.get(ord_.removesuffix("s")) or ord_
        if ett.startswith(("innstilling", "tilråding")):
            ett = "innstilling"
        ut.add(ett.removesuffix("s") if len(ett) > 2 else ett)
    return ut


def _hvilke(utenom: str, forslag: Sequence[_Forslag], *, selv: bool) -> list[_Forslag]:
    """Which proposals a sentence tells the fate of."""
    if selv:
        return [forslag[-1]]
    stopp = min((t.start() for u in (_VANT, _FALT, _STEMMER) if (t := u.search(utenom))), default=len(utenom))
    om = utenom[:stopp]
    if _ALLE.search(om):
        return [f for f in forslag if f.vant is None]
    if re.search(r"(?<!\w)(?:førstnevnte|fyrstnemnde|førstnemnde)(?!\w)", om):
        return [forslag[-2]] if len(forslag) > 1 else []
    kjennetegn = _kjennetegn(om)
    like = [(len(kjennetegn & f.ord), i) for i, f in enumerate(forslag)]
    flest, nr = max(like)
    if flest:
        return [forslag[nr]]
    sist = _SIST.search(om) or not om.strip(' »"–-.,:;')
    return [forslag[-1]] if sist and forslag[-1].vant is None else []
