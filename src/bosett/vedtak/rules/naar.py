"""When: a limit on the time of year people may come, or on how many a month. IMDi distributes all year round.

A limit is a time («1. april», «fellesferien», «månaden») that is bounded («før», «tidligst», «ingen i») in a clause about people
coming. A date of a meeting, a deadline for a report and «gjennom hele året» are none.
"""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import klasse
from bosett.vedtak.rules.roller import Bit

_MND = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_TID = (
    rf"(?:ᴅ+|(?:{_MND})(?:(?:,|,? og|,? eller| ?[–-]) ?(?:{_MND}))*|(?:slutten av |starten av |byrjinga av |midten av |utgangen av )?(?:{_MND})|"
    r"(?:\w*sommer\w*|\w*sumar\w*|høst\w*|haust\w*|vinter\w*|vår(?:en|halvåret)?|jul(?:a|en|ehelga)?|jol(?:a)?|påske\w*|pinse|fellesferie\w*|ferie\w*|\w*ferien|"
    r"skolestart|skulestart|skoleslutt|skuleslutt|skoleår\w*|skuleår\w*|barnehageår\w*|(?:første|andre|fyrste) halvår\w*|\w*halvåret|nyttår|årsskiftet|"
    r"(?:første|andre|tredje|fjerde|fyrste) kvartal|(?:andre|første|fyrste) tertial|uke ᴢ?|veke ᴢ?|sankthans|skolens? \w+|skulen sin\w* \w+))"
)
_KOMME = (
    r"(?:bosett\w*|buset\w*|bosatt|mottak\w*|mottas|tas imot|takast imot|tas i mot|ta imot|tar imot|tek imot|teke imot|tatt imot|ta i mot|komme|kome|kommer|kjem|kommet|"
    r"flytte inn|flytter inn|innflytting|ankomst\w*|ankomme\w*|flytte hit|nyankomne|innflytta|tilflytting|sende)"
)
_PER = (
    r"(?:i måneden|i månaden|per måned|per månad|pr\.? måned|pr\.? månad|hver måned|kvar månad|i kvartalet|per kvartal|hvert kvartal|kvart kvartal|i uka|i veka|"
    r"hver uke|kvar veke|annenhver uke|annankvar veke|hver fjortende dag|kvar fjortande dag|i halvåret|per halvår)"
)
_GRENSE = tuple(
    re.compile(rf"(?<!\w)(?:{u})(?!\w)")
    for u in (
        # bounded by a word before the time
        rf"(?:tidligst|tidlegast|senest|seinast|ikke før|ikkje før|først|fyrst|etter|fra og med|frå og med|fra|frå|innen|innan|før|fram til|frem til|ikke senere enn|"
        rf"ikkje seinare enn|ikke tidligere enn|ikkje tidlegare enn)(?: i| fra| frå| etter| om| til| på| at)?(?: \w+)? {_TID}",
        # no one then, or only then
        rf"(?:ikke|ikkje|ingen|inga|bare|berre|kun|stengt|stengd|utenom|utanom|unntatt)(?: [\w,]+){{0,6}}? (?:i|mellom|om|fra|frå|under|på) (?:\w+ )?{_TID}",
        rf"{_TID}(?: [\wᴀ-ᴢ,]+){{0,5}}? (?:ikke|ikkje|ingen|stengt|stengd|utelukket|utelukka|uaktuelt)",
        rf"(?:i|utenom) (?:perioden|tidsrommet|tida|tiden|månedene|månadene|ukene|vekene) (?:\w+ )?{_TID}?",
        rf"mellom {_TID} og {_TID}",
        # so many a month
        rf"(?:høyst|høgst|maks\w*|ikke (?:\w+ ){{0,2}}?(?:flere|mer) enn|ikkje (?:\w+ ){{0,2}}?(?:fleire|meir) enn|ɴ+|éin|én|en|ein)(?: [\wᴀ-ᴢ]+){{0,4}}? {_PER}",
        rf"{_PER}(?: \w+){{0,3}}? (?:ikke|ikkje) (?:\w+ ){{0,3}}?(?:mer|meir|flere|fleire) enn",
        r"(?:i|over) (?:ɴ+|to|tre|fire|flere|fleire) (?:puljer|puljar|bolker|bolkar|omganger|omgangar)",
        r"(?:uker|veker|måneder|månader|dager|dagar) (?:går det )?mellom (?:hver|kvar|kvart|ankomst)(?: \w+)?",
        r"ᴢ+ mellom (?:hver|kvar|kvart)(?: \w+)?",
    )
)
_OM_KOMME = re.compile(rf"(?<!\w){_KOMME}(?!\w)")
_UFARLIG = re.compile(
    r"(?<!\w)(?:hele året|heile året|hele åra|gjennom året|uansett|uavhengig|allerede|møte\w*|vedtok|vedtatt i|vedteke i|klage\w*|rapport\w*|orienter\w*|evaluer\w*|legges fram|"
    r"leggjast fram|legg\w* fram|plan\w*|norskkurs|norskopplæring|introduksjonsprogram\w*|undervisning\w*|opplæring\w*|barnehageplass\w*|skoleplass\w*|etter at|før jul får|"
    r"sak\w*|budsjett\w*|stilling\w*|svar\w*|frist for å svare|kurs\w*|ferdig\w*|klar til|klare til|gjøres klar\w*|flere dersom|i tillegg|ytterligere|ytterlegare|fleire dersom|tilskudd\w*|tilskot\w*|"
    r"brev\w*|møbl\w*|vikar\w*|åpent|ope|open|aktivitet\w*|program\w*|voksenopplæring\w*|vaksenopplæring\w*)(?!\w)"
)
_VAR = re.compile(
    r"(?<!\w)(?:kom|kommet i|kome i|bosatte|busette i|ble|vart|blei|var|hadde|har (?:vært|vore|kommet|kome))(?!\w)"
)


def om_aa_komme(tekst: str) -> bool:
    """Whether a clause is about people coming at all, and not about a house, a meeting or a class."""
    return (
        _OM_KOMME.search(tekst) is not None
        or klasse("flyktning").search(tekst) is not None
        or re.search(
            r"ɴ|ᴇ|(?<!\w)(?:de|dei|dem|alle|ingen|ingenting|disse|desse|nokon|noen|det|plassene|plassane|vi|me|familie\w*)(?!\w)",
            tekst,
        )
        is not None
    )


def tidsgrenser(biter: Sequence[Bit]) -> Iterator[tuple[int, int]]:
    """The places of every limit in time."""
    for bit in biter:
        if (
            bit.rolle not in ("vedtak", "oppdrag")
            or not _OM_KOMME.search(bit.tekst)
            or _UFARLIG.search(bit.tekst)
            or _VAR.search(bit.tekst)
        ):
            continue
        for uttrykk in _GRENSE:
            if treff := uttrykk.search(bit.tekst):
                yield bit.fra + treff.start(), bit.fra + treff.end()
                break
