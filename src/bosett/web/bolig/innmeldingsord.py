"""The words of reports: what is reported, the receipt, how old it is, and the differences of a year in sentences."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Innmelding
from bosett.bolig.rules import innmelding as regler
from bosett.bolig.rules.avstemming import Avvik, Tall
from bosett.bolig.states import INNMELDING
from bosett.grunn.klokke import OSLO, i_dag
from bosett.person.rules.koder import tekst as kodetekst
from bosett.web import visning
from bosett.web.bolig import ord as boligord
from bosett.web.komponenter import merke

SLAG = {"bolig": _("Bolig"), "plasser": _("Plasser i en uke"), "person": _("Navngitte personer")}
TILSTAND = {t.kode: t.navn for t in INNMELDING.tilstander}


def hva(i: Innmelding) -> str:
    """«B 17: 3 rom, 2 soverom», «6 plasser i uke 50, …», «2 personer». Never an address or a name."""
    if i.bolig is not None:
        return f"{i.bolig.nummer}: {boligord.storrelse(i.bolig)}"
    antall = i.antall or 0
    if i.uke is not None:
        plasser = ngettext("%(n)s plass", "%(n)s plasser", antall) % {"n": visning.tall(antall)}
        return f"{visning.uke(i.uke)}: {plasser}"
    return ngettext("%(n)s person", "%(n)s personer", antall) % {"n": visning.tall(antall)}


def dager(i: Innmelding) -> int:
    """Days since it was reported, until it was decided or today."""
    return regler.alder(
        i.meldt.astimezone(OSLO).date(), i.avgjort.astimezone(OSLO).date() if i.avgjort else None, i_dag()
    )


def alder(i: Innmelding) -> str:
    n = dager(i)
    return ngettext("%(n)s dag", "%(n)s dager", n) % {"n": visning.tall(n)}


def for_gammel(i: Innmelding) -> bool:
    """Nobody in IMDi has opened it, and it is older than the limit (R217)."""
    return i.tilstand == "meldt" and i.meldt.astimezone(OSLO).date() < regler.meldt_for(i_dag())


def ikke_ledig_lenger(i: Innmelding) -> bool:
    """A home that waits, and cannot be used any more. `i` comes from `selectors_innmelding.innmeldinger`."""
    return i.apen and i.bolig_id is not None and not i.fri  # type: ignore[attr-defined]


def tilstand(i: Innmelding) -> str:
    funnet = next(t for t in INNMELDING.tilstander if t.kode == i.tilstand)
    merker = merke(gettext(funnet.navn), "danger" if for_gammel(i) else funnet.farge)
    if ikke_ledig_lenger(i):
        merker = format_html("{} {}", merker, merke(gettext("Ikke ledig lenger"), "warning"))
    return merker


def grunn(i: Innmelding) -> str:
    """Why it was not used, in the reader's language; the words of another reason as they were written."""
    if not i.grunn:
        return ""
    if i.grunn == regler.ANNET:
        return i.grunn_tekst
    tekst = kodetekst(regler.GRUNNER, i.grunn, visning.spraak())
    return f"{tekst}: {i.grunn_tekst}" if i.grunn_tekst else tekst


def under(i: Innmelding) -> str:
    """The second line of the status: why not used, or that nobody has opened it for too long."""
    if for_gammel(i):
        return gettext("Ikke åpnet på %(alder)s") % {"alder": alder(i)}
    return grunn(i)


def kvittering(i: Innmelding) -> list[tuple[str, object]]:
    """(what, when or how): the receipt of the offerer."""
    ut: list[tuple[str, object]] = [
        (gettext("Mottatt"), visning.tidspunkt(i.meldt)),
        (gettext("Sett av IMDi"), visning.tidspunkt(i.sett) if i.sett else gettext("Ikke ennå")),
    ]
    if i.apen:
        return [*ut, (gettext("Svar"), gettext("IMDi har ikke svart ennå")), (gettext("Alder"), alder(i))]
    navn = gettext(INNMELDING.navn(i.tilstand))
    ut.append((navn, visning.tidspunkt(i.avgjort)))
    if i.grunn:
        ut.append((gettext("Ikke brukt fordi"), grunn(i)))
    return [*ut, (gettext("Tid til svar"), alder(i))]


def _vedtaket(t: Tall) -> str:
    return gettext("Vedtaket er %(n)s.") % {"n": visning.tall(t.vedtak)}


