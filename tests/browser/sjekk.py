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
"""Ask all rules of every page, and those of colour of every element. Else what has been judged is not asked again: the colour rules
are asked of one element for each way of looking (own colour, size and weight, and all that lies behind it), the others of one page
for each skeleton. The same verdicts in a fifth of the time, but blind to a text that another element happens to cover."""
_former: set[int] = set()
_utseender: dict[str, set[str]] = {"light": set(), "dark": set()}
"""The skeletons, and the looks in each colour scheme, in which this process has found nothing wrong."""

_ULIKE = """(kjente) => {
  const hakk = (tekst) => {  // 53 bits of a text
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let i = 0; i < tekst.length; i++) { const t = tekst.charCodeAt(i); a = Math.imul(a ^ t, 2654435761); b = Math.imul(b ^ t, 1597334677); }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
  };
  const bak = new Map([[null, ""]]), sett = new Set(kjente), ulike = new Map();
  const bakgrunn = (e) => {
    if (!bak.has(e)) {
      const s = getComputedStyle(e);
      bak.set(e, hakk([bakgrunn(e.parentElement), s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode].join("|")));
    }
    return bak.get(e);
  };
  const omgitt = (lenke) => {  // among words it must differ from them
    const s = getComputedStyle(lenke.parentElement), ord = [...lenke.parentElement.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    return [ord, s.color, s.display, getComputedStyle(lenke).display].join("|");
  };
  const vandrer = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (vandrer.nextNode()) {
    const e = vandrer.currentNode.parentElement;
    if (!vandrer.currentNode.data.trim() || e.matches("script, style") || !e.checkVisibility()) continue;
    const s = getComputedStyle(e), lenke = e.closest("a");
    const nokkel = hakk([bakgrunn(e), lenke ? omgitt(lenke) : "", s.color, s.fontSize, s.fontWeight, s.position, s.textDecorationLine].join("|"));
    if (!sett.has(nokkel) && !ulike.has(nokkel)) ulike.set(nokkel, lenke || e);
  }
  return ulike;
}"""
_NYE = f"(kjente) => ({_ULIKE})(kjente).size"
_KJOR = """async ([regler, utenom, kjente]) => {
  const ulike = ULIKE;
  const av = Object.fromEntries(utenom.map((regel) => [regel, {enabled: false}]));
  const nye = kjente ? ulike(kjente) : new Map();
  const svar = await axe.run(kjente ? {include: [...nye.values()]} : document, {runOnly: regler, rules: av, resultTypes: ["violations"]});
  const brudd = svar.violations.map((brudd) => brudd.id + ": " + brudd.help + brudd.nodes.slice(0, 4).map((node) =>
    "\\n      " + node.target.join(" ") + "  " + node.html.slice(0, 160) + "  " + (node.any[0] || node.all[0] || node.none[0] || {message: ""}).message).join("")
    + (brudd.nodes.length > 4 ? "\\n      … " + brudd.nodes.length + " i alt" : ""));
  return [brudd, [...nye.keys()]];
}""".replace("ULIKE", _ULIKE)
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
    form_ = hash((skjelett(side), side.evaluate("innerWidth")))  # the size of what one presses is a rule too
    ut: list[str] = []
    if GRUNDIG or form_ not in _former:
        ut, _ = _kjor(side, {"type": "tag", "values": MERKER}, FARGEREGLER)
        _former.update([] if ut else [form_])
    for farge in farger:
        side.emulate_media(color_scheme=farge)  # type: ignore[arg-type]
        kjente = list(_utseender[farge])
        if GRUNDIG or side.evaluate(_NYE, kjente):
            brudd, nye = _kjor(side, {"type": "rule", "values": FARGEREGLER}, [], None if GRUNDIG else kjente)
            _utseender[farge].update([] if brudd else nye)
            ut += [f"{farge}: {ett}" for ett in brudd]
    return ut


def _kjor(
    side: Page, regler: dict[str, object], utenom: list[str], kjente: list[str] | None = None
) -> tuple[list[str], list[str]]:
    """What is wrong, and the looks it was asked of: those not in `kjente`. Without it the whole document is asked."""
    if not side.evaluate("() => 'axe' in window"):
        side.evaluate(AXE)
    brudd, nye = side.evaluate(_KJOR, [regler, utenom, kjente])
    return brudd, nye


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
