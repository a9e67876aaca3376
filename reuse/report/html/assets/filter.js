// The filter of the matches: what the address asks for, and in one pass over the columns which rows pass and how many
// would pass with each choice of each facet.

const RANGES = {
  similarity: { label: "Alike", of: (m) => Math.round(data.matches.similarity[m] * 100), unit: "%" },
  words: { label: "Length", of: (m) => Math.max(data.matches.tokensA[m], data.matches.tokensB[m]), unit: "" },
  bits: { label: "Bits", of: (m) => Math.floor(data.matches.bits[m]), unit: "" },
};

const MARKS = ["no mark", "accepted", "rejected", "boilerplate"];
const RECURS = ["2 passages", "3 to 5", "6 to 10", "over 10"];
const WITHIN = ["two documents", "one document"];
const NO_FURNITURE = "none";
// Of a pair of copies of one text the first match stands for the whole text; further ones are not listed.
const WHOLE = 1;
const FURTHER = 2;
const MOST_CHOICES = 12;
const MOST_PERIODS = 30;

const matchFilter = {
  columns: {}, // Int32Array a range
  facets: [], // name, label, choices, of: lists of choices a match has
  lower: null, // text of both passages in lower case, made when words are first looked for

  prepare() {
    const { matches, spans, documents, clusters, run } = data;
    const size = matches.id.length;
    for (const [name, range] of Object.entries(RANGES)) {
      this.columns[name] = Int32Array.from({ length: size }, (_, m) => range.of(m));
    }
    this.docA = Int32Array.from(matches.a, (span) => spans.doc[span]);
    this.docB = Int32Array.from(matches.b, (span) => spans.doc[span]);
    const pairs = new Set();
    this.copied = Uint8Array.from(this.docA, (a, m) => {
      const b = this.docB[m];
      if (!areCopies(a, b)) return 0;
      const pair = a * documents.id.length + b;
      if (pairs.has(pair)) return FURTHER;
      pairs.add(pair);
      return WHOLE;
    });
    this.onlyCopies = this.copied.every(Boolean);
    const recurs = clusters.passages.map((passages) => (passages < 3 ? 0 : passages < 6 ? 1 : passages < 11 ? 2 : 3));
    const many = new Set(documents.year).size > MOST_PERIODS;
    const named = documents[many ? "decade" : "year"];
    const period = named.map((name, doc) => name ?? documents.date[doc] ?? "no date");
    this.facets = [
      this.pairFacet(
        "doc",
        "Document",
        documents.id,
        documents.id.map((_, doc) => titleOf(doc)),
      ),
      this.pairFacet(
        "source",
        "Source",
        documents.source.map((source) => source ?? "no source"),
      ),
      this.pairFacet("year", many ? "Decade" : "Year", period),
      this.simpleFacet(
        "relation",
        "Passes on",
        run.relations.map((said) => said.split(":")[0]),
        (m) => matches.relation[m],
        run.relations,
      ),
      this.simpleFacet("recurs", "Text recurs in", RECURS, (m) => recurs[matches.cluster[m]]),
      this.simpleFacet("within", "Between or within", WITHIN, (m) => +(this.docA[m] === this.docB[m])),
      this.simpleFacet(
        "found",
        "How it was found",
        run.found.map(([name]) => name),
        (m) => matches.found[m],
        run.found.map(([name, says]) => `${name}: ${says}`),
      ),
      {
        ...this.simpleFacet(
          "furniture",
          "Furniture of pages",
          run.furniture.map(([name]) => name),
          (m) => matches.furniture[m],
          run.furniture.map(([name, says]) => (name === NO_FURNITURE ? "text" : says)),
        ),
        usual: matches.furniture.includes(0) ? NO_FURNITURE : undefined,
      },
      this.simpleFacet("mark", "Reviewer’s mark", MARKS, (m) => matches.mark[m]),
    ].filter((facet) => facet.choices.length > 1);
  },

  // A facet of documents: a match has the choice of either side.
  pairFacet(name, label, values, names) {
    const choices = [...new Set(values)];
    const place = new Map(choices.map((choice, at) => [choice, at]));
    const ofDocument = Int32Array.from(values, (value) => place.get(value));
    const first = this.docA.map((doc) => ofDocument[doc]);
    const second = this.docB.map((doc) => ofDocument[doc]);
    return { name, label, choices, names: names ?? choices, first, second };
  },
  simpleFacet(name, label, choices, of, names) {
    const first = Int32Array.from(data.matches.id, (_, m) => of(m));
    const used = new Set(first);
    return { name, label, choices: used.size > 1 ? choices : [], names: names ?? choices, first, second: first };
  },

  // The choices of a facet that are in force: where none is made, the usual one of a facet that has one.
  chosen(facet, parameters) {
    const made = parameters.getAll(facet.name);
    return made.length || facet.usual === undefined ? made : [facet.usual];
  },

  // Rows that pass, in order, and the count of each choice of each facet.
  run(parameters) {
    const size = data.matches.id.length;
    const failed = new Uint16Array(size); // a bit for each condition that a row fails
    let bit = 1;
    for (const name of Object.keys(RANGES)) {
      const [low, high] = interval(parameters.get(name));
      if (low > -Infinity || high < Infinity) {
        const column = this.columns[name];
        for (let m = 0; m < size; m++) if (column[m] < low || column[m] > high) failed[m] |= bit;
      }
    }
    bit <<= 1;
    const words = searched(parameters.get("q") ?? "");
    if (words.length) {
      this.lower ??= data.matches.a.map((span, m) =>
        `${quotes[span]}\n${quotes[data.matches.b[m]]}`.toLowerCase().replace(/\s+/g, " "),
      );
      for (let m = 0; m < size; m++) if (!words.every((word) => this.lower[m].includes(word))) failed[m] |= bit;
    }
    bit <<= 1;
    const name = (parameters.get("in") ?? "").trim().toLowerCase();
    if (name) {
      const { id, title } = data.documents;
      const named = Uint8Array.from(id, (_, doc) => +`${id[doc]}\n${title[doc] ?? ""}`.toLowerCase().includes(name));
      for (let m = 0; m < size; m++) if (!named[this.docA[m]] && !named[this.docB[m]]) failed[m] |= bit;
    }
    bit <<= 1;
    const least = parameters.get("copies") === "shown" || this.onlyCopies ? FURTHER : WHOLE;
    for (let m = 0; m < size; m++) if (this.copied[m] >= least) failed[m] |= bit;
    const foldedBit = bit;
    const bits = new Map();
    for (const facet of this.facets) {
      bit <<= 1;
      bits.set(facet, bit);
      const chosen = new Set(this.chosen(facet, parameters).map((choice) => facet.choices.indexOf(choice)));
      if (!chosen.size) continue;
      const wanted = Uint8Array.from(facet.choices, (_, at) => +chosen.has(at));
      for (let m = 0; m < size; m++) if (!wanted[facet.first[m]] && !wanted[facet.second[m]]) failed[m] |= bit;
    }
    const counts = new Map();
    for (const facet of this.facets) {
      const found = new Int32Array(facet.choices.length);
      const others = ~bits.get(facet);
      for (let m = 0; m < size; m++) {
        if (failed[m] & others) continue;
        found[facet.first[m]]++;
        if (facet.second[m] !== facet.first[m]) found[facet.second[m]]++;
      }
      counts.set(facet, found);
    }
    const rows = [];
    const copies = [];
    let folded = 0;
    for (let m = 0; m < size; m++) {
      if (failed[m] === foldedBit && this.copied[m] === WHOLE) folded++;
      if (!failed[m]) (this.copied[m] ? copies : rows).push(m);
    }
    const sort = parameters.get("sort") ?? "bits";
    // What other copies of two texts only repeat follows, however the list is sorted.
    const listed = ordered(rows, sort);
    const { own } = data.run;
    const once = [...listed.filter((m) => m < own), ...listed.filter((m) => m >= own)];
    return { rows: [...once, ...ordered(copies, sort)], counts, folded, copies: copies.length };
  },
};

