"""A visitor who counts clicks. Typing is not counted, nor is logging in (requirements.md, chapter 3)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser import sjekk
from browser.conftest import Ugreit


class Besok:
    def __init__(
        self, kontekst: BrowserContext, adresse: str, ugreit: Ugreit, *, skript: bool = True
    ) -> None:
        self.kontekst, self.adresse, self.skript = kontekst, adresse, skript
        self.side: Page = kontekst.new_page()
        ugreit.folg(self.side)
        self.klikk_til_naa = 0

    def til(self, sti: str) -> None:
        svar = self.side.goto(self.adresse + sti)
        assert svar is not None and svar.ok, f"{sti}: {svar and svar.status}"

    def knapp(self, navn: str) -> None:
        self._klikk(self.side.get_by_role("button", name=navn, exact=True))

    def lenke(self, navn: str | re.Pattern[str], innen: str = "main") -> None:
        treff = self.side.locator(innen).get_by_role("link", name=navn, exact=isinstance(navn, str))
        self._klikk(treff.first)

    def meny(self, navn: str) -> None:
        self._klikk(
            self.side.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name=navn, exact=True)
        )

    def _klikk(self, maal: Locator) -> None:
        self.klikk_til_naa += 1
        with self.side.expect_navigation():
            maal.click()

    def fyll(self, **felt: object) -> None:
        """`id` without «id_» → what is written, or the text of the choice."""
        for navn, verdi in felt.items():
            kontroll = self.side.locator(f"#id_{navn}")
            if kontroll.evaluate("e => e.tagName") == "SELECT":
                valg = kontroll.locator("option").filter(has_text=str(verdi)).first
                kontroll.select_option(str(valg.get_attribute("value")))
            else:
                kontroll.fill(str(verdi))

    @contextmanager
    def paa_hoyst(self, klikk: int) -> Iterator[None]:
        for_ = self.klikk_til_naa
        yield
        brukt = self.klikk_til_naa - for_
        assert brukt <= klikk, f"{brukt} klikk, men det skal gå på {klikk}"

    def sok(self, tekst: str) -> None:
        """Type in the table's search field, and Enter: no click."""
        felt = self.side.locator("main form.b-filter input[type=search]")
        felt.fill(tekst)
        felt.press("Enter")
        self.side.wait_for_url(re.compile("sok="))
        expect(self.side.locator(".b-tabell tbody tr")).to_have_count(1)

    def h1(self, tekst: str | re.Pattern[str]) -> None:
        expect(self.side.get_by_role("heading", level=1)).to_contain_text(tekst)

    def kvittering(self, tekst: str) -> None:
        expect(self.side.locator(".b-meldinger")).to_contain_text(tekst)

    def pdf(self, navn: str) -> bytes:
        """Follow a link to a PDF (one click)."""
        lenke = self.side.get_by_role("link", name=navn, exact=True).get_attribute("href")
        self.klikk_til_naa += 1
        svar = self.kontekst.request.get(self.adresse + str(lenke))
        assert svar.status == 200 and svar.headers["content-type"] == "application/pdf"
        return svar.body()

    def last_ned(self, navn: str) -> str:
        with self.side.expect_download() as nedlasting:
            self.klikk_til_naa += 1
            self.side.locator("main").get_by_role("link", name=navn, exact=True).first.click()
        return nedlasting.value.path().read_text(encoding="utf-8-sig")

    def uten_feil(self, spraak: str = "nb") -> None:
        """The page in the state it is in now: axe, one filled button, no sideways scrolling."""
        funn = [*sjekk.form(self.side, spraak), *sjekk.bredde(self.side)]
        if self.skript:
            funn += sjekk.axe(self.side, "light", "dark")
        assert funn == [], f"{self.side.url}\n" + "\n".join(funn)


def som_tall(tekst: str) -> Decimal:
    return Decimal(re.sub(r"[\s+]", "", tekst).replace("−", "-").replace(",", "."))


def foss(side: Page) -> tuple[list[Decimal], list[Decimal], Decimal]:
    """The waterfall as it is read on the page: contributions, running sums, and the number."""
    rader = side.locator("table.b-foss > tbody > tr:not(.b-gruppe)").evaluate_all(
        "rader => rader.map(r => [...r.querySelectorAll('td.b-slutt')].map(td => td.textContent))"
    )
    sum_ = som_tall(side.locator("table.b-foss > tfoot td.b-slutt").first.inner_text())
    return [som_tall(rad[0]) for rad in rader], [som_tall(rad[1]) for rad in rader], sum_
