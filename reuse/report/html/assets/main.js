// From the address to a view, and the keys.

const digest = document.getElementById("digest");
const holder = document.getElementById("view");
const STATIC = ["overview", "about"]; // sections of the digest that are views as they are

const OF_NAV = {
  match: "matches",
  phrase: "phrases",
  document: "documents",
  frames: "phrases",
  changes: "matches",
  pair: "matrix",
  synopsis: "documents",
  cluster: "matches",
};

let search = null;
let first = true;

const show = async () => {
  const before = arrived();
  const asked = places(location.hash);
  const view = STATIC.includes(asked.view) || views[asked.view] ? asked.view : "overview";
  document.body.dataset.view = view;
  for (const link of document.querySelectorAll("nav[aria-label=Views] a")) {
    const current = link.hash === `#${OF_NAV[view] ?? view}`;
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  let made = null;
  if (!STATIC.includes(view)) {
    try {
      made = await views[view](asked);
    } catch (error) {
      made = {
        title: "This cannot be shown",
        body: [h("h1", { tabindex: -1 }, "This cannot be shown"), h("p", {}, error.message)],
      };
    }
    if (asked.view !== places(location.hash).view || asked.id !== places(location.hash).id) return; // the reader went on
  }
  for (const section of digest.children) section.hidden = !STATIC.includes(view) || section.id !== view;
  holder.hidden = made === null;
  holder.replaceChildren(...(made ? made.body.flat(Infinity).filter((part) => part instanceof Node) : []));
  search = made?.search ?? null;
  const heading = document.querySelector(made ? "#view h1" : `#${view} :is(h1, h2)`);
  document.title = `${made ? `${made.title} – ` : ""}${title}`;
  if (!before && !first) heading?.focus({ preventScroll: true });
  if (before) returnTo(before);
  else if (made?.focus) made.focus.scrollIntoView({ block: "center" });
  else if (!first || asked.view !== "overview") scrollTo(0, 0);
  first = false;
  settledAt();
};
const title = document.title;

const KEYS = {
  "/": ["search", () => search?.focus()],
  j: ["next result or match", () => step(1)],
  k: ["previous result or match", () => step(-1)],
  u: ["up to the list", () => document.querySelector("#view .trail a")?.click()],
  c: ["copy the citation", () => document.querySelector("#view .actions button")?.click()],
  "?": ["these keys", () => help.showModal()],
};
const step = (by) => {
  const turn = document.querySelector(
    `#view .trail a[rel=${by > 0 ? "next" : "prev"}], #view .pages a[rel=${by > 0 ? "next" : "prev"}]`,
  );
  const results = [...document.querySelectorAll("#view .results .quote, #view tbody th a")];
  const target = results[results.indexOf(document.activeElement) + by];
  if (target) target.focus();
  else turn?.click();
};
const single = h("input", { type: "checkbox", checked: true });
const help = h(
  "dialog",
  { "aria-labelledby": "keys" },
  h("h2", { id: "keys" }, "Keys"),
  h(
    "dl",
    { class: "keys" },
    Object.entries(KEYS).map(([name, [what]]) => [h("dt", {}, h("kbd", {}, name)), h("dd", {}, what)]),
  ),
  h("p", {}, h("label", {}, single, " Use these keys")),
  h("form", { method: "dialog" }, h("button", { class: "button" }, "Close")),
);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !single.checked || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key][1]();
});

const start = async () => {
  try {
    await load();
  } catch (error) {
    say(`The report’s data cannot be read (${error.message}); the digest stands as it is.`);
    return;
  }
  matchFilter.prepare();
  document.documentElement.classList.add("scripted");
  document.body.append(help);
  document.body.dataset.printed = "overview";
  takeDigest();
  document
    .querySelector("nav[aria-label=Views] ul")
    .append(
      h(
        "li",
        { class: "keys-of-page" },
        h("button", { type: "button", class: "plain", onclick: () => help.showModal() }, "Keys"),
      ),
    );
  addEventListener("hashchange", show);
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("#view details")) folded.open = true;
  });
  addEventListener("afterprint", () => {
    document.body.dataset.printed = "overview";
  });
  await show();
  document.body.dataset.ready = "yes";
};
start();
