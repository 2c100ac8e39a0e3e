"""What follows a registered decision by itself: the decision sheet, the copies to IMDi and KS, and the archive package."""

from django.db import transaction
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.anmodning.models import Anmodningstall
from bosett.dokument import services as dokumenter
from bosett.dokument.brev import Brev, Maalform
from bosett.dokument.models import Dokument, Innfil
from bosett.dokument.services import Godkjenner
from bosett.geografi import selectors as geografi
from bosett.grunn.feil import FinnesIkke, Mangler
from bosett.grunn.klokke import OSLO
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import del_mange, laas_mange
from bosett.vedtak import states
from bosett.vedtak.ark import vedtaksark
from bosett.vedtak.models import FERDIG, Vedtak, Vedtaksfil, nokkel
from bosett.vedtak.underlag import arket

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
        laas_mange(subjekt_ider=[vedtak.anmodning_id])
        # Read under the lock: a copy brought meanwhile is in this version, or its own job makes the next.
        filer = [fil.innfil for fil in vedtak.filer.select_related("innfil").order_by("pk")]
        del_mange(delinger=[(vedtak.anmodning_id, m) for m in ks], grad="full", hvorfor=states.KOPIER.kode)
        siste = arket(vedtak)
        if siste is not None and siste.vedlegg.count() == len(filer):
            return siste
        navn = vedtak.innsendt_av.navn if vedtak.innsendt_av else vedtak.organisasjon.navn
        dokument = dokumenter.registrer_inn(
            aktor=aktor,
            subjekt_id=vedtak.anmodning_id,
            slag=SLAG,
            brev=ark(vedtak),
            saksreferanse=f"{vedtak.organisasjon.navn}, sak {vedtak.saksnummer}",
            motpart=vedtak.organisasjon,
            mottakere=[m for org in mottakere for m in dokumenter.standardkanaler(org)],
            registrert_av=Godkjenner(
                vedtak.innsendt_av_id or 0,
                navn,
                "Rådgiver i IMDi" if vedtak.paa_vegne else "Bosetter",
                vedtak.innsendt,
            ),
            nokkel=f"{nokkel(vedtak)}:{siste.versjon + 1}" if siste else nokkel(vedtak),
            vedlegg=filer,
            erstatter_id=siste.pk if siste else None,
        )
        registrer(
            aktor=aktor,
            handling=states.KOPIER.kode,
            subjekt_id=vedtak.anmodning_id,
            data={"vedtak": str(vedtak.uuid), "dokument": str(dokument.uuid)},
        )
    return dokument


@transaction.atomic
def last_opp(*, aktor: Aktor, vedtak_id: int, navn: str, innhold: bytes) -> Innfil:
    """Bring the written copy, before the answer is sent or after; after, the sheet and the archive get a new version with it.

    Raises what `dokument.services.ta_imot` raises, and `FinnesIkke` when the answer is not the municipality's own.
    """
    vedtak = Vedtak.objects.select_related("organisasjon").filter(pk=vedtak_id).first()
    if vedtak is None or vedtak.tilstand == "forkastet":
        raise FinnesIkke(
            kode="VEDTAK-FINNES-IKKE", hva="Svaret finnes ikke, eller du har ikke tilgang til det."
        )
    handling = states.handling_for(states.LAST_OPP, vedtak.paa_vegne)
    krev(aktor, handling.kode, vedtak.organisasjon)
    laas_mange(subjekt_ider=[vedtak.anmodning_id])
    vedtak.refresh_from_db(fields=["tilstand"])  # it may have been registered while this waited
    innfil = dokumenter.ta_imot(
        aktor=aktor,
        subjekt_id=vedtak.anmodning_id,
        organisasjon=vedtak.organisasjon,
        navn=navn,
        innhold=innhold,
    )
    _, ny = Vedtaksfil.objects.get_or_create(innfil=innfil, vedtak=vedtak)
    if ny:
        registrer(
            aktor=aktor,
            handling=handling.kode,
            subjekt_id=vedtak.anmodning_id,
            data={"vedtak": str(vedtak.uuid), "innfil": str(innfil.uuid)},
            organisasjon=vedtak.organisasjon,
        )
        if vedtak.tilstand in FERDIG:
            jobber.configure_task("vedtak.kopier", priority=5).defer(vedtak_id=vedtak.pk)
    return innfil


def ark(vedtak: Vedtak) -> Brev:
    """The decision sheet in the municipality's language form."""
    assert vedtak.innsendt is not None
    dato = vedtak.innsendt.astimezone(OSLO).date()
    tall = Anmodningstall.objects.filter(
        anmodning=vedtak.anmodning, revisjon=vedtak.anmodning.runde.gjeldende
    ).first()
    form = Maalform.av(geografi.maalform(vedtak.kommune_id, dato).form)
    return vedtaksark(vedtak, tall, form=form, dato=dato)
