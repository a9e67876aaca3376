// Tables that can be searched and sorted, with their state in the address.

// The head of a column that the table can be sorted by; a click on it changes the address.
const sortable = (view, parameters, name, label, falls, attributes) => {
  const [by, way] = (parameters.get("sort") ?? "").split("-");
  const sorted = by === name;
  const descending = sorted ? (way ? way === "down" : falls) : null;
  return h(
    "th",
    { scope: "col", "aria-sort": sorted ? (descending ? "descending" : "ascending") : null, ...attributes },
    h(
      "button",
      {
        type: "button",
        onclick: () => {
          const changed = new URLSearchParams(parameters);
          changed.set("sort", sorted ? `${name}-${descending ? "up" : "down"}` : name);
          changed.delete("page");
          location.hash = address(view, null, changed);
        },
      },
      label,
    ),
  );
};
const sortedBy = (rows, parameters, ranks) => {
  const [by, way] = (parameters.get("sort") ?? "").split("-");
  const rank = ranks[by];
  if (!rank) return rows;
  const direction = way ? (way === "down" ? -1 : 1) : rank.falls ? -1 : 1;
  return rows.sort((x, y) => {
    const [a, b] = [rank.of(x), rank.of(y)];
    if (a === b) return x - y;
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    return (a < b ? -1 : 1) * direction;
  });
};

// A table with a search field above and pages below. `list` gives rows for the parameters, `row` an element for each.
const searchable = ({ view, parameters, placeholder, hint, caption, one, several, total, list, heads, row }) => {
  const holder = h("div");
  const found = h("p", { class: "grow", "aria-live": "polite", id: "total" });
  let listed = [];
  const draw = (asked) => {
    const rows = list(asked);
    listed = rows;
    const last = Math.max(1, Math.ceil(rows.length / (2 * PAGE)));
    const page = Math.min(Math.max(1, Number(asked.get("page")) || 1), last);
    found.textContent =
      rows.length === total
        ? count(total, one, several)
        : `${number.format(rows.length)} of ${count(total, one, several)}`;
    const to = (target, label) => {
      const changed = new URLSearchParams(asked);
      changed.set("page", target);
      return h("a", { href: address(view, null, changed) }, label);
    };
    holder.replaceChildren(
      table(caption, heads(asked), rows.slice((page - 1) * 2 * PAGE, page * 2 * PAGE).map(row)),
      h(
        "nav",
        { class: "pages", "aria-label": "Pages", hidden: last === 1 },
        page > 1 && to(page - 1, "Earlier"),
        h("span", { class: "where" }, `page ${page} of ${last}`),
        page < last && to(page + 1, "Further"),
      ),
    );
  };
  const search = h("input", {
    type: "search",
    name: "q",
    value: parameters.get("q") ?? "",
    placeholder,
    "aria-label": placeholder,
    oninput: () => {
      const asked = new URLSearchParams(parameters);
      asked.delete("page");
      if (search.value) asked.set("q", search.value);
      else asked.delete("q");
      history.replaceState(history.state, "", address(view, null, asked));
      settledAt();
      draw(asked);
    },
  });
  draw(parameters);
  return {
    body: [
      hint && h("p", { class: "hint" }, hint),
      h("form", { onsubmit: (event) => event.preventDefault() }, search),
      h(
        "div",
        { class: "bar-of-results" },
        found,
        csvButton(
          view,
          () => heads(parameters).filter(Boolean).map((one) => one.textContent),
          () => listed.map((one) => [...row(one).children].map((cell) => cell.textContent)),
        ),
      ),
      holder,
    ],
    search,
  };
};
