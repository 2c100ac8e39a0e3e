"""What lies beside a decision: the written copies, the decision sheet, and the four receipts. For the municipality and IMDi."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop as _

from bosett.aktor.kontekst import Aktor
from bosett.dokument.models import Arkivpakke, Dokument, Forsendelse, Innfil
from bosett.tilgang.policy import krev
from bosett.vedtak.models import Vedtak, nokkel
from bosett.vedtak.selectors import UNDERLAG


@UNDERLAG
def filer(aktor: Aktor, vedtak: Vedtak) -> list[Innfil]:
    """The written copies that are brought, refused ones too."""
    krev(aktor, "vedtak.underlag", vedtak.organisasjon)
    return [rad.innfil for rad in vedtak.filer.select_related("innfil__fil").order_by("pk")]


def kopi_mangler(vedtak: Vedtak) -> bool:
    """A registered decision whose written copy has not come, or was refused (R064)."""
    return vedtak.registrert is not None and not vedtak.filer.exclude(innfil__tilstand="avvist").exists()


def arket(vedtak: Vedtak) -> Dokument | None:
    """The decision sheet as it stands: the newest version."""
    return (
        Dokument.objects.filter(subjekt=vedtak.anmodning_id, nokkel__startswith=nokkel(vedtak))
        .order_by("-versjon")
        .first()
    )


@dataclass(frozen=True)
class Kvittering:
    """One of the four receipts of a sent answer; `tid` is None until it is done."""

    hva: str
    tid: datetime | None
    om: str = ""


@dataclass(frozen=True)
class Kvitteringer:
    linjer: tuple[Kvittering, ...]
    ark: Dokument | None

    @property
    def venter(self) -> bool:
        return any(linje.tid is None for linje in self.linjer)


@UNDERLAG
def kvitteringer(aktor: Aktor, vedtak: Vedtak) -> Kvitteringer | None:
    """Registration, copy to IMDi, copy to KS, archive package (R152). None before it is registered."""
    krev(aktor, "vedtak.underlag", vedtak.organisasjon)
    if vedtak.registrert is None:
        return None
    ark = arket(vedtak)
    levert: dict[str, datetime | None] = {}
    for forsendelse in Forsendelse.objects.filter(dokument=ark).select_related("mottaker"):
        tid = levert.setdefault(forsendelse.mottaker.slag, forsendelse.levert_tid)
        levert[forsendelse.mottaker.slag] = (
            tid and forsendelse.levert_tid and max(tid, forsendelse.levert_tid)
        )
    pakke = Arkivpakke.objects.filter(dokument=ark).first() if ark else None
    return Kvitteringer(
        (
            Kvittering(_("Registrert"), vedtak.registrert, f"{vedtak.aar}/{vedtak.nr}"),
            Kvittering(_("Kopi til IMDi"), levert.get("imdi"), ark.dokumentnummer if ark else ""),
            Kvittering(_("Kopi til KS"), levert.get("ks"), ark.dokumentnummer if ark else ""),
            Kvittering(_("Arkivert"), pakke.opprettet if pakke else None),
        ),
        ark,
    )
