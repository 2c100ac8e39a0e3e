"""Pictures of the walk from need to letters, for docs: run by hand against a running demonstration.

    .venv/bin/python tests/browser/bilder.py docs/bilder --adresse http://localhost:8000

Takes each page at 1280 and 360 pixels, light and dark. With `--side /behov/ --rolle imdi_radgiver` only that page.
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

RADGIVER, GODKJENNER, KOMMUNE, ADMIN, IMDI_ADMIN = (
    "imdi_radgiver", "imdi_godkjenner", "bosetter_skriv", "kommune_admin", "imdi_admin",
)  # fmt: skip
BREDDER = {1280: 900, 360: 780}
FARGER = {"light": "lys", "dark": "mork"}

# name of the picture → (role, address, link to follow from there by its text or address)
BILDER: dict[str, tuple[str | None, str, str]] = {
    "01-logg-inn": (None, "/logg-inn/", ""),
    "02-hjem-radgiver": (RADGIVER, "/hjem/", ""),
    "03-behov": (RADGIVER, "/behov/", ""),
    "04-nytt-behov": (RADGIVER, "/behov/nytt/", ""),
    "05-runder": (RADGIVER, "/anmodning/", ""),
    "06-ny-runde": (RADGIVER, "/anmodning/ny/", ""),
    "07-egne-vekter": (RADGIVER, "/anmodning/vekter/2022/ny/", ""),
    "08-runde": (RADGIVER, "/anmodning/", "table a[href*='/anmodning/']"),
    "09-hvorfor-runde": (RADGIVER, "/anmodning/", "table a[href*='/anmodning/'] >> a[href$='/kommune/5006/'], table a[href*='/kommune/']"),
    "10-hjem-godkjenner": (GODKJENNER, "/hjem/", ""),
    "11-brev": (RADGIVER, "/brev/", ""),
    "12-ett-brev": (RADGIVER, "/brev/", "table a[href*='/dokument/']"),
    "13-hjem-kommune": (KOMMUNE, "/hjem/", ""),
    "14-kommunens-anmodninger": (KOMMUNE, "/kommunens-anmodninger/", ""),
    "15-en-anmodning": (KOMMUNE, "/kommunens-anmodninger/", "table a[href*='/kommunens-anmodninger/']"),
    "16-brukere": (ADMIN, "/brukere/", ""),
    "17-en-bruker": (ADMIN, "/brukere/", "table a[href*='/bruker/']"),
    "18-organisasjoner": (IMDI_ADMIN, "/brukere/organisasjoner/", ""),
    "19-min-side": (KOMMUNE, "/meg/", ""),
    "20-forside": (None, "/", ""),
    "21-tall": (None, "/tall/", ""),
    "22-kommuner": (None, "/kommuner/", ""),
    "23-en-kommune": (None, "/kommuner/5006-steinkjer/", ""),
    "24-hvorfor": (None, "/kommuner/5006-steinkjer/", "a[href*='/hvorfor/']"),
    "25-fylke": (None, "/fylker/50/", ""),
    "26-slik-beregner-vi": (None, "/slik-beregner-vi/", ""),
    "27-apne-data": (None, "/apne-data/", ""),
    "28-roller": (None, "/roller/", ""),
    "29-hjelp": (None, "/hjelp/", ""),
}  # fmt: skip


def logg_inn(side: Page, adresse: str, rolle: str) -> None:
    side.goto(f"{adresse}/logg-inn/")
    side.locator(f"form:has(input[value='{rolle}@demo.invalid']) button").click()
    side.wait_for_url("**/hjem/")


def finn(side: Page, adresse: str, sti: str, lenker: str) -> str | None:
    """The address to photograph: follows the links one after another, each found by a selector."""
    side.goto(adresse + sti)
    for velger in filter(None, lenker.split(" >> ")):
        lenke = side.locator(velger).first
        if not lenke.count():
            return None
        side.goto(adresse + str(lenke.get_attribute("href")))
    return side.url


def kontekster(browser: Browser, tilstand: dict) -> Iterator[tuple[str, BrowserContext]]:
    for bredde, hoyde in BREDDER.items():
        for farge, ord_ in FARGER.items():
            kontekst = browser.new_context(
                storage_state=tilstand, viewport={"width": bredde, "height": hoyde}, color_scheme=farge,
                locale="nb-NO", reduced_motion="reduce",
            )  # type: ignore[arg-type]  # fmt: skip
            yield f"{bredde}-{ord_}", kontekst
            kontekst.close()


def ta(mappe: Path, adresse: str, bilder: dict[str, tuple[str | None, str, str]], bare: str) -> list[str]:
    """Take the pictures; returns those whose page was not there."""
    mappe.mkdir(parents=True, exist_ok=True)
    mangler = []
    krom = os.environ.get("BOSETT_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=krom, args=["--no-sandbox"] if os.getuid() == 0 else [])
        for rolle in dict.fromkeys(rolle for rolle, _, _ in bilder.values()):
            forste = browser.new_context(locale="nb-NO")
            side = forste.new_page()
            if rolle:
                logg_inn(side, adresse, rolle)
            steder = {
                navn: finn(side, adresse, sti, lenker)
                for navn, (r, sti, lenker) in bilder.items()
                if r == rolle
            }
            for slag, kontekst in kontekster(browser, forste.storage_state()):
                if bare and not re.search(bare, slag):
                    continue
                fane = kontekst.new_page()
                for navn, sted in steder.items():
                    if sted is None:
                        mangler.append(navn)
                        continue
                    fane.goto(sted)
                    fane.screenshot(path=mappe / f"{navn}-{slag}.png", full_page=True)
            forste.close()
        browser.close()
    return sorted(set(mangler))


def main() -> int:
    valg = argparse.ArgumentParser(
        description="Tar bilder av gangen fra behov til brev i en demonstrasjon som kjører."
    )
    valg.add_argument("mappe", type=Path, help="hvor bildene skal ligge")
    valg.add_argument("--adresse", default="http://localhost:8000")
    valg.add_argument("--bare", default="", help="bare bilder av dette slaget, f.eks. 360-mork")
    valg.add_argument("--navn", default="", help="bare bilder der navnet passer, f.eks. 08")
    valg.add_argument("--side", help="ta bare denne siden, f.eks. /behov/")
    valg.add_argument("--rolle", help="… som denne demonstrasjonsbrukeren")
    v = valg.parse_args()
    bilder = (
        {"side": (v.rolle, v.side, "")}
        if v.side
        else {n: b for n, b in BILDER.items() if re.search(v.navn, n)}
    )
    mangler = ta(v.mappe, v.adresse.rstrip("/"), bilder, v.bare)
    for navn in mangler:
        print(f"Fant ikke siden til bildet {navn}", file=sys.stderr)
    return 1 if mangler else 0


if __name__ == "__main__":
    raise SystemExit(main())
