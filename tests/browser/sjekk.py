"""What every page must stand: axe, one heading order, a language, no sideways scrolling, and no text left in Norwegian."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
MERKER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FARGEREGLER = ["color-contrast", "link-in-text-block"]
"""The rules that see colours. Light and dark are one and the same document, so between the two only these can answer otherwise."""
GRUNDIG = os.environ.get("BOSETT_GRUNDIG") == "1"
"""Ask the colour rules of every element. Else of one element for each way of looking (own colour, size and weight, and all that
lies behind it): the same verdict in a fifth of the time, but blind to a text that another element happens to cover."""

_KJOR = """async ([regler, utenom, grundig]) => {
  const utseende = (element) => {
    const ut = [];
    for (let e = element; e; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (e === element) ut.push(e.tagName === "A", s.color, s.fontSize, s.fontWeight, s.position, s.textDecorationLine);
      ut.push(s.backgroundColor, s.backgroundImage === "none" ? "" : s.backgroundImage, s.opacity, s.filter, s.mixBlendMode);
    }
    return ut.join("|");
  };
  const ulike = () => {
    const sett = new Map(), vandrer = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (vandrer.nextNode()) {
      const e = vandrer.currentNode.parentElement;
      if (!vandrer.currentNode.data.trim() || e.matches("script, style") || !e.checkVisibility()) continue;
      const nokkel = utseende(e);
      if (!sett.has(nokkel)) sett.set(nokkel, e);
    }
    return {include: [...sett.values()]};
  };
  const av = Object.fromEntries(utenom.map((regel) => [regel, {enabled: false}]));
  const svar = await axe.run(grundig ? document : ulike(), {runOnly: regler, rules: av, resultTypes: ["violations"]});
  return svar.violations.map((brudd) => brudd.id + ": " + brudd.help + brudd.nodes.slice(0, 4).map((node) =>
    "\\n      " + node.target.join(" ") + "  " + node.html.slice(0, 160) + "  " + (node.any[0] || node.all[0] || node.none[0] || {message: ""}).message).join("")
    + (brudd.nodes.length > 4 ? "\\n      … " + brudd.nodes.length + " i alt" : ""));
}"""
_FORM = r"""() => {
  const synlig = (e) => e.checkVisibility() || e.closest(".ds-sr-only");
  const nivaaer = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(synlig).map((e) => [+e.tagName[1], e.textContent.trim()]);
  const feil = [];
  if (nivaaer.filter(([nivaa]) => nivaa === 1).length !== 1) feil.push("ikke nøyaktig én h1");
  nivaaer.forEach(([nivaa, tekst], nr) => { if (nr ? nivaa > nivaaer[nr - 1][0] + 1 : nivaa !== 1) feil.push(`overskriften «${tekst}» hopper til h${nivaa}`); });
  if (!document.title.trim()) feil.push("uten tittel");
  const fylte = [...document.querySelectorAll("main .ds-button")].filter((e) => synlig(e) && !["secondary", "tertiary"].includes(e.dataset.variant));
  const raatt = document.body.innerText.match(/.{0,30}(functools|<bound|<function|object at 0x|<[a-z]\w*:|\bNone\b|\{[{%]|&(amp|lt|#\d+);).{0,40}/i);
  if (raatt) feil.push(`maskinspråk på siden: ${raatt[0]}`);
  return {spraak: document.documentElement.lang, feil, fylte: fylte.map((e) => e.textContent.trim())};
}"""
_SKJELETT = """() => {
  const ord = new Set(["aria-label", "title", "alt", "placeholder", "value", "content", "datetime", "lang", "hreflang", "href"]);
  const ut = [], vandrer = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT);
  for (let e = vandrer.currentNode; e; e = vandrer.nextNode()) {
    const egen = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    ut.push(e.tagName, egen ? "t" : "", ...[...e.attributes].map((a) => ord.has(a.name) || a.name === "data-etikett" || a.name === "data-kopiert" ? a.name + !a.value.trim() : a.name + "=" + a.value).sort());
  }
  return ut.join("|");
}"""
_BREDDE = """() => {
  const bred = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= bred) return [];
  const ut = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > bred + 1 && !e.closest(".ds-sr-only") && e.checkVisibility());
  return ut.slice(0, 4).map((e) => e.tagName.toLowerCase() + "." + e.className + " «" + e.textContent.trim().slice(0, 40) + "»").concat(ut.length ? [] : ["ukjent"]);
}"""


def axe(side: Page, *farger: str) -> list[str]:
    """Violations of WCAG 2.x A and AA as the page stands: all rules but those of colours, and those in each of the given schemes."""
    if not side.evaluate("() => 'axe' in window"):
        side.evaluate(AXE)
    ut: list[str] = side.evaluate(_KJOR, [{"type": "tag", "values": MERKER}, FARGEREGLER, True])
    for farge in farger:
        side.emulate_media(color_scheme=farge)  # type: ignore[arg-type]
        brudd = side.evaluate(_KJOR, [{"type": "rule", "values": FARGEREGLER}, [], GRUNDIG])
        ut += [f"{farge}: {ett}" for ett in brudd]
    return ut


def skjelett(side: Page) -> str:
    """The page without its words: elements, attributes, and where there is text. Two languages of one page should have the same,
    and then axe's rules, but for those of colour, can only answer the same."""
    ut: str = side.evaluate(_SKJELETT)
    return ut


def form(side: Page, spraak: str) -> list[str]:
    """Language, title, headings, no machine's words, and one filled button at most."""
    svar = side.evaluate(_FORM)
    feil: list[str] = svar["feil"]
    if svar["spraak"] != spraak:
        feil.append(f"lang er {svar['spraak']!r}, ikke {spraak!r}")
    if len(svar["fylte"]) > 1:
        feil.append(f"flere fylte knapper: {svar['fylte']}")
    return feil


def bredde(side: Page, piksler: int = 360) -> list[str]:
    """What sticks out at the side of a narrow screen."""
    for_ = side.viewport_size
    side.set_viewport_size({"width": piksler, "height": 800})
    ut = [f"{piksler} px: {hva} stikker ut" for hva in side.evaluate(_BREDDE)]
    if for_:
        side.set_viewport_size(for_)
    return ut


_NORSK = re.compile(
    r"\b(og|ikke|ikkje|som|av|på|til|det|har|hvor|hvem|hva|kva|skal|fra|frå|med|kommuner|kommunen|brukere|tall|år|siste|hver)\b",
    re.I,
)
_TEKSTER = """() => {
  const ut = [], vandrer = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (vandrer.nextNode()) {
    const e = vandrer.currentNode.parentElement, lang = e.closest("[lang]").lang;
    if (lang === "en" && !["SCRIPT", "STYLE"].includes(e.tagName)) ut.push(vandrer.currentNode.data.replace(/\\s+/g, " ").trim());
  }
  return [...new Set(ut)].filter(Boolean);
}"""


def norsk_i_engelsk(side: Page, unntatt: Iterable[str] = ()) -> list[str]:
    """Texts of an English page that read as Norwegian. Names and entered texts are taken out by `unntatt` or by their own lang."""
    return [
        t for t in side.evaluate(_TEKSTER) if len(_NORSK.findall(t)) > 1 and not any(u in t for u in unntatt)
    ]
