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
  const drawing = s("svg", { class: "heat", viewBox: `0 0 ${label + 600} ${side + 24}`, role: "group", "aria-label": "Words in common between each two documents; the table below has the figures" });
  const most = Math.max(1, ...pairs.filter((pair) => pair.a !== pair.b).map(weight));
  drawing.append(s("rect", { class: "none", x: label, y: 0, width: side, height: side }));
  chosen.forEach((doc, at) => {
    if (size >= 9) drawing.append(s("text", { class: "end", x: label - 6, y: at * size + size / 2 + 4 }, `${clipped(documents.title[doc] || documents.id[doc], 32)}  ${at + 1}`));
    drawing.append(s("text", { x: label + at * size + size / 2, y: side + 15 }, chosen.length <= 30 || at % 5 === 4 ? at + 1 : ""));
  });
  for (const pair of pairs) {
    if (!place.has(pair.a) || !place.has(pair.b)) continue;
    const words = weight(pair);
    const depth = words * 3 > most ? 3 : words * 9 > most ? 2 : 1;
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
      h("p", { class: "hint" }, `How many words of a document lie in passages that it shares with another: `, h("span", { class: "depth1" }, `up to ${number.format(most / 9)}`), ", ", h("span", { class: "depth2" }, `up to ${number.format(most / 3)}`), ", ", h("span", { class: "depth3" }, `up to ${number.format(most)}`), ". ", matrix.sharing > chosen.length ? `These are the ${chosen.length} documents that share most, of ${number.format(matrix.sharing)}. ` : "", "A cell leads to the two documents."),
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

views.timeline = async ({ parameters }) => {
  const { documents, phrases } = data;
  const occurrences = await block("occurrences");
  const dated = documents.date.filter(Boolean);
  if (!dated.length) return { title: "Timeline", body: [h("h1", { tabindex: -1 }, "Timeline"), h("p", {}, "No document has a date.")] };
  const words = searched(parameters.get("q") ?? "");
  const found = phrases.id
    .map((_, p) => p)
    .filter((p) => phrases.first[p] && words.every((word) => phrases.text[p].includes(word)));
  const chosen = distinct(found, LIFELINES).sort((x, y) => compared(phrases.first[x], phrases.first[y]) || x - y);
  const years = dated.map(inYears);
  const [least, most] = [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))];
  const unit = most - least > 2 ? 1 : 0.25; // ticks by year or by quarter
  const [low, high] = [Math.floor(least / unit) * unit, Math.ceil((most + 0.01) / unit) * unit];
  const x = (date) => 300 + ((inYears(date) - low) / (high - low)) * 570;
  const height = chosen.length * 22 + 30;
  const drawing = s("svg", { class: "life", viewBox: `0 0 900 ${height}`, role: "group", "aria-label": "When each phrase was used; the table below has the figures" });
  const every = Math.ceil((high - low) / unit / 12) * unit;
  for (let year = low; year <= high; year += every) {
    const at = 300 + ((year - low) / (high - low)) * 570;
    drawing.append(s("line", { class: "grid", x1: at, x2: at, y1: 18, y2: height }), s("text", { x: at, y: 12 }, unit === 1 ? year : `${Math.floor(year)}-${String(Math.round((year % 1) * 12) + 1).padStart(2, "0")}`));
  }
  const uses = (p) => {
    const dates = new Map();
    for (const [doc] of occurrences[p]) if (documents.date[doc]) dates.set(documents.date[doc], (dates.get(documents.date[doc]) ?? 0) + 1);
    return [...dates].sort((a, b) => compared(a[0], b[0]));
  };
  chosen.forEach((p, at) => {
    const y = at * 22 + 34;
    const dates = uses(p);
    fill(drawing, {}, [
      s("a", { href: address("phrase", phrases.id[p]) }, s("text", { class: "end", x: 285, y: y + 4 }, s("title", {}, shown(phrases.text[p])), clipped(phrases.text[p], 46))),
      s("line", { x1: x(phrases.first[p]), x2: x(phrases.last[p]), y1: y, y2: y }),
      dates.map(([date, times]) => s("circle", { cx: x(date), cy: y, r: Math.min(3 + Math.sqrt(times), 9) }, s("title", {}, `${date}: ${count(times, "time")}`))),
    ]);
  });
  return {
    title: "Timeline",
    body: [
      h("h1", { tabindex: -1 }, "When phrases were used"),
      h("p", { class: "hint" }, `The ${chosen.length} most widespread phrases, from their first use to their last. A dot is a date on which a document has it; the larger, the more often. Only dated documents count.`),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Lifelines of phrases" }, drawing),
      h("h2", {}, "Figures"),
      table(
        "When phrases were used",
        [head("Phrase"), head("First"), head("Last"), head("Documents", { class: "figure" }), head("Times", { class: "figure" })],
        chosen.map((p) =>
          h("tr", {}, h("th", { scope: "row", class: "phrase" }, h("a", { href: address("phrase", phrases.id[p]) }, h("bdi", {}, clipped(phrases.text[p], 160)))), h("td", { class: "date" }, phrases.first[p]), h("td", { class: "date" }, phrases.last[p]), figure(number.format(phrases.df[p])), figure(number.format(phrases.tf[p]))),
        ),
      ),
    ],
  };
};
