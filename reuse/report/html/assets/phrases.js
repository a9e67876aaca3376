// The formulas; in addresses and in the data they are called phrases.

views.phrases = ({ parameters }) => {
  const { phrases, run } = data;
  const ranks = {
    phrase: { of: (p) => phrases.text[p], falls: false },
    documents: { of: (p) => phrases.df[p], falls: true },
    times: { of: (p) => phrases.tf[p], falls: true },
    words: { of: (p) => phrases.tokens[p], falls: true },
    bits: { of: (p) => phrases.bits[p], falls: true },
    first: { of: (p) => phrases.first[p], falls: false },
    last: { of: (p) => phrases.last[p], falls: true },
  };
  const { body, search } = searchable({
    view: "phrases",
    parameters,
    placeholder: "Words of a formula",
    caption: "Formulas",
    one: "formula",
    total: phrases.id.length,
    hint: `Set phrases that recur, ranked by how many documents have them and how surprising their words are.${phrases.id.length < run.phrases ? ` The first ${number.format(phrases.id.length)} of ${number.format(run.phrases)}.` : ""}`,
    list: (asked) => {
      const words = searched(asked.get("q") ?? "");
      // One row a family, until somebody looks for words: then all forms that have them.
      const folded = (p) => words.length === 0 && phrases.family[p] >= 0 && phrases.family[p] !== p;
      const rows = phrases.text.flatMap((text, p) =>
        !folded(p) && words.every((word) => text.includes(word)) ? [p] : [],
      );
      return sortedBy(rows, asked, ranks);
    },
    heads: (asked) => [
      sortable("phrases", asked, "phrase", "Formula", false),
      sortable("phrases", asked, "documents", "Documents", true, { class: "figure" }),
      sortable("phrases", asked, "times", "Times", true, { class: "figure" }),
      sortable("phrases", asked, "words", "Length", true, { class: "figure" }),
      sortable("phrases", asked, "bits", "Bits", true, { class: "figure" }),
      head("Forms", { class: "figure" }),
      sortable("phrases", asked, "first", "First", false),
      sortable("phrases", asked, "last", "Last", true),
    ],
    row: (p) =>
      h(
        "tr",
        {},
        h(
          "th",
          { scope: "row", class: "phrase" },
          h("a", { href: address("phrase", phrases.id[p]) }, h("bdi", {}, clipped(phrases.text[p], 160))),
        ),
        figure(number.format(phrases.df[p])),
        figure(number.format(phrases.tf[p])),
        figure(number.format(phrases.tokens[p])),
        figure(number.format(phrases.bits[p])),
        figure(number.format(phrases.variants[p])),
        h("td", { class: "date" }, phrases.first[p] ?? ""),
        h("td", { class: "date" }, phrases.last[p] ?? ""),
      ),
  });
  const slots = h(
    "p",
    { class: "trail" },
    h(
      "a",
      { href: "#frames" },
      data.frames ? `${count(data.frames.id.length, "formula")} with slots` : "Formulas with slots",
    ),
  );
  return { title: "Formulas", body: [h("h1", { tabindex: -1 }, "Formulas"), slots, body], search };
};
