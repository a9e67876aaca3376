// What is changed when a text is repeated: in one match, and summed over all of them.

const ABOUT = { words: "words", name: "a name", title: "a title", number: "a number", date: "a date" };
const DONE = { substitution: "replaced", insertion: "added", deletion: "left out", move: "moved" };

const nameOf = (kind, about) => {
  if (about === "spelling" || about === "inflection")
    return kind === "substitution" ? `other ${about}` : `${about}, ${DONE[kind]}`;
  return `${ABOUT[about] ?? about} ${DONE[kind] ?? kind}`;
};
const wordsOrGap = (text) => (text ? clipped(text, 300) : h("span", { class: "where" }, GAP));

const changesOf = (edits, a, b) =>
  edits.length
    ? [
        h("h2", {}, "What differs"),
        table(
          "What differs",
          [head("First passage"), head("Second passage"), head("Change")],
          edits.map(([kind, about, before, after]) =>
            h(
              "tr",
              {},
              h("td", tongue(a), wordsOrGap(before)),
              h("td", tongue(b), wordsOrGap(after)),
              h("td", {}, nameOf(kind, about)),
            ),
          ),
        ),
      ]
    : [];

views.changes = ({ parameters }) => {
  const { changes } = data;
  const kinds = changes.kind.map((kind, row) => nameOf(kind, changes.about[row]));
  const ranks = {
    times: { of: (row) => changes.count[row], falls: true },
    pairs: { of: (row) => changes.pairs[row], falls: true },
    before: { of: (row) => changes.before[row] || null, falls: false },
    after: { of: (row) => changes.after[row] || null, falls: false },
    change: { of: (row) => kinds[row], falls: false },
    first: { of: (row) => changes.first_date[row], falls: false },
    last: { of: (row) => changes.last_date[row], falls: true },
  };
  const link = (text) =>
    text
      ? h(
          "a",
          { href: address("matches", null, { q: `"${text.replaceAll('"', "")}"` }) },
          h("bdi", {}, clipped(text, 120)),
        )
      : wordsOrGap("");
  const { body, search } = searchable({
    view: "changes",
    parameters,
    placeholder: "Words before or after the change, or its kind",
    caption: "Changes",
    one: "change",
    total: changes.kind.length,
    hint: `What is changed when a text is repeated, summed over the ${changes.matches < data.matches.id.length ? `${number.format(changes.matches)} most surprising matches` : "matches"}: read from the earlier document to the later where dates tell which is which, else from the first to the second.${changes.kind.length < changes.found ? ` The ${number.format(changes.kind.length)} most frequent of ${number.format(changes.found)}.` : ""}`,
    list: (asked) => {
      const words = searched(asked.get("q") ?? "");
      const rows = kinds.flatMap((kind, row) => {
        const text = `${changes.before[row]} ${changes.after[row]} ${kind}`;
        return words.every((word) => text.includes(word)) ? [row] : [];
      });
      return sortedBy(rows, asked, ranks);
    },
    heads: (asked) => [
      sortable("changes", asked, "before", "Before", false),
      sortable("changes", asked, "after", "After", false),
      sortable("changes", asked, "change", "Change", false),
      sortable("changes", asked, "times", "Times", true, { class: "figure" }),
      sortable("changes", asked, "pairs", "Pairs of documents", true, { class: "figure" }),
      sortable("changes", asked, "first", "First", false),
      sortable("changes", asked, "last", "Last", true),
    ],
    row: (row) =>
      h(
        "tr",
        {},
        h("td", { class: "phrase" }, link(changes.before[row])),
        h("td", { class: "phrase" }, link(changes.after[row])),
        h("td", {}, kinds[row]),
        figure(number.format(changes.count[row])),
        figure(number.format(changes.pairs[row])),
        h("td", { class: "date" }, changes.first_date[row] ?? ""),
        h("td", { class: "date" }, changes.last_date[row] ?? ""),
      ),
  });
  return {
    title: "What changes",
    body: [
      h("p", { class: "trail" }, h("a", { href: "#matches" }, "All matches")),
      h("h1", { tabindex: -1 }, "What changes in repeating"),
      body,
    ],
    search,
  };
};
