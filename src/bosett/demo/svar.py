"""DEMO answers to this year's round: what the first visitor meets on «Hva svarer kommunene?», and IMDi in its list.

Real services, invented councils: every text says DEMO. Steinkjer and Volda, whose people one can sign in as, have not answered.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Anmodningstall, Runde
from bosett.demo.brukere import SKRIVER, lag_skrivere, som_demobruker
from bosett.dokument import papirsats
from bosett.dokument.brev import Maalform
from bosett.dokument.papir import Kapittel, Papir, avsnitt
from bosett.geografi import selectors as geografi
from bosett.grunn.klokke import OSLO, frys, i_dag
from bosett.statistikk.services import publiser_vedtak
from bosett.vedtak import services, vurdering
from bosett.vedtak.kopier import kopier, last_opp
from bosett.vedtak.models import Vedtak
from bosett.vedtak.services import Utfylt


@dataclass(frozen=True)
class Svar:
    """What one municipality answers, `dager` from the deadline (negative: in time), and how its council voted."""

    nummer: str
    dager: int
    prosent: tuple[int, ...] = (100,)
    """Of what it is asked for; one for each time the council has decided."""
    stemmer: tuple[int, int] = (27, 8)
    em: bool = True
    """A yes to minors, when the municipality is asked for them."""
    mer: str = ""
    """A sentence IMDi must judge."""
    kopi: bool = True
    paa_vegne: bool = False
    """It came to IMDi by e-mail, from a municipality without access."""


SVARENE = (
    Svar("5001", -40, stemmer=(52, 15)),
    Svar("5037", -33),
    Svar("4640", -31),  # Sogndal writes nynorsk
    Svar("5035", -27, (60,), em=False, kopi=False),
    Svar("5038", -26, (0,), (19, 16)),
    Svar("3301", -22, stemmer=(33, 24), paa_vegne=True),
    Svar("1108", -20, (120,), (41, 26)),
    Svar("5007", -19, (50, 80)),
    Svar("3907", -6, mer=" Kommunen håper på barnefamilier."),
    Svar("5059", 9, (90,)),
)
SENERE = "4601"
"""Has said that its answer comes later."""


def lag_svar(runde: Runde) -> None:
    """The answers whose day has come, public at once. What is there already is left alone, so it may be run again."""
    with som(system("demo")):
        tall = {
            ett.anmodning.nummer: ett
            for ett in Anmodningstall.objects.filter(
                revisjon=runde.gjeldende_id,
                antall__gt=0,
                anmodning__nummer__in=[*(svar.nummer for svar in SVARENE), SENERE],
            ).select_related("anmodning__organisasjon", "anmodning__runde")
        }
        besvart = set(Vedtak.objects.filter(aar=runde.aar).values_list("anmodning__nummer", flat=True))
        svarer_selv = {SENERE, *(svar.nummer for svar in SVARENE if not svar.paa_vegne)}
        lag_skrivere(ett.anmodning.organisasjon for nr, ett in tall.items() if nr in svarer_selv)
    for svar in SVARENE:
        dag = runde.frist + timedelta(days=svar.dager)
        if svar.nummer in tall and svar.nummer not in besvart and dag < i_dag():
            _svar(svar, tall[svar.nummer], dag)
    sagt = runde.frist - timedelta(days=50)
    if SENERE in tall and not besvart and sagt < i_dag():
        with frys(sagt), som_demobruker(f"{SKRIVER}{SENERE}") as aktor:
            services.meld_senere(
                aktor=aktor,
                anmodning_id=tall[SENERE].anmodning_id,
                ventes=runde.frist + timedelta(days=27),
                bosetter_imens=True,
                begrunnelse="DEMO: Kommunestyret behandler saken i neste møte.",
            )
    with som(system("demo")) as aktor:
        publiser_vedtak(aktor=aktor, aar=runde.aar)


def _svar(svar: Svar, tall: Anmodningstall, dag: date) -> None:
    form = Maalform.av(geografi.maalform(tall.anmodning.kommune_id, dag).form)
    for gang, prosent in enumerate(svar.prosent):
        with frys(datetime.combine(dag + timedelta(days=gang), time(10, 15), OSLO)):
            vedtaket = _sendt(svar, tall, tall.antall * prosent // 100, form)
            if vedtaket.tilstand == "registrert":
                with som(system("demo")) as aktor:
                    kopier(aktor=aktor, vedtak_id=vedtaket.pk)


def _sendt(svar: Svar, tall: Anmodningstall, antall: int, form: Maalform) -> Vedtak:
    """From the writer's draft to the sent decision; with words in doubt, IMDi is asked."""
    felt = _utfylt(svar, tall, antall, form)
    hvem = "imdi_radgiver" if svar.paa_vegne else f"{SKRIVER}{svar.nummer}"
    with som_demobruker(hvem) as aktor:
        utkast = services.lagre(aktor=aktor, anmodning_id=tall.anmodning_id, svar=felt)
        if svar.kopi:
            last_opp(
                aktor=aktor, vedtak_id=utkast.pk, navn="DEMO vedtak.pdf", innhold=_papiret(felt, tall, form)
            )
        if not svar.mer:
            return services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=utkast.versjon, bekreftet=True)
        sendt = services.be_om_vurdering(
            aktor=aktor,
            vedtak_id=utkast.pk,
            versjon=utkast.versjon,
            bekreftet=True,
            sporsmaal="DEMO: Et håp er ikke et vilkår.",
        )
    with som(system("demo")) as aktor:
        vurdering.meld(aktor=aktor, vedtak_id=sendt.pk)
    return sendt


def _utfylt(svar: Svar, tall: Anmodningstall, antall: int, form: Maalform) -> Utfylt:
    em = tall.em if svar.em and antall >= tall.em > 0 else 0
    return Utfylt(
        antall=antall,
        em=em > 0 if antall else None,
        em_antall=em or None,
        organ="kommunestyre",
        motedato=i_dag() - timedelta(days=3),
        saksnummer=f"{svar.nummer[-2:]}/{i_dag().year}",
        stemmer_for=svar.stemmer[0],
        stemmer_mot=svar.stemmer[1],
        tekst=f"DEMO: {_vedtatt(tall, antall, em, form)}{svar.mer}",
        paa_vegne=svar.paa_vegne,
        mottatt=i_dag() if svar.paa_vegne else None,
        grunn="DEMO: Svaret kom på e-post. Ingen i kommunen har fått tilgang ennå." if svar.paa_vegne else "",
    )


def _vedtatt(tall: Anmodningstall, antall: int, em: int, form: Maalform) -> str:
    navn, aar = tall.anmodning.organisasjon.navn, tall.anmodning.runde.aar
    if form is Maalform.NN:
        hvor_mange = f"{navn} buset {antall or 'ingen'} flyktningar i {aar}."
        av_dem = f" Av desse er {em} einslege mindreårige."
    else:
        hvor_mange = f"{navn} bosetter {antall or 'ingen'} flyktninger i {aar}."
        av_dem = f" Av disse er {em} enslige mindreårige."
    return hvor_mange + (av_dem if em else "")


def _papiret(felt: Utfylt, tall: Anmodningstall, form: Maalform) -> bytes:
    """The written copy: the same words on a sheet that says it is invented."""
    papir = Papir(
        maalform=form,
        tittel="DEMO: Vedtak",
        overtittel="DEMO",
        avsender=tall.anmodning.organisasjon.navn,
        dato=i_dag(),
        opplysninger=(),
        kapitler=(Kapittel("Vedtak", (avsnitt(felt.tekst),)),),
    )
    return papirsats.sett(papir)
