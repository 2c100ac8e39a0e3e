"""The guide as data: one section per screen family, found by the help link of each screen and by search."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tekst = str | Promise


@dataclass(frozen=True)
class Hjelpedel:
    anker: str
    tittel: Tekst
    avsnitt: Sequence[Tekst]


DELER: tuple[Hjelpedel, ...] = (
    Hjelpedel(
        "start",
        _("Slik bruker du Bosett"),
        (
            _(
                "Øverst på hjemmesiden står det du bør gjøre først, og hvorfor. Resten av oppgavene dine står under, den med kortest frist først."
            ),
            _(
                "Hver frist viser dato og hvor mange dager som er igjen. Fargen blir gul dagen før fristen og rød når den er over. Ordene sier det samme."
            ),
            _("Ingenting blir sendt før du har sett over det på en egen side."),
        ),
    ),
    Hjelpedel(
        "tabeller",
        _("Tabeller: sorter, filtrer og last ned"),
        (
            _(
                "Trykk på en kolonneoverskrift for å sortere. Trykk en gang til for å snu rekkefølgen. Bokstavene æ, ø og å kommer etter z."
            ),
            _(
                "Feltene over tabellen velger hvilke rader som vises. Sumraden nederst gjelder alle radene i utvalget, ikke bare siden du ser."
            ),
            _(
                "CSV, Excel og JSON gir de samme radene i samme rekkefølge som på skjermen. «Fast lenke» er adressen til akkurat dette utvalget."
            ),
            _("Er du logget inn, kan du lagre et utvalg med navn og hente det fram igjen senere."),
        ),
    ),
    Hjelpedel(
        "statistikk",
        _("Tallene"),
        (
            _(
                "De åpne sidene viser hvor mange hver kommune er bedt om å bosette, hvor mange den har vedtatt, og hvor mange som er bosatt."
            ),
            _(
                "Tall fra 1 til 4 om personer vises ikke, fordi de kan peke ut enkeltpersoner. En strek betyr at tallet ikke er kjent eller ikke finnes."
            ),
            _(
                "Når kommuner er slått sammen eller delt, sier tabellen hvilke tall som er regnet om, og hvilke som er anslag."
            ),
        ),
    ),
    Hjelpedel(
        "anmodning",
        _("Anmodninger"),
        (
            _(
                "En runde begynner med det nasjonale behovet og kriteriene. Bosett regner ut et tall for hver kommune og viser hvert ledd i regnestykket."
            ),
            _("Tallene må godkjennes av en annen enn den som laget dem. Først da kan brevene sendes."),
            _(
                "Under «Hvorfor dette tallet?» ser du hva som trakk opp og ned, hvilke opplysninger som er brukt, og hva som skal til for at tallet endrer seg."
            ),
        ),
    ),
    Hjelpedel(
        "vedtak",
        _("Kommunens vedtak"),
        (
            _(
                "Vedtaket er ett tall uten forbehold. På siden «Sjekk en vedtakstekst» kan alle se om et forslag har ord som kan være forbehold. Ingenting blir lagret."
            ),
            _(
                "Kommunen kan laste ned et saksframlegg med det som er kjent om anmodningen, og plass til det kommunen selv skriver."
            ),
        ),
    ),
    Hjelpedel(
        "behov",
        _("Behov"),
        (
            _(
                "Behovet er hvor mange som skal bosettes i landet et år, og hvor mange av dem som er enslige mindreårige."
            ),
            _(
                "Et behov som er endret, blir stående med dato og kilde. Du kan alltid se hva som gjaldt da en anmodning ble laget."
            ),
            _(
                "Avtalte plasser og scenarioer står ved siden av behovet på siden for året. De blir aldri brukt til å fordele plasser."
            ),
            _(
                "Stenger du et uttaksland, går prognosen for overføringsflyktninger ned. Behovet er det samme til utvalget endrer det."
            ),
        ),
    ),
    Hjelpedel(
        "dokument",
        _("Brev"),
        (
            _(
                "Et brev er først et utkast. Når det er godkjent, blir det låst og får en versjon. En rettelse blir en ny versjon; den gamle blir stående."
            ),
            _(
                "Kommunen får brevet på den målformen den har vedtatt. E-posten inneholder bare en lenke og ingen personopplysninger."
            ),
        ),
    ),
    Hjelpedel(
        "brukere",
        _("Brukere og roller"),
        (
            _(
                "Den som er kommuneadministrativ bruker, gir og fjerner roller i egen kommune. IMDi gir den første rollen."
            ),
            _(
                "En rolle gjelder fra og med en dato. En vikar får de samme rettighetene i en periode, og loggen viser hvem som faktisk handlet."
            ),
        ),
    ),
    Hjelpedel(
        "tilgang",
        _("Når du ikke får se en side"),
        (
            _(
                "Hva du ser, avhenger av rollen din. En side som ikke finnes, og en side du ikke har tilgang til, gir samme svar. Slik røper ikke Bosett om en sak finnes."
            ),
            _(
                "Trenger du tilgang, ber du den som gir roller hos dere. Siden «Roller og hva de gir tilgang til» viser hvilken rolle som trengs."
            ),
            _(
                "Mangler kommunen en kommuneadministrator, ber dere IMDi om tilgang på siden «Be om tilgang for en kommune». IMDi kontrollerer hvem som spør."
            ),
        ),
    ),
    Hjelpedel(
        "tavle",
        _("Køen og tavlene"),
        (
            _(
                "Køen er felles for alle i enheten. Reserverer du en sak, kan ingen andre hos dere ta den før du legger den tilbake, gir den bort, eller tiden går ut."
            ),
            _(
                "En reservasjon varer til og med den dagen som står ved saken, og du kan forlenge den noen virkedager. Når tiden er ute, er saken ledig igjen av seg selv."
            ),
            _(
                "Målet regnes fra dagen alle i husholdningen hadde tillatelse, og er kortere for enslige mindreårige. Ingenting stopper når målet er passert."
            ),
            _("Hvert tall på tavlene fører til radene det er regnet av. Et utvalg kan lagres med navn."),
        ),
    ),
    Hjelpedel(
        "hurtigtaster",
        _("Hurtigtaster"),
        (
            _(
                "Alt og en bokstav går rett til det viktigste på siden. Se siden «Hurtigtaster». Alt kan også gjøres med tabulator og linjeskift."
            ),
            _(
                "Alt og spørsmålstegn viser tastene uten at du forlater siden. Du kan slå dem av på siden «Hurtigtaster»."
            ),
        ),
    ),
)
ANKRE = frozenset(del_.anker for del_ in DELER)


def finn(sok: str) -> list[Hjelpedel]:
    """Sections with all the words of the search; all sections without a search."""
    ord_ = sok.lower().split()
    return [
        del_
        for del_ in DELER
        if all(o in " ".join([str(del_.tittel), *map(str, del_.avsnitt)]).lower() for o in ord_)
    ]
