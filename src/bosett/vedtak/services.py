"""A municipality's answer: written in a draft, sent once, and replaced when the council decides again.

The ledger, the tasks and the documents of an answer hang on the request it answers.
"""

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.aktor.oppslag import eneste
from bosett.anmodning.models import Kommuneanmodning
from bosett.brukere.querysets import kan_svare
from bosett.grunn.feil import BosettFeil, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Handling, Overgang
from bosett.grunn.klokke import OSLO, i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange
from bosett.vedtak import states
from bosett.vedtak.models import PAABEGYNT, Svarvarsel, Vedtak
from bosett.vedtak.regelnivaa import hindrer
from bosett.vedtak.rules import fullstendig
from bosett.vedtak.rules.sjekk import sjekk_tekst
from bosett.vedtak.rules.typer import Svar as Tekstsvar

BESVARTE_OPPGAVER = ("les_anmodning", "behandle_anmodning", "svar_anmodning", "rett_vedtak")


@dataclass(frozen=True)
class Utfylt:
    """What a municipality fills in; persons where it is a number. See `models.Vedtak`."""

    antall: int | None = None
    em: bool | None = None
    em_antall: int | None = None
    organ: str = ""
    organ_navn: str = ""
    motedato: date | None = None
    saksnummer: str = ""
    stemmer_for: int | None = None
    stemmer_mot: int | None = None
    protokoll: str = ""
    tekst: str = ""
    ekstra: int | None = None
    ekstra_em: int | None = None
    kapasitet: str = ""
    paa_vegne: bool = False
    mottatt: date | None = None
    grunn: str = ""
    raad: dict[str, str] = field(default_factory=dict)


FELT = tuple(ett.name for ett in fields(Utfylt))


class Forbehold(Ugyldig):
    """The check found a reservation, or is not sure. `kontroll` says where, which rule, and how it can be worded."""

    def __init__(self, *, kontroll: Tekstsvar, **felt: Any) -> None:
        super().__init__(**felt)
        self.kontroll = kontroll


@transaction.atomic
def lagre(*, aktor: Aktor, anmodning_id: int, svar: Utfylt, versjon: int = 0, side: str = "") -> Vedtak:
    """Keep what is written so far. `versjon` is the draft's version as it was read (0: there was none), `side` the opened page.

    The same content again changes nothing. Raises `Konflikt` when somebody else has saved since, or IMDi is judging it, or
    IMDi writes (`svar.paa_vegne`) for a municipality that can answer itself; `FinnesIkke` when the request is not the
    municipality's own. A municipality that gets access goes on from IMDi's draft, which then is its own.
    """
    anmodning = _laas(aktor, states.LAGRE, anmodning_id, svar.paa_vegne)
    utkast = _utkast(anmodning)
    if utkast is None:
        utkast = Vedtak(
            anmodning=anmodning,
            organisasjon=anmodning.organisasjon,
            kommune_id=anmodning.kommune_id,
            aar=anmodning.runde.aar,
            tilstand=states.LAGRE.til,
            versjon=0,
            laget_av_id=aktor.bruker_id,
        )
    elif utkast.tilstand not in states.LAGRE.fra:
        raise _feil_tilstand(utkast, states.LAGRE)
    elif innhold(utkast) == svar:
        return utkast
    if utkast.versjon != versjon and not (side and utkast.side == side):
        raise Konflikt(
            kode="VEDTAK-SAMTIDIG",
            hva="Noen andre hos dere har endret svaret etter at du åpnet det.",
            regel="Vi skriver ikke over det andre har skrevet.",
            gjor="Det du skrev, står her ennå. Se hva som er lagret, og lagre på nytt.",
        )
    for navn, verdi in asdict(svar).items():
        setattr(utkast, navn, verdi)
    utkast.versjon, utkast.side = utkast.versjon + 1, side
    utkast.endret, utkast.endret_av_id = naa(), aktor.bruker_id
    utkast.save()
    if utkast.versjon == 1:
        _spor(aktor, states.LAGRE, utkast)
    return utkast


@transaction.atomic
def forkast(*, aktor: Aktor, vedtak_id: int) -> None:
    """Give up a draft. What was decided before it stands."""
    vedtak = _laas_vedtak(aktor, states.FORKAST, vedtak_id)
    vedtak.tilstand = states.FORKAST.til
    vedtak.save()
    _spor(aktor, states.FORKAST, vedtak)


