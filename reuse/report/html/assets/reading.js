// One document to read, shaded by how often its text recurs.

// A long document is read in parts: no element gets longer than a browser can lay out at once.
const PART = 60_000;
const partsOf = (text) => {
  const starts = [0];
  while (text.length - starts.at(-1) > PART * 1.2) {
    const end = starts.at(-1) + PART;
    const paragraph = text.lastIndexOf("\n", end);
    let start = paragraph > starts.at(-1) + PART / 2 ? paragraph + 1 : end;
    if (/[\udc00-\udfff]/.test(text[start])) start++; // not between the halves of a character
    starts.push(start);
  }
  return starts;
};

// Stretches of equal shade between `from` and `to`: start, end, depth, cluster of the deepest passage.
const shading = (shades, at, from, to) => {
  const edges = [];
  for (let row = 0; row < shades.length; row += 4) {
    const [start, end] = [Math.max(at(shades[row]), from), Math.min(at(shades[row + 1]), to)];
    if (start < end)
      edges.push([start, 1, shades[row + 2], shades[row + 3], row], [end, -1, shades[row + 2], shades[row + 3], row]);
  }
  edges.sort((x, y) => x[0] - y[0]);
  const open = new Map();
  const stretches = [];
  let last = from;
  for (const [place, step, depth, cluster, row] of [...edges, [to, 0]]) {
    if (place > last) {
      let deepest = null;
      for (const one of open.values())
        if (
          !deepest ||
          one.depth > deepest.depth ||
          (one.depth === deepest.depth && one.cluster >= 0 && deepest.cluster < 0)
        )
          deepest = one;
      stretches.push({ start: last, end: place, depth: deepest?.depth ?? 0, cluster: deepest?.cluster ?? -1 });
      last = place;
    }
    if (step === 1) open.set(row, { depth, cluster });
    if (step === -1) open.delete(row);
  }
  return stretches;
};

const DEPTHS = ["", "twice", "three to five times", "six times or more"];

views.document = async ({ id, parameters }) => {
  const doc = byId.documents.get(id);
  if (doc === undefined) return missing("document", id, "");
  const { documents, clusters } = data;
  const { text, shades, at } = await reading(doc);
  const starts = partsOf(text);
  const target = parameters.has("at") ? at(Number(parameters.get("at"))) : null;
  const asked = Number(parameters.get("part")) || 1;
  const part = Math.min(
    Math.max(1, target === null ? asked : starts.filter((start) => start <= target).length),
    starts.length,
  );
  const [from, to] = [
    starts[part - 1] + text.slice(starts[part - 1]).match(/^\n*/)[0].length,
    starts[part] ?? text.length,
  ];
  let here = null;
  const body = h("div", { class: "reading", ...tongue(doc) });
  for (const { start, end, depth, cluster } of shading(shades, at, from, to)) {
    const words = shown(text.slice(start, end));
    const isHere = here === null && target !== null && target >= start && target < end;
    let element = null;
    if (cluster >= 0) {
      element = h(
        "a",
        {
          class: `depth${depth}`,
          href: address("cluster", clusters.id[cluster]),
          title: `This text stands in ${count(clusters.passages[cluster], "place")}`,
        },
        words,
      );
    } else if (depth)
      element = h("span", { class: `depth${depth}`, title: `This text recurs ${DEPTHS[depth]}` }, words);
    else if (isHere) element = h("span", {}, words);
    if (isHere) {
      here = element;
      here.classList.add("here");
    }
    body.append(element ?? words);
  }
  const parts =
    starts.length > 1 &&
    h(
      "nav",
      { class: "pages", "aria-label": "Parts of the document" },
      part > 1 && h("a", { href: address("document", id, { part: part - 1 }), rel: "prev" }, "Earlier"),
      h("span", { class: "where" }, `part ${part} of ${starts.length}`),
      part < starts.length && h("a", { href: address("document", id, { part: part + 1 }), rel: "next" }, "Further"),
    );
  return {
    title: titleOf(doc),
    focus: here,
    body: [
      h(
        "p",
        { class: "trail" },
        h("a", { href: "#documents" }, "All documents"),
        h("a", { href: address("matches", null, { doc: documents.id[doc] }) }, "Its matches"),
        h("a", { href: address("synopsis", documents.id[doc]) }, "Synopsis with others"),
        documents.url[doc] && h("a", { href: documents.url[doc], rel: "noreferrer noopener", target: "_blank" }, "Where it comes from"),
      ),
      h("h1", { tabindex: -1 }, h("bdi", tongue(doc), titleOf(doc))),
      h(
        "p",
        { class: "where" },
        [
          dateOf(doc) + (documents.guessed[doc] ? " (guessed)" : ""),
          documents.source[doc] && clipped(documents.source[doc], 80),
          clipped(documents.id[doc], 160),
          count(documents.tokens[doc], "word"),
        ]
          .filter(Boolean)
          .flatMap((fact, place) => [place ? " · " : "", h("bdi", {}, fact)]),
        copiesOf(doc),
      ),
      strip(documents.strip[doc], { class: "strip large" }),
      h(
        "p",
        { class: "hint" },
        `Of its words ${sharesOf(doc)}. What recurs, here or in others, is shaded: `,
        h("span", { class: "depth1" }, "twice"),
        ", ",
        h("span", { class: "depth2" }, "three to five times"),
        ", ",
        h("span", { class: "depth3" }, "six times or more"),
        ". A shaded text leads to its other places.",
      ),
      mapOf(doc),
      part > 1 && parts?.cloneNode(true),
      body,
      parts,
      h("p", { class: "where" }, "SHA-256 of the text ", h("code", {}, documents.sha256[doc])),
    ],
  };
};
