// The report's blocks: readable JSON in the page, gzip as base64 in the page, or the same in scripts beside it.

const blocks = new Map();
const arriving = new Map();
const folder = document.body.dataset.folder;

// A script beside the page calls this.
window.textreuseBlock = (name, packed) => arriving.get(name)?.(packed);

const unpack = async (packed) => {
  const binary = atob(packed);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

const fromFolder = (name) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    arriving.set(name, resolve);
    script.src = `${encodeURIComponent(folder)}/${name}.js`;
    script.onerror = () =>
      reject(new Error(`The folder “${folder}” is not beside this file, so this text is missing.`));
    document.head.append(script);
  }).finally(() => arriving.delete(name));

// The value of a block; read once.
const block = (name) => {
  if (!blocks.has(name)) {
    const element = document.getElementById(`block-${name}`);
    blocks.set(
      name,
      element === null
        ? fromFolder(name).then(unpack)
        : element.type === "application/json"
          ? Promise.resolve(JSON.parse(element.textContent))
          : unpack(element.textContent),
    );
  }
  return blocks.get(name);
};

let data; // the block "index"
let quotes; // the text of each numbered passage

// A document's text and shades, by its ordinal.
const reading = async (doc) => {
  const found = (await block(`texts-${data.documents.chunk[doc]}`)).find((entry) => entry[0] === doc);
  const text = found[1];
  return { text, shades: found[2], at: units(text) };
};

// Spans are in code points; strings here count UTF-16 units. Most texts have no character for which it matters.
const units = (text) => {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const wide = []; // code points before which one more unit has passed
  let point = 0;
  for (const character of text) {
    if (character.length === 2) wide.push(point);
    point++;
  }
  return (offset) => {
    let low = 0;
    let high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
};

// Which row has an id, for links.
const numbered = (ids) => new Map(ids.map((id, number) => [wellFormed(id), number]));
const byId = {};

const load = async () => {
  [data, quotes] = await Promise.all([block("index"), block("quotes")]);
  for (const table of ["documents", "matches", "clusters", "phrases"]) byId[table] = numbered(data[table].id);
};
