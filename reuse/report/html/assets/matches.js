// The list of matches with its filter.

const PAGE = 50;

const scoresOf = (m) => {
  const { matches, clusters } = data;
  const passages = clusters.passages[matches.cluster[m]];
  const facts = [
    areCopies(data.spans.doc[matches.a[m]], data.spans.doc[matches.b[m]])
      ? `whole text, ${count(Math.max(matches.tokensA[m], matches.tokensB[m]), "word")}`
      : count(Math.max(matches.tokensA[m], matches.tokensB[m]), "word"),
    `${percent(matches.similarity[m])} alike`,
    strengthOf(m),
  ];
  if (passages > 2) facts.push(`in ${number.format(passages)} places`);
  if (matches.relation[m] < 2) facts.push(data.run.relations[matches.relation[m]].split(":")[0]);
  if (matches.furniture[m]) facts.push(`furniture of pages (${data.run.furniture[matches.furniture[m]][0]})`);
  if (looselyFound(m)) facts.push(data.run.found[matches.found[m]][0]);
  if (areCopies(data.spans.doc[matches.a[m]], data.spans.doc[matches.b[m]])) facts.push("copies of one text");
  return facts.flatMap((fact, at) => (at ? [" · ", fact] : [fact]));
};
// The bar of a match's strength; bits and E are told where the pointer rests on it, and on the match's page.
const strengthOf = (m) => {
  const { bits, evalue } = data.matches;
  const full = 1 + data.run.strength.filter((step) => bits[m] >= step).length;
  const most = data.run.strength.length + 1;
  const told = `strength ${full} of ${most}: ${number.format(bits[m])} bits, E ${evalue[m] === null ? "beyond all numbers" : Number(evalue[m].toPrecision(2))}`;
  return h("span", { class: "strength", role: "img", "aria-label": told, title: told }, "▮".repeat(full) + "▯".repeat(most - full));
};
// Whether it was found otherwise than by its words in order.
const looselyFound = (m) => data.run.found[data.matches.found[m]][2] === 1;
const marksOf = (m) =>
  [data.matches.mark[m] && MARKS[data.matches.mark[m]], data.matches.bookmark[m] && "bookmark"]
    .filter(Boolean)
    .join(", ");

// Text with the words that were looked for in bold.
const withHits = (text, words) => {
  if (!words.length) return text;
  const pattern = new RegExp(
    words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s+")).join("|"),
    "giu",
  );
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(last, found.index), h("mark", { class: "hit" }, found[0]));
    last = found.index + found[0].length;
  }
  return [...parts, text.slice(last)];
};

// The beginning of a passage, or the part of it where the words are.
const excerpt = (text, words) => {
  const line = text.length > 2000 && !words.length ? oneLine(text.slice(0, 2000)) : oneLine(text);
  const at = words.length ? line.toLowerCase().indexOf(words[0]) : 0;
  const start = at > 120 ? line.lastIndexOf(" ", at - 60) + 1 : 0;
  return clipped((start ? "…" : "") + line.slice(start, start + 1000), 240);
};

const resultOf = (m, parameters, words) => {
  const { matches, spans } = data;
  const [a, b] = [spans.doc[matches.a[m]], spans.doc[matches.b[m]]];
  const inA = !words.length || words.every((word) => quotes[matches.a[m]].toLowerCase().includes(word));
  const text = quotes[inA ? matches.a[m] : matches.b[m]];
  return h(
    "li",
    {},
    h(
      "a",
      { class: "quote", href: address("match", matches.id[m], parameters), ...tongue(inA ? a : b) },
      withHits(excerpt(text, words), words),
    ),
    h("p", {}, scoresOf(m), marksOf(m) && h("span", { class: "mark" }, ` · ${marksOf(m)}`)),
    h(
      "p",
      { class: "places" },
      placeOf(a),
      a === b ? [h("span"), h("span", {}, "twice in this document")] : placeOf(b),
    ),
  );
};
const placeOf = (doc) => [
  h("span", { class: "date" }, dateOf(doc)),
  h("bdi", {}, titleOf(doc, 90)),
];

