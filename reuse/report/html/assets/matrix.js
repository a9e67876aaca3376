// Who shares with whom, and two documents with all their matches.

// Steps of the scale, in per cent of a document's words: twenty-two words of five thousand are not a deep colour.
const STEPS = [1, 5, 15, 35];
const stepOf = (share) => STEPS.filter((step) => share * 100 >= step).length;
const shareOf = (words, doc) => words / Math.max(data.documents.tokens[doc], 1);
// Whole per cents, but for what would be none.
const few = (share) => (share > 0 && share < 0.01 ? "<1%" : percent(share));

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
    share: [shareOf(matrix.wordsA[row], a), shareOf(matrix.wordsB[row], matrix.b[row])],
  }));
  const weight = (pair) => Math.max(...pair.words);
  const place = new Map(chosen.map((doc, at) => [doc, at]));
  const size = Math.min(600 / Math.max(chosen.length, 1), 44);
  const side = size * chosen.length;
  const name = (doc) => `${documents.date[doc] ?? ""} ${isolatedTitle(doc, 30)}`.trim();
  const letter = size < 14 ? 4.8 : 6.6; // how wide one is: class many has smaller ones
  const label = Math.min(300, 40 + letter * Math.max(0, ...chosen.map((doc) => name(doc).length)));
  const drawing = s("svg", {
    class: size < 14 ? "heat many" : "heat",
    viewBox: `0 0 ${label + 600} ${side + 24}`,
    role: "group",
    "aria-label": "Share of each document's words that another has too; the table below has the figures",
  });
  drawing.append(s("rect", { class: "none", x: label, y: 0, width: side, height: side }));
  chosen.forEach((doc, at) => {
    if (size >= 9)
      drawing.append(
        s(
          "text",
          { class: "end", x: label - 6, y: at * size + size / 2 + 4 },
          `${name(doc)}  ${at + 1}`,
        ),
      );
    drawing.append(
      s("text", { x: label + at * size + size / 2, y: side + 15 }, chosen.length <= 30 || at % 5 === 4 ? at + 1 : ""),
    );
  });
  for (const pair of pairs) {
    if (!place.has(pair.a) || !place.has(pair.b)) continue;
    for (const [row, column, side] of pair.a === pair.b
      ? [[pair.a, pair.a, 0]]
      : [
          [pair.a, pair.b, 0],
          [pair.b, pair.a, 1],
        ]) {
      const [x, y] = [label + place.get(column) * size, place.get(row) * size];
      const step = stepOf(pair.share[side]);
      drawing.append(
        s(
          "a",
          { href: address("pair", `${documents.id[pair.a]}\n${documents.id[pair.b]}`), tabindex: -1 },
          s(
            "rect",
            {
              class: `cell heat${step}`,
              x,
              y,
              width: size,
              height: size,
            },
            s(
              "title",
              {},
              `${isolatedTitle(row)}, ${dateOf(row)}: ${few(pair.share[side])} of its words (${number.format(pair.words[side])}) are in ${row === column ? "passages that it repeats" : `${isolatedTitle(column)}, ${dateOf(column)}`}; ${count(pair.matches, "match", "matches")}`,
            ),
          ),
          size >= 30
            ? s("text", { class: `share heat-text${step}`, x: x + size / 2, y: y + size / 2 + 4 }, few(pair.share[side]))
            : null,
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
        "How much of the document on the left lies in passages that it shares with the other: ",
        [0, ...STEPS].map((step, at) => [
          h("span", { class: `scale heat${at}` }),
          at === 0 ? `below ${STEPS[0]}%` : at === STEPS.length ? `${step}% or more` : `${step} to ${STEPS[at]}%`,
          " ",
        ]),
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
        csvButton(
          "matrix",
          () => ["a", "date_a", "b", "date_b", "matches", "words_a", "share_a", "words_b", "share_b"],
          () =>
            pairs.map((pair) => [
              ...[pair.a, pair.b].flatMap((doc) => [documents.id[doc], documents.date[doc]]),
              ...[pair.matches, pair.words[0], pair.share[0].toFixed(4), pair.words[1], pair.share[1].toFixed(4)].map(Number),
            ]),
        ),
        chosen.length > 0 && drawingButtons("matrix", () => drawing),
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
          head("of all", { class: "figure" }),
          head("of the second", { class: "figure" }),
          head("of all", { class: "figure" }),
        ],
        pairs
          .sort((x, y) => weight(y) - weight(x) || x.a - y.a || x.b - y.b)
          .slice(0, 200)
          .map((pair) =>
            h(
              "tr",
              {},
              h("td", {}, linkToDocument(pair.a), datedOf(pair.a)),
              h("td", {}, pair.a === pair.b ? "itself" : [linkToDocument(pair.b), datedOf(pair.b)]),
              figure(
                h(
                  "a",
                  { href: address("pair", `${documents.id[pair.a]}\n${documents.id[pair.b]}`) },
                  number.format(pair.matches),
                ),
              ),
              figure(number.format(pair.words[0])),
              figure(few(pair.share[0])),
              figure(number.format(pair.words[1])),
              figure(few(pair.share[1])),
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
    title: `${isolatedTitle(a)} – ${isolatedTitle(b)}`,
    body: [
      h(
        "p",
        { class: "trail" },
        h("a", { href: "#matrix" }, "Matrix"),
        h("a", { href: address("matches", null, { doc: data.documents.id[a] }) }, "All matches of the first"),
        a !== b &&
          h("a", { href: address("matches", null, { doc: data.documents.id[b] }) }, "All matches of the second"),
        a !== b && h("a", { href: address("synopsis", data.documents.id[a], [["with", data.documents.id[b]]]) }, "Synopsis"),
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
