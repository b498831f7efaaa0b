/* Draws the figures that the server put into the page, in the page's own colours; every point opens its evidence.
   A figure is Plotly's {data, layout}. Beside Plotly's own fields a trace may carry
     customdata: keys of the figures behind its points, text: what a point says, meta: {series: 1…6, muted: true}.
   A shape or annotation may carry name "flag", "break" or "reference"; colours are ours, never the server's. */
(() => {
  "use strict";
  const here = document.currentScript.dataset;
  const drawn = new Map();
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);

  /* a custom property holds light-dark(); only a computed colour says which of the two */
  const colour = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
  const alpha = (rgb, share) => rgb.replace(/^rgb\(([^)]+)\)$/, `rgba($1, ${share})`);
  const palette = () => Object.fromEntries(
    ["paper", "raised", "ink", "muted", "hairline", "edge", "accent", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"].map((name) => [name, colour(name)]));

  let arriving;
  const plotly = () => (arriving ??= window.Plotly ? Promise.resolve() : new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = here.plotly;
    script.onload = done;
    script.onerror = () => { arriving = undefined; failed(new Error("plotly")); };
    document.head.append(script);
  }));

  /* plotly.js would set bold and the like by style attributes, which the content policy forbids; line breaks may stay */
  const plain = (text) => (typeof text === "string" ? text.replace(/<(?!br\s*\/?>)[^>]*>/g, "") : text);

  const dressTrace = (trace, index, ink) => {
    const meta = trace.meta || {};
    const own = meta.muted ? ink.edge : ink[`series-${((meta.series ?? index + 1) - 1) % 6 + 1}`];
    if (Array.isArray(trace.text)) trace = { ...trace, text: trace.text.map(plain) };
    const copy = { hoverinfo: trace.text ? "text" : "x+y", cliponaxis: false, ...trace };
    copy.marker = { size: 9, ...trace.marker, color: own, line: { width: 1.5, color: own, ...trace.marker?.line } };
    if (trace.type === "bar") copy.marker = { ...trace.marker, color: alpha(own, 0.85) };
    if (trace.type === "heatmap") return copy;
    copy.line = { width: 2, ...trace.line, color: own };
    if (trace.fill) copy.fillcolor = alpha(own, 0.14);
    for (const side of ["error_x", "error_y"]) if (trace[side]) copy[side] = { thickness: 1.5, width: 5, ...trace[side], color: own };
    if (trace.textfont || (trace.mode || "").includes("text")) copy.textfont = { ...trace.textfont, color: ink.ink };
    copy.selected = { marker: { opacity: 1 } };
    return copy;
  };

  const chinese = document.documentElement.lang.startsWith("zh"); // plotly.js has English month names only
  const dates = (data) => data.flatMap((trace) => trace.x || []).filter(Boolean).map((x) => Date.parse(x)).filter((x) => !Number.isNaN(x));
  const heights = (data) => data.flatMap((trace) => trace.y || []).filter((y) => typeof y === "number");

  const steady = (data, layout) => {
    const values = heights(data);
    if (chinese && layout.xaxis.type === "date") layout.xaxis = { tickformat: "%Y-%m", ...layout.xaxis };
    if (values.length && new Set(values).size === 1 && !layout.yaxis.range) layout.yaxis = { ...layout.yaxis, rangemode: "tozero" };
    if (values.some((y) => y < 0)) layout.yaxis = { ...layout.yaxis, zeroline: true, zerolinecolor: layout.xaxis.tickcolor, zerolinewidth: 1 };
  };

  /* what stands in the plot beside points: numbered flags; gaps that have room for a name; what should have come by now, at the right */
  const note = (given, ink) => {
    const flag = given.name === "flag";
    const late = given.name === "missing" ? { xanchor: "left", xshift: 10 } : {};
    return { showarrow: false, ...late, ...given, font: { size: 12, color: flag ? ink.paper : ink[`series-${given.series}`] || ink.muted }, ...(flag ? { bgcolor: ink.ink, borderpad: 2 } : {}) };
  };

  const axis = (given, ink, horizontal) => ({
    automargin: true, zeroline: false, showline: horizontal, linecolor: ink.ink, ticks: horizontal ? "outside" : "", ticklen: 4, tickcolor: ink.edge, fixedrange: true,
    showgrid: !horizontal, gridcolor: ink.hairline, tickfont: { color: ink.muted, size: 12 }, ...(horizontal ? {} : { exponentformat: "none", separatethousands: true }), ...given,
    title: undefined, // the line under the chart's title says the unit
  });

  const lastPoint = (trace) => {
    for (let at = (trace.x?.length || 0) - 1; at >= 0; at--) if (trace.y[at] != null) return [trace.x[at], trace.y[at]];
    return null;
  };

  /* may every series be named where it ends? only if the ends lie to the right and apart from each other */
  const apart = (named) => {
    const ends = named.map(lastPoint);
    const when = dates(named), values = heights(named);
    if (ends.some((end) => !end || Number.isNaN(Date.parse(end[0])))) return false;
    const left = Math.min(...when) + 0.6 * (Math.max(...when) - Math.min(...when));
    const least = 0.07 * (Math.max(...values) - Math.min(0, ...values));
    return ends.every(([x, y], at) => Date.parse(x) >= left && ends.every(([, other], to) => at === to || Math.abs(y - other) > least));
  };

  /* up to four series are named where they end; more, or a narrow page, get a list under the plot (in a picture: a legend),
     which takes nothing of the plot's height. Returns the traces of that list. */
  const nameSeries = (traces, layout, ink, width, picture) => {
    const named = traces.filter((trace) => trace.name && trace.showlegend !== false && trace.meta?.label !== false);
    layout.showlegend = false;
    if (named.length < 2 || layout.yaxis.type === "category") return [];
    if (named.length > 4 || width < 560 || !apart(named)) {
      if (!picture) return named;
      layout.showlegend = true;
      layout.legend = { orientation: "h", x: 0, y: -0.14, yanchor: "top", font: { color: ink.ink, size: 12 } };
      return [];
    }
    layout.margin.r = Math.min(180, 16 + 7 * Math.max(...named.map((trace) => trace.name.length)));
    for (const trace of named) {
      const point = lastPoint(trace);
      if (point) layout.annotations.push({ x: point[0], y: point[1], text: trace.name, showarrow: false, xanchor: "left", xshift: 10, font: { color: trace.line?.color || trace.marker.color, size: 12 } });
    }
    return [];
  };

  const legend = (plot, traces, all) => {
    plot.parentElement.querySelector(".chart-legend")?.remove();
    if (!traces.length) return;
    const list = document.createElement("ul");
    list.className = "chart-legend";
    for (const trace of traces) {
      const item = document.createElement("li");
      item.className = `series-${((trace.meta?.series ?? all.indexOf(trace) + 1) - 1) % 6 + 1}`;
      item.textContent = trace.name;
      list.append(item);
    }
    plot.after(list);
  };

  const dress = (figure, width, picture = false) => {
    const ink = palette();
    const given = figure.layout || {};
    const styles = getComputedStyle(document.body);
    const layout = {
      ...given,
      autosize: true, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", hovermode: given.hovermode || "closest", dragmode: false, bargap: 0.35,
      margin: { l: 8, r: 16, t: 16, b: 8, ...given.margin, autoexpand: true },
      font: { family: styles.fontFamily, size: 12, color: ink.ink },
      hoverlabel: { bgcolor: ink.raised, bordercolor: ink.edge, align: "left", font: { color: ink.ink, size: 13, family: styles.fontFamily } },
      annotations: (given.annotations || []).filter(({ name }) => width >= 560 || name === "flag").map((each) => note(each, ink)),
      shapes: (given.shapes || []).map((shape) => ({ ...shape, layer: "below", line: { width: 1, ...shape.line, color: shape.name === "break" ? ink.ink : ink.edge } })),
      transition: { duration: 0 }, height: undefined, // the style sheet says how high, before and after drawing
    };
    for (const name of Object.keys(given).filter((key) => /^[xy]axis\d*$/.test(key)).concat("xaxis", "yaxis")) layout[name] = axis(given[name], ink, name.startsWith("x"));
    const data = figure.data.map((trace, index) => dressTrace(trace, index, ink));
    steady(data, layout);
    for (const { name, text } of layout.annotations) if (name === "missing") layout.margin.r = 20 + 7 * text.length;
    const listed = nameSeries(data, layout, ink, width, picture);
    return { data, layout, listed };
  };

  const config = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false, scrollZoom: false };
  const figureOf = (plot) => JSON.parse(document.getElementById(plot.dataset.chart).textContent);
  const draw = async (plot) => {
    if (drawn.get(plot) === "waiting") return;
    const first = !drawn.has(plot);
    if (first) drawn.set(plot, "waiting");
    try {
      await plotly();
      const begun = performance.now();
      const figure = figureOf(plot);
      const { data, layout, listed } = dress(figure, plot.clientWidth);
      await window.Plotly.react(plot, data, layout, config);
      legend(plot, listed, data);
      if (first) { listen(plot); widths.observe(plot); }
      drawn.set(plot, { figure, at: -1 });
      plot.dataset.drawn = Math.round(performance.now() - begun); // milliseconds, for the benchmark
    } catch (problem) {
      drawn.delete(plot);
      const note = document.createElement("p");
      note.className = "notice error";
      note.textContent = plot.dataset.failed || "";
      plot.replaceChildren(note);
      console.error(problem);
    }
  };

  /* ---- every point opens its proof, by pointer and by keys ---- */
  const evidence = (plot, key, link) => {
    const url = link || (key && plot.dataset.evidence.replace("KEY", encodeURIComponent(key)));
    if (url) window.reex?.showEvidence(new URL(url, location.href).href);
  };
  const keyOf = (trace, point) => { const key = trace.customdata?.[point]; return Array.isArray(key) ? key[0] : key; };
  const points = (plot) => plot._fullData.flatMap((trace, curve) => (trace.visible === true && trace.customdata ? trace.x.map((x, point) => ({ x, y: trace.y[point], curve, point })) : []))
    .filter((each) => each.y != null && keyOf(plot._fullData[each.curve], each.point)).sort((one, two) => (one.x < two.x ? -1 : one.x > two.x ? 1 : one.curve - two.curve));
  const say = (plot, each) => {
    const trace = plot._fullData[each.curve];
    const text = Array.isArray(trace.text) ? trace.text[each.point] : `${each.x}: ${each.y}`;
    window.reex?.announce([trace.name, text.replace(/<[^>]+>/g, ", ")].filter(Boolean).join(": "));
    window.Plotly.Fx.hover(plot, [{ curveNumber: each.curve, pointNumber: each.point }]);
  };
  const listen = (plot) => {
    plot.on("plotly_click", ({ points: [hit] }) => evidence(plot, keyOf(hit.data, hit.pointNumber)));
    plot.addEventListener("keydown", (event) => {
      const state = drawn.get(plot);
      const list = points(plot);
      const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!list.length || event.ctrlKey || event.metaKey || event.altKey) return;
      if (move || event.key === "Home" || event.key === "End") {
        event.preventDefault();
        state.at = event.key === "Home" ? 0 : event.key === "End" ? list.length - 1 : state.at < 0 ? (move > 0 ? 0 : list.length - 1) : Math.min(Math.max(state.at + move, 0), list.length - 1);
        say(plot, list[state.at]);
      } else if (event.key === "Enter" && state.at >= 0) {
        event.preventDefault();
        evidence(plot, keyOf(plot._fullData[list[state.at].curve], list[state.at].point));
      } else if (event.key === "Escape") {
        window.Plotly.Fx.unhover(plot);
        state.at = -1;
      }
    });
    plot.addEventListener("blur", () => window.Plotly.Fx.unhover(plot));
  };

  /* ---- pictures to take away: title, unit, source line and the unconfirmed points stay with them ---- */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-chart-image]");
    if (!button) return;
    const plot = document.querySelector(`#${CSS.escape(button.dataset.for)} [data-chart]`);
    if (!plot || !drawn.get(plot)?.figure) return;
    event.preventDefault();
    const frame = plot.closest("figure");
    const read = (selector) => frame.querySelector(selector)?.textContent.trim() || "";
    const { data, layout } = dress(drawn.get(plot).figure, 1200, true);
    const ink = palette();
    layout.paper_bgcolor = ink.paper;
    layout.title = { text: `${read("figcaption h2")}<br>${read("figcaption p:not(.vh)")}`, x: 0.02, xanchor: "left", font: { size: 16, color: ink.ink } };
    layout.margin = { ...layout.margin, l: 24, t: 80, b: 64 };
    layout.annotations = [...layout.annotations, { text: read(".source-line"), xref: "paper", yref: "paper", x: 0, y: -0.14, xanchor: "left", yanchor: "top", showarrow: false, font: { size: 11, color: ink.muted } }];
    const format = button.dataset.chartImage;
    const link = document.createElement("a");
    link.href = await window.Plotly.toImage({ data, layout, config }, { format, width: 1200, height: 675, scale: format === "png" ? 2 : 1 });
    link.download = `${button.dataset.name || frame.id}.${format}`;
    link.click();
  });

  /* ---- when to draw: near the window, on a new theme, on a new width, after a swap ---- */
  const near = new IntersectionObserver((seen) => { for (const each of seen) if (each.isIntersecting) { near.unobserve(each.target); draw(each.target); } }, { rootMargin: "400px" });
  const sizes = new WeakMap();
  const widths = new ResizeObserver((changes) => {
    for (const { target, contentRect } of changes) {
      const known = sizes.get(target);
      sizes.set(target, contentRect.width);
      if (known !== undefined && Math.abs(known - contentRect.width) > 1 && contentRect.width) requestAnimationFrame(() => draw(target));
    }
  });
  const look = (from = document) => { for (const plot of from.querySelectorAll?.("[data-chart]") || []) if (!drawn.has(plot)) near.observe(plot); };
  document.addEventListener("reex:theme", () => { for (const plot of drawn.keys()) if (plot.isConnected) draw(plot); });
  document.addEventListener("reex:swap", () => {
    for (const plot of drawn.keys()) if (!plot.isConnected) { window.Plotly?.purge(plot); drawn.delete(plot); widths.unobserve(plot); }
    look();
  });
  addEventListener("beforeprint", () => document.querySelectorAll("[data-chart]").forEach(draw));
  look();
})();