@transaction.atomic
def send(*, aktor: Aktor, vedtak_id: int, versjon: int, bekreftet: bool) -> Vedtak:
    """Register the decision, let it replace an earlier one, and have it copied to IMDi, KS and the archive by a job.

    Repeating it gives the same decision. Raises `Ugyldig` for the first thing that is missing or wrong, `Forbehold` when the
    text is not one number without conditions, `Konflikt` when the draft was changed since it was read.
    """
    vedtak = _laas_vedtak(aktor, states.SEND, vedtak_id, ferdig="registrert")
    if vedtak.tilstand == "registrert":
        return vedtak
    _klar(vedtak, versjon, bekreftet)
    kontroll = kontroller(innhold(vedtak), vedtak.aar)
    if kontroll.utfall != "godtatt" and hindrer((nei := avslag(kontroll)).kode):
        raise nei
    _samme_tall(vedtak, kontroll)
    _send_inn(aktor, vedtak, kontroll)
    ta_imot(aktor, vedtak, states.SEND)
    return vedtak


@transaction.atomic
def be_om_vurdering(*, aktor: Aktor, vedtak_id: int, versjon: int, bekreftet: bool, sporsmaal: str) -> Vedtak:
    """Ask IMDi to judge whether the text holds a reservation. It counts as sent from now on; nothing is registered yet."""
    vedtak = _laas_vedtak(aktor, states.BE_OM_VURDERING, vedtak_id, ferdig="til_vurdering")
    if vedtak.tilstand == "til_vurdering":
        return vedtak
    _klar(vedtak, versjon, bekreftet)
    if not sporsmaal.strip():
        raise Ugyldig(
            kode="VEDTAK-SPORSMAAL",
            hva="Dere har ikke skrevet hvorfor teksten er uten forbehold.",
            regel="IMDi skal vite hva dere mener når de vurderer teksten.",
            gjor="Skriv det med en setning eller to.",
        )
    vedtak.sporsmaal = sporsmaal.strip()
    _send_inn(aktor, vedtak, kontroller(innhold(vedtak), vedtak.aar))
    vedtak.tilstand = states.BE_OM_VURDERING.til
    vedtak.save()
    _spor(aktor, states.BE_OM_VURDERING, vedtak)
    jobber.configure_task("vedtak.meld_til_vurdering").defer(vedtak_id=vedtak.pk)
    return vedtak


@transaction.atomic
def meld_senere(
    *, aktor: Aktor, anmodning_id: int, ventes: date, bosetter_imens: bool, begrunnelse: str = ""
) -> Svarvarsel:
    """Say when the answer comes when the deadline cannot be met, and whether the municipality settles people meanwhile."""
    anmodning = _laas(aktor, states.MELD_SENERE, anmodning_id)
    if ventes <= anmodning.runde.frist:
        raise Ugyldig(
            kode="VEDTAK-SENERE-DATO",
            hva="Datoen er ikke etter svarfristen.",
            regel="Her sier dere når svaret kommer hvis dere ikke rekker fristen.",
            gjor="Velg en senere dato, eller svar innen fristen.",
        )
    varsel = Svarvarsel.objects.create(
        anmodning=anmodning,
        organisasjon=anmodning.organisasjon,
        ventes=ventes,
        bosetter_imens=bosetter_imens,
        begrunnelse=begrunnelse.strip(),
        meldt_av_id=aktor.bruker_id,
    )
    registrer(
        aktor=aktor,
        handling=states.MELD_SENERE.kode,
        subjekt_id=anmodning.pk,
        data={"ventes": ventes.isoformat(), "bosetter_imens": bosetter_imens},
        organisasjon=anmodning.organisasjon,
    )
    return varsel


def innhold(vedtak: Vedtak) -> Utfylt:
    return Utfylt(**{navn: getattr(vedtak, navn) for navn in FELT})


def kontroller(svar: Utfylt, aar: int) -> Tekstsvar:
    """What the check of reservations says of the text, with a wording for the number the municipality has filled in."""
    em = (svar.em_antall or 0) if svar.em is not None else None
    return sjekk_tekst(svar.tekst, tall=svar.antall, aar=aar, em=em)


