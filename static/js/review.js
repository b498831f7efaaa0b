/* The review desk by keyboard. Keys press the buttons that are on the page, so everything works with the mouse and without this file. */
(() => {
  "use strict";
  const one = (what, from = document) => from.querySelector(what);
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  let busy = false; // a request for the desk is under way
  let ahead = null; // where j and k have walked to while its card is not there yet
  let timer = 0;
  const press = (key) => {
    const button = one(`#desk [data-key="${key}"]`);
    if (button && !ahead && button.getAttribute("aria-disabled") !== "true") button.click();
    return Boolean(button);
  };
  const arrive = () => { if (busy) timer = setTimeout(arrive, 50); else ahead?.click(); };
  const walk = (link) => {
    if (!link) return;
    ahead = link;
    for (const line of all(".queue-list li")) line.classList.toggle("open", line === link.closest("li"));
    link.closest("li").scrollIntoView({ block: "nearest" });
    clearTimeout(timer);
    timer = setTimeout(arrive, 90);
  };
  const links = () => all(".queue-list a");
  const at = () => links().findIndex((link) => link.closest(".open"));
  const step = (by) => walk(links()[at() + by]);
  /* the first item of the next document in the queue, or of the one before */
  const leap = (by) => {
    const heads = all(".queue-list .of").map((head) => head.nextElementSibling?.querySelector("a")).filter(Boolean);
    const here = at();
    const places = heads.map((link) => links().indexOf(link));
    walk(by > 0 ? heads[places.findIndex((place) => place > here)] : heads[places.findLastIndex((place) => place < here)]);
  };
  const reject = () => {
    const box = one(".reject");
    if (!box) return;
    box.open = !box.open;
    if (box.open) one(".reasons button", box).focus();
  };

  const edit = (...names) => {
    const field = names.map((name) => one(`#f-${name}`)).find(Boolean);
    field?.focus();
    field?.select?.();
  };
  const others = () => {
    const box = one("details.others");
    if (!box) return;
    box.open = true;
    one("a", box)?.focus();
  };

  /* capture: this page's keys go before the general ones */
  document.addEventListener("keydown", (event) => {
    if (!one("#desk") || one("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); press("Ctrl+Enter"); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      if (one(".reject[open]")) one(".reject").open = false;
      if (typing || one("#card")?.contains(document.activeElement)) { one("#card")?.focus(); event.preventDefault(); event.stopPropagation(); }
      return;
    }
    if (typing) return;
    const act = {
      j: () => step(1), k: () => step(-1), J: () => leap(1), K: () => leap(-1), r: reject, c: others,
      e: () => edit("value", "theme"), o: () => edit("subject"), m: () => edit("metric", "theme"), p: () => edit("period_label", "stage"), u: () => edit("unit"), w: () => edit("voice"),
      a: () => press("a"), b: () => press("b"), d: () => press("d"), s: () => press("s"), z: () => press("z"),
    }[event.key];
    if (act) { event.preventDefault(); event.stopPropagation(); act(); return; }
    if (/^[1-9]$/.test(event.key) && one(".reject[open]")) { event.preventDefault(); event.stopPropagation(); press(event.key); }
  }, true);

  /* a second press while the answer is under way would decide the next item unseen */
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id !== "desk") return;
    if (busy) event.preventDefault();
    busy = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.target?.id === "desk" || !one("#desk")) busy = false; });
  document.addEventListener("change", (event) => { event.target.closest(".line")?.classList.add("touched"); });

  const show = () => {
    (one(".paper mark") || one("#quote"))?.scrollIntoView({ block: "center", inline: "nearest" }); // a wide table scrolls as well
    one(".queue-list .open")?.scrollIntoView({ block: "nearest" });
    window.scrollTo({ top: 0 });
  };
  document.addEventListener("reex:swap", ({ detail }) => {
    if (detail.from?.id !== "desk") return; // the checks follow the fields without taking the focus
    busy = false;
    clearTimeout(timer);
    ahead = null;
    show();
    const wrong = one("#judge [aria-invalid=true]");
    if (wrong) { wrong.focus(); wrong.select?.(); } else one("#card")?.focus({ preventScroll: true });
  });
  show();
})();
