"""What the reads of answers give: one municipality's row, the sums of a round, and whom a reminder would reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bosett.anmodning.models import Anmodningstall
from bosett.dokument.brev import Maalform
from bosett.grunn.klokke import i_dag
from bosett.vedtak.models import Svarvarsel, Vedtak
from bosett.vedtak.rules.status import Status

NYLIG_DAGER = 7
"""A municipality that was reminded within this many days is pointed out before it is reminded again."""


@dataclass(frozen=True)
class Svarlinje:
    """One asked municipality's row: what it was asked for, what it answered, and where that leaves it."""

    tall: Anmodningstall
    vedtak: Vedtak | None
    varsel: Svarvarsel | None
    status: Status
    paaminnet: date | None
    kopi_mangler: bool | None
    """Of the written copy of the decision. None: there is no decision, or the reader may not see its files."""

    @property
    def pk(self) -> int:
        """The request, which is what one chooses in a table of answers."""
        return self.tall.anmodning_id

    @property
    def differanse(self) -> int | None:
        return None if self.vedtak is None else (self.vedtak.antall or 0) - self.tall.antall

    @property
    def em_vedtatt(self) -> int | None:
        return None if self.vedtak is None else self.vedtak.em_antall or 0

    @property
    def etter_frist(self) -> bool | None:
        return None if self.vedtak is None else self.vedtak.etter_frist

    @property
    def byttet(self) -> bool:
        """Has the municipality a newer request? Then its answer is counted there."""
        return self.tall.anmodning.tilstand == "revidert"


@dataclass(frozen=True)
class Svarsum:
    """What the municipalities of a round have answered together. Persons where it is not municipalities (`spurt`, `svart`)."""

    spurt: int
    svart: int
    anmodet: int
    anmodet_av_svart: int
    vedtatt: int
    em_anmodet: int
    em_vedtatt: int
    per_status: dict[Status, tuple[int, int]]
    """Municipalities and decided persons by where they stand."""


def summer(linjer: Iterable[Svarlinje]) -> Svarsum:
    """The sums of the requests that are in force; those that are replaced are counted where they are answered."""
    egne = [linje for linje in linjer if not linje.byttet]
    svart = [linje for linje in egne if linje.status.svart]
    return Svarsum(
        spurt=len(egne),
        svart=len(svart),
        anmodet=sum(linje.tall.antall for linje in egne),
        anmodet_av_svart=sum(linje.tall.antall for linje in svart),
        vedtatt=sum(linje.vedtak.antall or 0 for linje in svart if linje.vedtak),
        em_anmodet=sum(linje.tall.em for linje in svart),
        em_vedtatt=sum(linje.em_vedtatt or 0 for linje in svart),
        per_status={
            status_: (len(disse), sum(linje.vedtak.antall or 0 for linje in disse if linje.vedtak))
            for status_ in Status
            if (disse := [linje for linje in egne if linje.status is status_])
        },
    )


@dataclass(frozen=True)
class Mottaker:
    """Whom a reminder would reach: by which form and channel, and when it was reminded last."""

    linje: Svarlinje
    maalform: Maalform
    epost: str
    """Empty: nothing is mailed, because the organisation has no address or no mail server is named."""
    har_bruker: bool
    """Somebody there can answer for the municipality."""

    @property
    def nylig(self) -> bool:
        return self.linje.paaminnet is not None and (i_dag() - self.linje.paaminnet).days < NYLIG_DAGER
