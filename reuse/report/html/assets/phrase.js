// One phrase: when it was used, and all its occurrences in context.

// Absent where so much text stands that its absence is no accident.
const bornOrDropped = (p) => {
  const { lives } = data;
  const born =
    lives.born[p] &&
    `It came up in ${lives.periods[lives.first[p]]}: enough stands before that for its absence to be no accident.`;
  const dropped =
    lives.dropped[p] &&
    `It was dropped after ${lives.periods[lives.last[p]]}: enough stands after that for its absence to be no accident.`;
  return [born, dropped].filter(Boolean).join(" ");
};

// On a narrow page the cells of a row follow one another as its text does.
const NARROW = matchMedia("(max-width: 52rem)");
NARROW.addEventListener("change", () => {
  for (const row of document.querySelectorAll(".kwic .against")) {
    const [one, occurrence, other, ...rest] = row.children;
    row.replaceChildren(other, occurrence, one, ...rest);
  }
});

// What stands before an occurrence, the occurrence, what stands after it, as cells of a row: before is at the left, in
// text that is read from right to left at the right, whichever way the table goes.
const besideIt = (table, row, before, occurrence, after) => {
  const [left, right] = row === "rtl" ? [after, before] : [before, after];
  left.classList.add("left");
  right.classList.add("right");
  if (NARROW.matches) return [before, occurrence, after];
  return table === "rtl" ? [right, occurrence, left] : [left, occurrence, right];
};

const CONTEXT_SORTS = { document: "order of the documents", date: "date", before: "word before", after: "word after" };

views.phrase = async ({ id, parameters }) => {
  const p = byId.phrases.get(id);
  if (p === undefined)
    return missing("formula", id, "The report may leave it out: it shows the most widespread and surprising ones.");
  const { phrases, documents, run } = data;
  const lines = (await block("occurrences"))[p];
  const by = parameters.get("sort") ?? "document";
  const wordBefore = (line) => line[3].trim().toLowerCase().split(/\s+/).at(-1);
  const keys = {
    date: (line) => documents.date[line[0]] ?? "\uffff",
    before: wordBefore,
    after: (line) => line[5].trim().toLowerCase(),
  };
  const listed = keys[by] ? lines.toSorted((x, y) => compared(keys[by](x), keys[by](y))) : lines;
  const fromTheRight = lines.filter(([doc]) => tongue(doc).dir === "rtl").length;
  const mostly = 2 * fromTheRight > lines.length ? "rtl" : "ltr";
  const { lives } = data;
  const used = new Map(lives?.uses[p].map(([period, times, rate]) => [period, { times, rate }]));
  const family =
    phrases.family[p] < 0
      ? []
      : phrases.family.flatMap((other, row) => (other === phrases.family[p] && row !== p ? [row] : []));
  const inFrames = data.frames?.phrases.flatMap((members, f) => (members.includes(p) ? [f] : [])) ?? [];
  return {
    title: clipped(phrases.text[p], 60),
    body: [
      h("p", { class: "trail" }, h("a", { href: "#phrases" }, "All formulas")),
      h("h1", { tabindex: -1 }, h("bdi", {}, shown(phrases.text[p]))),
      h(
        "p",
        { class: "in-words" },
        `${count(phrases.tf[p], "time")} in ${count(phrases.df[p], "document")}`,
        phrases.first[p]
          ? phrases.first[p] === phrases.last[p]
            ? `, all of ${phrases.first[p]}`
            : `, from ${phrases.first[p]} to ${phrases.last[p]}`
          : "",
        `; ${count(phrases.tokens[p], "word")}, ${number.format(phrases.bits[p])} bits. Dispersion ${phrases.dispersion[p].toFixed(2)}: 0 is spread evenly over the documents, 1 is all in one place.`,
      ),
      phrases.note[p] && h("p", { class: "note" }, h("bdi", {}, shown(phrases.note[p]))),
      lives?.periods.length > 1 && [
        h(
          "figure",
          { class: "chart" },
          h("figcaption", {}, `Occurrences by ${lives.by}`),
          bars(
            `Occurrences by ${lives.by}`,
            lives.periods.map((name, period) => [name, used.get(period)?.times ?? 0]),
          ),
        ),
        lives.born[p] || lives.dropped[p] ? h("p", { class: "hint" }, bornOrDropped(p)) : "",
      ],
      h("h2", {}, "In context"),
      lines.length < phrases.tf[p] &&
        h(
          "p",
          { class: "hint" },
          `The first ${number.format(run.occurrences)} of ${count(phrases.tf[p], "occurrence")}.`,
        ),
      h(
        "form",
        { class: "bar-of-results", onsubmit: (event) => event.preventDefault() },
        h(
          "label",
          {},
          "Sort by ",
          h(
            "select",
            { onchange: (event) => (location.hash = address("phrase", id, { sort: event.target.value })) },
            Object.entries(CONTEXT_SORTS).map(([name, label]) =>
              h("option", { value: name, selected: name === by }, label),
            ),
          ),
        ),
      ),
      h(
        "table",
        { class: "kwic", dir: mostly },
        h("caption", { class: "visually-hidden" }, "Occurrences in context"),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...besideIt(mostly, mostly, head("Before"), head("Occurrence", { class: "keyword" }), head("After")),
            head("Document", { class: "from" }),
          ),
        ),
        h(
          "tbody",
          {},
          listed.map(([doc, start, , left, keyword, right]) =>
            h(
              "tr",
              tongue(doc).dir !== mostly && { class: "against", dir: tongue(doc).dir },
              ...besideIt(
                mostly,
                tongue(doc).dir,
                h("td", { class: "around" }, h("bdi", tongue(doc), shown(left).replace(/\s+/g, " "))),
                h(
                  "td",
                  { class: keyword.length > 60 ? "keyword" : "keyword short", ...tongue(doc) },
                  clipped(keyword, 300),
                ),
                h("td", { class: "around" }, h("bdi", tongue(doc), shown(right).replace(/\s+/g, " "))),
              ),
              h("td", { class: "from", dir: mostly }, linkToDocument(doc, { at: start }), ` ${dateOf(doc)}`),
            ),
          ),
        ),
      ),
      inFrames.length > 0 && [
        h("h2", {}, "With slots"),
        table("Frames that this formula is part of", frameHeads(), inFrames.map(frameRow)),
      ],
      family.length > 0 && [
        h("h2", {}, "Other forms of it"),
        table(
          "Other forms",
          [head("Form"), head("Documents", { class: "figure" }), head("Times", { class: "figure" })],
          family.map((row) =>
            h(
              "tr",
              {},
              h(
                "th",
                { scope: "row", class: "phrase" },
                h("a", { href: address("phrase", phrases.id[row]) }, h("bdi", {}, shown(phrases.text[row]))),
              ),
              figure(number.format(phrases.df[row])),
              figure(number.format(phrases.tf[row])),
            ),
          ),
        ),
      ],
    ],
  };
};
