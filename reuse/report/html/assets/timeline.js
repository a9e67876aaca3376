// When phrases were used.

const LIFELINES = 40;

// The first phrases that are neither part of one another nor of one family.
const distinct = (found, most) => {
  const chosen = [];
  const families = new Set();
  for (const p of found) {
    if (chosen.length === most) break;
    const family = data.phrases.family[p];
    const text = ` ${data.phrases.text[p]} `;
    if (families.has(family) || chosen.some((other) => other.text.includes(text) || text.includes(other.text)))
      continue;
    if (family >= 0) families.add(family);
    chosen.push({ p, text });
  }
  return chosen.map(({ p }) => p);
};

views.timeline = ({ parameters }) => {
  const { phrases, lives } = data;
  if (!lives)
    return {
      title: "Timeline",
      body: [h("h1", { tabindex: -1 }, "When formulas were used"), h("p", {}, "No document has a date.")],
    };
  const words = searched(parameters.get("q") ?? "");
  const found = phrases.id
    .map((_, p) => p)
    .filter((p) => lives.first[p] >= 0 && words.every((word) => phrases.text[p].includes(word)));
  const chosen = distinct(found, LIFELINES).sort(
    (x, y) => lives.first[x] - lives.first[y] || lives.last[x] - lives.last[y] || x - y,
  );
  const periods = lives.periods.length;
  const x = (period) => 300 + ((period + 0.5) / periods) * 590;
  const height = chosen.length * 22 + 30;
  const drawing = s("svg", {
    class: "life",
    viewBox: `0 0 900 ${height}`,
    role: "group",
    "aria-label": "When each formula was used; the table below has the figures",
  });
  const every = Math.ceil(periods / 12);
  for (let period = 0; period < periods; period += every) {
    drawing.append(
      s("line", { class: "grid", x1: x(period), x2: x(period), y1: 18, y2: height }),
      s("text", { x: x(period), y: 12 }, lives.periods[period]),
    );
  }
  chosen.forEach((p, at) => {
    const y = at * 22 + 34;
    const [start, end] = [x(lives.first[p]), x(lives.last[p])];
    const peak = Math.max(...lives.uses[p].map(([, , rate]) => rate));
    fill(drawing, {}, [
      s(
        "a",
        { href: address("phrase", phrases.id[p]) },
        s(
          "text",
          { class: "end", x: 285, y: y + 4 },
          s("title", {}, shown(phrases.text[p])),
          clipped(phrases.text[p], 46),
        ),
      ),
      s("line", { x1: start, x2: end, y1: y, y2: y }),
      lives.born[p] ? s("line", { class: "stop", x1: start - 9, x2: start - 9, y1: y - 7, y2: y + 7 }) : null,
      lives.dropped[p] ? s("line", { class: "stop", x1: end + 9, x2: end + 9, y1: y - 7, y2: y + 7 }) : null,
      lives.uses[p].map(([period, times, rate]) =>
        s(
          "circle",
          { cx: x(period), cy: y, r: (2 + 5 * Math.sqrt(rate / peak)).toFixed(1) },
          s("title", {}, `${lives.periods[period]}: ${count(times, "time")}, ${rate} in 1,000 words`),
        ),
      ),
    ]);
  });
  const ofPeriod = (period) => (period < 0 ? "" : lives.periods[period]);
  return {
    title: "Timeline",
    body: [
      h("h1", { tabindex: -1 }, "When formulas were used"),
      h(
        "p",
        { class: "hint" },
        `The ${chosen.length} most widespread formulas, by their first use. The larger a dot, the more often the formula was used in that ${lives.by}, for each 1,000 words of it, against its own highest. A bar at an end says that it was absent before (or after) though enough text stands there for that to be no accident. Only dated documents count.`,
      ),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Lifelines of formulas" }, drawing),
      h("p", {}, drawingButtons("timeline", () => drawing)),
      h("h2", {}, "Figures"),
      table(
        "When formulas were used",
        [
          head("Formula"),
          head("First"),
          head("Last"),
          head("Came up"),
          head("Dropped"),
          head("Documents", { class: "figure" }),
          head("Times", { class: "figure" }),
        ],
        chosen.map((p) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row", class: "phrase" },
              h("a", { href: address("phrase", phrases.id[p]) }, h("bdi", {}, clipped(phrases.text[p], 160))),
            ),
            h("td", { class: "date" }, phrases.first[p]),
            h("td", { class: "date" }, phrases.last[p]),
            h("td", {}, lives.born[p] ? ofPeriod(lives.first[p]) : ""),
            h("td", {}, lives.dropped[p] ? `after ${ofPeriod(lives.last[p])}` : ""),
            figure(number.format(phrases.df[p])),
            figure(number.format(phrases.tf[p])),
          ),
        ),
      ),
    ],
  };
};
