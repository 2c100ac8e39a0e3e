"""Homes and households for tests of who gets which home. `KOMMUNE` is the demonstration user of Steinkjer."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

from tests.bolig.hjemmet import opplysninger
from tests.person.saker import sak

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boligkobling, Boomraade
from bosett.bolig.services import boliger, koblinger, omraader
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning, Person
from bosett.tilgang.services import del_subjekt

KOMMUNE, NABO = "bosetter_skriv", "bosetter_skriv.volda"
STED = "Prøvestad"
"""Only these homes stand there: those of the demonstration do not."""
_nr = count(1)


def omraade(andel: str, levekaar: bool = True, navn: str = "", bruker: str = KOMMUNE) -> Boomraade:
    with som_bruker(bruker) as aktor:
        return omraader.sett(
            aktor=aktor, navn=navn or f"DEMO område {next(_nr)}", andel=Decimal(andel), levekaar=levekaar,
            kilde="DEMO", malt=i_dag(),
        )  # fmt: skip


def bolig(
    *, bruker: str = KOMMUNE, egnet: bool | None = True, ledig: bool = True, ledig_til: date | None = None, **felt: object
) -> Bolig:  # fmt: skip
    """Fit and free from today unless said otherwise."""
    o = opplysninger(**{"adresse": f"Prøveveien {next(_nr)}", "poststed": STED, "bruksenhet": ""} | felt)
    with som_bruker(bruker) as aktor:
        ny = boliger.registrer(
            aktor=aktor, opplysninger=o, ledig_fra=i_dag() if ledig else None, ledig_til=ledig_til
        )  # fmt: skip
        if egnet is not None:
            boliger.vurder(aktor=aktor, bolig=ny.subjekt.uuid, egnet=egnet, begrunnelse="Sett på DEMO")
    return ny


def husholdning(antall: int = 1, *, delt: str | None = KOMMUNE, klar: bool = True, fodt: date | None = None) -> Husholdning:  # fmt: skip
    """Ready, and shared in full with the municipality of `delt`."""
    h = sak(antall=antall)
    with som(system("prove")):
        if klar:
            Husholdning.objects.filter(pk=h.pk).update(klar_fra=i_dag() - timedelta(10), mangler=[])
        if fodt is not None:
            Person.objects.filter(husholdning=h).update(fodt=fodt)
        if delt is not None:
            del_subjekt(subjekt_id=h.pk, organisasjon=kommunen(delt), grad="full", hvorfor="prove")
        h.refresh_from_db()
    return h


def kommunen(bruker: str) -> Organisasjon:
    return Organisasjon.objects.get(medlemskap__bruker__brukernavn=f"{bruker}@demo.invalid", slag="kommune")


def koble(h: Husholdning, b: Bolig, bruker: str = "imdi_radgiver", fra: date | None = None, **mer: str) -> Boligkobling:  # fmt: skip
    with som_bruker(bruker) as aktor:
        return koblinger.koble(
            aktor=aktor, husholdning=h.subjekt.uuid, bolig=b.subjekt.uuid, fra=fra or i_dag(), **mer
        )


def losne(kobling: UUID, bruker: str = "imdi_radgiver", grunn: str = "De vil bo et annet sted.") -> Boligkobling:  # fmt: skip
    with som_bruker(bruker) as aktor:
        return koblinger.losne(aktor=aktor, kobling=kobling, grunn=grunn)


def dager(b: Bolig) -> list[tuple[str, date, date | None, int | None]]:
    with som(system("prove")):
        return list(b.perioder.order_by("fra").values_list("slag", "fra", "til", "husholdning"))