def _meldt(t: Tall) -> str:
    return ngettext("Det er meldt %(n)s plass.", "Det er meldt %(n)s plasser.", t.meldt) % {
        "n": visning.tall(t.meldt)
    }


_SETNINGER: dict[str, Callable[[Tall, Avvik], list[str]]] = {
    "ikke_meldt": lambda t, a: [_vedtaket(t), _meldt(t), gettext("%(n)s er ikke meldt.") % {"n": visning.tall(a.tall)}],
    "meldt_over": lambda t, a: [_vedtaket(t), _meldt(t), gettext("Det er %(n)s mer enn vedtaket.") % {"n": visning.tall(a.tall)}],
    "alt_meldt": lambda t, a: [_vedtaket(t), gettext("Alt er meldt.")],
    "uten_vedtak": lambda t, a: [gettext("Det er ikke registrert noe vedtak for året."), *([_meldt(t)] if t.meldt else [])],
    "uten_plan": lambda t, a: [gettext("Ingen uker er planlagt i kapasitetsplanen for året.")],
    "plan_under": lambda t, a: [
        gettext("Kapasitetsplanen er til sammen %(plan)s, og det er %(n)s færre enn vedtaket.")
        % {"plan": visning.tall(a.av), "n": visning.tall(a.tall)}
    ],
    "plan_over": lambda t, a: [
        gettext("Kapasitetsplanen er til sammen %(plan)s, og det er %(n)s flere enn vedtaket.")
        % {"plan": visning.tall(a.av), "n": visning.tall(a.tall)}
    ],
    "uten_bolig": lambda t, a: [
        gettext("%(n)s av plassene er meldt uten at boligen er registrert.") % {"n": visning.tall(a.tall)}
    ],
    "ventende": lambda t, a: [
        ngettext(
            "%(n)s bolig som er meldt, er ikke klar: den er ikke vurdert som egnet, eller ikke ledig i dag.",
            "%(n)s boliger som er meldt, er ikke klare: de er ikke vurdert som egnet, eller ikke ledige i dag.",
            a.tall,
        )
        % {"n": visning.tall(a.tall)}
    ],
    "klare_umeldte": lambda t, a: [
        ngettext(
            "%(n)s bolig er klar, men ikke meldt inn til IMDi.",
            "%(n)s boliger er klare, men ikke meldt inn til IMDi.",
            a.tall,
        )
        % {"n": visning.tall(a.tall)}
    ],
    "ikke_brukt": lambda t, a: [
        ngettext(
            "IMDi har svart at %(n)s plass ikke blir brukt. Den teller ikke som meldt.",
            "IMDi har svart at %(n)s plasser ikke blir brukt. De teller ikke som meldt.",
            a.tall,
        )
        % {"n": visning.tall(a.tall)}
    ],
}  # fmt: skip


def setning(t: Tall, a: Avvik) -> str:
    return " ".join(_SETNINGER[a.kode](t, a))


def figurer(t: Tall) -> list[tuple[str, int | None, str]]:
    """(what, figure, how it is counted): the chain from the decision to the households."""
    return [
        (gettext("Vedtak"), t.vedtak, gettext("Personer kommunen har vedtatt å bosette.")),
        (gettext("Kapasitetsplan"), t.plan, gettext("Personer i alle ukene i året som er planlagt.")),
        (gettext("Meldt"), t.meldt, gettext("Plasser i uker og plasser i boliger, lagt sammen. Trukne innmeldinger og de som ikke ble brukt, er ikke med.")),
        (gettext("Plasser i uker"), t.plasser, gettext("Personer kommunen kan ta imot, der boligen ikke er registrert ennå.")),
        (gettext("Boliger som er meldt"), t.boliger, gettext("Hver bolig telles én gang.")),
        (gettext("Plasser i de boligene"), t.boligplasser, gettext("Personer det er plass til.")),
        (gettext("Klare boliger"), t.klare, gettext("Boliger som er egnet og ledige i dag, meldt eller ikke.")),
        (gettext("Husholdninger med reservert bolig"), t.reserverte, gettext("Husholdninger en bolig er holdt av til, en eller flere dager i året.")),
        (gettext("Husholdninger som bor der"), t.bebodde, gettext("Husholdninger som har bodd i en av boligene i året.")),
    ]  # fmt: skip