const facetOf = (facet, counts, parameters) => {
  const chosen = new Set(matchFilter.chosen(facet, parameters));
  const entries = facet.choices
    .map((choice, at) => ({
      choice,
      name: facet.names[at],
      date: facet.name === "doc" ? data.documents.date[at] : null,
      count: counts[at],
      chosen: chosen.has(choice),
    }))
    .filter((entry) => entry.count || entry.chosen);
  const listed =
    facet.name === "doc" || facet.name === "source" || entries.length > MOST_CHOICES
      ? entries.toSorted((x, y) => y.chosen - x.chosen || y.count - x.count)
      : entries;
  const most = Math.max(facet.name === "year" ? MOST_PERIODS : MOST_CHOICES, chosen.size);
  if (facet.name === "year") listed.sort((x, y) => compared(x.choice, y.choice));
  return h(
    "fieldset",
    { class: "facet" },
    h("legend", {}, facet.label),
    listed
      .slice(0, most)
      .map((entry) =>
        h(
          "label",
          { class: entry.count ? null : "empty" },
          h("input", { type: "checkbox", name: facet.name, value: entry.choice, checked: entry.chosen }),
          h("span", { class: "name" }, entry.date && `${entry.date} `, h("bdi", {}, clipped(entry.name, 60))),
          h("span", { class: "count" }, number.format(entry.count)),
        ),
      ),
    listed.length > most && h("p", { class: "hint" }, `and ${number.format(listed.length - most)} more`),
  );
};

const sliderOf = (name, parameters) => {
  const { label, unit } = RANGES[name];
  const column = matchFilter.columns[name];
  let low = Infinity;
  let high = -Infinity;
  for (const value of column) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low < high)) return null;
  // Bits and words spread over powers of ten: steps of the slider are even on a logarithmic scale.
  const even = name === "similarity";
  const to = (value) => (even ? value : Math.round(Math.log2(Math.max(value, 1)) * 20));
  const from = (step) => (even ? step : Math.min(high, Math.round(2 ** (step / 20))));
  const now = Math.max(interval(parameters.get(name))[0], low);
  const output = h("output", {}, `≥ ${now}${unit}`);
  const input = h("input", {
    type: "range",
    name,
    min: to(low),
    max: to(high),
    step: 1,
    value: to(now),
    "aria-valuetext": `at least ${now} ${unit}`,
    oninput: () => {
      const value = input.value === input.min ? low : from(Number(input.value));
      output.textContent = `≥ ${value}${unit}`;
      input.setAttribute("aria-valuetext", `at least ${value} ${unit}`);
      input.dataset.range = input.value === input.min ? "" : `${value}..`;
    },
  });
  input.dataset.range = parameters.get(name) ?? "";
  return h("label", { class: "range" }, h("span", {}, label), input, output);
};

const formParameters = (form) => {
  const parameters = new URLSearchParams();
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "range") {
      if (field.dataset.range) parameters.set(field.name, field.dataset.range);
    } else if (field.type === "checkbox") {
      if (field.checked) parameters.append(field.name, field.value);
    } else if (field.value && !(field.name === "sort" && field.value === "bits"))
      parameters.set(field.name, field.value);
  }
  return parameters;
};

const views = {};

