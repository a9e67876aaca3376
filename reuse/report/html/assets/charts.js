// Drawings of the views: density strips, heat map, lifelines. Each stands beside a table or a text with the same facts.

const strip = (cells, attributes) => {
  const drawing = s("svg", {
    class: "strip",
    viewBox: `0 0 ${cells.length} 6`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
    ...attributes,
  });
  drawing.append(s("rect", { class: "paper", width: cells.length, height: 6 }));
  for (const run of cells.matchAll(/([1-3])\1*/g)) {
    drawing.append(s("rect", { class: `fill${run[1]}`, x: run.index, width: run[0].length, height: 6 }));
  }
  return drawing;
};

// Bars by period, small, with their figures in the drawing's label.
const bars = (label, counts) => {
  const entries = [...counts];
  const highest = Math.max(1, ...entries.map(([, value]) => value));
  const step = 300 / Math.max(entries.length, 1);
  const drawing = s("svg", {
    viewBox: "-14 -12 328 84",
    role: "img",
    "aria-label": `${label}: ${entries.map(([name, value]) => `${name} ${value}`).join(", ")}`,
  });
  const every = Math.ceil(entries.length / 6);
  entries.forEach(([name, value], at) => {
    const height = (value / highest) * 50;
    drawing.append(
      s(
        "rect",
        { class: "bar", x: at * step + 1, y: 50 - height, width: Math.min(step - 2, 40), height },
        s("title", {}, `${name}: ${value}`),
      ),
    );
    if (value && entries.length <= 12)
      drawing.append(
        s("text", { class: "value", x: at * step + 1 + Math.min(step - 2, 40) / 2, y: 46 - height }, value),
      );
    if (at % every === 0)
      drawing.append(s("text", { class: "tick", x: at * step + 1 + Math.min(step - 2, 40) / 2, y: 64 }, name));
  });
  drawing.append(s("line", { class: "axis", x1: 0, y1: 50.5, x2: 300, y2: 50.5 }));
  return drawing;
};
