// One match: two passages aligned, their scores in words, and a citation to copy.

const oddsOf = (evalue) => {
  if (evalue === null) return "";
  const [many, once, never, seldom] = data.run.chance;
  const said =
    evalue >= 0.5
      ? many.replace("{number}", evalue >= 10 ? `about ${number.format(evalue)}` : `about ${Number(evalue.toFixed(1))}`)
      : evalue > seldom
        ? once.replace("{number}", number.format(1 / evalue))
        : never;
  return `${said[0].toUpperCase()}${said.slice(1)}.`;
};
const inWords = (m) => {
  const { matches, clusters } = data;
  const [tokensA, tokensB] = [matches.tokensA[m], matches.tokensB[m]];
  const similarity = matches.similarity[m];
  const alike =
    similarity >= 0.995
      ? "word for word the same"
      : similarity >= 0.9
        ? "nearly the same"
        : similarity >= 0.7
          ? "much alike"
          : similarity >= 0.5
            ? "alike in part"
            : "loosely alike";
  const passages = clusters.passages[matches.cluster[m]];
  return h(
    "p",
    { class: "in-words" },
    `The two passages are ${alike}: ${number.format(matches.matched[m])} words agree of ${number.format(tokensA)} on the one side and ${number.format(tokensB)} on the other (${percent(similarity)}). `,
    `To share them by chance is as likely as ${number.format(Math.max(0, Math.round(matches.bits[m])))} tosses of a coin in a row that all come up heads (${number.format(matches.bits[m])} bits). `,
    oddsOf(matches.evalue[m]),
    " ",
    passages > 2
      ? [
          `The same text stands in `,
          h("a", { href: address("cluster", clusters.id[matches.cluster[m]]) }, count(passages, "place")),
          ".",
        ]
      : "It stands in no third place.",
    looselyFound(m) ? ` Found as ${data.run.found[matches.found[m]].slice(0, 2).join(": ")}.` : "",
  );
};

const spanOf = (span) => data.spans.place[span] || charactersOf(span);
const charactersOf = (span) =>
  `characters ${number.format(data.spans.start[span])} to ${number.format(data.spans.end[span])}`;
const sourceOf = (span, stated) => {
  const doc = data.spans.doc[span];
  return h(
    "p",
    { class: "source" },
    h(
      "a",
      { class: "title", href: address("document", data.documents.id[doc], { at: data.spans.start[span] }) },
      h("bdi", tongue(doc), titleOf(doc)),
    ),
    h(
      "span",
      { class: "where" },
      dateOf(doc),
      data.documents.guessed[doc] ? " (guessed)" : "",
      data.documents.source[doc] ? [" · ", h("bdi", {}, clipped(data.documents.source[doc], 60))] : "",
      stated ?? "",
      " · ",
      h("bdi", {}, oneLine(spanOf(span))),
    ),
  );
};

const AROUND = 160;
const around = (rows, span) => {
  const doc = data.spans.doc[span];
  reading(doc).then(
    ({ text, at }) => {
      const [start, end] = [at(data.spans.start[span]), at(data.spans.end[span])];
      const before = shown(text.slice(Math.max(0, start - AROUND), start)).replace(/\s+/g, " ");
      const after = shown(text.slice(end, end + AROUND)).replace(/\s+/g, " ");
      // No half words at the far ends.
      rows[0].prepend(h("span", { class: "around" }, start > AROUND ? before.replace(/^\S*\s/, "…") : before));
      rows
        .at(-1)
        .append(h("span", { class: "around" }, text.length > end + AROUND ? after.replace(/\s\S*$/, "…") : after));
    },
    (error) => say(error.message),
  );
};