// The list is drawn once; typing and sliding redraw the results and the counts, and leave the fields alone.
views.matches = ({ parameters }) => {
  const results = h("ol", { class: "results" });
  const facets = h("div");
  const total = h("p", { class: "grow", "aria-live": "polite", id: "total" });
  const whole = h("p", { class: "hint", id: "whole" });
  const pages = h("nav", { class: "pages", "aria-label": "Pages" });
  const clear = h("a", { href: "#matches" }, "Clear the filter");

  let listed = [];
  const draw = (asked) => {
    const { rows, counts, folded, copies } = matchFilter.run(asked);
    listed = rows;
    entry = history.state?.entry ?? entry;
    const words = searched(asked.get("q") ?? "");
    const last = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(Math.max(1, Number(asked.get("page")) || 1), last);
    results.replaceChildren(...rows.slice((page - 1) * PAGE, page * PAGE).map((m) => resultOf(m, asked, words)));
    results.start = (page - 1) * PAGE + 1;
    total.textContent =
      rows.length === data.matches.id.length
        ? count(rows.length, "match", "matches")
        : `${number.format(rows.length)} of ${count(data.matches.id.length, "match", "matches")}`;
    const turned = new URLSearchParams(asked);
    turned.delete("page");
    if (folded) turned.set("copies", "shown");
    else turned.delete("copies");
    whole.replaceChildren(
      folded
        ? `${count(folded, "pair")} of copies of one text ${folded === 1 ? "is" : "are"} left out. `
        : `${count(copies, "pair")} of copies of one text at the end. `,
      h("a", { href: address("matches", null, turned) }, folded ? "Show" : "Fold"),
    );
    whole.hidden = !folded && !(copies && asked.get("copies"));
    facets.replaceChildren(...matchFilter.facets.map((facet) => facetOf(facet, counts.get(facet), asked)));
    clear.hidden = [...asked.keys()].every((name) => name === "page" || name === "sort" || name === "copies");
    const to = (target, label) => {
      const changed = new URLSearchParams(asked);
      changed.set("page", target);
      return h("a", { href: address("matches", null, changed), rel: target < page ? "prev" : "next" }, label);
    };
    pages.replaceChildren(
      ...[
        page > 1 && to(page - 1, "Earlier"),
        h("span", { class: "where" }, `page ${page} of ${last}`),
        page < last && to(page + 1, "Further"),
      ].filter(Boolean),
    );
    pages.hidden = last === 1;
  };

  let waiting = 0;
  let pause = 0;
  let settled = () => {};
  const settle = () => {
    clearTimeout(pause);
    settled();
    settled = () => {};
  };
  const changed = (event) => {
    const asked = formParameters(form);
    // What is typed or slid in one go is one step back; browsers refuse an address that changes with every frame.
    const typing = event.target.type === "search" || event.target.type === "range";
    const target = address("matches", null, asked);
    if (!typing) settle();
    settled = () => target !== location.hash && history.pushState(numberedEntry(), "", target);
    clearTimeout(pause);
    if (typing) pause = setTimeout(settle, 400);
    else settle();
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      const focused = document.activeElement;
      const again = focused?.type === "checkbox" && form.contains(focused) ? [focused.name, focused.value] : null;
      draw(asked);
      if (again) [...form.elements].find((field) => field.name === again[0] && field.value === again[1])?.focus();
    });
  };
  const search = h("input", {
    type: "search",
    name: "q",
    value: parameters.get("q") ?? "",
    placeholder: "Words in either passage",
    "aria-label": "Words in either passage; quotation marks for a phrase",
  });
  const sort = h(
    "select",
    { name: "sort" },
    Object.entries(SORTS).map(([name, label]) =>
      h("option", { value: name, selected: (parameters.get("sort") ?? "bits") === name }, label),
    ),
  );
  const form = h(
    "form",
    {
      class: "browse",
      onsubmit: (event) => event.preventDefault(),
      oninput: changed,
      onclick: (event) => event.target.closest("a") && settle(),
    },
    h(
      "div",
      { class: "facets", role: "group", "aria-label": "Filter" },
      h(
        "details",
        { open: !matchMedia("(max-width: 52rem)").matches },
        h("summary", {}, "Filter"),
        h(
          "fieldset",
          {},
          h("legend", {}, "At least"),
          Object.keys(RANGES).map((name) => sliderOf(name, parameters)),
        ),
        h(
          "fieldset",
          {},
          h("legend", {}, "Document’s name has"),
          h("input", {
            type: "search",
            name: "in",
            value: parameters.get("in") ?? "",
            "aria-label": "Part of a document’s name",
          }),
        ),
        facets,
      ),
    ),
    h(
      "div",
      {},
      search,
      h("input", { type: "hidden", name: "copies", value: parameters.get("copies") ?? "" }),
      h("div", { class: "bar-of-results" }, total, clear, h("label", {}, "Sort by ", sort), csvButton("matches", () => MATCH_HEADS, () => listed.map(matchCells))),
      results,
      pages,
      whole,
    ),
  );
  draw(parameters);
  const more = h("p", { class: "trail" }, h("a", { href: "#changes" }, "What changes in repeating"));
  return { title: "Matches", body: [h("h1", { tabindex: -1 }, "Matches"), more, form], search };
};
