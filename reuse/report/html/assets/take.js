// What can be taken along: tables as CSV, drawings as SVG or PNG, a view as a file of its own. Nothing leaves the machine.

const handOver = (name, type, content) => {
  const link = h("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(`Saved as ${name}`);
};
const fileName = (what, suffix) => `${data.run.name.replace(/[^\p{L}\p{N}._-]+/gu, "-")}-${what}.${suffix}`;

// A spreadsheet takes a cell that begins with one of these for a formula; a number is none.
const ACTS_IN_SHEETS = /^[=+\-@\t\r\n＝＋－＠]/;
const cellOf = (value) => {
  if (typeof value === "number") return String(value);
  const text = String(value ?? "");
  const safe = ACTS_IN_SHEETS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
// With the mark by which spreadsheets know UTF-8.
const csvOf = (heads, rows) =>
  `\ufeff${[heads, ...rows].map((row) => row.map(cellOf).join(",")).join("\r\n")}\r\n`;
const csvButton = (what, heads, rows) =>
  h(
    "button",
    {
      type: "button",
      class: "button take",
      onclick: () => handOver(fileName(what, "csv"), "text/csv;charset=utf-8", csvOf(heads(), rows())),
    },
    "Save as CSV",
  );

const MATCH_HEADS = [
  ...["id", "a", "title_a", "date_a", "b", "title_b", "date_b", "direction", "length", "shared", "similarity"],
  ...["bits", "evalue", "relation", "places", "mark", "note", "text_a", "text_b"],
];
const matchCells = (m) => {
  const { matches, spans, documents, clusters } = data;
  const side = (span) => [documents.id[spans.doc[span]], documents.title[spans.doc[span]], documents.date[spans.doc[span]]];
  return [
    matches.id[m],
    ...side(matches.a[m]),
    ...side(matches.b[m]),
    ["unknown", "a>b", "b>a"][matches.direction[m]],
    Math.max(matches.tokensA[m], matches.tokensB[m]),
    matches.matched[m],
    matches.similarity[m],
    matches.bits[m],
    matches.evalue[m] ?? "",
    data.run.relations[matches.relation[m]].split(":")[0],
    clusters.passages[matches.cluster[m]],
    matches.mark[m] ? MARKS[matches.mark[m]] : "",
    matches.note[m] ?? "",
    quotes[matches.a[m]],
    quotes[matches.b[m]],
  ];
};

// A drawing as it is seen, with its colours and type written into it.
const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "text-anchor"];
const svgOf = (drawing) => {
  const copy = drawing.cloneNode(true);
  const own = [drawing, ...drawing.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, at) => {
    const style = getComputedStyle(own[at]);
    for (const name of STYLED) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
  });
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  copy.setAttribute("xmlns", SVG);
  const [x, y, width, height] = drawing.getAttribute("viewBox").split(" ");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.prepend(s("rect", { x, y, width, height, fill: getComputedStyle(document.documentElement).backgroundColor }));
  return new XMLSerializer().serializeToString(copy);
};
const PNG_WIDTH = 2000; // pixels: a printed page needs no more
const PNG_MOST = 8000; // some browsers draw nothing beyond
const savePng = async (what, drawing) => {
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const scale = Math.min(Math.max(PNG_WIDTH / width, 2), PNG_MOST / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgOf(drawing))}`;
  await image.decode();
  const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => handOver(fileName(what, "png"), "image/png", blob));
};
const drawingButtons = (what, drawing) => {
  const button = (name, save) => h("button", { type: "button", class: "plain take", onclick: save }, `Save as ${name}`);
  return [
    button("SVG", () => handOver(fileName(what, "svg"), "image/svg+xml", svgOf(drawing()))),
    " ",
    button("PNG", () => savePng(what, drawing())),
  ];
};

// The drawings of the digest, which stand there without a script.
const takeDigest = () => {
  for (const figure of document.querySelectorAll("#digest .drawing"))
    figure.querySelector("svg").after(h("p", {}, drawingButtons(figure.dataset.name, () => figure.querySelector("svg"))));
  for (const button of document.querySelectorAll("[data-print]"))
    button.addEventListener("click", () => {
      document.body.dataset.printed = button.dataset.print;
      print();
    });
};
