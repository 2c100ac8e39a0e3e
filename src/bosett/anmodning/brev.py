"""The facts of the request letter to one municipality, gathered from the registers of the day."""

from dataclasses import dataclass
from datetime import date

from bosett.aktor.models import Organisasjon
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Kostnadsrapport, Runde
from bosett.anmodning.rules import hent
from bosett.behov.prognoser import PROGNOSER
from bosett.dokument.brev import Adressat, Brev, Maalform, Tospraak
from bosett.dokument.maler.anmodningsbrev import (
    Anmodningsfakta,
    Behovstall,
    Forrige,
    Kontaktpunkt,
    Kriterietekst,
    Kriterietrinn,
    anmodningsbrev,
)
from bosett.dokument.maler.anmodningsbrev import (
    Kostnadsrapport as Rapportfakta,
)
from bosett.geografi import selectors as geografi
from bosett.geografi.models import Imdiregion, Regionkontakt
from bosett.grunn.feil import Mangler
from bosett.grunn.klokke import OSLO

_ETAT = Tospraak("Integrerings- og mangfoldsdirektoratet", "Integrerings- og mangfaldsdirektoratet")
_PROGNOSEKILDE = Tospraak(
    "Beregningsgruppa for utlendingsforvaltningen", "Berekningsgruppa for utlendingsforvaltninga"
)
_REGIONDIREKTOR = Tospraak("regiondirektør", "regiondirektør")


@dataclass(frozen=True)
class Brevgrunnlag:
    """Everything that is the same for all letters of a round, read once."""

    runde: Runde
    dato: date
    rapport: Rapportfakta
    imdi: Organisasjon
    ks: Organisasjon
    regioner: dict[int, Imdiregion]
    kontakter: dict[int, Regionkontakt | None]
    maalformer: dict[int, str]
    forrige: dict[int, Forrige]
    """What each municipality (by id) was asked for in the round this one adjusts."""


def hent_brevgrunnlag(runde: Runde, dato: date) -> Brevgrunnlag:
    """Read the registers valid on `dato`. Raises `Mangler` when IMDi or KS has no mail address to print."""
    rapport = Kostnadsrapport.objects.filter(aar__lt=runde.aar).order_by("-aar").first()
    regioner = geografi.regioner_for_alle(dato)
    imdi, ks = (Organisasjon.objects.filter(slag=slag).first() for slag in ("imdi", "ks"))
    if imdi is None or ks is None or not imdi.epost or not ks.epost:
        raise Mangler(
            kode="ANMODNING-BREV-ADRESSE",
            hva="E-postadressen til IMDi eller KS mangler.",
            regel="Brevet skal si hvor kommunen sender kopi av vedtaket.",
            gjor="Registrer e-postadressen til organisasjonen.",
        )
    if rapport is None:
        raise Mangler(
            kode="ANMODNING-BREV-RAPPORT",
            hva="Brevet mangler Beregningsutvalgets rapport om utgifter til bosetting og integrering.",
            regel="Dekningsgraden i brevet skal vise til rapporten den er hentet fra.",
            gjor="Registrer rapporten med år, tittel og dekningsgrad, og prøv igjen.",
        )
    return Brevgrunnlag(
        runde=runde,
        dato=dato,
        rapport=Rapportfakta(rapport.aar, rapport.tittel, rapport.dekning_prosent),
        imdi=imdi,
        ks=ks,
        regioner=regioner,
        kontakter={region.pk: geografi.kontakt_for(region.pk, dato) for region in set(regioner.values())},
        maalformer={kommune: valg.form for kommune, valg in geografi.maalformer(dato).items()},
        forrige=_forrige(runde),
    )


def _forrige(runde: Runde) -> dict[int, Forrige]:
    if runde.erstatter is None:
        return {}
    om_lag = _om_lag(runde.erstatter.behov.totalt)
    tall = Anmodningstall.objects.filter(
        revisjon=runde.erstatter.gjeldende, anmodning__tilstand__in=("anmodet", "revidert")
    ).select_related("anmodning")
    return {
        t.anmodning.kommune_id: Forrige(t.antall, t.anmodning.sendt.astimezone(OSLO).date(), om_lag)
        for t in tall
        if t.anmodning.sendt is not None
    }


def kontakt_for(grunnlag: Brevgrunnlag, anmodning: Kommuneanmodning) -> tuple[Imdiregion, Regionkontakt]:
    """In whose name the municipality's letter goes out, and whom it may ask. Raises `Mangler` when it is not registered."""
    region = grunnlag.regioner.get(anmodning.kommune_id)
    kontakt = grunnlag.kontakter.get(region.pk) if region else None
    if region is None or kontakt is None:
        raise Mangler(
            kode="ANMODNING-BREV-REGION",
            hva=f"{anmodning.navn} har ingen IMDi-region med kontakt.",
            regel="Brevet går ut i regionens navn, med teamet som kontakt.",
            gjor="Registrer region og kontakt, og prøv igjen.",
        )
    return region, kontakt


