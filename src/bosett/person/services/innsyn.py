"""The gate before a household's page: an ordinary look is logged, one outside the ordinary needs a reason first (DESIGN 4.4)."""

from datetime import timedelta

from django.db.models import Q

from bosett.aktor.kontekst import Aktor
from bosett.geografi.selectors import region_for
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import naa
from bosett.person.models import Husholdning, Mottaksopphold
from bosett.person.models_mottak import ETTER_TILBAKE
from bosett.person.querysets import FULLT, skjermede
from bosett.person.rules.innsyn import Omstendigheter, sats, utenfor
from bosett.person.rules.koder import krev_kode
from bosett.spor.models import Hendelse
from bosett.tilgang.models import Deling, Innsyn
from bosett.tilgang.services import logg_innsyn

LES = "person.husholdning"
"""The read that opening a household is logged as."""
GRUNN = "person.innsynsgrunn"
"""The read that choosing a reason is logged as; not a look of its own."""
_KOE = frozenset({"imdi_radgiver", "imdi_godkjenner"})


class InnsynUtenGrunn(BosettFeil):
    """The look is outside the ordinary, and nobody has said why. `koder` names what is (`rules.innsyn.TEKST`)."""

    http_status = 403

    def __init__(self, koder: tuple[str, ...] = ()) -> None:
        super().__init__(
            kode="INNSYN-GRUNN",
            hva="Du må velge hvorfor du åpner saken.",
            regel="Oppslag utenfor det vanlige blir loggført med en grunn som personen kan få se.",
            gjor="Velg en grunn.",
        )
        self.koder = koder

    def __reduce__(self) -> tuple[object, ...]:
        return (InnsynUtenGrunn, (self.koder,))


def krev_innsyn(
    *, aktor: Aktor, husholdning: Husholdning, grunn: str = "", lesning: str = LES
) -> tuple[str, ...]:
    """Log that the actor looks at the household now. Gives what was outside the ordinary; empty for an ordinary look.

    A reason chosen within the hour for the same case holds (`innsyn_grunn_varer`). Whether the actor may see the household at all is
    asked before this. Raises `InnsynUtenGrunn`, and logs nothing, when a reason is needed; `Ugyldig` for a reason not in the list.
    """
    if aktor.bruker_id is None:  # jobs of the system look at everybody, and are in the ledger
        return ()
    koder = utenfor(_omstendigheter(aktor, husholdning))
    if grunn:
        krev_kode(
            "innsynsgrunner",
            grunn,
            naa().date(),
            feilkode="INNSYN-GRUNN",
            hva="Grunnen finnes ikke i listen.",
        )
    elif koder:
        grunn = _valgt(aktor, husholdning)
        if not grunn:
            raise InnsynUtenGrunn(koder)
    logg_innsyn(aktor=aktor, lesning=lesning, subjekt_id=husholdning.pk, utvalg=",".join(koder), grunn=grunn)
    return koder


def velg_grunn(*, aktor: Aktor, husholdning: Husholdning, grunn: str) -> None:
    """Say why before looking. Raises `Ugyldig` for a reason that is not in the list today."""
    krev_innsyn(aktor=aktor, husholdning=husholdning, grunn=grunn or "?", lesning=GRUNN)


def utenfor_na(aktor: Aktor, husholdning: Husholdning) -> tuple[str, ...]:
    """What would be outside the ordinary if the actor looked now."""
    return utenfor(_omstendigheter(aktor, husholdning))


def _valgt(aktor: Aktor, husholdning: Husholdning) -> str:
    assert aktor.bruker_id is not None
    siden = naa() - timedelta(minutes=sats("innsyn_grunn_varer", naa().date()))
    rader = Innsyn.objects.filter(
        bruker_id=aktor.bruker_id, subjekt_id=husholdning.pk, lesning=GRUNN, tid__gte=siden
    )
    return rader.order_by("-tid").values_list("grunn", flat=True).first() or ""


def _omstendigheter(aktor: Aktor, h: Husholdning) -> Omstendigheter:
    assert aktor.bruker_id is not None
    tid = naa()
    delt = Deling.objects.filter(
        Q(til=None) | Q(til__gt=tid), subjekt_id=h.pk, organisasjon_id__in=aktor.organisasjoner, grad__in=FULLT, fra__lte=tid
    )  # fmt: skip
    siden = tid - timedelta(days=sats("innsyn_egen_sak", tid.date()))
    return Omstendigheter(
        delt=delt.exists(),
        # To take a case from the queue is no reason to know it: else anybody could make any case her own.
        egen=Hendelse.objects.filter(subjekt_id=h.pk, bruker_id=aktor.bruker_id, tid__gte=siden)
        .exclude(handling__startswith="oppgave.")
        .exists(),
        koe=i_koen(aktor, h),
        skjermet=skjermede().filter(husholdning=h).exists(),
        tid=tid,
    )


def i_koen(aktor: Aktor, h: Husholdning) -> bool:
    """IMDi's queue: open cases IMDi finds a municipality for. Somebody whose unit has a region has those who live there, and those
    nobody knows where live."""
    mine = [t for t in aktor.tilhorigheter if t.rolle in _KOE]
    if not mine or h.avsluttet is not None or h.ansvar != "imdi":
        return False
    regioner = {t.region_id for t in mine}
    if None in regioner:
        return True
    kommune_id = bor_i(h)
    region = region_for(kommune_id) if kommune_id else None
    return region is None or region.pk in regioner


def bor_i(h: Husholdning) -> int | None:
    """The municipality where the household lives now: its centre's, else the one of its application; None when unknown."""
    bor = (
        Mottaksopphold.objects.kjent()
        .gjelder()
        .filter(ETTER_TILBAKE, person__husholdning=h, mottak__isnull=False)
        .order_by("-fra")
        .values_list("mottak__kommune_id", flat=True)
        .first()
    )
    return bor or h.privatsoknader.order_by("-sokt").values_list("bor_i_id", flat=True).first()
