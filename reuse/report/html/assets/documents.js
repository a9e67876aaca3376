// The documents.

views.documents = ({ parameters }) => {
  const { documents } = data;
  const matchesOf = new Int32Array(documents.id.length);
  for (let m = 0; m < data.matches.id.length; m++) {
    matchesOf[matchFilter.docA[m]]++;
    if (matchFilter.docB[m] !== matchFilter.docA[m]) matchesOf[matchFilter.docB[m]]++;
  }
  const fresh = documents.kinds.indexOf("fresh");
  const sourced = documents.source.some(Boolean);
  const ranks = {
    document: { of: (doc) => titleOf(doc), falls: false },
    date: { of: (doc) => documents.date[doc], falls: false },
    words: { of: (doc) => documents.tokens[doc], falls: true },
    matches: { of: (doc) => matchesOf[doc], falls: true },
    recurs: { of: (doc) => -documents.shares[doc][fresh], falls: true },
  };
  const { body, search } = searchable({
    view: "documents",
    parameters,
    placeholder: "Part of a title, id or source",
    caption: "Documents",
    one: "document",
    total: documents.id.length,
    hint: [
      "The strip shows where a document’s text recurs, from its beginning to its end: ",
      h("span", { class: "depth1" }, "twice"),
      ", ",
      h("span", { class: "depth2" }, "three to five times"),
      ", ",
      h("span", { class: "depth3" }, "six times or more"),
      ".",
    ],
    list: (asked) => {
      const words = searched(asked.get("q") ?? "");
      const rows = documents.id.flatMap((name, doc) => {
        const text = `${name}\n${documents.title[doc] ?? ""}\n${documents.source[doc] ?? ""}`.toLowerCase();
        return words.every((word) => text.includes(word)) ? [doc] : [];
      });
      return sortedBy(rows, asked, ranks);
    },
    heads: (asked) => [
      sortable("documents", asked, "document", "Document", false),
      sortable("documents", asked, "date", "Date", false),
      sourced && head("Source"),
      sortable("documents", asked, "words", "Length", true, { class: "figure" }),
      sortable("documents", asked, "matches", "Matches", true, { class: "figure" }),
      sortable("documents", asked, "recurs", "Where it recurs", true),
    ],
    row: (doc) =>
      h(
        "tr",
        {},
        h(
          "th",
          { scope: "row" },
          linkToDocument(doc),
          timesOf(doc),
          documents.title[doc]
            ? [" ", h("span", { class: "where" }, h("bdi", {}, clipped(documents.id[doc], 60)))]
            : "",
        ),
        h(
          "td",
          { class: "date" },
          documents.date[doc] ?? "",
          documents.guessed[doc] ? h("span", { class: "where" }, " guessed") : "",
        ),
        sourced && h("td", {}, h("bdi", {}, clipped(documents.source[doc] ?? "", 40))),
        figure(number.format(documents.tokens[doc])),
        figure(
          matchesOf[doc]
            ? h("a", { href: address("matches", null, { doc: documents.id[doc] }) }, number.format(matchesOf[doc]))
            : "0",
        ),
        h(
          "td",
          { class: "of-strip" },
          strip(documents.strip[doc]),
          h("span", { class: "where" }, sharesOf(doc)),
        ),
      ),
  });
  return { title: "Documents", body: [h("h1", { tabindex: -1 }, "Documents"), body], search };
};
