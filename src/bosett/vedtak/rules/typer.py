"""What the reservation check answers with: outcome, code, and findings that name words, rule, source and a way out.

Positions count characters in the text as it was handed in: `tekst[funn.fra:funn.til] == funn.ord`.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Utfall = Literal["godtatt", "forbehold", "usikker"]
Kategori = Literal["familie", "hvem", "hvor_mange", "hvis", "naar", "tall_mangler", "tvil"]
Maalform = Literal["nb", "nn"]

GODTATT: Utfall = "godtatt"
FORBEHOLD: Utfall = "forbehold"
USIKKER: Utfall = "usikker"

KODE: dict[Kategori, str] = {
    "familie": "VEDTAK-FAM",
    "hvem": "VEDTAK-FORBEHOLD",
    "hvor_mange": "VEDTAK-FORBEHOLD",
    "hvis": "VEDTAK-FORBEHOLD",
    "naar": "VEDTAK-FORBEHOLD",
    "tall_mangler": "VEDTAK-TALL-MANGLER",
    "tvil": "VEDTAK-USIKKER",
}


# The nets that catch what the precise patterns have no words for.
VIDE = ("vidt", "etter_tallet")


class Treff(NamedTuple):
    """What a rule reacted to, by its places in the even text."""

    fra: int
    til: int
    kategori: Kategori
    utfall: Utfall
    monster: str


@dataclass(frozen=True, slots=True)
class Funn:
    """One thing the check reacted to. `monster` is the id of the pattern that matched, for whoever improves the lexicon."""

    ord: str
    fra: int
    til: int
    utfall: Utfall
    kategori: Kategori
    regel: str
    kilde: str
    monster: str

    @property
    def kode(self) -> str:
        return KODE[self.kategori]


@dataclass(frozen=True, slots=True)
class Svar:
    """The answer for one text. `forslag` holds the wordings to choose between: two when the text names two numbers.

    `tall`, `aar` and `em` are what is known, from the form or from the text; None when neither says, and `em` 0 means no.
    `tall_i_teksten` is the number the text itself names, whatever the form says.
    """

    utfall: Utfall
    kode: str
    funn: tuple[Funn, ...]
    forslag: tuple[str, ...]
    maalform: Maalform
    tall: int | None
    tall_i_teksten: int | None
    aar: int | None
    em: int | None