def som_dict(kontroll: Tekstsvar) -> dict[str, Any]:
    """For keeping beside the decision."""
    return {
        "utfall": kontroll.utfall,
        "kode": kontroll.kode,
        "funn": [asdict(ett) for ett in kontroll.funn],
        "forslag": list(kontroll.forslag),
    }


def _samme_tall(vedtak: Vedtak, kontroll: Tekstsvar) -> None:
    if kontroll.tall_i_teksten not in (None, vedtak.antall):
        raise Ugyldig(
            kode="VEDTAK-TALL-ULIKE",
            hva=f"Tallet er {vedtak.antall}, men teksten sier {kontroll.tall_i_teksten}.",
            regel="Antallet skal komme tydelig fram av vedtaket.",
            gjor="Rett tallet eller teksten. Er begge riktige, kan dere be IMDi vurdere teksten.",
        )


def avslag(kontroll: Tekstsvar) -> Forbehold:
    """The refusal of a text with a reservation, or one the check cannot decide."""
    if kontroll.utfall == "usikker":
        return Forbehold(
            kontroll=kontroll,
            kode="VEDTAK-USIKKER",
            hva="Vi er usikre på om teksten har forbehold.",
            regel="Vedtaket skal være ett tall uten forbehold.",
            gjor="Endre teksten, eller be IMDi vurdere den.",
        )
    return Forbehold(
        kontroll=kontroll,
        kode=kontroll.kode,
        hva="Teksten har forbehold.",
        regel="Vedtaket skal være ett tall uten forbehold. Familiegjenforente er ikke med i tallet.",
        gjor="Se hva vi reagerte på, og hvordan det kan stå.",
    )


def ta_imot(aktor: Aktor, vedtak: Vedtak, overgang: Overgang) -> None:
    """Make a sent decision the one in force. The caller holds the lock of the municipality's requests of the year."""
    alle = Vedtak.objects.filter(kommune_id=vedtak.kommune_id, aar=vedtak.aar)
    for gammelt in alle.filter(tilstand__in=states.ERSTATT.fra):
        gammelt.tilstand, gammelt.erstattet = states.ERSTATT.til, naa()
        gammelt.save(update_fields=["tilstand", "erstattet"])
        _spor(aktor, states.ERSTATT, gammelt)
    vedtak.nr = (alle.aggregate(Max("nr"))["nr__max"] or 0) + 1
    vedtak.tilstand, vedtak.registrert = "registrert", naa()
    vedtak.save()
    _spor(aktor, overgang, vedtak)
    for slag in BESVARTE_OPPGAVER:
        oppgaver.fullfor(aktor=aktor, subjekt_ider=[vedtak.anmodning_id], slag=slag)
    jobber.configure_task("vedtak.kopier", priority=5).defer(vedtak_id=vedtak.pk)
    jobber.configure_task("statistikk.publiser_vedtak", schedule_in={"seconds": 2}).defer(aar=vedtak.aar)


def _klar(vedtak: Vedtak, versjon: int, bekreftet: bool) -> None:
    if vedtak.versjon != versjon:
        raise Konflikt(
            kode="VEDTAK-SAMTIDIG",
            hva="Svaret er endret etter at du åpnet det.",
            regel="Det som blir sendt, skal være det du har sett.",
            gjor="Se over svaret på nytt.",
        )
    for _, feil in feil_i(vedtak):
        if hindrer(feil.kode):
            raise feil
    if not bekreftet:
        raise Ugyldig(
            kode="VEDTAK-BEKREFT",
            hva="Dere har ikke bekreftet at kommunen kjenner forpliktelsene.",
            regel="Kommunen forplikter seg til å gi introduksjonsprogram og opplæring i norsk og samfunnskunnskap.",
            gjor="Les forpliktelsene og kryss av.",
        )


def feil_i(vedtak: Vedtak) -> list[tuple[str, BosettFeil]]:
    """What is missing or wrong before it can be sent, by field, in the order of the form. The text's reservations apart."""
    kopi = vedtak.filer.exclude(innfil__tilstand="avvist").exists()
    return fullstendig.feil(asdict(innhold(vedtak)) | {"kopi": kopi})


def _send_inn(aktor: Aktor, vedtak: Vedtak, kontroll: Tekstsvar) -> None:
    """The moment the municipality let go of it: what decides whether it came in time."""
    tid = naa()
    vedtak.kontroll = som_dict(kontroll)
    vedtak.bekreftet = vedtak.innsendt = tid
    vedtak.bekreftet_av_id = vedtak.innsendt_av_id = aktor.bruker_id
    vedtak.etter_frist = (vedtak.mottatt or _dag(tid)) > vedtak.anmodning.runde.frist
    if not vedtak.em:
        vedtak.em_antall = None


