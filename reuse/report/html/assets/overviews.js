// Views over the whole: a cluster's witnesses, who shares with whom, and when.

views.cluster = ({ id }) => {
  const c = byId.clusters.get(id);
  if (c === undefined) return missing("text", id, "The report may leave it out: it shows those of the most surprising matches.");
  const { clusters, spans, documents, run } = data;
  const date = (span) => documents.date[spans.doc[span]];
  const witnesses = clusters.witnesses[c].toSorted((x, y) => compared(date(x), date(y)) || spans.doc[x] - spans.doc[y] || spans.start[x] - spans.start[y]);
  const base = witnesses[0];
  const dated = clusters.first[c] ? (clusters.first[c] === clusters.last[c] ? `, all of ${clusters.first[c]}` : `, from ${clusters.first[c]} to ${clusters.last[c]}`) : "";
  return {
    title: `Text ${id}`,
    body: [
      h("p", { class: "trail" }, h("a", { href: address("matches", null, { q: `"${firstWords(quotes[base])}"` }) }, "Matches with its first words")),
      h("h1", { tabindex: -1 }, `One text in ${count(clusters.passages[c], "place")}`),
      h("p", { class: "in-words" }, `In ${count(clusters.documents[c], "document")}${dated}. The earliest comes first; in the others, words that differ from it are `, h("mark", {}, "marked"), "."),
      clusters.witnesses[c].length < clusters.passages[c] && h("p", { class: "hint" }, `The first ${number.format(run.witnesses)} are shown.`),
      witnesses.map((span, place) => {
        const stretches = place === 0 ? null : differences(shown(quotes[base]), shown(quotes[span]));
        return h(
          "article",
          { class: "pair" },
          sourceOf(span),
          h("blockquote", tongue(spans.doc[span]), stretches === null ? shown(quotes[span]) : marked(stretches, "b")),
        );
      }),
    ],
  };
};
const firstWords = (text) => oneLine(text.slice(0, 400)).split(" ").slice(0, 6).join(" ").replaceAll('"', "");

const ORDERS = { blocks: "what they share", date: "date", name: "name" };

