// Text of documents: characters that act are shown, languages are said, and two passages are compared word by word.

// Controls, bidi embeddings, overrides and isolates, annotation, tags. Marks that right-to-left text needs are left.
const ACTS =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]|[\udb40][\udc00-\udc7f]|\p{Cs}/gu;
const shown = (text) =>
  text.replace(ACTS, (character) => {
    const code = character.codePointAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
const oneLine = (text) => shown(text).replace(/\s+/g, " ").trim();
const clipped = (text, most) => {
  const line = oneLine(text.length > 4 * most ? text.slice(0, 4 * most) : text);
  return line.length > most
    ? `${line.slice(0, line.lastIndexOf(" ", most) > most / 2 ? line.lastIndexOf(" ", most) : most)}…`
    : line;
};

// What an element with text of a document says about it.
const tongue = (doc) => ({ lang: data.documents.language[doc], dir: data.documents.rightToLeft[doc] ? "rtl" : "ltr" });

// How much of a document is recycled, shared, repeated, fresh: rounded where the page was made, so that it adds up.
const sharesOf = (doc) =>
  data.documents.shares[doc].flatMap((share, kind) => (share ? `${share}% ${data.documents.kinds[kind]}` : [])).join(", ");
const titleOf = (doc, most = 160) => clipped(data.documents.title[doc] || data.documents.name[doc], most);
// The same within a line of plain text: one that is read from right to left leaves figures beside it where they are.
const isolatedTitle = (doc, most = 160) => `\u2068${titleOf(doc, most)}\u2069`;
const dateOf = (doc) => data.documents.date[doc] ?? "no date";
const linkToDocument = (doc, parameters) =>
  h("a", { href: address("document", data.documents.id[doc], parameters) }, h("bdi", {}, titleOf(doc)));

// Scripts that put no spaces between words: each of their letters is a word (reuse/spacing.py has the same).
const SOLO =
  "\\u0e00-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fff\\u3005-\\u3007\\u3021-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf" +
  "\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}";
const LETTER = `(?=[\\p{L}\\p{N}])[${SOLO}]`;
const OPENING = "“‘《〈（【「『〔\\[(\\{<«„‚¿¡";
const ALONE = "[^\\p{L}\\p{N}_\\s]+(?!\\S)";
const CHUNK = new RegExp(`(?:${ALONE}\\s*)*\\S*\\s*(?:${ALONE}\\s*)*`, "gu");
const SOLO_LETTER = new RegExp(LETTER, "u");
const PIECE = new RegExp(
  `(?:${ALONE}\\s*)*[^\\p{L}\\p{N}_\\s]*${LETTER}(?:(?![${OPENING}])[^\\p{L}\\p{N}_\\s]|\\s+${ALONE})*\\s*` +
    `|(?:(?!${LETTER})[^])*?\\s*(?=[${OPENING}]*${LETTER}|$)`,
  "gu",
);
const FIRST_LETTER = /^[^\p{L}\p{N}_]*([\p{L}\p{N}_])/u;
const LAST_LETTER = /([\p{L}\p{N}_])[^\p{L}\p{N}_]*$/u;
const spaceBetween = (left, right) =>
  left.endsWith(" ") || SOLO_LETTER.test((LAST_LETTER.exec(left)?.[1] ?? "") + (FIRST_LETTER.exec(right)?.[1] ?? ""))
    ? ""
    : " ";
const wordsOf = (text) => {
  const chunks = text.replace(/\s+/g, " ").trim().match(CHUNK).filter(Boolean);
  const words = chunks.flatMap((chunk) =>
    SOLO_LETTER.test(chunk) ? chunk.match(PIECE).filter(Boolean) : [chunk],
  );
  return words.map((word, at) => {
    const bare = word.trimEnd();
    return word === bare || at === words.length - 1 || spaceBetween(bare, words[at + 1]) ? bare : `${bare} `;
  });
};
const joined = (words) =>
  words.map((word, at) => word + (at < words.length - 1 ? spaceBetween(word, words[at + 1]) : "")).join("").trimEnd();

const key = (word) => word.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase() || word.trimEnd();

const MOST_WORDS = 20_000;
const MOST_EDITS = 2_000; // memory grows with their square: 16 MB

// Stretches of two texts that are the same or differ, alternating: longest common subsequence of words (Myers 1986).
// Null if the texts are too long or too unlike for that.
const differences = (a, b) => {
  const left = wordsOf(a);
  const right = wordsOf(b);
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) return null;
  const pairs = common(left.map(key), right.map(key));
  if (pairs === null) return null;
  const stretches = [];
  const push = (same, x, y) => {
    const last = stretches.at(-1);
    if (last && last.same === same) {
      last.a.push(...x);
      last.b.push(...y);
    } else if (x.length || y.length) stretches.push({ same, a: [...x], b: [...y] });
  };
  let i = 0;
  let j = 0;
  for (const [x, y] of pairs) {
    push(false, left.slice(i, x), right.slice(j, y));
    push(true, [left[x]], [right[y]]);
    [i, j] = [x + 1, y + 1];
  }
  push(false, left.slice(i), right.slice(j));
  return stretches;
};

// Pairs of places at which two lists agree, rising; null if that takes too many edits.
const common = (a, b) => {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const reach = new Int32Array(2 * most + 2);
  const trail = [];
  for (let edits = 0; edits <= most; edits++) {
    trail.push(reach.slice(most - edits, most + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && reach[most + k - 1] < reach[most + k + 1]);
      let x = down ? reach[most + k + 1] : reach[most + k - 1] + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      reach[most + k] = x;
      if (x >= a.length && y >= b.length) return backwards(trail, a.length, b.length);
    }
  }
  return null;
};
const backwards = (trail, endA, endB) => {
  const pairs = [];
  let x = endA;
  let y = endB;
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = (k) => trail[edits][k + edits] ?? 0; // furthest x on diagonal k with one edit less
    const k = x - y;
    const down = k === -edits || (k !== edits && reach(k - 1) < reach(k + 1));
    const before = edits === 0 ? 0 : down ? reach(k + 1) : reach(k - 1);
    const middle = edits === 0 ? 0 : down ? before : before + 1;
    while (x > middle && y > middle - k) pairs.push([--x, --y]);
    x = before;
    y = edits === 0 ? 0 : down ? before - (k + 1) : before - (k - 1);
  }
  return pairs.reverse();
};

