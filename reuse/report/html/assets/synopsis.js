// A synopsis: one document from beginning to end, and beside it what others have of it, a column and a colour each.

const MOST_COLUMNS = 5;
const UNMATCHED = 320; // characters of a stretch that nobody else has: its two ends are shown

// The others that share passages with a document, those with most words first.
const sharersOf = (doc) => {
  const words = new Map();
  data.matches.id.forEach((_, m) => {
    const [a, b] = [matchFilter.docA[m], matchFilter.docB[m]];
    if (a === b || (a !== doc && b !== doc)) return;
    const other = a === doc ? b : a;
    words.set(other, (words.get(other) ?? 0) + data.matches.matched[m]);
  });
  return [...words].sort((x, y) => y[1] - x[1] || x[0] - y[0]);
};

// Rows of the base: spans that overlap are one row, with the passages of each column in it.
const synopsisRows = (doc, columns) => {
  const { matches, spans } = data;
  const place = new Map(columns.map((other, at) => [other, at]));
  const passages = [];
  data.matches.id.forEach((_, m) => {
    for (const [own, other] of [
      [matches.a[m], matches.b[m]],
      [matches.b[m], matches.a[m]],
    ]) {
      const at = place.get(spans.doc[other]);
      if (spans.doc[own] === doc && at !== undefined && spans.doc[other] !== doc)
        passages.push({ start: spans.start[own], end: spans.end[own], own, other, at, m });
    }
  });
  passages.sort((x, y) => x.start - y.start || y.end - x.end || x.at - y.at);
  const rows = [];
  for (const one of passages) {
    const last = rows.at(-1);
    if (last && one.start < last.end) {
      last.end = Math.max(last.end, one.end);
      last.cells[one.at].push(one);
    } else {
      const cells = columns.map(() => []);
      cells[one.at].push(one);
      rows.push({ start: one.start, end: one.end, cells });
    }
  }
  return rows;
};

views.synopsis = async ({ id, parameters }) => {
  const doc = byId.documents.get(id);
  if (doc === undefined) return missing("document", id, "");
  const { documents, spans, matches } = data;
  const sharers = sharersOf(doc);
  const asked = parameters.getAll("with").map((name) => byId.documents.get(name));
  const columns = (asked.length ? asked : sharers.slice(0, 2).map(([other]) => other))
    .filter((other) => other !== undefined && other !== doc)
    .slice(0, MOST_COLUMNS);
  const { text, at } = await reading(doc);
  const rows = synopsisRows(doc, columns);
  const quoteOf = (one) => {
    const stretches = differences(shown(quotes[one.own]), shown(quotes[one.other]));
    return h(
      "p",
      tongue(spans.doc[one.other]),
      h(
        "a",
        { href: address("match", matches.id[one.m]), class: "passage" },
        stretches === null ? shown(quotes[one.other]) : marked(stretches, "b"),
      ),
    );
  };
  const body = [];
  const between = (from, to) => {
    const rest = shown(text.slice(at(from), at(to))).replace(/\s+/g, " ").trim();
    if (!rest) return;
    const half = UNMATCHED / 2;
    const said =
      rest.length <= UNMATCHED + 80
        ? rest
        : `${rest.slice(0, half).replace(/\s\S*$/, "")} … ${number.format(rest.length - UNMATCHED)} characters … ${rest.slice(-half).replace(/^\S*\s/, "")}`;
    body.push(h("tr", {}, h("td", { class: "around", ...tongue(doc) }, said), columns.map(() => h("td"))));
  };
  let reached = 0;
  for (const row of rows) {
    between(reached, row.start);
    body.push(
      h(
        "tr",
        { class: "of-match" },
        h("td", tongue(doc), shown(text.slice(at(row.start), at(row.end))).replace(/\s+/g, " ")),
        row.cells.map((cell, column) => h("td", { class: `column${column + 1}` }, cell.map(quoteOf))),
      ),
    );
    reached = row.end;
  }
  between(reached, documents.characters[doc]);
  const heading = (other) => [
    h("a", { href: address("document", documents.id[other]) }, h("bdi", tongue(other), titleOf(other))),
    h("span", { class: "where" }, ` ${dateOf(other)}`),
  ];
  const table = h(
    "table",
    { class: "synopsis" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, heading(doc)),
        columns.map((other, column) => h("th", { scope: "col", class: `column${column + 1}` }, heading(other))),
      ),
    ),
    h("tbody", {}, body),
  );
  const choice = (other, words) =>
    h(
      "label",
      {},
      h("input", { type: "checkbox", value: documents.id[other], checked: columns.includes(other) }),
      " ",
      h("bdi", {}, `${documents.date[other] ?? ""} ${titleOf(other)}`.trim()),
      h("span", { class: "where" }, ` ${count(words, "word")}`),
    );
  const form = h(
    "form",
    {
      class: "choices",
      onsubmit: (event) => event.preventDefault(),
      onchange: () => {
        const chosen = [...form.querySelectorAll("input:checked")].map((box) => ["with", box.value]);
        location.hash = address("synopsis", id, chosen.slice(-MOST_COLUMNS));
      },
    },
    h(
      "details",
      { open: !columns.length },
      h("summary", {}, `Beside it: ${columns.length} of ${count(sharers.length, "document")}, at most ${MOST_COLUMNS}`),
      h("fieldset", {}, h("legend", { class: "visually-hidden" }, "Documents"), sharers.slice(0, 60).map(([other, words]) => choice(other, words))),
    ),
  );
  const save = h(
    "button",
    {
      type: "button",
      class: "button take",
      onclick: () => handOver(fileName("synopsis", "html"), "text/html;charset=utf-8", aloneOf(table, titleOf(doc))),
    },
    "Save as a page of its own",
  );
  return {
    title: `Synopsis of ${titleOf(doc)}`,
    body: [
      h("p", { class: "trail" }, h("a", { href: address("document", id) }, "The document"), h("a", { href: "#matrix" }, "Matrix")),
      h("h1", { tabindex: -1 }, "Synopsis of ", h("bdi", tongue(doc), titleOf(doc))),
      h(
        "p",
        { class: "hint" },
        "The text on the left runs from beginning to end; beside it stands what the others have of it, ",
        h("mark", {}, "marked"),
        " where their words differ.",
      ),
      form,
      h("p", { class: "actions" }, save),
      h("div", { class: "scroll synoptic", tabindex: 0, role: "region", "aria-label": "Synopsis" }, table),
    ],
  };
};

// A table with the style of this page and no script.
const aloneOf = (table, name) => {
  const copy = table.cloneNode(true);
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  const page = document.implementation.createHTMLDocument(`Synopsis of ${name}`);
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const style = page.createElement("style");
  style.textContent = document.querySelector("style").textContent;
  page.head.append(charset, style);
  page.body.append(h("h1", {}, `Synopsis of ${name}`), copy);
  page.documentElement.lang = "en";
  return `<!DOCTYPE html>\n${page.documentElement.outerHTML}\n`;
};
