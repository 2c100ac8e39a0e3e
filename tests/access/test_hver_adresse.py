"""Every address × method × role × own, other and unknown object: what the policy does not give is answered as «finnes ikke».

The walk reads the URL map itself. It fails when a view says nothing about who may use it, when an argument has no example
(`eksempler.py`), when somebody gets an answer the policy does not give them, and when a forbidden object answers otherwise than
one that does not exist.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.access.eksempel import Eksempel, Land
from tests.access.eksempler import EKSEMPLER, landet
from tests.access.eksempler_person import DNUMMER, FODT, FORNAVN, LAND, TOLK, VERGE, VERGETELEFON

from bosett.aktor import kontekst
from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Organisasjon
from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Omfang
from bosett.tilgang.policy import kan, policy
from bosett.web import visning
from meldinger import duf

MERKER = ("offentlig", "rett", "bare_innlogging")
# What is public is answered without asking for a role (the middleware's first line), so these stand for all; the pages are heavy.
APENT_FOR = {"ingen", "imdi_radgiver", "bosetter_les"}
_CSRF = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ?")[^"]+')


@dataclass(frozen=True)
class Adresse:
    navn: str
    rute: str
    view: Any
    argumenter: tuple[str, ...]

    @property
    def rett(self) -> str | None:
        return getattr(self.view, "rett", None)

    def eksempel(self, argument: str) -> str:
        """The key in the registry of examples."""
        return f"{self.navn}.{argument}" if f"{self.navn}.{argument}" in EKSEMPLER else argument


def adresser() -> list[Adresse]:
    return list(_gaa(get_resolver(), "", ""))


def _gaa(resolver: URLResolver, rute: str, rom: str) -> Iterator[Adresse]:
    for monster in resolver.url_patterns:
        if isinstance(monster, URLResolver):
            under = f"{monster.app_name}:" if monster.app_name else rom
            yield from _gaa(monster, rute + str(monster.pattern), under)
        elif isinstance(monster, URLPattern):
            yield Adresse(
                f"{rom}{monster.name}",
                rute + str(monster.pattern),
                monster.callback,
                tuple(monster.pattern.converters),
            )


def test_every_address_says_who_may_use_it_and_every_argument_has_an_example() -> None:
    feil = []
    for adresse in adresser():
        merker = [merke for merke in MERKER if getattr(adresse.view, merke, None)]
        if len(merker) != 1:
            feil.append(f"/{adresse.rute}: {merker or 'ingen erklæring'}")
        if adresse.rett and adresse.rett not in policy().handlinger | policy().lesninger:
            feil.append(f"/{adresse.rute}: retten {adresse.rett} finnes ikke")
        feil += [
            f"/{adresse.rute}: «{argument}» mangler eksempel i tests/access/eksempler.py"
            for argument in adresse.argumenter
            if adresse.eksempel(argument) not in EKSEMPLER
        ]
    assert feil == []


# Open to every signed-in user whatever the role, each with the reason.
UTEN_ROLLE = {
    "hjem": "holds only what the actor's own reads give",
    "lagre-visning": "own saved filters",
    "slett-visning": "own saved filters",
    "brukere:meg": "own page",
    "brukere:passord": "own password",
}
# `vedtak.sjekk` reads nothing but the text it is sent; `person.udi` does nothing without UDI's signature; `person.lagres` reads the
# list of what may be stored, and nothing that is.
APNE_ROM = (
    "bosett.web.felles.", "bosett.web.aktor.", "bosett.web.statistikk.", "bosett.web.vedtak.sjekk", "bosett.web.person.udi",
    "bosett.web.person.lagres",
)  # fmt: skip


def test_nothing_is_opened_by_a_slip_of_a_mark() -> None:
    uten_rolle = {adresse.navn for adresse in adresser() if getattr(adresse.view, "bare_innlogging", False)}
    assert uten_rolle <= set(UTEN_ROLLE), "say here why every role may use it"
    for adresse in adresser():
        if getattr(adresse.view, "offentlig", False):
            assert adresse.view.__module__.startswith(APNE_ROM), f"/{adresse.rute} er åpen for alle"
        if getattr(adresse.view, "publisert", False):
            assert adresse.view.__module__.startswith("bosett.web.statistikk."), adresse.rute


TEGN = {
    "navn": (FORNAVN[0],),
    "annens navn": (FORNAVN[1],),
    "duf": (duf(950_001),),
    "annens duf": (duf(950_002),),
    "dnr": (DNUMMER,),
    "fodt": (FODT.isoformat(), visning.dato(FODT)),
    "statsborgerskap": (LAND,),
    "tolk": (TOLK,),
    "verge": (VERGE,),
    "vergens telefon": (VERGETELEFON,),
    "parets navn": ("Aminah", "Karim"),
    "parets duf": (duf(902), duf(904)),
}
"""Field → how it is written on a page. «annens»: of the household that is shared with the other municipality only."""

_HELT = {"navn", "duf", "dnr", "fodt", "statsborgerskap", "tolk", "verge", "vergens telefon"}
_IMDI = {rolle: {"navn", "annens navn"} for rolle in ("imdi_radgiver", "imdi_godkjenner")}
_LISTE = {rolle: felt | {"parets navn"} for rolle, felt in _IMDI.items()} | {
    rolle: {"navn"} for rolle in ("bosetter_skriv", "bosetter_les")
}
_LISTE_UTEN_PAR = _IMDI | {rolle: {"navn"} for rolle in ("bosetter_skriv", "bosetter_les")}
_SAKEN = {rolle: _HELT | {"annens navn", "annens duf"} for rolle in _IMDI} | dict.fromkeys(("bosetter_skriv", "bosetter_les"), _HELT)  # fmt: skip
_PARET = {"imdi_radgiver": {"parets navn", "parets duf"}}
_IKTP = {rolle: {"navn", "verge"} for rolle in _LISTE}
_KULTUR = _IMDI | {rolle: {"navn"} for rolle in ("bosetter_skriv", "bosetter_les")}
_VIST = {
    "personer/": _LISTE,
    "koen/": _IMDI,
    "koen/oversikt/": {"imdi_godkjenner": _IMDI["imdi_godkjenner"]},
    "personer/<uuid:husholdning>/": _SAKEN,
    "personer/dubletter/<uuid:dublett>/": _PARET,
    "personer/sammenslaainger/<uuid:sammenslaaing>/": {"imdi_radgiver": {"parets navn"}},
    "husholdninger/<uuid:husholdning>/personvern/": _IMDI,
    "personer/<uuid:husholdning>/iktp/": _IKTP,
    "iktp/<uuid:emplan>/skriv/": {"imdi_radgiver": {"navn"}},
    "iktp/<uuid:emplan>/versjoner/": {rolle: {"navn"} for rolle in _LISTE},
    "iktp/<uuid:emplan>/uenighet/": {"imdi_radgiver": {"verge"}},
    "personer/<uuid:husholdning>/kulturorientering/": _KULTUR,
    "personer/<uuid:husholdning>/kulturorientering/ny-okt/": {"imdi_radgiver": _IMDI["imdi_radgiver"]},
    "personer/<uuid:person>/samtykke/": {"imdi_radgiver": _IMDI["imdi_radgiver"]},
    "husholdninger/<uuid:husholdning>/henvendelse/": {"imdi_radgiver": {"tolk"}},
    "kartlegging/<uuid:husholdning>/": _LISTE_UTEN_PAR,
    "kartlegging/person/<uuid:person>/historie/": _LISTE_UTEN_PAR,
    "kartlegging/person/<uuid:person>/papir/": _LISTE_UTEN_PAR,
    "kartlegging/person/<uuid:person>/samtale/": {"imdi_radgiver": _IMDI["imdi_radgiver"]},
    "kartlegging/samtaler/<uuid:samtale>/": {"imdi_radgiver": _IMDI["imdi_radgiver"]},
}
VIST = {
    "GET": _VIST | {"kartlegging/person/<uuid:person>/del/<slug:seksjon>/": _LISTE_UTEN_PAR},
    # An act that was refused shows its page again; the copy is handed out on a posted reason only.
    "POST": _VIST
    | {
        "personer/dubletter/<uuid:dublett>/slaa-sammen/": _PARET,
        "personer/dubletter/<uuid:dublett>/ikke-samme/": _PARET,
        "personer/sammenslaainger/<uuid:sammenslaaing>/opphev/": {"imdi_radgiver": {"parets navn"}},
        "personer/<uuid:person>/kopi/": {"imdi_radgiver": _SAKEN["imdi_radgiver"]},
    },
}
"""Method → role × page × field (R049): all a page shows of a person whose household is shared in full with one municipality, and of
two who may be one. No other page, and no other role, shows anything."""


@dataclass
class Besok:
    """One kind of visitor."""

    navn: str
    aktor: Aktor
    client: Client
    kapsler: Any
    som_en_annen: bool
    """Another role has exactly the same rights, and is walked in full: this one visits what asks for no right."""


class Vandring:
    def __init__(self, land: Land) -> None:
        self.land = land
        with kontekst.som(kontekst.system("prove")):
            self.eksempler: dict[str, Eksempel] = {navn: lag(land) for navn, lag in EKSEMPLER.items()}
        self.feil: list[str] = []
        self.svarte: set[str] = set()
        self.felt: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        """Address → role → what it showed of the two example households."""

    def besokende(self) -> Iterator[Besok]:
        rettsett: set[frozenset[tuple[str, Omfang]]] = set()
        for rolle in (None, *ROLLER):
            client = Client(raise_request_exception=False)
            aktor = kontekst.INGEN
            if rolle:
                bruker = Bruker.objects.get(brukernavn=f"{rolle}@demo.invalid")
                client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
                with transaction.atomic():
                    aktor = kontekst.hent(bruker)
                assert aktor.roller == {rolle}
                client.get(reverse("om"))  # the session notes its beginning once, and not again at each look
            retter = frozenset((rett.kode, omfang) for rett, omfang in policy().for_rolle(rolle or ""))
            yield Besok(rolle or "ingen", aktor, client, client.cookies.copy(), retter in rettsett)
            if rolle:
                rettsett.add(retter)

    def spor(
        self, besok: Besok, metode: str, adresse: Adresse, verdier: dict[str, object]
    ) -> tuple[int, str, str]:
        """Ask, and undo whatever it did. Gives status, address of a redirect, and the body without what differs by itself."""
        sti = reverse(adresse.navn, kwargs=verdier)
        besok.client.cookies = besok.kapsler.copy()
        with transaction.atomic():
            svar = getattr(besok.client, metode.lower())(sti)
            kropp = b"".join(svar) if svar.streaming else svar.content
            transaction.set_rollback(True)
        if kropp.startswith(b"PK"):  # the copy a person gets
            with ZipFile(BytesIO(kropp)) as pakke:
                kropp = b"".join(map(pakke.read, pakke.namelist()))
        tekst = _CSRF.sub("", kropp[:200_000].decode("utf-8", "replace"))
        for verdi in sorted(map(str, verdier.values()), key=len, reverse=True):
            tekst = tekst.replace(verdi, "X")
        return svar.status_code, svar.headers.get("Location", ""), tekst

    def provinger(
        self, adresse: Adresse
    ) -> Iterator[tuple[str, dict[str, object], Organisasjon | None, bool]]:
        """(kind, arguments, organisation that owns the object, whether it is there at all)."""
        eks = {argument: self.eksempler[adresse.eksempel(argument)] for argument in adresse.argumenter}
        egne = {arg: e.egen for arg, e in eks.items()}
        eies = any(e.annens is not None for e in eks.values())
        if all(verdi is not None for verdi in egne.values()):
            yield "egen", egne, self.land.forste if eies else None, True
        if eies:
            andres = {arg: e.egen if e.annens is None else e.annens for arg, e in eks.items()}
            fremmed = any(e.egen is None for e in eks.values())
            yield "annens", andres, None if fremmed else self.land.andre, not fremmed
            if not fremmed and len([e for e in eks.values() if e.annens is not None]) > 1:
                siste = adresse.argumenter[-1]
                yield "annens under egen", {**egne, siste: eks[siste].annens}, self.land.forste, False

    def gaa(self, metode: str) -> None:
        for besok in self.besokende():
            for adresse in adresser():
                self.ett_sted(besok, adresse, metode)

    def ett_sted(self, besok: Besok, adresse: Adresse, metode: str) -> None:
        eks = {argument: self.eksempler[adresse.eksempel(argument)] for argument in adresse.argumenter}
        ukjente = {arg: e.ukjent for arg, e in eks.items()}
        hvor = f"{besok.navn} {metode} /{adresse.rute}"
        offentlig = getattr(adresse.view, "offentlig", False)
        if (offentlig and besok.navn not in APENT_FOR) or (adresse.rett and besok.som_en_annen):
            return
        har_rett = offentlig or (
            besok.aktor.innlogget and (adresse.rett is None or kan(besok.aktor, adresse.rett))
        )
        ukjent: tuple[int, str, str] | None = None
        for slag, verdier, eier, finnes in self.provinger(adresse):
            svar = self.spor(besok, metode, adresse, verdier)
            if funnet := {felt for felt, tegn in TEGN.items() if any(ett in svar[2] for ett in tegn)}:
                self.felt[adresse.rute][besok.navn] |= funnet
            if svar[0] >= 500:
                self.feil.append(f"{hvor} ({slag}): {svar[0]}")
            elif not har_rett:
                self.avvist(besok, f"{hvor} ({slag})", svar)
                return  # the middleware refuses before any object is looked for
            elif offentlig or (
                finnes and (eier is None or adresse.rett is None or kan(besok.aktor, adresse.rett, eier))
            ):
                if (svar[0] == 200 and metode == "GET") or (metode == "GET" and svar[0] == 405):
                    self.svarte.add(adresse.rute)
            else:
                ukjent = ukjent or self.spor(besok, metode, adresse, ukjente)
                siste = {**verdier, adresse.argumenter[-1]: ukjente[adresse.argumenter[-1]]}
                if svar[0] < 300 or svar not in (ukjent, self.spor(besok, metode, adresse, siste)):
                    self.feil.append(f"{hvor} ({slag}): {svar[0]}, men et ukjent svarer {ukjent[0]}")

    def avvist(self, besok: Besok, hvor: str, svar: tuple[int, str, str]) -> None:
        if besok.aktor.innlogget:
            if svar[0] != 404:
                self.feil.append(f"{hvor}: {svar[0]} uten rett")
            elif "ber du den som gir roller hos dere" not in svar[2]:
                self.feil.append(f"{hvor}: sier ikke hvem en kan spørre")
        elif svar[0] != 302 or not svar[1].startswith(reverse("logg-inn")):
            self.feil.append(f"{hvor}: {svar[0]} uten innlogging")


@pytest.mark.krav("R049", "R250")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("metode", ["GET", "POST"])
def test_nobody_gets_more_than_the_policy_gives(metode: str, verden: str) -> None:
    vandring = Vandring(landet())
    vandring.gaa(metode)
    assert vandring.feil == [], "\n".join(vandring.feil)
    assert {rute: dict(roller) for rute, roller in vandring.felt.items()} == VIST[metode]
    if metode == "POST":
        return
    # The test has teeth only where somebody got in.
    kan_aldri_svare_200 = {
        "logg-inn/demo/",
        "logg-ut/",
        "sprak/<str:kode>/",
        "farger/<str:valg>/",
        "hurtigtaster/<str:valg>/",
        "visninger/<int:pk>/slett/",
        "vedtak/<uuid:anmodning_uuid>/se-over/",  # without a draft it leads on
        "vedtak/<uuid:anmodning_uuid>/vurdering/",
        "personer/<uuid:husholdning>/bolig/ta-bort/",  # without a home that is held it leads on
    }
    tomme = {adresse.rute for adresse in adresser()} - vandring.svarte - kan_aldri_svare_200
    assert tomme == set(), "ingen rolle fikk svar her; er eksemplene riktige?"
