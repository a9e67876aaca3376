// Phrases with slots, and what fills these.

const fillersOf = (f) => {
  const { frames } = data;
  return frames.slots[f].map((slot, at) => {
    const left = frames.distinct[f][at] - slot.length;
    const told = slot.map(([text, times], place) => [
      place ? ", " : "",
      h("bdi", {}, text ? clipped(text, 80) : h("em", {}, "nothing")),
      ` (${number.format(times)})`,
    ]);
    return h(
      "p",
      { class: "fillers" },
      h("span", { class: "slot" }, "…"),
      " ",
      told,
      left > 0 ? `, and ${number.format(left)} more` : "",
    );
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
  if (!frames)
    return {
      title: "Formulas with slots",
      body: [
        h("h1", { tabindex: -1 }, "Formulas with slots"),
        h(
          "p",
          {},
          "These documents are too long for the report to look for them; ",
          h("code", {}, "textreuse frames RUN"),
          " does.",
        ),
      ],
    };
  const { body, search } = searchable({
    view: "frames",
    parameters,
    placeholder: "Words of a frame or of its fillers",
    caption: "Formulas with slots",
    one: "frame",
    total: frames.id.length,
    hint: `Formulas with variable places, and what fills each place with how often it does. The most widespread and surprising come first.${frames.id.length < frames.found ? ` The first ${number.format(frames.id.length)} of ${number.format(frames.found)}.` : ""}`,
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
  return {
    title: "Formulas with slots",
    body: [
      h("p", { class: "trail" }, h("a", { href: "#phrases" }, "All formulas")),
      h("h1", { tabindex: -1 }, "Formulas with slots"),
      body,
    ],
    search,
  };
};
