// Where a document's text comes from: a line with a colour and a letter for each source, and what the letters mean.

const mapLine = (signs, attributes) => {
  const drawing = s("svg", {
    class: "strip map",
    viewBox: `0 0 ${signs.length} 6`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
    ...attributes,
  });
  drawing.append(s("rect", { class: "paper", width: signs.length, height: 6 }));
  for (const run of signs.matchAll(/([^·])\1*/g)) {
    const number = run[1].codePointAt(0) - 65; // A is the first source
    const kind = number >= 0 && number < 8 ? `from${number}` : run[1] === "+" ? "from-other" : "unnamed";
    drawing.append(s("rect", { class: kind, x: run.index, width: run[0].length, height: 6 }));
  }
  return drawing;
};

const mapOf = (doc) => {
  const found = data.documents.map[doc];
  if (!found) return null;
  const [signs, legend] = found;
  return h(
    "section",
    { class: "whence" },
    h("h2", {}, "Where it comes from"),
    mapLine(signs, { class: "strip map large" }),
    h(
      "ul",
      { class: "plain" },
      legend.map(([sign, source, words, share, sure, guessed], place) =>
        h(
          "li",
          {},
          h("span", { class: `sign ${sign === "+" ? "from-other" : `from${place}`}`, "aria-hidden": "true" }, sign),
          " ",
          source < 0 ? "other documents" : linkToDocument(source),
          h(
            "span",
            { class: "where" },
            ` ${source < 0 ? "" : `${dateOf(source)} · `}${count(words, "word")}, ${share}% of the text`,
            sure < 95 ? `, sure ${sure}%` : "",
            guessed ? ", by a guessed date" : "",
          ),
        ),
      ),
    ),
    h(
      "p",
      { class: "hint" },
      "Of the earlier documents the one that each passage is nearest to in wording, then the latest of them. ",
      signs.match(/[?=~#]/) ? "Grey: what others have too, or the document itself again, without a source that is known; and furniture of pages." : "",
    ),
  );
};

// That a document is a copy, or has copies.
const copiesOf = (doc) => {
  const { copies, copyOf } = data.documents;
  if (copies[doc] < 2) return "";
  return copyOf[doc] >= 0
    ? [" · a copy of ", linkToDocument(copyOf[doc]), `, one of ${number.format(copies[doc])}`]
    : ` · the first of ${number.format(copies[doc])} copies`;
};
const timesOf = (doc) =>
  data.documents.copies[doc] > 1
    ? h("span", { class: "where", title: "documents that have this text" }, ` ×${number.format(data.documents.copies[doc])}`)
    : "";
const areCopies = (a, b) => {
  const first = (doc) => (data.documents.copyOf[doc] < 0 ? doc : data.documents.copyOf[doc]);
  return a !== b && first(a) === first(b);
};
