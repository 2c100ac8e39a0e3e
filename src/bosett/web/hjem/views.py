"""The home page: the actor's next action first, then what else is open."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import selectors as anmodning
from bosett.anmodning.states import RUNDE
from bosett.behov import selectors as behov
from bosett.grunn.klokke import i_dag
from bosett.oppgave import selectors as oppgaver
from bosett.oppgave.models import Oppgave, Reservasjon
from bosett.person import selectors_tavler as tavler
from bosett.person.models import Husholdning
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import innlogget
from bosett.web.oppgave.slag import SLAG


@innlogget
def hjem(request: Foresporsel) -> HttpResponse:
    aktor: Aktor = request.aktor
    apne = list(oppgaver.apne(aktor)[:20])
    mine = tavler.mine(aktor) if kan(aktor, "person.koe") else []
    resten = apne
    neste: dict[str, Any] | None
    if mine and not (apne and apne[0].frist and apne[0].frist < mine[0][1].siste_dag):
        neste = _fra_reservasjon(*mine[0])
    elif apne:
        neste, resten = _fra_oppgave(apne[0]), apne[1:]
    else:
        neste = _fra_runder(aktor) if aktor.tilhorigheter else _uten_rolle()
    return render(
        request,
        "hjem.html",
        {
            "dag": i_dag(),
            "oppsummering": ngettext("Én oppgave venter på dere.", "%(antall)s oppgaver venter på dere.", len(apne)) % {"antall": len(apne)}
            if apne
            else _("Ingen oppgaver venter på dere."),
            "neste": neste,
            "minnet": [
                {"navn": _(SLAG[rad.slag][0]), "under": rad.gjelder, "adresse": rad.sti, "frist": rad.frist}
                for rad in apne
                if rad.minnet
            ],
            "kolonner": [*_reserverte(mine), *_kolonner(aktor, resten)],
        },
    )  # fmt: skip


def _fra_oppgave(oppgave: Oppgave) -> dict[str, Any]:
    hva, hvorfor, knapp = (_(tekst) for tekst in SLAG[oppgave.slag])
    fakta = [(_("Frist"), oppgave.frist, "", "")] if oppgave.frist else []
    return {
        "hvorfor": hvorfor,
        "tittel": hva,
        "tekst": oppgave.gjelder,
        "adresse": oppgave.sti,
        "knapp": knapp,
        "fakta": fakta,
    }


def _fra_reservasjon(h: Husholdning, r: Reservasjon) -> dict[str, Any]:
    """A case the actor has taken, or got from a colleague with a note."""
    hvorfor = (
        _("%(hvem)s har gitt deg saken.") % {"hvem": r.gitt_av.navn}
        if r.gitt_av
        else _("Du har reservert saken.")
    )
    return {
        "hvorfor": hvorfor,
        "tittel": _("Fortsett med %(sak)s") % {"sak": h.saksnummer},
        "tekst": r.merknad or _("Når tiden er ute, går den tilbake i køen av seg selv."),
        "adresse": reverse("person:husholdning", args=[h.subjekt.uuid]),
        "knapp": _("Åpne saken"),
        "andre": [(_("Køen"), reverse("tavle:koen"))],
        "fakta": [
            (_("Reservert til og med"), visning.dato_ukedag(r.siste_dag), "", ""),
            (_("Personer"), visning.tall(h.antall), "", ""),
        ],
    }


def _reserverte(mine: list[tuple[Husholdning, Reservasjon]]) -> list[dict[str, Any]]:
    if not mine:
        return []
    return [
        {
            "tittel": _("Reservert av deg"),
            "tall": len(mine),
            "forklaring": _("Den som går ut først, står øverst."),
            "rader": [
                {
                    "navn": h.saksnummer,
                    "under": (
                        _("Fra %(hvem)s. %(merknad)s") % {"hvem": r.gitt_av.navn, "merknad": r.merknad}
                    ).strip()
                    if r.gitt_av
                    else "",
                    "adresse": reverse("person:husholdning", args=[h.subjekt.uuid]),
                    "frist": r.siste_dag,
                }
                for h, r in mine[:10]
            ],
            "lenke": (_("Alle dine"), reverse("tavle:koen") + "?fase=alle&hos=meg"),
        }
    ]


def _uten_rolle() -> dict[str, Any]:
    """For somebody nobody has given a role: the way to get one (R248)."""
    return {
        "hvorfor": _("Du er logget inn, men har ingen rolle."),
        "tittel": _("Be om tilgang for en kommune"),
        "tekst": _(
            "Har kommunen en kommuneadministrator, ber du den om en rolle. Har den ingen, ber du IMDi om den første."
        ),
        "adresse": reverse("be-om-tilgang"),
        "knapp": _("Be om tilgang"),
    }


def _fra_runder(aktor: Aktor) -> dict[str, Any] | None:
    """For an adviser: the round that waits for the next step, else to make next year's."""
    if not kan(aktor, "anmodning.opprett"):
        return None
    i_arbeid = (
        anmodning.runder(aktor).filter(tilstand__in=["utkast", "beregnet", "samraad", "godkjent"]).first()
    )
    if i_arbeid is not None:
        tekst = {
            "utkast": _("Runden har ingen tall ennå."),
            "beregnet": _("Tallene er beregnet og kan legges fram for KS og fylkeskommunene."),
            "samraad": _("KS og fylkeskommunene ser på tallene."),
            "godkjent": _("Tallene er godkjent. Brevene er ikke sendt."),
        }[i_arbeid.tilstand]
        return {
            "hvorfor": tekst,
            "tittel": str(i_arbeid),
            "tekst": _("Runden er «%(tilstand)s».") % {"tilstand": _(RUNDE.navn(i_arbeid.tilstand))},
            "adresse": reverse("anmodning:runde", args=[i_arbeid.subjekt.uuid]),
            "knapp": _("Åpne runden"),
        }
    aar = i_dag().year + 1
    if anmodning.runder(aktor).filter(aar=aar).exists():
        return None
    behovet = behov.gjeldende(aktor).filter(aar=aar).first()
    if behovet is None:
        return {
            "hvorfor": _("Det er ingen runde for neste år."),
            "tittel": _("Registrer behovet for %(aar)s") % {"aar": aar},
            "tekst": _("Så kan du lage en runde som fordeler det på kommunene etter kriteriene."),
            "adresse": reverse("behov:nytt"),
            "knapp": _("Registrer behov"),
        }
    return {
        "hvorfor": _("Behovet er registrert, men ikke fordelt på kommunene."),
        "tittel": _("Lag runden for %(aar)s") % {"aar": aar},
        "tekst": _(
            "Runden gir hver kommune et tall etter kriteriene. Kommunene får ikke vite om den før brevene er sendt."
        ),
        "adresse": reverse("anmodning:ny"),
        "knapp": _("Lag en ny runde"),
        "fakta": [
            (_("Plasser i alt"), visning.tall(behovet.totalt), "", ""),
            (_("Enslige mindreårige"), visning.tall(behovet.em), "", ""),
        ],
    }


