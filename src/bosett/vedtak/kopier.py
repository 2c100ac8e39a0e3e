"""What follows a registered decision by itself: the decision sheet, the copies to IMDi and KS, and the archive package."""

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.anmodning.models import Anmodningstall
from bosett.dokument import services as dokumenter
from bosett.dokument.brev import Brev
from bosett.dokument.models import Dokument
from bosett.dokument.services import Godkjenner
from bosett.geografi import selectors as geografi
from bosett.grunn.feil import Mangler
from bosett.grunn.klokke import OSLO
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import del_mange
from bosett.vedtak import states
from bosett.vedtak.ark import vedtaksark
from bosett.vedtak.models import FERDIG, Vedtak, nokkel

SLAG = "vedtak"


def kopier(*, aktor: Aktor, vedtak_id: int) -> Dokument:
    """Make the decision sheet, send it to IMDi and KS, and let KS see the decision. Repeating it makes no second one.

    The recipients are the organisations as they are registered on the day, never a person's address (R051). Raises `Mangler`
    when IMDi or KS is not registered.
    """
    vedtak = Vedtak.objects.select_related(
        "anmodning__runde", "anmodning__subjekt", "organisasjon", "innsendt_av"
    ).get(pk=vedtak_id)
    krev(aktor, states.KOPIER.kode, vedtak.organisasjon)
    assert vedtak.tilstand in FERDIG and vedtak.innsendt is not None
    mottakere = list(Organisasjon.objects.filter(slag__in=("imdi", "ks")).order_by("slag"))
    if {m.slag for m in mottakere} != {"imdi", "ks"}:
        raise Mangler(
            kode="VEDTAK-MOTTAKER",
            hva="IMDi eller KS er ikke registrert som organisasjon.",
            regel="Kopi av vedtaket går til IMDi og KS.",
            gjor="Registrer organisasjonen, så går kopien ut.",
        )
    ks = [m for m in mottakere if m.slag == "ks"]
    with transaction.atomic():
        del_mange(delinger=[(vedtak.anmodning_id, m) for m in ks], grad="full", hvorfor=states.KOPIER.kode)
        finnes = Dokument.objects.filter(nokkel=nokkel(vedtak)).first()
        if finnes is not None:
            return finnes
        navn = vedtak.innsendt_av.navn if vedtak.innsendt_av else vedtak.organisasjon.navn
        dokument = dokumenter.registrer_inn(
            aktor=aktor,
            subjekt_id=vedtak.anmodning_id,
            slag=SLAG,
            brev=ark(vedtak),
            saksreferanse=f"{vedtak.organisasjon.navn}, sak {vedtak.saksnummer}",
            motpart=vedtak.organisasjon,
            mottakere=[m for org in mottakere for m in dokumenter.standardkanaler(org)],
            registrert_av=Godkjenner(vedtak.innsendt_av_id or 0, navn, "Bosetter", vedtak.innsendt),
            nokkel=nokkel(vedtak),
        )
        registrer(
            aktor=aktor,
            handling=states.KOPIER.kode,
            subjekt_id=vedtak.anmodning_id,
            data={"vedtak": str(vedtak.uuid), "dokument": str(dokument.uuid)},
        )
    return dokument


def ark(vedtak: Vedtak) -> Brev:
    """The decision sheet in the municipality's language form."""
    assert vedtak.innsendt is not None
    dato = vedtak.innsendt.astimezone(OSLO).date()
    tall = Anmodningstall.objects.filter(
        anmodning=vedtak.anmodning, revisjon=vedtak.anmodning.runde.gjeldende
    ).first()
    valg = geografi.maalformer(dato).get(vedtak.kommune_id)
    return vedtaksark(vedtak, tall, nynorsk=valg is not None and valg.form == "nynorsk", dato=dato)
