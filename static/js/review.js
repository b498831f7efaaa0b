/* The review desk by keyboard. Keys press the buttons that are on the page, so everything works with the mouse and without this file. */
(() => {
  "use strict";
  const one = (what, from = document) => from.querySelector(what);
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const press = (key) => { const button = one(`#desk [data-key="${key}"]`); if (button && button.getAttribute("aria-disabled") !== "true") button.click(); return Boolean(button); };
  const step = (by) => {
    const links = all(".queue-list a");
    const at = links.findIndex((link) => link.closest(".open"));
    links[at < 0 ? 0 : at + by]?.click();
  };
  const reject = () => {
    const box = one(".reject");
    if (!box) return;
    box.open = !box.open;
    if (box.open) one(".reasons button", box).focus();
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
      j: () => step(1), k: () => step(-1), r: reject,
      e: () => { const field = one("#f-value") || one(".values select, .values input"); field?.focus(); field?.select?.(); },
      a: () => press("a"), d: () => press("d"), s: () => press("s"), z: () => press("z"),
    }[event.key];
    if (act) { event.preventDefault(); event.stopPropagation(); act(); return; }
    if (/^[1-6]$/.test(event.key) && one(".reject[open]")) { event.preventDefault(); event.stopPropagation(); press(event.key); }
  }, true);

  /* a second press while the answer is under way would decide the next item unseen */
  let busy = false;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id !== "desk") return;
    if (busy) event.preventDefault();
    busy = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.target?.id === "desk" || !one("#desk")) busy = false; });
  document.addEventListener("change", (event) => { event.target.closest(".line")?.classList.add("touched"); });

  const show = () => {
    one("#quote")?.scrollIntoView({ block: "center" });
    one(".queue-list .open")?.scrollIntoView({ block: "nearest" });
    window.scrollTo({ top: 0 });
  };
  document.addEventListener("reex:swap", () => { busy = false; if (!one("#desk")) return; show(); one("#card")?.focus({ preventScroll: true }); });
  show();
})();
