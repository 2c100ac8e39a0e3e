"""What an actor may read. The database's own row security (migration 0002) says the same; this lets it use its indexes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.organisasjonsslag import Slag
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.tilgang.policy import organisasjoner_for
from bosett.tilgang.saken import delte

LES = "samtale.les"
HENVENDELSER = "samtale.henvendelser"


def synlige_innlegg(aktor: Aktor) -> QuerySet[Innlegg]:
    """Those of the actor's own organisations, and those marked for a party the actor belongs to in that case now."""
    if aktor.jobb:
        return Innlegg.objects.all()
    mine = organisasjoner_for(aktor, LES)
    ser = Q(organisasjon_id__in=mine)
    if aktor.alle_personer:
        ser |= Q(synlig__contains=[Slag.IMDI.value])
    for slag in {t.slag for t in aktor.tilhorigheter if t.organisasjon_id in mine} - {Slag.IMDI}:
        her = [t.organisasjon_id for t in aktor.tilhorigheter if t.slag == slag and t.organisasjon_id in mine]
        ser |= Q(synlig__contains=[slag], subjekt_id__in=delte(her))
    return Innlegg.objects.filter(ser)


def ubesvarte(innlegg: QuerySet[Innlegg]) -> QuerySet[Innlegg]:
    """Questions that nobody has answered; a withdrawn answer is none."""
    svar = Innlegg.objects.filter(svar_paa=OuterRef("pk"), trukket=None)
    return innlegg.filter(~Q(sporsmaal_til=""), ~Exists(svar), trukket=None)


def synlige_henvendelser(aktor: Aktor) -> QuerySet[Henvendelse]:
    """Those a municipality of the actor's has got, those the own organisation sent, and all in cases a centre or Bufetat has."""
    if aktor.alle_personer:
        return Henvendelse.objects.all()
    mine = organisasjoner_for(aktor, HENVENDELSER)
    saken = [
        t.organisasjon_id
        for t in aktor.tilhorigheter
        if t.organisasjon_id in mine and t.slag in (Slag.MOTTAK, Slag.BUFETAT)
    ]
    return Henvendelse.objects.filter(
        Q(til_id__in=mine) & ~Q(trukket_grunn=Henvendelse.Trukket.FEIL)
        | Q(organisasjon_id__in=mine)
        | Q(subjekt_id__in=delte(saken))
    )
