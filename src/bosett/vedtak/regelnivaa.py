"""How strong each rule of a decision is: must, should or may (R157). Only a «must» stops anything; the screens use the same words.

The letters ask («vi oppfordrer», «vi ber om») far more than they demand, and the council decides.
"""

from dataclasses import dataclass
from enum import StrEnum

from bosett.vedtak.rules.fullstendig import FELTNAVN
from bosett.vedtak.rules.status import Status


class Nivaa(StrEnum):
    SKAL = "skal"
    BOR = "bør"
    KAN = "kan"


@dataclass(frozen=True)
class Regel:
    """`kode` is the code of the refusal (a must) or of the remark (a should). `tekst` is a whole sentence, a source string."""

    kode: str
    nivaa: Nivaa
    tekst: str
    kilde: str

    @property
    def hindrer(self) -> bool:
        return self.nivaa is Nivaa.SKAL


_BREV = "IMDis anmodningsbrev for 2020"
_FRIVILLIG = "IMDi: Det er frivillig for kommunene å bosette flyktninger"

REGLER: dict[str, Regel] = {
    regel.kode: regel
    for regel in (
        Regel("VEDTAK-FAM", Nivaa.SKAL, "Familiegjenforente skal ikke regnes med i tallet.", _BREV),
        Regel("VEDTAK-FORBEHOLD", Nivaa.SKAL, "Vedtaket skal være uten forbehold.", _BREV),
        Regel("VEDTAK-TALL-MANGLER", Nivaa.SKAL, "Antallet skal komme tydelig fram av vedtaket.", _BREV),
        Regel("VEDTAK-TALL-ULIKE", Nivaa.SKAL, "Antallet skal komme tydelig fram av vedtaket.", _BREV),
        Regel("VEDTAK-USIKKER", Nivaa.SKAL, "Er vi i tvil om et forbehold, skal IMDi vurdere teksten.", _BREV),
        Regel("VEDTAK-STEMMER-EN", Nivaa.SKAL, "Stemmetallene skal være hele.", _BREV),
        Regel("VEDTAK-MOTE-FRAMTID", Nivaa.SKAL, "Vedtaket skal være gjort.", _BREV),
        Regel("VEDTAK-MOTTATT-FRAMTID", Nivaa.SKAL, "Svaret skal være kommet til IMDi.", _BREV),
        Regel("VEDTAK-MOTTATT-FOR-MOTET", Nivaa.SKAL, "Svaret skal være sendt etter møtet.", _BREV),
        Regel("VEDTAK-NYERE", Nivaa.SKAL, "Et nyere vedtak skal stå.", _BREV),
        Regel("VEDTAK-BEKREFT", Nivaa.SKAL, "Kommunen skal bekrefte at den kjenner forpliktelsene.", "Integreringsloven"),
        *(
            Regel(f"VEDTAK-MANGLER-{felt.upper()}", Nivaa.SKAL, "Svaret skal være fylt ut.", _BREV)
            for felt in FELTNAVN
        ),
        Regel("VEDTAK-UNDER-ANMODET", Nivaa.BOR, "Kommunen bør bosette så mange som IMDi ber om.", _BREV),
        Regel("VEDTAK-ETTER-FRIST", Nivaa.BOR, "Svaret bør komme innen fristen.", _BREV),
        Regel("VEDTAK-UTEN-EM", Nivaa.BOR, "Kommunen bør bosette enslige mindreårige når IMDi ber om det.", _BREV),
        Regel("VEDTAK-NEI", Nivaa.KAN, "Kommunen kan svare nei.", _FRIVILLIG),
        Regel("VEDTAK-FLERE", Nivaa.KAN, "Kommunen kan bosette flere enn IMDi ber om.", _FRIVILLIG),
    )
}  # fmt: skip


def hindrer(kode: str) -> bool:
    """May a decision that breaks this rule not be registered? A code outside the table is no rule of decisions, and stops."""
    regel = REGLER.get(kode)
    return regel is None or regel.hindrer


def merknader(*, status: Status, em_anmodet: int, em: bool | None, etter_frist: bool) -> list[Regel]:
    """What IMDi encourages that this decision doesn't follow, or what it makes use of. The council decides; nothing is stopped."""
    koder = []
    if status is Status.NEI:
        koder.append("VEDTAK-NEI")
    elif status is Status.FAERRE:
        koder.append("VEDTAK-UNDER-ANMODET")
    elif status is Status.FLERE:
        koder.append("VEDTAK-FLERE")
    if em_anmodet and not em and status is not Status.NEI:
        koder.append("VEDTAK-UTEN-EM")
    if etter_frist:
        koder.append("VEDTAK-ETTER-FRIST")
    return [REGLER[kode] for kode in koder]
