// The shared phrases, and one phrase with its occurrences in context.

const PHRASE_SORTS = { rank: 1, phrase: 1, documents: -1, times: -1, bits: -1, words: -1, first: 1, last: -1 };

// The head of a column that the table can be sorted by; a click on it changes the address.
const sortable = (view, parameters, name, label, falls, attributes) => {
  const [by, way] = (parameters.get("sort") ?? "").split("-");
  const sorted = by === name;
  const descending = sorted ? (way ? way === "down" : falls) : null;
  return h(
    "th",
    { scope: "col", "aria-sort": sorted ? (descending ? "descending" : "ascending") : null, ...attributes },
    h(
      "button",
      {
        type: "button",
        onclick: () => {
          const changed = new URLSearchParams(parameters);
          changed.set("sort", sorted ? `${name}-${descending ? "up" : "down"}` : name);
          changed.delete("page");
          location.hash = address(view, null, changed);
        },
      },
      label,
    ),
  );
};
const sortedBy = (rows, parameters, ranks) => {
  const [by, way] = (parameters.get("sort") ?? "").split("-");
  const rank = ranks[by];
  if (!rank) return rows;
  const direction = way ? (way === "down" ? -1 : 1) : rank.falls ? -1 : 1;
  return rows.sort((x, y) => {
    const [a, b] = [rank.of(x), rank.of(y)];
    if (a === b) return x - y;
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    return (a < b ? -1 : 1) * direction;
  });
};

// A table with a search field above and pages below. `list` gives rows for the parameters, `row` an element for each.
const searchable = ({ view, parameters, placeholder, hint, caption, one, several, total, list, heads, row }) => {
  const holder = h("div");
  const found = h("p", { class: "grow", "aria-live": "polite", id: "total" });
  const draw = (asked) => {
    const rows = list(asked);
    const last = Math.max(1, Math.ceil(rows.length / (2 * PAGE)));
    const page = Math.min(Math.max(1, Number(asked.get("page")) || 1), last);
    found.textContent = rows.length === total ? count(total, one, several) : `${number.format(rows.length)} of ${count(total, one, several)}`;
    const to = (target, label) => {
      const changed = new URLSearchParams(asked);
      changed.set("page", target);
      return h("a", { href: address(view, null, changed) }, label);
    };
    holder.replaceChildren(
      table(caption, heads(asked), rows.slice((page - 1) * 2 * PAGE, page * 2 * PAGE).map(row)),
      h("nav", { class: "pages", "aria-label": "Pages", hidden: last === 1 }, page > 1 && to(page - 1, "Earlier"), h("span", { class: "where" }, `page ${page} of ${last}`), page < last && to(page + 1, "Further")),
    );
  };
  const search = h("input", {
    type: "search",
    name: "q",
    value: parameters.get("q") ?? "",
    placeholder,
    "aria-label": placeholder,
    oninput: () => {
      const asked = new URLSearchParams(parameters);
      asked.delete("page");
      if (search.value) asked.set("q", search.value);
      else asked.delete("q");
      history.replaceState(null, "", address(view, null, asked));
      draw(asked);
    },
  });
  draw(parameters);
  return { body: [hint && h("p", { class: "hint" }, hint), h("form", { onsubmit: (event) => event.preventDefault() }, search), h("div", { class: "bar-of-results" }, found), holder], search };
};

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
    placeholder: "Words of a phrase",
    caption: "Phrases",
    one: "phrase",
    total: phrases.id.length,
    hint: `Phrases that recur, ranked by how many documents have them and how surprising their words are.${phrases.id.length < run.phrases ? ` The first ${number.format(phrases.id.length)} of ${number.format(run.phrases)}.` : ""}`,
    list: (asked) => {
      const words = searched(asked.get("q") ?? "");
      const rows = phrases.text.flatMap((text, p) => (words.every((word) => text.includes(word)) ? [p] : []));
      return sortedBy(rows, asked, ranks);
    },
    heads: (asked) => [
      sortable("phrases", asked, "phrase", "Phrase", false),
      sortable("phrases", asked, "documents", "Documents", true, { class: "figure" }),
      sortable("phrases", asked, "times", "Times", true, { class: "figure" }),
      sortable("phrases", asked, "words", "Words", true, { class: "figure" }),
      sortable("phrases", asked, "bits", "Bits", true, { class: "figure" }),
      head("Forms", { class: "figure" }),
      sortable("phrases", asked, "first", "First", false),
      sortable("phrases", asked, "last", "Last", true),
    ],
    row: (p) =>
      h(
        "tr",
        {},
        h("th", { scope: "row", class: "phrase" }, h("a", { href: address("phrase", phrases.id[p]) }, h("bdi", {}, clipped(phrases.text[p], 160)))),
        figure(number.format(phrases.df[p])),
        figure(number.format(phrases.tf[p])),
        figure(number.format(phrases.tokens[p])),
        figure(number.format(phrases.bits[p])),
        figure(number.format(phrases.variants[p])),
        h("td", { class: "date" }, phrases.first[p] ?? ""),
        h("td", { class: "date" }, phrases.last[p] ?? ""),
      ),
  });
  const slots = h("p", { class: "trail" }, h("a", { href: "#frames" }, data.frames ? `${count(data.frames.id.length, "phrase")} with slots` : "Phrases with slots"));
  return { title: "Phrases", body: [h("h1", { tabindex: -1 }, "Set phrases"), slots, body], search };
};