def _kolonner(aktor: Aktor, resten: list[Oppgave]) -> list[dict[str, Any]]:
    kolonner: list[dict[str, Any]] = []
    if resten:
        kolonner.append(
            {
                "tittel": _("Flere oppgaver"),
                "tall": len(resten),
                "forklaring": _("Sortert etter frist."),
                "rader": [
                    {
                        "navn": _(SLAG[rad.slag][0]),
                        "under": rad.gjelder,
                        "adresse": rad.sti,
                        "frist": rad.frist,
                    }
                    for rad in resten
                ],
            }
        )
    if kan(aktor, "anmodning.runder"):
        runder = list(anmodning.runder(aktor)[:5])
        kolonner.append(
            {
                "tittel": _("Runder"),
                "tall": None,
                "forklaring": _("De siste rundene, og hvor mange plasser de fordeler."),
                "rader": [
                    {
                        "navn": str(runde),
                        "under": _(RUNDE.navn(runde.tilstand)),
                        "adresse": reverse("anmodning:runde", args=[runde.subjekt.uuid]),
                        "tall": runde.behov.totalt,
                    }
                    for runde in runder
                ],
                "lenke": (_("Alle runder"), reverse("anmodning:runder")),
            }
        )
    if kan(aktor, "anmodning.egne"):
        egne = list(anmodning.egne(aktor)[:5])
        kolonner.append(
            {
                "tittel": _("Anmodninger"),
                "tall": None,
                "forklaring": _("Hvor mange kommunen er bedt om å bosette."),
                "rader": [
                    {
                        "navn": str(tall.anmodning.runde),
                        "under": tall.anmodning.organisasjon.navn,
                        "adresse": reverse("anmodning:egen", args=[tall.anmodning.subjekt.uuid]),
                        "tall": tall.antall,
                    }
                    for tall in egne
                ],
                "lenke": (_("Alle anmodninger"), reverse("anmodning:egne")),
            }
        )
    return kolonner