def lag_brev(grunnlag: Brevgrunnlag, tall: Anmodningstall) -> Brev:
    """The unapproved letter to one municipality, in its language form.

    Raises `Mangler` when the municipality's region, its contact or the cost report is unknown.
    """
    anmodning = tall.anmodning
    region, kontakt = kontakt_for(grunnlag, anmodning)
    return anmodningsbrev(
        _fakta(grunnlag, tall, region, kontakt),
        maalform=Maalform.av(grunnlag.maalformer.get(anmodning.kommune_id)),
        adressat=Adressat(anmodning.organisasjon.navn, ()),
        dato=grunnlag.dato,
        referanse=_referanse(grunnlag.runde, anmodning),
    )


def _fakta(
    grunnlag: Brevgrunnlag, tall: Anmodningstall, region: Imdiregion, kontakt: Regionkontakt
) -> Anmodningsfakta:
    runde, behov = grunnlag.runde, grunnlag.runde.behov
    return Anmodningsfakta(
        aar=runde.aar,
        antall=tall.antall,
        em=tall.em,
        frist=runde.frist,
        behov=Behovstall(
            om_lag=_om_lag(behov.totalt),
            em=behov.em,
            em_under_15=behov.em_under_15,
            prognosekilde=_PROGNOSEKILDE,
            grunnlag=tuple(Tospraak(PROGNOSER[kode].nb, PROGNOSER[kode].nn) for kode in behov.prognoser),
            formulering=behov.formulering,
        ),
        kriterier=_kriterier(runde),
        kostnadsrapport=grunnlag.rapport,
        etat=_ETAT,
        kontor=Tospraak(region.navn, region.navn.replace("Norge", "Noreg")),
        team=Kontaktpunkt(
            Tospraak(kontakt.teamnavn, kontakt.teamnavn.replace("bosettings", "busettings")),
            kontakt.epost,
            kontakt.telefon,
        ),
        ks=Kontaktpunkt(Tospraak(grunnlag.ks.navn, grunnlag.ks.navn), grunnlag.ks.epost),
        postmottak=grunnlag.imdi.epost,
        fagsystem="Bosett",
        signatar_navn=kontakt.regiondirektor,
        signatar_rolle=_REGIONDIREKTOR,
        forrige=grunnlag.forrige.get(tall.anmodning.kommune_id),
    )


def _referanse(runde: Runde, anmodning: Kommuneanmodning) -> str:
    return f"{runde.aar}/{anmodning.nummer}" + (f"-{runde.nr}" if runde.nr > 1 else "")


def _om_lag(totalt: int) -> int:
    """The need as a letter words it where nobody has: «om lag 5 100» for 5 120. Small needs are given as they are."""
    return round(totalt, -2) if totalt >= 1000 else totalt


def _kriterier(runde: Runde) -> Kriterietekst:
    """The criteria in the order of the ministry's tiers. Says so when the set is an earlier year's, and what did not count."""
    sett = hent(int(runde.kriteriesett))
    om = []
    trinn = [
        Kriterietrinn(
            Tospraak(ett.navn.nb, ett.navn.nn),
            tuple(Tospraak(kriterium.navn.nb, kriterium.navn.nn) for kriterium in ett.kriterier),
        )
        for ett in sett.trinn
    ]
    if sett.aar != runde.aar:
        om.append(
            Tospraak(
                f"Kriteriene er de som ble fastsatt for {sett.aar}. De er brukt på nyere tall.",
                f"Kriteria er dei som vart fastsette for {sett.aar}. Dei er brukte på nyare tal.",
            )
        )
    if uten := _uten_tall(runde):
        nb, nn = (
            ", ".join(navn.paa(form) for navn in (k.navn for k in sett.kriterier if k.id in uten))
            for form in ("nb", "nn")
        )
        om.append(
            Tospraak(
                f"Uten tall fra noen kilde, og derfor ikke med i beregningen: {nb}.",
                f"Utan tal frå noka kjelde, og derfor ikkje med i utrekninga: {nn}.",
            )
        )
    if om:
        trinn.append(Kriterietrinn(Tospraak("Om kriteriene", "Om kriteria"), tuple(om)))
    return Kriterietekst(runde.aar, Tospraak(sett.departement, sett.departement), tuple(trinn))


def _uten_tall(runde: Runde) -> set[str]:
    """The criteria that the computation had no figures for."""
    if runde.gjeldende is None:
        return set()
    kontroll = runde.gjeldende.kontroll
    return {
        rad["id"]
        for rad in kontroll["kontroll60"]["kriterier"]
        if not float(rad["brukt"]) and (float(rad["satt"]) or rad["id"] not in kontroll["opplysninger"])
    }
