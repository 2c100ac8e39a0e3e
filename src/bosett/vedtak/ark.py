"""The decision sheet (vedtaksark): what the council decided, on one page, from the municipality to IMDi."""

from datetime import date

from bosett.anmodning.models import Anmodningstall
from bosett.dokument.brev import (
    Adressat,
    Avsender,
    Avsnitt,
    Brev,
    Kontaktblokk,
    Maalform,
    Punktliste,
    Seksjon,
    Signatur,
)
from bosett.grunn.tallformat import dato_kort
from bosett.grunn.tallformat import tall as vis_tall
from bosett.vedtak.models import Vedtak

_ORD = {
    Maalform.NB: {
        "tittel": "Vedtak om bosetting av flyktninger i {aar}",
        "svar": "Kommunen bosetter {antall} flyktninger i {aar}.",
        "nei": "Kommunen bosetter ingen flyktninger i {aar}.",
        "em": "Av dem er {em} enslige mindreårige.",
        "uten_em": "Kommunen tar ikke imot enslige mindreårige.",
        "anmodet": "IMDi ba kommunen om å bosette {anmodet}, av dem {anmodet_em} enslige mindreårige.",
        "behandling": "Behandlingen",
        "organ": "Vedtatt av: {organ}",
        "mote": "Møtedato: {dato}",
        "sak": "Saksnummer: {sak}",
        "stemmer": "Stemmer: {for_} for og {mot} mot",
        "protokoll": "Protokoll: {protokoll}",
        "tekst": "Slik står vedtaket",
        "mer": "Hvis behovet øker",
        "ekstra": "Kommunen kan ta imot {ekstra} flere, av dem {ekstra_em} enslige mindreårige.",
        "kapasitet": "Dette kan holde kapasiteten oppe: {kapasitet}",
        "plikter": "Forpliktelser",
        "bekreftet": "Kommunen bekreftet {dato} at den kjenner forpliktelsene som følger med vedtaket.",
        "sent": "Svaret kom etter fristen, som var {frist}.",
        "paa_vegne": "Svaret kom til IMDi {mottatt}, og IMDi registrerte det på vegne av kommunen.",
        "orientert": "IMDi har gjort kommunen kjent med forpliktelsene som følger med vedtaket.",
        "ny": "Vedtaket kommer i stedet for kommunens forrige vedtak for {aar}.",
        "organer": {"kommunestyre": "kommunestyret", "formannskap": "formannskapet"},
        "rolle": "registrerte svaret i Bosett",
    },
    Maalform.NN: {
        "tittel": "Vedtak om busetjing av flyktningar i {aar}",
        "svar": "Kommunen buset {antall} flyktningar i {aar}.",
        "nei": "Kommunen buset ingen flyktningar i {aar}.",
        "em": "Av dei er {em} einslege mindreårige.",
        "uten_em": "Kommunen tek ikkje imot einslege mindreårige.",
        "anmodet": "IMDi bad kommunen om å busetje {anmodet}, av dei {anmodet_em} einslege mindreårige.",
        "behandling": "Behandlinga",
        "organ": "Vedteke av: {organ}",
        "mote": "Møtedato: {dato}",
        "sak": "Saksnummer: {sak}",
        "stemmer": "Røyster: {for_} for og {mot} mot",
        "protokoll": "Protokoll: {protokoll}",
        "tekst": "Slik står vedtaket",
        "mer": "Dersom behovet aukar",
        "ekstra": "Kommunen kan ta imot {ekstra} fleire, av dei {ekstra_em} einslege mindreårige.",
        "kapasitet": "Dette kan halde kapasiteten oppe: {kapasitet}",
        "plikter": "Plikter",
        "bekreftet": "Kommunen stadfesta {dato} at han kjenner pliktene som følgjer med vedtaket.",
        "sent": "Svaret kom etter fristen, som var {frist}.",
        "paa_vegne": "Svaret kom til IMDi {mottatt}, og IMDi registrerte det på vegner av kommunen.",
        "orientert": "IMDi har gjort kommunen kjend med pliktene som følgjer med vedtaket.",
        "ny": "Vedtaket kjem i staden for det førre vedtaket til kommunen for {aar}.",
        "organer": {"kommunestyre": "kommunestyret", "formannskap": "formannskapet"},
        "rolle": "registrerte svaret i Bosett",
    },
}