// `12..40`, `12..`, `..40`
const interval = (range) => {
  const [low, high] = (range ?? "").split("..");
  return [low ? Number(low) : -Infinity, high ? Number(high) : Infinity];
};

// Words and "quoted phrases" of a search, all of which must be there.
const searched = (query) =>
  [...query.toLowerCase().matchAll(/"([^"]*)"?|(\S+)/g)]
    .map((found) => (found[1] ?? found[2]).replace(/\s+/g, " ").trim())
    .filter(Boolean);

const SORTS = {
  bits: "strongest",
  words: "longest",
  alike: "most alike",
  different: "least alike",
  recurs: "most repeated",
  date: "earliest",
  latest: "latest",
};
const ordered = (rows, sort) => {
  const { matches, clusters, documents } = data;
  const date = (m) => [documents.date[matchFilter.docA[m]], documents.date[matchFilter.docB[m]]].filter(Boolean).sort(compared);
  const dates = sort === "date" || sort === "latest" ? new Map(rows.map((m) => [m, date(m)])) : null;
  const ranks = {
    words: (m) => -matchFilter.columns.words[m],
    alike: (m) => -matches.similarity[m],
    different: (m) => matches.similarity[m],
    recurs: (m) => -clusters.passages[matches.cluster[m]],
  };
  if (ranks[sort]) {
    const rank = new Map(rows.map((m) => [m, ranks[sort](m)]));
    return rows.sort((x, y) => rank.get(x) - rank.get(y) || x - y);
  }
  if (sort === "date") return rows.sort((x, y) => compared(dates.get(x)[0], dates.get(y)[0]) || x - y);
  if (sort === "latest") return rows.sort((x, y) => compared(dates.get(y).at(-1), dates.get(x).at(-1)) || x - y);
  return rows; // they come by bits
};
// Dates sort in time: years before our era (-0043) the other way round, decades (185X) before their years.
const beforeOurEra = (text) => /^-\d{4}/.test(text ?? "");
const inOrder = (text) => (text ?? "\uffff").replace(/^(-?\d{2,3})X+/, "$1");
const compared = (a, b) => {
  if (a === b) return 0;
  const falls = beforeOurEra(a) && beforeOurEra(b) && a.slice(0, 5) !== b.slice(0, 5);
  return inOrder(a) < inOrder(b) !== falls ? -1 : 1;
};
