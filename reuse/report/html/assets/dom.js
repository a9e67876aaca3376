// Elements are made here and nowhere else. Text becomes a text node: no text of a document is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
};
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// A lone surrogate, of a file's name that is not UTF-8, has no place in an address.
const wellFormed = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
const encoded = (text) => encodeURIComponent(wellFormed(text));

// `#view/id?name=value`
const address = (view, id, parameters) => {
  const query = new URLSearchParams(parameters ?? {}).toString();
  return `#${view}${id === undefined || id === null ? "" : `/${encoded(id)}`}${query ? `?${query}` : ""}`;
};

const places = (hash) => {
  const [path, query] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const [view, id] = path.split(/\/(.*)/s);
  let name = id ?? null;
  try {
    name = id === undefined ? null : decodeURIComponent(id);
  } catch {
    // Typed by hand and not an encoded name: take it as it is.
  }
  return { view: view || "overview", id: name, parameters: new URLSearchParams(query ?? "") };
};

const table = (caption, heads, rows, attributes) =>
  h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h("table", { class: "wide", ...attributes }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)),
  );
const head = (label, attributes) => h("th", { scope: "col", ...attributes }, label);
const figure = (value) => h("td", { class: "figure" }, value);

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const count = (value, one, several) => `${number.format(value)} ${value === 1 ? one : (several ?? `${one}s`)}`;
const datedOf = (doc) => h("span", { class: "where" }, ` ${dateOf(doc)}`);
const percent = (share) => `${Math.round(share * 100)}%`;

const say = (message) => {
  document.getElementById("status").textContent = message;
};
