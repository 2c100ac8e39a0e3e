// Progressive enhancement only: every page works without this file. Texts come from data attributes, never from here.
(() => {
  "use strict";
  const rot = document.documentElement;
  rot.classList.add("js");

  // Keyboard: Alt + letter goes to the element that says data-tast="letter" (listed on the page «Hurtigtaster»).
  document.addEventListener("keydown", (hendelse) => {
    if (hendelse.key === "Escape") lukkBruker();
    if (!hendelse.altKey || hendelse.ctrlKey || hendelse.metaKey || hendelse.shiftKey) return;
    const tast = /^Key[A-Z]$/.test(hendelse.code) ? hendelse.code.slice(3).toLowerCase() : "";
    const mal = tast && document.querySelector(`[data-tast="${tast}"]`);
    if (!mal) return;
    hendelse.preventDefault();
    if (mal.matches("input, select, textarea, main")) mal.focus();
    else mal.click();
  });

  // The user's menu closes when one clicks elsewhere.
  const lukkBruker = () => document.querySelectorAll("details.b-bruker[open]").forEach((d) => d.removeAttribute("open"));
  document.addEventListener("click", (hendelse) => {
    if (!hendelse.target.closest("details.b-bruker")) lukkBruker();

    const kopi = hendelse.target.closest("[data-kopier]");
    if (kopi && navigator.clipboard) {
      hendelse.preventDefault();
      navigator.clipboard.writeText(new URL(kopi.href || kopi.dataset.kopier, location.href).href).then(() => si(kopi, kopi.dataset.kopiert));
    }
  });

  // A word to the eye and to the screen reader, for a moment.
  const si = (element, tekst) => {
    if (!tekst) return;
    const for_ = element.textContent;
    element.textContent = tekst;
    element.setAttribute("aria-live", "polite");
    setTimeout(() => { element.textContent = for_; element.removeAttribute("aria-live"); }, 2500);
  };

  // Filters without a table of ours: send when something is chosen.
  document.addEventListener("change", (hendelse) => {
    const element = hendelse.target;
    if (element.form && element.form.matches("form[data-auto]")) element.form.requestSubmit();
    if (element.matches("[data-velg-alle]")) {
      document.querySelectorAll(`input[name="valgt"][form="${element.dataset.velgAlle}"]`).forEach((rute) => { rute.checked = element.checked; });
    }
  });

  // Long work: ask again until the page says it is done. The address answers with the same fragment.
  const folg = (element) => setTimeout(async () => {
    try {
      const svar = await fetch(element.dataset.folg, { headers: { "X-Requested-With": "fetch" } });
      const nytt = new DOMParser().parseFromString(await svar.text(), "text/html").getElementById(element.id);
      if (!nytt) return;
      element.replaceWith(nytt);
      if (nytt.dataset.folg) folg(nytt);
    } catch { folg(element); }
  }, 2000);
  document.querySelectorAll("[data-folg]").forEach(folg);

  // The error summary gets the focus, so that it is read first.
  document.querySelector("[data-fokus]")?.focus();
})();

// A form with data-kladd keeps in the tab what has not reached the server: a dropped line or an ended session loses nothing.
(() => {
  "use strict";
  const lager = window.sessionStorage;
  document.querySelectorAll("[data-kladd-slett]").forEach((e) => e.addEventListener("submit", () => lager.removeItem(`kladd:${e.dataset.kladdSlett}`)));
  const skjema = document.querySelector("form[data-kladd]");
  if (!skjema) return;
  // With a user's number, so that nobody who signs in on the same tab gets another's words.
  const nokkel = `kladd:${location.pathname}${skjema.dataset.kladd ? `:${skjema.dataset.kladd}` : ""}`;
  const versjon = () => skjema.elements.versjon.value;
  const felter = () => [...new FormData(skjema)].filter(([navn]) => !["csrfmiddlewaretoken", "versjon", "side", "forslag"].includes(navn)).filter(([, verdi]) => typeof verdi === "string");
  const lagret = JSON.parse(lager.getItem(nokkel) || "null");
  if (lagret && lagret.versjon === versjon() && JSON.stringify(lagret.felter) !== JSON.stringify(felter())) {
    skjema.querySelectorAll("input[type=checkbox]").forEach((e) => { e.checked = false; });
    for (const [navn, verdi] of lagret.felter) {
      const felt = skjema.elements[navn];
      const bokser = [...skjema.querySelectorAll(`input[type=checkbox][name="${navn}"]`)];
      bokser.filter((e) => e.value === verdi).forEach((e) => { e.checked = true; });
      if (felt && !bokser.length) felt.value = verdi;  // a RadioNodeList checks the right one
    }
    document.querySelector("[data-kladd-melding]")?.removeAttribute("hidden");
  } else if (lagret) lager.removeItem(nokkel);
  skjema.addEventListener("input", () => lager.setItem(nokkel, JSON.stringify({ versjon: versjon(), felter: felter() })));
  skjema.addEventListener("htmx:afterRequest", (hendelse) => { if (hendelse.detail.successful) lager.removeItem(nokkel); });
})();
