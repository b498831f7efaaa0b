/* What every page can do beyond links and forms: keys, the evidence panel, theme, notices. Without it all pages still work. */
(() => {
  "use strict";
  const here = document.currentScript.dataset;
  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const notices = one("#toasts");
  const words = notices ? notices.dataset : {};
  root.classList.add("js");

  /* ---- telling ---- */
  const announce = (text) => {
    const live = one("#live");
    if (!live) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 50);
  };
  const settle = (toast) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.dismiss;
    button.addEventListener("click", () => toast.remove());
    toast.append(button);
    let left = toast.classList.contains("error") ? 0 : 10000;
    if (!left) return;
    let timer = setTimeout(() => toast.remove(), left);
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", () => { timer = setTimeout(() => toast.remove(), left); });
  };
  const toast = (text, { error = false, act, label } = {}) => {
    if (!notices) return;
    const box = document.createElement("div");
    box.className = error ? "toast error" : "toast";
    const message = document.createElement("span");
    message.textContent = text;
    box.append(message);
    if (act) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => { box.remove(); act(); });
      box.append(button);
    }
    notices.append(box);
    settle(box);
    announce(text);
  };
  if (notices) {
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) {
        if (node.matches?.(".toast") && !one(":scope > button[type=button]", node)) { settle(node); announce(one("span", node)?.textContent || ""); }
      }
    }).observe(notices, { childList: true });
  }

  /* ---- theme: the server draws it from the cookie; here only the switch ---- */
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const retheme = () => {
    root.classList.toggle("is-dark", isDark());
    for (const button of all("[data-theme-form] button")) button.value = isDark() ? "light" : "dark";
    document.dispatchEvent(new CustomEvent("reex:theme"));
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", retheme);
  retheme();
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-form]")) return;
    event.preventDefault();
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
    retheme();
  });

  /* ---- the evidence panel: a native modal dialog, so focus stays in it and Esc closes it ---- */
  const panel = one("#evidence");
  const body = one("#evidence-body");
  let asked = 0;
  const showEvidence = async (url) => {
    if (!panel || !url || url === "#") return;
    const mine = ++asked;
    one("[data-evidence-page]", panel).href = url;
    body.replaceChildren();
    const waiting = document.createElement("div");
    waiting.className = "loading";
    waiting.append(...[1, 2, 3, 4].map(() => document.createElement("span")));
    body.append(waiting);
    if (!panel.open) panel.showModal();
    announce(body.dataset.loading);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": "evidence-body" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      const found = one(".evidence", page) || one("main", page) || page.body;
      body.replaceChildren(document.adoptNode(found));
      window.htmx?.process(body);
      body.scrollTop = 0;
      body.focus();
      announce(one(".value", body)?.textContent.trim() || "");
    } catch (problem) {
      if (mine !== asked) return;
      panel.close();
      toast(/^\d/.test(problem.message) ? words.failed : words.unreachable, { error: true, label: words.retry, act: () => showEvidence(url) });
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-evidence]");
    if (link && !event.defaultPrevented && !(event.metaKey || event.ctrlKey || event.shiftKey || event.button)) {
      event.preventDefault();
      showEvidence(link.href);
      return;
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    if (event.target.tagName === "DIALOG") event.target.close(); // the veil
    if (event.target.closest("[data-keys]")) { event.preventDefault(); one("#keys").showModal(); }
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) { event.preventDefault(); navigator.clipboard.writeText(copy.dataset.copy).then(() => toast(words.copied)); }
    for (const open of all("details.filter[open]")) if (!open.contains(event.target)) open.open = false;
  });
  window.reex = { showEvidence, toast, announce };

  /* ---- filters apply when a box is ticked; the button is for pages without scripts ---- */
  const tame = (from) => { for (const button of all("[data-filters] [data-apply]", from)) button.hidden = true; };
  tame(document);
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (form && !form.hasAttribute("hx-get")) form.requestSubmit();
  });

  /* a swap replaces the filter bar too: keep open what was open, and the focus where it was */
  let bar = null;
  const keepBar = () => {
    const focused = document.activeElement;
    bar = { open: all("details.filter").findIndex((filter) => filter.open), name: focused?.closest("[data-filters]") && focused.name, value: focused?.value };
  };
  const giveBack = () => {
    if (!bar) return;
    const filter = all("details.filter")[bar.open];
    if (filter) filter.open = true;
    if (bar.name) all(`[data-filters] [name="${CSS.escape(bar.name)}"]`).find((input) => input.value === bar.value)?.focus({ preventScroll: true });
    bar = null;
  };

  /* a chart may arrive in a swap on a page that began without one (see signals/parts/chart_scripts.html) */
  const bringCharts = () => {
    if (!one("[data-chart]") || one("script[data-drawing]")) return;
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", href: here.plotlyCss, id: "plotly.js-style-global", className: "no-inline-styles" });
    const stand = document.createElement("template");
    stand.id = here.mapSheet;
    const script = document.createElement("script");
    script.src = here.charts;
    script.dataset.plotly = here.plotly;
    script.dataset.drawing = "";
    document.head.append(sheet, stand, script);
  };

  /* ---- two texts side by side: the same facts light up together ---- */
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, ({ target }) => {
      const fact = target.closest?.("[data-facts] [data-fact]");
      if (fact) for (const mark of all(`[data-fact="${fact.dataset.fact}"]`)) mark.classList.toggle("here", on);
    });
  }

  /* ---- rows by keyboard ---- */
  let marked = null;
  const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null);
  const go = (row) => {
    if (!row) return;
    marked?.classList.remove("here");
    marked = row;
    row.classList.add("here");
    const target = one("[data-open], a, summary, button", row) || row;
    (row.matches("summary, a") ? row : target).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const list = rows();
    const at = list.indexOf(document.activeElement?.closest("[data-row]") || marked);
    go(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
  };
  const current = () => document.activeElement?.closest("[data-row]") || (marked?.isConnected ? marked : null);
  const search = () => { const box = one("[data-search]"); box?.focus(); box?.select(); };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    e: () => { const row = current(); const link = row && one("a[data-evidence]", row); if (link) showEvidence(link.href); },
    "/": () => { const first = one("[data-filters] summary, [data-filters] input:not([type=hidden])"); if (first) first.focus(); else search(); },
    "?": () => one("#keys")?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); search(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") {
      const open = one("details.filter[open]");
      if (open) { open.open = false; one("summary", open).focus(); }
      return;
    }
    if (event.target.closest("input, textarea, select, [contenteditable]") || one("dialog[open]")) return;
    if (event.key === "Enter" && event.target === document.body) { const row = current(); const link = row && one("[data-open]", row); if (link) link.click(); return; }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* ---- what goes wrong on the way ---- */
  const again = (detail) => {
    const source = detail.elt;
    return source && detail.requestConfig?.verb === "get" ? { label: words.retry, act: () => window.htmx.ajax("GET", detail.requestConfig.path, { source, target: detail.target }) } : {};
  };
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    keepBar();
    if ([409, 422].includes(detail.xhr.status)) { detail.shouldSwap = true; detail.isError = false; }
  });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 401) { location.reload(); return; }
    toast(detail.xhr.status === 403 ? words.refused : words.failed, { error: true, ...again(detail) });
  });
  document.addEventListener("htmx:sendError", ({ detail }) => toast(words.unreachable, { error: true, ...again(detail) }));
  document.addEventListener("htmx:timeout", ({ detail }) => toast(words.slow, { error: true, ...again(detail) }));
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    tame(detail.elt);
    giveBack();
    bringCharts();
    const told = one("[data-announce]", detail.elt);
    if (told) announce(told.dataset.announce || told.textContent.trim());
    document.dispatchEvent(new CustomEvent("reex:swap", { detail: { from: detail.elt } }));
  });
  one(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }); // on a phone the list of pages scrolls
  const connection = () => root.classList.toggle("is-offline", !navigator.onLine);
  addEventListener("online", connection);
  addEventListener("offline", connection);
  connection();
})();
