"""Axe finds nothing on any page: light and dark, three languages. A page of the URL map that is not in the list fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Browser, Page

from browser import sjekk
from browser.conftest import Ugreit
from browser.sider import IKKE_SIDER, SIDER, Side
from browser.tjener import Tjener


def _navn(resolver: URLResolver | None = None, rom: str = "") -> Iterator[str]:
    for monster in (resolver or get_resolver()).url_patterns:
        if isinstance(monster, URLResolver):
            yield from _navn(monster, f"{monster.app_name}:" if monster.app_name else rom)
        elif isinstance(monster, URLPattern):
            yield f"{rom}{monster.name}"


def test_every_page_is_in_the_list() -> None:
    alle, sider = set(_navn()), {side.navn for side in SIDER}
    assert alle - sider - set(IKKE_SIDER) == set(), "legg siden i SIDER, eller si hvorfor den ikke er en side"
    assert (sider | set(IKKE_SIDER)) - alle == set(), "adressen finnes ikke lenger"
    assert sider & set(IKKE_SIDER) == set()
    assert all(IKKE_SIDER.values())
    assert {side.lik for side in SIDER if side.lik} <= {side.navn for side in SIDER if not side.lik}


@pytest.fixture(scope="module")
def faner(browser: Browser, innlogget: Callable[..., Any]) -> Iterator[Callable[[str | None], Page]]:
    """One tab per role, used again and again: a new one starts a process that must compile axe anew (0.6 s a page)."""
    apne: dict[str | None, Page] = {}

    def gi(rolle: str | None) -> Page:
        if rolle not in apne:
            apne[rolle] = browser.new_page(
                storage_state=innlogget(rolle),
                viewport={"width": 1280, "height": 900},
                reduced_motion="reduce",
            )
        return apne[rolle]

    yield gi
    for fane in apne.values():
        fane.context.close()


def adresse(side: Side, eksempler: dict[str, Any]) -> str:
    monster = next(m for m, n in _monstre() if n == side.navn)
    verdier = {
        arg: dict(side.argumenter).get(arg, eksempler.get(f"{side.navn}.{arg}", eksempler.get(arg)))
        for arg in monster.pattern.converters
    }
    return reverse(side.navn, kwargs=verdier) + side.sporring


def _monstre(resolver: URLResolver | None = None, rom: str = "") -> Iterator[tuple[URLPattern, str]]:
    for monster in (resolver or get_resolver()).url_patterns:
        if isinstance(monster, URLResolver):
            yield from _monstre(monster, f"{monster.app_name}:" if monster.app_name else rom)
        elif isinstance(monster, URLPattern):
            yield monster, f"{rom}{monster.name}"


@pytest.mark.parametrize("side", SIDER, ids=str)
def test_axe_finds_nothing(
    side: Side,
    nett: Tjener,
    eksempler: dict[str, Any],
    faner: Callable[[str | None], Page],
    ugreit: Ugreit,
) -> None:
    fane = faner(side.rolle)
    sti = adresse(side, eksempler)
    feil: list[str] = []
    with ugreit.folger(fane):
        for spraak in ("nb",) if side.lik else [kode for kode, _ in settings.LANGUAGES]:
            fane.context.add_cookies(
                [{"name": settings.LANGUAGE_COOKIE_NAME, "value": spraak, "url": nett.adresse}]
            )
            svar = fane.goto(nett.adresse + sti, wait_until="load")
            assert svar is not None and svar.status == side.status, f"{sti}: {svar and svar.status}"
            assert fane.url == nett.adresse + sti, f"{sti} ble sendt videre til {fane.url}"
            fane.evaluate(
                "() => document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
            )
            farger = ("light", "dark") if spraak == "nb" or sjekk.GRUNDIG else ()  # words have no colour
            farger = farger[:1] if side.lik else farger
            funn = [*sjekk.form(fane, spraak), *sjekk.bredde(fane), *sjekk.axe(fane, *farger)]
            if spraak == "en" and side.navn != "komponenter":
                funn += [f"ikke oversatt: {ett}" for ett in sjekk.norsk_i_engelsk(fane, ("Weight of",))]
            feil += [f"{spraak}: {ett}" for ett in funn]
    assert feil == [], f"{sti}\n    " + "\n    ".join(feil)


def test_the_checks_have_teeth(nett: Tjener, faner: Callable[[str | None], Page]) -> None:
    """Each kind of fault is found when it is put on a good page."""
    fane = faner(None)
    fane.goto(f"{nett.adresse}/om/")
    assert sjekk.axe(fane, "light", "dark") == []
    for skade, funn in (
        ("document.querySelector('main p').style.color = 'rgb(128, 128, 128)'", "color-contrast"),
        ("document.querySelector('main').append(document.createElement('input'))", "label"),
        ("document.querySelector('header a').replaceChildren()", "link-name"),
    ):
        fane.evaluate(skade)
        for _ in range(2):  # what has been found is found again
            assert any(funn in ett for ett in sjekk.axe(fane, "light")), funn
    # A link with the colours of one that is fine by itself, among words it does not differ from
    fane.goto(f"{nett.adresse}/om/")
    legg_til = """([for_, etter]) => {
      const p = document.createElement("p"), a = document.createElement("a");
      p.style.color = "rgb(60, 60, 60)"; a.style.color = "rgb(20, 20, 20)"; a.style.textDecoration = "none";
      a.href = "/om/"; a.textContent = "en lenke"; p.append(for_, a, etter);
      document.querySelector("main").append(p);
    }"""
    for ordene, ventet in ((["", ""], False), (["Her er ", " blant ord."], True)):
        fane.evaluate(legg_til, ordene)
        assert any("link-in-text-block" in ett for ett in sjekk.axe(fane, "light")) == ventet
    fane.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<h4>Hopp</h4>')")
    assert any("hopper" in ett for ett in sjekk.form(fane, "nb"))
    assert any("lang" in ett for ett in sjekk.form(fane, "nn"))
    fane.evaluate("document.querySelector('main p').textContent = '<bound method Model.x of <Dokument: 1>>'")
    assert any("maskinspråk" in ett for ett in sjekk.form(fane, "nb"))
    fane.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<svg width=\"500\" height=\"9\"></svg>')"
    )
    assert sjekk.bredde(fane)
