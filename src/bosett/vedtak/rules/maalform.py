"""Which written form a text is in: bokmål or nynorsk, by words that only one of them has."""

import re

from bosett.vedtak.rules.typer import Maalform

_NYNORSK = re.compile(
    r"(?<!\w)(?:ikkje|eit|dei|frå|vert|buset\w*|flyktningar\w*|einsleg\w*|personar|tek|kjem|talet|kva|kvar|berre|noko|nokon|nokre|høve|føresetn\w+|føreset\w*|"
    r"atterhald|vedtek|vedteke\w*|oppmod\w+|kommunar\w*|skule\w*|bustad\w*|auk\w+|vere|saka|einast|korkje|utan|vaksn\w+|einskild\w*|tenest\w+|handsam\w+|"
    r"framlegg|røyst\w*|gjer|seier|ynskj\w+|ønskj\w+|fleire|meir|heradet|me|dykk|ho|sjølv\w*|framleis|korleis|tilskot\w*|kostnad(?:ar|ane)|utgiftene|dekkjer|"
    r"familiar|born|plassar|gjeld|tilbod\w*|ukrainarar|mogleg\w*|barnefamiliar|tidlegast|samla|rekna|medrekna|familiesamein\w+|syner|viser|leggje|oppdrag|desse|slikt|gjev|gjeve|kan hende)(?!\w)"
)
_BOKMAAL = re.compile(
    r"(?<!\w)(?:ikke|et|fra|bosett\w+|flyktninger|flyktningene|enslig\w*|personer|kommer|tallet|antall\w*|hva|hver|bare|noe|noen|forutset\w+|forutsatt|forbehold|"
    r"vedtar|vedtatt|anmod\w+|kommuner|skole\w*|bolig\w*|øk\w+|være|saken|utelukkende|uten|voksne|enkelt\w*|tjenest\w+|behandl\w+|forslag\w*|stemm\w+|gjør|sier|"
    r"ønsk(?:er|es|elig)|flere|mer|selv|fortsatt|hvordan|tilskudd\w*|kostnader|utgiftene|dekker|dekkes|familier|barnefamilier|mulig\w*|tidligst|samlet|inkludert|disse|"
    r"slik|gir|blir|de|til sammen|legges|hvis|fordi|innen|kun|hvorav|herav)(?!\w)"
)  # fmt: skip


def maalform(jevn: str) -> Maalform:
    """The form with more of its own words; bokmål when they are as many."""
    return "nn" if len(_NYNORSK.findall(jevn)) > len(_BOKMAAL.findall(jevn)) else "nb"