const citationOf = (m) => {
  const { matches, spans, documents, run } = data;
  const cite = (span) => {
    const doc = spans.doc[span];
    const named = [documents.title[doc], documents.source[doc], documents.date[doc], documents.id[doc]]
      .filter(Boolean)
      .map((part) => oneLine(part));
    return `“${oneLine(quotes[span])}” (${named.join(", ")}, ${[data.spans.place[span], charactersOf(span)].filter(Boolean).join(", ")})`;
  };
  return `${cite(matches.a[m])}\n${cite(matches.b[m])}\n${number.format(matches.matched[m])} words in common, ${percent(matches.similarity[m])} alike, ${number.format(matches.bits[m])} bits${looselyFound(m) ? `, ${data.run.found[matches.found[m]][0]}` : ""}. Match ${matches.id[m]} of ${run.name}${run.version ? `, textreuse ${run.version}` : ""}.`;
};
const copyButton = (label, text) => {
  const button = h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(text());
        } catch {
          // No clipboard for a page from disk in this browser: the older way.
          const field = h("textarea", { readonly: true, "aria-hidden": "true" });
          field.value = text();
          button.after(field);
          field.select();
          document.execCommand("copy");
          field.remove();
          button.focus();
        }
        say("Copied");
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = label), 2000);
      },
    },
    label,
  );
  return button;
};

views.match = ({ id, parameters }) => {
  const m = byId.matches.get(id);
  if (m === undefined) return missing("match", id, "The report may leave it out: it shows the most surprising ones.");
  const { matches, spans, clusters } = data;
  const [a, b] = [matches.a[m], matches.b[m]];
  const stretches = differences(shown(quotes[a]), shown(quotes[b]));
  const { rows } = matchFilter.run(parameters);
  const place = rows.indexOf(m);
  const step = (to, label, rel) =>
    rows[to] !== undefined &&
    place >= 0 &&
    h("a", { href: address("match", matches.id[rows[to]], parameters), rel }, label);
  const aligned = stretches === null ? [null] : inRows(stretches);
  const sides = h(
    "div",
    { class: "sides" },
    [a, b].map((span, side) => {
      const rows = aligned.map((row) =>
        h(
          "blockquote",
          tongue(spans.doc[span]),
          h("span", {}, row === null ? shown(quotes[span]) : marked(row, "ab"[side])),
        ),
      );
      around(rows, span);
      const column = h("div", { class: "side" }, sourceOf(span, directionOf(m, side)), rows);
      column.style.gridRow = `span ${rows.length + 1}`; // rows of the two sides are equally high
      return column;
    }),
  );
  const changes = h("div");
  block("edits").then((edits) => changes.append(...changesOf(edits[m] ?? [], spans.doc[a], spans.doc[b])));
  return {
    title: `Match ${id}`,
    body: [
      h(
        "p",
        { class: "trail" },
        h("a", { href: address("matches", null, parameters) }, "All matches"),
        place >= 0 &&
          h("span", { class: "where grow" }, `${number.format(place + 1)} of ${number.format(rows.length)}`),
        step(place - 1, "Previous", "prev"),
        step(place + 1, "Next", "next"),
      ),
      h("h1", { tabindex: -1 }, `${count(matches.matched[m], "word")} in common`),
      inWords(m),
      sides,
      stretches === null &&
        h("p", { class: "hint" }, "These passages are too long, or too unlike, for their words to be compared here."),
      (matches.mark[m] || matches.bookmark[m] || matches.note[m]) &&
        h(
          "p",
          { class: "note" },
          h("strong", {}, marksOf(m) || "Note"),
          matches.note[m] ? [": ", h("bdi", {}, shown(matches.note[m]))] : "",
        ),
      h(
        "p",
        { class: "actions" },
        copyButton("Copy citation", () => citationOf(m)),
        copyButton("Copy link", () => location.href),
        h(
          "a",
          { href: address("cluster", clusters.id[matches.cluster[m]]) },
          `All ${count(clusters.passages[matches.cluster[m]], "passage")} of this text`,
        ),
      ),
      h("details", {}, h("summary", {}, "Citation"), h("p", { class: "citation" }, citationOf(m))),
      changes,
    ],
  };
};
const directionOf = (m, side) => {
  const way = data.matches.direction[m];
  if (way === 0) return "";
  const guessed = data.matches.directionGuessed[m] ? ", by a guessed date" : "";
  return `${(way === 1) === (side === 0) ? " · earlier" : " · later"}${guessed}`;
};
const missing = (kind, id, reason) => ({
  title: "Not in this report",
  body: [
    h("h1", { tabindex: -1 }, "Not in this report"),
    h("p", {}, `There is no ${kind} `, h("code", {}, shown(id ?? "")), ` here. ${reason}`),
    h("p", {}, h("a", { href: "#overview" }, "Overview")),
  ],
});