def _dag(tid: datetime) -> date:
    return tid.astimezone(OSLO).date()


def _laas(aktor: Aktor, handling: Handling, anmodning_id: int, paa_vegne: bool = False) -> Kommuneanmodning:
    """The request, with all the municipality's requests of the year locked: its decisions happen one at a time."""
    anmodning = eneste(
        Kommuneanmodning.objects.select_related("runde", "organisasjon", "subjekt")
        .filter(pk=anmodning_id, sendt__isnull=False)
        .exclude(tilstand="bortfalt")
    )
    if anmodning is None:
        raise FinnesIkke(
            kode="VEDTAK-ANMODNING", hva="Anmodningen finnes ikke, eller du har ikke tilgang til den."
        )
    krev(aktor, states.handling_for(handling, paa_vegne).kode, anmodning.organisasjon)
    if paa_vegne:
        krev_uten_tilgang(anmodning.organisasjon)
    laas_aaret(anmodning.kommune_id, anmodning.runde.aar)
    return anmodning


def krev_uten_tilgang(organisasjon: Organisasjon) -> None:
    """IMDi answers for nobody who can answer. Raises `Konflikt` when somebody there has, or can give, the role."""
    if kan_svare(i_dag()).filter(organisasjon=organisasjon).exists():
        raise Konflikt(
            kode="VEDTAK-HAR-TILGANG",
            hva="Kommunen har noen som kan svare i Bosett.",
            regel="IMDi registrerer svar bare for kommuner uten tilgang.",
            gjor="Be kommunen svare selv.",
        )


def laas_aaret(kommune_id: int, aar: int) -> None:
    """Lock all the municipality's requests of the year: one decision is in force among them, whichever of them it answers."""
    alle = Kommuneanmodning.objects.filter(kommune_id=kommune_id, runde__aar=aar)
    laas_mange(subjekt_ider=alle.values_list("pk", flat=True))


def _laas_vedtak(aktor: Aktor, overgang: Overgang, vedtak_id: int, *, ferdig: str = "") -> Vedtak:
    """The decision, locked, where the act may begin; or in the state `ferdig` where it has ended already."""
    funnet = Vedtak.objects.filter(pk=vedtak_id).values_list("anmodning_id", "paa_vegne").first()
    if funnet is None:
        raise FinnesIkke(
            kode="VEDTAK-FINNES-IKKE", hva="Svaret finnes ikke, eller du har ikke tilgang til det."
        )
    anmodning_id, paa_vegne = funnet
    anmodning = _laas(aktor, overgang, anmodning_id, paa_vegne)
    vedtak = Vedtak.objects.get(pk=vedtak_id)
    vedtak.anmodning = anmodning
    if vedtak.tilstand not in (*overgang.fra, ferdig) or vedtak.paa_vegne != paa_vegne:
        raise _feil_tilstand(vedtak, overgang)
    return vedtak


def _utkast(anmodning: Kommuneanmodning) -> Vedtak | None:
    return eneste(Vedtak.objects.filter(anmodning=anmodning, tilstand__in=PAABEGYNT))


def _feil_tilstand(vedtak: Vedtak, overgang: Overgang) -> Konflikt:
    return Konflikt(
        kode="VEDTAK-TILSTAND",
        hva=f"Svaret er «{states.VEDTAK.navn(vedtak.tilstand)}», og da kan du ikke {overgang.tekst}.",
        regel="Dette kan bare gjøres når svaret er "
        + " eller ".join(f"«{states.VEDTAK.navn(kode)}»" for kode in overgang.fra) + ".",
        gjor="Last siden på nytt og se hva som er gjort.",
    )  # fmt: skip


def _spor(aktor: Aktor, handling: Handling, vedtak: Vedtak) -> None:
    registrer(
        aktor=aktor,
        handling=states.handling_for(handling, vedtak.paa_vegne).kode,
        subjekt_id=vedtak.anmodning_id,
        data={"vedtak": str(vedtak.uuid), "nr": vedtak.nr, "antall": vedtak.antall, "em": vedtak.em_antall},
        organisasjon=vedtak.organisasjon,
    )
