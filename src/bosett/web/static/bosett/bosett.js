// Progressive enhancement only: every page works without this file. Texts come from data attributes, never from here.
(() => {
  "use strict";
  const rot = document.documentElement;
  rot.classList.add("js");

  // Keyboard: Alt + letter goes to the element that says data-tast="letter" (listed on the page «Hurtigtaster»), first to one in the
  // table row one stands in. Alt + ? shows the list. Never a letter alone; and nothing when the user has switched the keys off.
  const tasterAv = rot.dataset.taster === "av";
  document.addEventListener("keydown", (hendelse) => {
    if (hendelse.key === "Escape") lukkBruker();
    if (tasterAv || !hendelse.altKey || hendelse.ctrlKey || hendelse.metaKey || document.querySelector("dialog[open]")) return;
    const liste = document.querySelector('[data-dialog="taster"]');
    if (hendelse.key === "?" && liste) {
      hendelse.preventDefault();
      visDialog(liste);
    }
    const tast = !hendelse.shiftKey && /^Key[A-Z]$/.test(hendelse.code) ? hendelse.code.slice(3).toLowerCase() : "";
    const velger = `[data-tast="${tast}"]`;
    const mal = tast && (document.activeElement.closest("tr")?.querySelector(velger) || document.querySelector(velger));
    if (!mal) return;
    hendelse.preventDefault();
    if (mal.matches("input, select, textarea, main")) mal.focus();
    else mal.click();
  });

  // A link with data-dialog="id" shows that part of the page it leads to, without leaving this one. What cannot be fetched is visited.
  const visDialog = async (lenke) => {
    let del = null;
    try {
      const svar = await fetch(lenke.href, { headers: { "X-Requested-With": "fetch" } });
      del = new DOMParser().parseFromString(await svar.text(), "text/html").getElementById(lenke.dataset.dialog);
    } catch { /* the line is gone: the page itself says so */ }
    if (!del) { location.href = lenke.href; return; }
    const dialog = document.createElement("dialog");
    dialog.className = "b-dialog";
    dialog.setAttribute("aria-labelledby", `${lenke.dataset.dialog}-tittel`);
    dialog.append(document.importNode(del, true));
    dialog.querySelectorAll("[data-taste]").forEach((rad) => { rad.querySelector("[hidden]").hidden = !!document.querySelector(`[data-tast="${rad.dataset.taste}"]`); });
    dialog.addEventListener("close", () => { dialog.remove(); lenke.focus(); });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("h2").focus();
  };

  // The user's menu closes when one clicks elsewhere.
  const lukkBruker = () => document.querySelectorAll("details.b-bruker[open]").forEach((d) => d.removeAttribute("open"));
  document.addEventListener("click", (hendelse) => {
    if (!hendelse.target.closest("details.b-bruker")) lukkBruker();

    const apner = hendelse.target.closest("[data-dialog]");
    if (apner && !hendelse.ctrlKey && !hendelse.metaKey && !hendelse.shiftKey) {
      hendelse.preventDefault();
      visDialog(apner);
    }

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
// data-kladd="flett": the server joins what two have written, so the copy is put back also when others have saved since.
(() => {
  "use strict";
  const lager = window.sessionStorage;
  // With the user's number, so that nobody who signs in on the same tab gets another's words.
  const kladd = (sti) => `kladd:${document.body.dataset.bruker || ""}:${sti}`;
  document.querySelectorAll("[data-kladd-slett]").forEach((e) => e.addEventListener("submit", () => lager.removeItem(kladd(e.dataset.kladdSlett))));
  document.querySelectorAll("[data-kladd-ferdig]").forEach((e) => lager.removeItem(kladd(e.dataset.kladdFerdig)));
  const skjema = document.querySelector("form[data-kladd]");
  if (!skjema) return;
  const nokkel = kladd(location.pathname);
  const flett = skjema.dataset.kladd === "flett";
  const versjon = () => skjema.elements.versjon.value;
  const felter = () => [...new FormData(skjema)].filter(([navn]) => !["csrfmiddlewaretoken", "versjon", "side", "forslag"].includes(navn)).filter(([, verdi]) => typeof verdi === "string");
  const sett = (skrevet) => {
    for (const felt of skjema.elements) {
      if (!felt.name || ["hidden", "file", "submit", "button"].includes(felt.type)) continue;
      const mine = skrevet.filter(([navn]) => navn === felt.name).map(([, verdi]) => verdi);
      if (["checkbox", "radio"].includes(felt.type)) felt.checked = mine.includes(felt.value);
      else if (mine.length) felt.value = mine[0];
    }
  };
  const lagret = JSON.parse(lager.getItem(nokkel) || "null");
  if (lagret && (flett || lagret.versjon === versjon()) && JSON.stringify(lagret.felter) !== JSON.stringify(felter())) {
    sett(lagret.felter);
    if (flett && lagret.side) { skjema.elements.versjon.value = lagret.versjon; skjema.elements.side.value = lagret.side; }
    document.querySelector("[data-kladd-melding]")?.removeAttribute("hidden");
  } else if (lagret) lager.removeItem(nokkel);
  skjema.addEventListener("input", () => lager.setItem(nokkel, JSON.stringify({ versjon: versjon(), side: skjema.elements.side?.value, felter: felter() })));
  // Only an answer that says so has saved it: one who is logged out is answered by another page.
  const svarte = (hendelse) => hendelse.detail.xhr?.getResponseHeader("X-Kladd");
  const ute = document.querySelector("[data-kladd-ute]");
  document.body.addEventListener("htmx:beforeSwap", (hendelse) => {
    if (hendelse.detail.requestConfig?.elt === skjema && !svarte(hendelse)) hendelse.detail.shouldSwap = false;
  });
  skjema.addEventListener("htmx:afterRequest", (hendelse) => {
    if (svarte(hendelse) === "lagret") lager.removeItem(nokkel);
    ute?.toggleAttribute("hidden", Boolean(svarte(hendelse)));
  });
})();