// Absent where so much text stands that its absence is no accident.
const bornOrDropped = (p) => {
  const { lives } = data;
  const born = lives.born[p] && `It came up in ${lives.periods[lives.first[p]]}: enough stands before that for its absence to be no accident.`;
  const dropped = lives.dropped[p] && `It was dropped after ${lives.periods[lives.last[p]]}: enough stands after that for its absence to be no accident.`;
  return [born, dropped].filter(Boolean).join(" ");
};

const fillersOf = (f) => {
  const { frames } = data;
  return frames.slots[f].map((slot, at) => {
    const left = frames.distinct[f][at] - slot.length;
    const told = slot.map(([text, times], place) => [place ? ", " : "", h("bdi", {}, text ? clipped(text, 80) : h("em", {}, "nothing")), ` (${number.format(times)})`]);
    return h("p", { class: "fillers" }, h("span", { class: "slot" }, "…"), " ", told, left > 0 ? `, and ${number.format(left)} more` : "");
  });
};
const frameRow = (f) => {
  const { frames } = data;
  return h(
    "tr",
    {},
    h("th", { scope: "row", class: "phrase" }, h("bdi", {}, shown(frames.pattern[f])), fillersOf(f)),
    figure(number.format(frames.df[f])),
    figure(number.format(frames.tf[f])),
    figure(number.format(frames.bits[f])),
    h("td", { class: "date" }, frames.first[f] ?? ""),
    h("td", { class: "date" }, frames.last[f] ?? ""),
  );
};
const FRAME_HEADS = ["Frame and what fills its slots", "Documents", "Times", "Bits", "First", "Last"];
const frameHeads = () => FRAME_HEADS.map((label, at) => head(label, at > 0 && at < 4 ? { class: "figure" } : {}));

views.frames = ({ parameters }) => {
  const { frames } = data;
  if (!frames) return { title: "Phrases with slots", body: [h("h1", { tabindex: -1 }, "Phrases with slots"), h("p", {}, "These documents are too long for the report to look for them; ", h("code", {}, "textreuse frames RUN"), " does.")] };
  const { body, search } = searchable({
    view: "frames",
    parameters,
    placeholder: "Words of a frame or of its fillers",
    caption: "Phrases with slots",
    one: "frame",
    total: frames.id.length,
    hint: `Phrases with variable places, and what fills each place with how often it does. The most widespread and surprising come first.${frames.id.length < frames.found ? ` The first ${number.format(frames.id.length)} of ${number.format(frames.found)}.` : ""}`,
    list: (asked) => {
      const words = searched(asked.get("q") ?? "");
      return frames.pattern.flatMap((pattern, f) => {
        const text = [pattern, ...frames.slots[f].flat().map(([filler]) => filler)].join(" ");
        return words.every((word) => text.includes(word)) ? [f] : [];
      });
    },
    heads: frameHeads,
    row: frameRow,
  });
  return { title: "Phrases with slots", body: [h("p", { class: "trail" }, h("a", { href: "#phrases" }, "All phrases")), h("h1", { tabindex: -1 }, "Phrases with slots"), body], search };
};

