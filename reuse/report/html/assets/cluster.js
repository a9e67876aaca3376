// One text with all its witnesses.

views.cluster = ({ id }) => {
  const c = byId.clusters.get(id);
  if (c === undefined)
    return missing("text", id, "The report may leave it out: it shows those of the most surprising matches.");
  const { clusters, spans, documents, run } = data;
  const date = (span) => documents.date[spans.doc[span]];
  const witnesses = clusters.witnesses[c].toSorted(
    (x, y) => compared(date(x), date(y)) || spans.doc[x] - spans.doc[y] || spans.start[x] - spans.start[y],
  );
  const base = witnesses[0];
  const dated = clusters.first[c]
    ? clusters.first[c] === clusters.last[c]
      ? `, all of ${clusters.first[c]}`
      : `, from ${clusters.first[c]} to ${clusters.last[c]}`
    : "";
  const texts = clusters.texts[c];
  const once = texts < clusters.documents[c] ? ` (${count(texts, "witness", "witnesses")}, copies counted once)` : "";
  return {
    title: `Text ${id}`,
    body: [
      h(
        "p",
        { class: "trail" },
        h(
          "a",
          { href: address("matches", null, { q: `"${firstWords(quotes[base])}"` }) },
          "Matches with its first words",
        ),
      ),
      h("h1", { tabindex: -1 }, `One text in ${count(clusters.passages[c], "place")}`),
      h(
        "p",
        { class: "in-words" },
        `In ${count(clusters.documents[c], "document")}${dated}${once}. The earliest comes first; in the others, words that differ from it are `,
        h("mark", {}, "marked"),
        ".",
      ),
      clusters.witnesses[c].length < clusters.passages[c] &&
        h("p", { class: "hint" }, `The first ${number.format(run.witnesses)} are shown.`),
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
