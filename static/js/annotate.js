/* Marking words of a text: selection → places in the text → toolbar → form. Offsets count characters as the server does, not UTF-16 units. */
(() => {
  "use strict";
  const text = document.querySelector("[data-annotate]");
  const bar = document.getElementById("annotate-bar");
  const dialog = document.getElementById("annotate");
  if (!text || !bar || !dialog) return;
  const length = (string) => [...string].length;
  let chosen = null; // {start, end}
  let mode = "character";
  let asked = 0;
  let pending = Promise.resolve();

  /* how many characters of the text stand before a point inside a piece; a named invisible character counts as one */
  const before = (piece, node, offset) => {
    let count = 0;
    const walk = (at) => {
      if (at === node && at.nodeType === Node.TEXT_NODE) { count += length(at.data.slice(0, offset)); return true; }
      if (at.nodeType === Node.TEXT_NODE) { count += length(at.data); return false; }
      if (at.classList?.contains("control")) { if (at.contains(node)) return true; count += 1; return false; }
      const children = [...at.childNodes];
      for (let i = 0; i < children.length; i++) {
        if (at === node && i === offset) return true;
        if (walk(children[i])) return true;
      }
      return at === node;
    };
    walk(piece);
    return count;
  };
  const pieces = () => [...text.querySelectorAll("[data-s]")];
  const place = (node, offset, end) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-s]");
    if (piece && text.contains(piece)) return Number(piece.dataset.s) + before(piece, node, offset);
    const range = document.createRange();
    range.setStart(node, offset);
    const all = pieces();
    if (end) { // the last piece before the point
      const last = all.filter((one) => range.comparePoint(one, 0) < 0).pop();
      return last ? Number(last.dataset.s) + before(last, last, last.childNodes.length) : null;
    }
    const next = all.find((one) => range.comparePoint(one, 0) >= 0);
    return next ? Number(next.dataset.s) : null;
  };
  /* the point of the page at a character of the text */
  const point = (at) => {
    const piece = pieces().filter((one) => Number(one.dataset.s) <= at).pop();
    if (!piece) return null;
    let left = at - Number(piece.dataset.s);
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    let last = node;
    while (node) {
      const control = node.parentElement.closest(".control");
      const size = control ? 1 : length(node.data);
      if (left <= size && !control) return [node, [...node.data].slice(0, left).join("").length];
      left -= size;
      last = node;
      node = walker.nextNode();
    }
    return last ? [last, last.data.length] : null;
  };
  const select = () => {
    const from = point(chosen.start);
    const to = point(chosen.end);
    if (!from || !to) return;
    getSelection().setBaseAndExtent(...from, ...to);
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - bar.offsetHeight - 40) from[0].parentElement.scrollIntoView({ block: "center" });
  };
  const tell = (found) => {
    document.getElementById("annotate-words").textContent = found.exact.length > 90 ? `${found.exact.slice(0, 60)} … ${found.exact.slice(-24)}` : found.exact;
    const places = document.getElementById("annotate-places");
    places.textContent = found.places > 1 ? `${found.places} ${places.dataset.more}` : "";
    window.reex?.announce(found.exact);
  };
  const snap = (by) => { pending = ask(by); return pending; };
  const ask = async (by) => {
    const mine = ++asked;
    const answer = await fetch(`${text.dataset.snap}?start=${chosen.start}&end=${chosen.end}&mode=${by}`, { credentials: "same-origin" });
    if (!answer.ok || mine !== asked) return;
    const found = await answer.json();
    if (mine !== asked || found.end <= found.start) return; // a key may have moved on while the answer came in
    chosen = { start: found.start, end: found.end };
    if (by !== "character") select();
    tell(found);
  };
  const setMode = (name) => {
    mode = name;
    for (const button of bar.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === name));
    if (chosen) snap(name);
  };
  let resized = null; // the form of the mark whose bounds are being moved
  const drop = () => { chosen = null; resized = null; bar.hidden = true; bar.classList.remove("resizing"); };
  const keep = () => {
    resized.elements.start.value = chosen.start;
    resized.elements.end.value = chosen.end;
    resized.submit();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keep]") && resized) { keep(); return; }
    const form = event.target.closest("[data-resize]")?.form;
    if (!form) return;
    resized = form;
    chosen = { start: Number(form.dataset.start), end: Number(form.dataset.end) };
    bar.hidden = false;
    bar.classList.add("resizing");
    event.target.closest("[data-resize]").blur();
    select();
    snap("character");
  });
  const take = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const start = place(range.startContainer, range.startOffset, false);
    const end = place(range.endContainer, range.endOffset, true);
    if (start === null || end === null || end <= start) return;
    chosen = { start, end };
    bar.hidden = false;
    snap(mode);
  };
  text.addEventListener("pointerup", () => setTimeout(take, 0));
  text.addEventListener("click", (event) => { if (chosen && !getSelection().isCollapsed) event.preventDefault(); });

  const open = async (kind) => {
    await pending; // what is marked is what the toolbar shows
    if (!chosen) return;
    const answer = await fetch(`${text.dataset.annotate}?kind=${kind}&start=${chosen.start}&end=${chosen.end}&version=${text.dataset.version}`, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    dialog.replaceChildren(document.adoptNode(page.querySelector(".annotate-form")));
    dialog.showModal();
    dialog.querySelector("select:not([type=hidden]), input:not([type=hidden]), textarea")?.focus();
  };
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.kind) open(button.dataset.kind);
    if (button?.dataset.mode) setMode(button.dataset.mode);
  });
  dialog.addEventListener("click", (event) => { if (event.target.closest("[data-close-annotate]")) { event.preventDefault(); dialog.close(); } });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-place]") || event.submitter?.value !== "place") return;
    if (!chosen) { event.preventDefault(); return; }
    event.target.elements.start.value = chosen.start;
    event.target.elements.end.value = chosen.end;
  });

  const caret = (by) => { // without a mouse: begin at the mark that was made last, else at the first piece in view
    const inView = (one) => { const box = one.getBoundingClientRect(); return box.bottom > 80 && box.top < innerHeight; };
    const all = pieces().filter((one) => one.textContent.trim());
    const made = text.querySelector(":target");
    const first = (made && all.find((one) => made.contains(one) || one.contains(made))) || all.find(inView) || all[0];
    if (!first) return;
    chosen = { start: Number(first.dataset.s), end: Number(first.dataset.s) + 1 };
    bar.hidden = false;
    select();
    snap(by);
  };
  const last = () => { const end = pieces().pop(); return end ? Number(end.dataset.s) + before(end, end, end.childNodes.length) : 0; };
  document.addEventListener("keydown", (event) => {
    if (dialog.open) {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); dialog.querySelector("form").requestSubmit(); }
      return;
    }
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey) return;
    const kinds = { f: "figure", s: "signal", o: "company", l: "slogan", n: "comment" };
    const modes = { Digit1: "character", Digit2: "word", Digit3: "figure", Digit4: "sentence" };
    const stop = () => { event.preventDefault(); event.stopPropagation(); };
    if (event.key === "m" && !chosen) { stop(); caret("word"); return; }
    if (!chosen) return;
    if (resized && event.key === "Enter") { stop(); keep(); }
    else if (event.key === "Escape") { stop(); getSelection().removeAllRanges(); drop(); }
    else if (event.shiftKey && modes[event.code]) { stop(); setMode(modes[event.code]); }
    else if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      stop();
      const by = event.key === "ArrowRight" ? 1 : -1;
      if (event.altKey) chosen.start = Math.max(0, Math.min(chosen.start + by, chosen.end - 1));
      else chosen.end = Math.min(last(), Math.max(chosen.end + by, chosen.start + 1));
      select();
      snap("character");
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") { // the selection walks
      stop();
      const by = event.key === "ArrowRight" ? chosen.end : Math.max(0, chosen.start - 2);
      chosen = { start: by, end: by + 1 };
      snap(mode === "character" ? "word" : mode).then(select);
    } else if (kinds[event.key] && !event.shiftKey && !event.altKey) { stop(); open(kinds[event.key]); }
  }, true);
})();