const CONTEXT_SORTS = { document: "order of the documents", date: "date", before: "word before", after: "word after" };

views.phrase = async ({ id, parameters }) => {
  const p = byId.phrases.get(id);
  if (p === undefined) return missing("phrase", id, "The report may leave it out: it shows the most widespread and surprising ones.");
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
  const { lives } = data;
  const used = new Map(lives?.uses[p].map(([period, times, rate]) => [period, { times, rate }]));
  const family = phrases.family[p] < 0 ? [] : phrases.family.flatMap((other, row) => (other === phrases.family[p] && row !== p ? [row] : []));
  const inFrames = data.frames?.phrases.flatMap((members, f) => (members.includes(p) ? [f] : [])) ?? [];
  return {
    title: clipped(phrases.text[p], 60),
    body: [
      h("p", { class: "trail" }, h("a", { href: "#phrases" }, "All phrases")),
      h("h1", { tabindex: -1 }, h("bdi", {}, shown(phrases.text[p]))),
      h(
        "p",
        { class: "in-words" },
        `${count(phrases.tf[p], "time")} in ${count(phrases.df[p], "document")}`,
        phrases.first[p] ? (phrases.first[p] === phrases.last[p] ? `, all of ${phrases.first[p]}` : `, from ${phrases.first[p]} to ${phrases.last[p]}`) : "",
        `; ${count(phrases.tokens[p], "word")}, ${number.format(phrases.bits[p])} bits. Dispersion ${phrases.dispersion[p].toFixed(2)}: 0 is spread evenly over the documents, 1 is all in one place.`,
      ),
      phrases.note[p] && h("p", { class: "note" }, h("bdi", {}, shown(phrases.note[p]))),
      lives?.periods.length > 1 && [
        h("figure", { class: "chart" }, h("figcaption", {}, `Occurrences by ${lives.by}`), bars(`Occurrences by ${lives.by}`, lives.periods.map((name, period) => [name, used.get(period)?.times ?? 0]))),
        lives.born[p] || lives.dropped[p] ? h("p", { class: "hint" }, bornOrDropped(p)) : "",
      ],
      h("h2", {}, "In context"),
      lines.length < phrases.tf[p] && h("p", { class: "hint" }, `The first ${number.format(run.occurrences)} of ${count(phrases.tf[p], "occurrence")}.`),
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
            Object.entries(CONTEXT_SORTS).map(([name, label]) => h("option", { value: name, selected: name === by }, label)),
          ),
        ),
      ),
      h(
        "table",
        { class: "kwic" },
        h("caption", { class: "visually-hidden" }, "Occurrences in context"),
        h("thead", {}, h("tr", {}, head("Before", { class: "left" }), head("Phrase", { class: "keyword" }), head("After", { class: "right" }), head("Document", { class: "from" }))),
        h(
          "tbody",
          {},
          listed.map(([doc, start, , left, keyword, right]) =>
            h(
              "tr",
              {},
              h("td", { class: "left around" }, h("bdi", tongue(doc), shown(left).replace(/\s+/g, " "))),
              h("td", { class: keyword.length > 60 ? "keyword" : "keyword short", ...tongue(doc) }, clipped(keyword, 300)),
              h("td", { class: "right around", ...tongue(doc) }, shown(right).replace(/\s+/g, " ")),
              h("td", { class: "from" }, linkToDocument(doc, { at: start }), ` ${dateOf(doc)}`),
            ),
          ),
        ),
      ),
      inFrames.length > 0 && [h("h2", {}, "With slots"), table("Frames that this phrase is part of", frameHeads(), inFrames.map(frameRow))],
      family.length > 0 && [
        h("h2", {}, "Other forms of it"),
        table(
          "Other forms",
          [head("Phrase"), head("Documents", { class: "figure" }), head("Times", { class: "figure" })],
          family.map((row) =>
            h("tr", {}, h("th", { scope: "row", class: "phrase" }, h("a", { href: address("phrase", phrases.id[row]) }, h("bdi", {}, shown(phrases.text[row])))), figure(number.format(phrases.df[row])), figure(number.format(phrases.tf[row]))),
          ),
        ),
      ],
    ],
  };
};