const GAP = "–";
const marked = (stretches, side) =>
  stretches.map(({ [side]: own, same }, at) => {
    const words = own.length ? own : [GAP];
    const before = at ? stretches[at - 1][side] : [];
    const gap = at ? spaceBetween(before.at(-1) ?? GAP, words[0]) || (before.at(-1)?.endsWith(" ") ? " " : "") : "";
    return [gap, same ? joined(words) : h("mark", {}, joined(words))];
  });

// Stretches cut into rows, a sentence or so each, so that the two sides stay beside each other.
const ROW_WORDS = 40;
const inRows = (stretches) => {
  const rows = [[]];
  let length = 0;
  for (const stretch of stretches) {
    let start = 0;
    if (stretch.same) {
      for (let at = 0; at < stretch.a.length; at++) {
        length++;
        if (length >= ROW_WORDS && /[.!?;:。！？；：]["'”’)*」』]*\s*$/.test(stretch.a[at])) {
          rows.at(-1).push({ same: true, a: stretch.a.slice(start, at + 1), b: stretch.b.slice(start, at + 1) });
          rows.push([]);
          start = at + 1;
          length = 0;
        }
      }
    } else length += Math.max(stretch.a.length, stretch.b.length);
    const rest = { same: stretch.same, a: stretch.a.slice(start), b: stretch.b.slice(start) };
    if (rest.a.length || rest.b.length) rows.at(-1).push(rest);
  }
  return rows.filter((row) => row.length);
};