views.matrix = ({ parameters }) => {
  const { documents, matrix } = data;
  const by = ORDERS[parameters.get("order")] ? parameters.get("order") : "blocks";
  const chosen = by === "blocks" ? matrix.blocks : matrix.documents.slice();
  if (by === "date") chosen.sort((x, y) => compared(documents.date[x], documents.date[y]) || x - y);
  const pairs = matrix.a.map((a, row) => ({ a, b: matrix.b[row], matches: matrix.matches[row], words: [matrix.wordsA[row], matrix.wordsB[row]] }));
  const weight = (pair) => Math.max(...pair.words);
  const place = new Map(chosen.map((doc, at) => [doc, at]));
  const size = Math.min(600 / Math.max(chosen.length, 1), 44);
  const side = size * chosen.length;
  const label = 230;
  const drawing = s("svg", { class: size < 14 ? "heat many" : "heat", viewBox: `0 0 ${label + 600} ${side + 24}`, role: "group", "aria-label": "Words in common between each two documents; the table below has the figures" });
  // A third of the pairs in each depth: a few pairs that share very much would leave all others pale.
  const weights = pairs.filter((pair) => pair.a !== pair.b).map(weight).sort((x, y) => x - y);
  const third = [1, 2].map((part) => weights[Math.floor((weights.length * part) / 3)] ?? 0);
  drawing.append(s("rect", { class: "none", x: label, y: 0, width: side, height: side }));
  chosen.forEach((doc, at) => {
    if (size >= 9) drawing.append(s("text", { class: "end", x: label - 6, y: at * size + size / 2 + 4 }, `${clipped(documents.title[doc] || documents.id[doc], 32)}  ${at + 1}`));
    drawing.append(s("text", { x: label + at * size + size / 2, y: side + 15 }, chosen.length <= 30 || at % 5 === 4 ? at + 1 : ""));
  });
  for (const pair of pairs) {
    if (!place.has(pair.a) || !place.has(pair.b)) continue;
    const words = weight(pair);
    const depth = words > third[1] ? 3 : words > third[0] ? 2 : 1;
    for (const [row, column] of pair.a === pair.b ? [[pair.a, pair.a]] : [[pair.a, pair.b], [pair.b, pair.a]]) {
      drawing.append(
        s(
          "a",
          { href: address("pair", `${documents.id[pair.a]}\n${documents.id[pair.b]}`), tabindex: -1 },
          s("rect", { class: `cell fill${depth}`, x: label + place.get(column) * size, y: place.get(row) * size, width: size, height: size }, s("title", {}, `${titleOf(row)} – ${titleOf(column)}: ${count(words, "word")}, ${count(pair.matches, "match", "matches")}`)),
        ),
      );
    }
  }
  return {
    title: "Matrix",
    body: [
      h("h1", { tabindex: -1 }, "Who shares with whom"),
      h("p", { class: "hint" }, `How many words of a document lie in passages that it shares with another: `, h("span", { class: "depth1" }, `up to ${number.format(third[0])}`), ", ", h("span", { class: "depth2" }, `up to ${number.format(third[1])}`), ", ", h("span", { class: "depth3" }, "more"), "; on the diagonal, what it repeats of itself. ", matrix.sharing > chosen.length ? `These are the ${chosen.length} documents that share most, of ${number.format(matrix.sharing)}. ` : "", "A cell leads to the two documents."),
      h(
        "form",
        { class: "bar-of-results", onsubmit: (event) => event.preventDefault() },
        h("label", {}, "Order by ", h("select", { onchange: (event) => (location.hash = address("matrix", null, { order: event.target.value })) }, Object.entries(ORDERS).map(([name, text]) => h("option", { value: name, selected: name === by }, text)))),
      ),
      chosen.length > 0 && h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Heat map" }, drawing),
      h("h2", {}, "Pairs of documents"),
      pairs.length > 200 && h("p", { class: "hint" }, `The first 200 of ${number.format(pairs.length)} pairs.`),
      table(
        "Pairs of documents",
        [head("Document"), head("Document"), head("Matches", { class: "figure" }), head("Words of the first", { class: "figure" }), head("of the second", { class: "figure" })],
        pairs.sort((x, y) => weight(y) - weight(x) || x.a - y.a || x.b - y.b).slice(0, 200).map((pair) =>
          h(
            "tr",
            {},
            h("td", {}, linkToDocument(pair.a)),
            h("td", {}, pair.a === pair.b ? "itself" : linkToDocument(pair.b)),
            figure(h("a", { href: address("pair", `${documents.id[pair.a]}\n${documents.id[pair.b]}`) }, number.format(pair.matches))),
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
  const rows = data.matches.id.flatMap((_, m) => ((matchFilter.docA[m] === a && matchFilter.docB[m] === b) || (matchFilter.docA[m] === b && matchFilter.docB[m] === a) ? [m] : []));
  rows.sort((x, y) => spans.start[matches.a[x]] - spans.start[matches.a[y]]);
  const none = new URLSearchParams();
  return {
    title: `${titleOf(a)} – ${titleOf(b)}`,
    body: [
      h("p", { class: "trail" }, h("a", { href: "#matrix" }, "Matrix"), h("a", { href: address("matches", null, { doc: data.documents.id[a] }) }, "All matches of the first"), a !== b && h("a", { href: address("matches", null, { doc: data.documents.id[b] }) }, "All matches of the second")),
      h("h1", { tabindex: -1 }, h("bdi", {}, titleOf(a)), a === b ? ", repeating itself" : [" and ", h("bdi", {}, titleOf(b))]),
      h("p", {}, count(rows.length, "passage"), " in common, in the order of the first."),
      h("ol", { class: "results" }, rows.slice(0, 500).map((m) => resultOf(m, none, []))),
    ],
  };
};

const LIFELINES = 40;

// The first phrases that are neither part of one another nor of one family.
const distinct = (found, most) => {
  const chosen = [];
  const families = new Set();
  for (const p of found) {
    if (chosen.length === most) break;
    const family = data.phrases.family[p];
    const text = ` ${data.phrases.text[p]} `;
    if (families.has(family) || chosen.some((other) => other.text.includes(text) || text.includes(other.text))) continue;
    if (family >= 0) families.add(family);
    chosen.push({ p, text });
  }
  return chosen.map(({ p }) => p);
};

views.timeline = ({ parameters }) => {
  const { phrases, lives } = data;
  if (!lives) return { title: "Timeline", body: [h("h1", { tabindex: -1 }, "When phrases were used"), h("p", {}, "No document has a date.")] };
  const words = searched(parameters.get("q") ?? "");
  const found = phrases.id.map((_, p) => p).filter((p) => lives.first[p] >= 0 && words.every((word) => phrases.text[p].includes(word)));
  const chosen = distinct(found, LIFELINES).sort((x, y) => lives.first[x] - lives.first[y] || lives.last[x] - lives.last[y] || x - y);
  const periods = lives.periods.length;
  const x = (period) => 300 + ((period + 0.5) / periods) * 590;
  const height = chosen.length * 22 + 30;
  const drawing = s("svg", { class: "life", viewBox: `0 0 900 ${height}`, role: "group", "aria-label": "When each phrase was used; the table below has the figures" });
  const every = Math.ceil(periods / 12);
  for (let period = 0; period < periods; period += every) {
    drawing.append(s("line", { class: "grid", x1: x(period), x2: x(period), y1: 18, y2: height }), s("text", { x: x(period), y: 12 }, lives.periods[period]));
  }
  chosen.forEach((p, at) => {
    const y = at * 22 + 34;
    const [start, end] = [x(lives.first[p]), x(lives.last[p])];
    const peak = Math.max(...lives.uses[p].map(([, , rate]) => rate));
    fill(drawing, {}, [
      s("a", { href: address("phrase", phrases.id[p]) }, s("text", { class: "end", x: 285, y: y + 4 }, s("title", {}, shown(phrases.text[p])), clipped(phrases.text[p], 46))),
      s("line", { x1: start, x2: end, y1: y, y2: y }),
      lives.born[p] ? s("line", { class: "stop", x1: start - 9, x2: start - 9, y1: y - 7, y2: y + 7 }) : null,
      lives.dropped[p] ? s("line", { class: "stop", x1: end + 9, x2: end + 9, y1: y - 7, y2: y + 7 }) : null,
      lives.uses[p].map(([period, times, rate]) => s("circle", { cx: x(period), cy: y, r: (2 + 5 * Math.sqrt(rate / peak)).toFixed(1) }, s("title", {}, `${lives.periods[period]}: ${count(times, "time")}, ${rate} in 1,000 words`))),
    ]);
  });
  const ofPeriod = (period) => (period < 0 ? "" : lives.periods[period]);
  return {
    title: "Timeline",
    body: [
      h("h1", { tabindex: -1 }, "When phrases were used"),
      h("p", { class: "hint" }, `The ${chosen.length} most widespread phrases, by their first use. The larger a dot, the more often the phrase was used in that ${lives.by}, for each 1,000 words of it, against its own highest. A bar at an end says that it was absent before (or after) though enough text stands there for that to be no accident. Only dated documents count.`),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Lifelines of phrases" }, drawing),
      h("h2", {}, "Figures"),
      table(
        "When phrases were used",
        [head("Phrase"), head("First"), head("Last"), head("Came up"), head("Dropped"), head("Documents", { class: "figure" }), head("Times", { class: "figure" })],
        chosen.map((p) =>
          h(
            "tr",
            {},
            h("th", { scope: "row", class: "phrase" }, h("a", { href: address("phrase", phrases.id[p]) }, h("bdi", {}, clipped(phrases.text[p], 160)))),
            h("td", { class: "date" }, phrases.first[p]),
            h("td", { class: "date" }, phrases.last[p]),
            h("td", {}, lives.born[p] ? ofPeriod(lives.first[p]) : ""),
            h("td", {}, lives.dropped[p] ? `after ${ofPeriod(lives.last[p])}` : ""),
            figure(number.format(phrases.df[p])),
            figure(number.format(phrases.tf[p])),
          ),
        ),
      ),
    ],
  };
};
