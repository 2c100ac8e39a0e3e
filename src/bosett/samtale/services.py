"""The only writers of messages and of how far each has read."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Min

from bosett.aktor.kontekst import Aktor, Tilhorighet, som_systemet
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.models import Oppgave
from bosett.oppgave.services import NyOppgave
from bosett.samtale import selectors
from bosett.samtale.models import Innlegg, Lest, Trukkettekst
from bosett.samtale.querysets import LES, ubesvarte
from bosett.samtale.rules import INTERN, leserkrets
from bosett.samtale.states import SKRIV, TREKK
from bosett.spor.services import registrer
from bosett.tilgang.models import Subjekt
from bosett.tilgang.policy import krev
from bosett.tilgang.saken import tilhorighet_i, tilhorigheter_i
from bosett.tilgang.services import laas, laas_rad

MAKS_TEKST = 4000
MAKS_FRIST = 365
"""Days a question may wait for its answer."""
SVAR_SPORSMAAL, LES_SVAR = "svar_sporsmaal", "les_henvendelsessvar"
ROLLER = {
    "imdi": ["imdi_radgiver"], "mottak": ["bosettingskonsulent"], "kommune": ["bosetter_skriv"], "bufetat": ["bufetat_saksbehandler"],
}  # fmt: skip
"""Who in a party answers."""


def sti(subjekt: Subjekt) -> str:
    """The page of the thread."""
    return f"/husholdninger/{subjekt.uuid}/samtale/"


def saksnummer(subjekt_id: int) -> str:
    """What people call the case: the number of its subject."""
    return f"H {subjekt_id}"


@transaction.atomic
def skriv(
    *,
    aktor: Aktor,
    subjekt_id: int,
    tekst: str,
    leses_av: Collection[str] = (),
    sporsmaal_til: str = "",
    frist: date | None = None,
    svar_paa: UUID | None = None,
    nokkel: UUID | None = None,
) -> Innlegg:
    """Say something in the thread, to the parties in `leses_av` (or `INTERN`). It can't be changed afterwards.

    A question gives the other party a task until it is answered. `nokkel` is the form's own: sent twice, it is said once.
    Raises `Ugyldig` (no text, too long, nobody or too many chosen, a question without a day, an answer its asker can't read),
    `Konflikt` when the question is answered or withdrawn, `FinnesIkke` for a case or a question that is not the actor's.
    """
    laas(subjekt_id=subjekt_id)
    denne = tilhorighet_i(aktor, SKRIV.kode, subjekt_id)
    if nokkel is not None:
        sendt = Innlegg.objects.filter(uuid=nokkel, subjekt_id=subjekt_id, av=aktor.bruker_id).first()
        if sendt is not None:
            return sendt
    ord_ = tekst.strip()
    if not ord_ or len(ord_) > MAKS_TEKST:
        raise Ugyldig(
            kode="SAMTALE-TEKST",
            hva="Innlegget mangler tekst." if not ord_ else "Innlegget er for langt.",
            regel="Et innlegg kan være på 4000 tegn.",
            gjor="Skriv det du vil si." if not ord_ else "Del det i to.",
        )
    spurt = _sporsmaalet(aktor, denne, subjekt_id, svar_paa)
    synlig = _krets(leses_av, denne.slag)
    if spurt is not None and spurt.fra not in synlig:
        raise Ugyldig(
            kode="SAMTALE-SVAR-LESER",
            hva="Den som spurte, kan ikke lese svaret.",
            regel="Et svar må være synlig for den som spurte.",
            gjor="Kryss av for den som spurte.",
        )
    _krev_sporsmaal(denne.slag, synlig, sporsmaal_til, frist)
    nytt = Innlegg.objects.create(
        uuid=nokkel or uuid4(), subjekt_id=subjekt_id, organisasjon_id=denne.organisasjon_id, fra=denne.slag, av_id=aktor.bruker_id,
        synlig=list(synlig), tekst=ord_, sporsmaal_til=sporsmaal_til, frist=frist if sporsmaal_til else None, svar_paa=spurt,
    )  # fmt: skip
    data = {"innlegg": str(nytt.uuid), "synlig": list(synlig)}
    if sporsmaal_til:
        data |= {"spor": sporsmaal_til, "frist": str(frist)}
    if spurt is not None:
        data["svar_paa"] = str(spurt.uuid)
    registrer(aktor=aktor, handling=SKRIV.kode, subjekt_id=subjekt_id, data=data)
    for part in {sporsmaal_til, spurt.sporsmaal_til if spurt else ""} - {""}:
        gi_oppgaver(aktor, subjekt_id, part)
    return nytt


@transaction.atomic
def trekk(*, aktor: Aktor, innlegg: UUID, grunn: str) -> Innlegg:
    """Withdraw what one has said oneself: its text is seen by nobody outside the own organisation any longer; that it was said stays.

    A question is then no task, and what was an answer no longer is one. Raises `FinnesIkke` for somebody else's message, `Konflikt`
    when it is withdrawn already, `Ugyldig` for a reason that is not in the list.
    """
    funnet = laas_rad(lambda: selectors.innlegget(aktor, innlegg))
    dette = Innlegg.objects.select_related("svar_paa").get(pk=funnet.pk)
    if dette.av_id != aktor.bruker_id:
        raise FinnesIkke(kode="SAMTALE-INNLEGG", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    krev(aktor, TREKK.kode, funnet.organisasjon)
    if dette.trukket is not None:
        raise Konflikt(
            kode="SAMTALE-TRUKKET", hva="Innlegget er allerede trukket tilbake.", gjor="Last siden på nytt."
        )
    if grunn not in Innlegg.Trukket.values:
        raise Ugyldig(
            kode="SAMTALE-GRUNN",
            hva="Det mangler hvorfor innlegget blir trukket tilbake.",
            regel="Andre kan se at noe er trukket tilbake, og hvorfor.",
            gjor="Velg en grunn.",
        )
    Trukkettekst.objects.create(innlegg=dette, tekst=dette.tekst)
    dette.tekst, dette.trukket, dette.trukket_av_id, dette.trukket_grunn = "", naa(), aktor.bruker_id, grunn
    dette.save(update_fields=["tekst", "trukket", "trukket_av", "trukket_grunn"])
    registrer(
        aktor=aktor, handling=TREKK.kode, subjekt_id=dette.subjekt_id, organisasjon=funnet.organisasjon,
        data={"innlegg": str(dette.uuid), "grunn": grunn},
    )  # fmt: skip
    for part in {dette.sporsmaal_til, dette.svar_paa.sporsmaal_til if dette.svar_paa else ""} - {""}:
        gi_oppgaver(aktor, dette.subjekt_id, part)
    return dette


@transaction.atomic
def merk_lest(*, aktor: Aktor, subjekt_id: int, sist: int) -> None:
    """The actor has been shown the thread as far as the message with this key. Never moves back. Not an act: as the read-log."""
    for ett in tilhorigheter_i(aktor, LES, subjekt_id):
        rad = {
            "subjekt_id": subjekt_id,
            "bruker_id": aktor.bruker_id,
            "organisasjon_id": ett.organisasjon_id,
        }
        Lest.objects.bulk_create([Lest(**rad, sist=sist)], ignore_conflicts=True)  # the constraint decides
        Lest.objects.filter(**rad, sist__lt=sist).update(sist=sist, tid=naa())
        oppgaver.fullfor(
            aktor=aktor, subjekt_ider=[subjekt_id], slag=LES_SVAR, organisasjoner=[ett.organisasjon_id]
        )


def gi_oppgaver(aktor: Aktor, subjekt_id: int, part: str) -> None:
    """Those of the party who have the case now have the task as long as a question to them is open; its date is the earliest."""
    with som_systemet(SKRIV.kode, etter=aktor):
        apne = ubesvarte(Innlegg.objects.filter(subjekt_id=subjekt_id, sporsmaal_til=part))
        frist = apne.aggregate(n=Min("frist"))["n"]
        subjekt = Subjekt.objects.get(pk=subjekt_id)
        deltar = list(selectors.deltakere(subjekt_id).filter(slag=part)) if frist is not None else []
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(
                    subjekt_id, ett, ROLLER[part], SVAR_SPORSMAAL, saksnummer(subjekt_id), sti(subjekt), frist
                )
                for ett in deltar
            ]
        )
        hadde = Oppgave.objects.filter(subjekt_id=subjekt_id, slag=SVAR_SPORSMAAL, organisasjon__slag=part)
        oppgaver.fullfor(
            aktor=aktor, subjekt_ider=[subjekt_id], slag=SVAR_SPORSMAAL,
            organisasjoner=hadde.exclude(organisasjon__in=deltar).values_list("organisasjon_id", flat=True),
        )  # fmt: skip


def _krets(valgt: Collection[str], fra: str) -> tuple[str, ...]:
    try:
        return leserkrets(valgt, fra)
    except ValueError:
        raise Ugyldig(
            kode="SAMTALE-LESERE",
            hva="Et internt notat kan ikke være synlig for andre."
            if INTERN in valgt
            else "Det mangler hvem som skal kunne lese innlegget.",
            regel="Hvert innlegg sier hvem som kan lese det.",
            gjor="Velg hvem som skal kunne lese det, eller at det er et internt notat.",
        ) from None


def _krev_sporsmaal(fra: str, synlig: tuple[str, ...], til: str, frist: date | None) -> None:
    if not til:
        return
    if til not in synlig or til == fra:
        raise Ugyldig(
            kode="SAMTALE-SPORSMAAL-TIL",
            hva="Den du spør, kan ikke lese spørsmålet.",
            regel="Et spørsmål må være synlig for den som skal svare.",
            gjor="Kryss av for den som skal svare.",
        )
    if frist is None or not i_dag() <= frist <= i_dag() + timedelta(days=MAKS_FRIST):
        raise Ugyldig(
            kode="SAMTALE-FRIST",
            hva="Spørsmålet mangler en frist." if frist is None else "Fristen må være i dag eller senere, og høyst ett år fram.",
            regel="Den som blir spurt, får en oppgave med frist.",
            gjor="Skriv når du trenger svaret.",
        )  # fmt: skip


def _sporsmaalet(aktor: Aktor, denne: Tilhorighet, subjekt_id: int, uuid: UUID | None) -> Innlegg | None:
    if uuid is None:
        return None
    spurt = selectors.innlegget(aktor, uuid)
    if spurt.subjekt_id != subjekt_id or spurt.sporsmaal_til != denne.slag:
        raise FinnesIkke(kode="SAMTALE-INNLEGG", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    if not ubesvarte(Innlegg.objects.filter(pk=spurt.pk)).exists():
        raise Konflikt(
            kode="SAMTALE-BESVART",
            hva="Spørsmålet er allerede besvart eller trukket tilbake.",
            gjor="Les samtalen på nytt. Du kan skrive et vanlig innlegg.",
        )
    return spurt
