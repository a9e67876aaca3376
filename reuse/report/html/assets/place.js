// Where a reader was in each view of the history: Back returns to the same line and the same link.

const left = new Map(); // by number of the history's entry: how far down, and the link that had the focus
let latest = Date.now(); // beyond the numbers of an earlier visit, which a reload leaves in the history
let entry = null;
let shownAt = null;

const numberedEntry = () => ({ entry: ++latest });
history.scrollRestoration = "manual";

const remember = () => {
  if (entry !== null && location.hash === shownAt)
    left.set(entry, { down: scrollY, link: document.activeElement?.getAttribute("href") ?? null });
};
addEventListener("scroll", remember, { passive: true });
addEventListener("focusin", remember);
addEventListener("click", remember, { capture: true });

// Called when a view is shown: what was left of it before; undefined if it is new.
const arrived = () => {
  if (typeof history.state?.entry !== "number") history.replaceState(numberedEntry(), "");
  entry = history.state.entry;
  return left.get(entry);
};
const settledAt = () => {
  shownAt = location.hash;
};
// Back to the place: the link gets the focus again, without a jump.
const returnTo = (place) => {
  if (place.link)
    [...document.querySelectorAll("main a")]
      .find((link) => link.getAttribute("href") === place.link && link.offsetParent !== null)
      ?.focus({ preventScroll: true });
  scrollTo(0, place.down);
};
