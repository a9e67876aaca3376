// Who shares with whom, and two documents with all their matches.

const ORDERS = { blocks: "what they share", date: "date", name: "name" };

views.matrix = ({ parameters }) => {
  const { documents, matrix } = data;
  const by = ORDERS[parameters.get("order")] ? parameters.get("order") : "blocks";
  const chosen = by === "blocks" ? matrix.blocks : matrix.documents.slice();
  if (by === "date") chosen.sort((x, y) => compared(documents.date[x], documents.date[y]) || x - y);
  const pairs = matrix.a.map((a, row) => ({
    a,
    b: matrix.b[row],
    matches: matrix.matches[row],
    words: [matrix.wordsA[row], matrix.wordsB[row]],
  }));
  const weight = (pair) => Math.max(...pair.words);
  const place = new Map(chosen.map((doc, at) => [doc, at]));
  const size = Math.min(600 / Math.max(chosen.length, 1), 44);
  const side = size * chosen.length;
  const label = 230;
  const drawing = s("svg", {
    class: size < 14 ? "heat many" : "heat",
    viewBox: `0 0 ${label + 600} ${side + 24}`,
    role: "group",
    "aria-label": "Words in common between each two documents; the table below has the figures",
  });
  // A third of the pairs in each depth: a few pairs that share very much would leave all others pale.
  const weights = pairs
    .filter((pair) => pair.a !== pair.b)
    .map(weight)
    .sort((x, y) => x - y);
  const third = [1, 2].map((part) => weights[Math.floor((weights.length * part) / 3)] ?? 0);
  drawing.append(s("rect", { class: "none", x: label, y: 0, width: side, height: side }));
  chosen.forEach((doc, at) => {
    if (size >= 9)
      drawing.append(
        s(
          "text",
          { class: "end", x: label - 6, y: at * size + size / 2 + 4 },
          `${clipped(documents.title[doc] || documents.id[doc], 32)}  ${at + 1}`,
        ),
      );
    drawing.append(
      s("text", { x: label + at * size + size / 2, y: side + 15 }, chosen.length <= 30 || at % 5 === 4 ? at + 1 : ""),
    );
  });
  for (const pair of pairs) {
    if (!place.has(pair.a) || !place.has(pair.b)) continue;
    const words = weight(pair);
    const depth = words > third[1] ? 3 : words > third[0] ? 2 : 1;
    for (const [row, column] of pair.a === pair.b
      ? [[pair.a, pair.a]]
      : [
          [pair.a, pair.b],
          [pair.b, pair.a],
        ]) {
      drawing.append(
        s(
          "a",
          { href: address("pair", `${documents.id[pair.a]}\n${documents.id[pair.b]}`), tabindex: -1 },
          s(
            "rect",
            {
              class: `cell fill${depth}`,
              x: label + place.get(column) * size,
              y: place.get(row) * size,
              width: size,
              height: size,
            },
            s(
              "title",
              {},
              `${titleOf(row)} – ${titleOf(column)}: ${count(words, "word")}, ${count(pair.matches, "match", "matches")}`,
            ),
          ),
        ),
      );
    }
  }
  return {
    title: "Matrix",
    body: [
      h("h1", { tabindex: -1 }, "Who shares with whom"),
      h(
        "p",
        { class: "hint" },
        `How many words of a document lie in passages that it shares with another: `,
        h("span", { class: "depth1" }, `up to ${number.format(third[0])}`),
        ", ",
        h("span", { class: "depth2" }, `up to ${number.format(third[1])}`),
        ", ",
        h("span", { class: "depth3" }, "more"),
        "; on the diagonal, what it repeats of itself. ",
        matrix.sharing > chosen.length
          ? `These are the ${chosen.length} documents that share most, of ${number.format(matrix.sharing)}. `
          : "",
        "A cell leads to the two documents.",
      ),
      h(
        "form",
        { class: "bar-of-results", onsubmit: (event) => event.preventDefault() },
        h(
          "label",
          {},
          "Order by ",
          h(
            "select",
            { onchange: (event) => (location.hash = address("matrix", null, { order: event.target.value })) },
            Object.entries(ORDERS).map(([name, text]) => h("option", { value: name, selected: name === by }, text)),
          ),
        ),
      ),
      chosen.length > 0 &&
        h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Heat map" }, drawing),
      h("h2", {}, "Pairs of documents"),
      pairs.length > 200 && h("p", { class: "hint" }, `The first 200 of ${number.format(pairs.length)} pairs.`),
      table(
        "Pairs of documents",
        [
          head("Document"),
          head("Document"),
          head("Matches", { class: "figure" }),
          head("Words of the first", { class: "figure" }),
          head("of the second", { class: "figure" }),
        ],
        pairs
          .sort((x, y) => weight(y) - weight(x) || x.a - y.a || x.b - y.b)
          .slice(0, 200)
          .map((pair) =>
            h(
              "tr",
              {},
              h("td", {}, linkToDocument(pair.a)),
              h("td", {}, pair.a === pair.b ? "itself" : linkToDocument(pair.b)),
              figure(
                h(
                  "a",
                  { href: address("pair", `${documents.id[pair.a]}\n${documents.id[pair.b]}`) },
                  number.format(pair.matches),
                ),
              ),
              figure(number.format(pair.words[0])),
              figure(number.format(pair.words[1])),
            ),
          ),
      ),
    ],
  };
};

// All matches of two documents, in the order of the first.
views.pair = ({ id }) => {
  const [a, b] = id.split("\n").map((name) => byId.documents.get(name));
  if (a === undefined || b === undefined) return missing("pair", id, "");
  const { matches, spans } = data;
  const rows = data.matches.id.flatMap((_, m) =>
    (matchFilter.docA[m] === a && matchFilter.docB[m] === b) || (matchFilter.docA[m] === b && matchFilter.docB[m] === a)
      ? [m]
      : [],
  );
  rows.sort((x, y) => spans.start[matches.a[x]] - spans.start[matches.a[y]]);
  const none = new URLSearchParams();
  return {
    title: `${titleOf(a)} – ${titleOf(b)}`,
    body: [
      h(
        "p",
        { class: "trail" },
        h("a", { href: "#matrix" }, "Matrix"),
        h("a", { href: address("matches", null, { doc: data.documents.id[a] }) }, "All matches of the first"),
        a !== b &&
          h("a", { href: address("matches", null, { doc: data.documents.id[b] }) }, "All matches of the second"),
      ),
      h(
        "h1",
        { tabindex: -1 },
        h("bdi", {}, titleOf(a)),
        a === b ? ", repeating itself" : [" and ", h("bdi", {}, titleOf(b))],
      ),
      h("p", {}, count(rows.length, "passage"), " in common, in the order of the first."),
      h(
        "ol",
        { class: "results" },
        rows.slice(0, 500).map((m) => resultOf(m, none, [])),
      ),
    ],
  };
};