def vedtaksark(vedtak: Vedtak, tall: Anmodningstall | None, *, form: Maalform, dato: date) -> Brev:
    """The sheet, unapproved; the one who registered the decision is named when it is locked."""
    ord_ = _ORD[form]
    assert vedtak.antall is not None and vedtak.motedato is not None
    organ = vedtak.organ_navn or ord_["organer"].get(vedtak.organ, vedtak.organ)  # type: ignore[attr-defined]
    verdier = {
        "aar": vedtak.aar,
        "antall": vis_tall(vedtak.antall),
        "em": vis_tall(vedtak.em_antall or 0),
        "anmodet": vis_tall(tall.antall if tall else 0),
        "anmodet_em": vis_tall(tall.em if tall else 0),
        "organ": organ,
        "dato": dato_kort(vedtak.motedato),
        "sak": vedtak.saksnummer,
        "for_": vedtak.stemmer_for,
        "mot": vedtak.stemmer_mot,
        "protokoll": vedtak.protokoll,
        "ekstra": vis_tall(vedtak.ekstra or 0),
        "ekstra_em": vis_tall(vedtak.ekstra_em or 0),
        "kapasitet": vedtak.kapasitet,
        "frist": dato_kort(vedtak.anmodning.runde.frist),
        "mottatt": dato_kort(vedtak.mottatt) if vedtak.mottatt else "",
    }

    def si(navn: str, **mer: object) -> str:
        return str(ord_[navn]).format(**(verdier | mer))

    svar = [si("svar" if vedtak.antall else "nei")]
    if vedtak.antall:
        svar.append(si("em" if vedtak.em else "uten_em"))
    if tall is not None:
        svar.append(si("anmodet"))
    if (vedtak.nr or 1) > 1:
        svar.append(si("ny"))
    if vedtak.etter_frist:
        svar.append(si("sent"))
    if vedtak.paa_vegne:
        svar.append(si("paa_vegne"))
    behandling = [si("organ"), si("mote"), si("sak")]
    if vedtak.stemmer_for is not None:
        behandling.append(si("stemmer"))
    if vedtak.protokoll:
        behandling.append(si("protokoll"))
    seksjoner = [
        Seksjon("", tuple(Avsnitt.av(linje) for linje in svar)),
        Seksjon(si("behandling"), (Punktliste(tuple(Avsnitt.av(linje) for linje in behandling)),)),
        Seksjon(
            si("tekst"), tuple(Avsnitt.av(linje) for linje in vedtak.tekst.splitlines() if linje.strip())
        ),
    ]
    mer = [si("ekstra")] if vedtak.ekstra is not None else []
    if vedtak.kapasitet:
        mer.append(si("kapasitet"))
    if mer:
        seksjoner.append(Seksjon(si("mer"), tuple(Avsnitt.av(linje) for linje in mer)))
    plikter = si("orientert") if vedtak.paa_vegne else si("bekreftet", dato=dato_kort(dato))
    seksjoner.append(Seksjon(si("plikter"), (Avsnitt.av(plikter),)))
    navn = vedtak.innsendt_av.navn if vedtak.innsendt_av else vedtak.organisasjon.navn
    return Brev(
        maalform=form,
        tittel=si("tittel"),
        avsender=Avsender(etat=vedtak.organisasjon.navn, kontor=""),
        adressat=Adressat("Integrerings- og mangfoldsdirektoratet", ()),
        dato=dato,
        referanse=f"{vedtak.aar}/{vedtak.nr or 0}",
        deres_referanse="",
        seksjoner=tuple(seksjoner),
        kontakt=Kontaktblokk(vedtak.organisasjon.navn, vedtak.organisasjon.epost),
        signatur=Signatur(
            hilsen="", paa_vegne_av=vedtak.organisasjon.navn, kontor="", navn=navn, rolle=si("rolle")
        ),
        kopi_til=("KS",),
    )
