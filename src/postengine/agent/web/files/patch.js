/** Draws a page over itself, and leaves alone what is the same: a video plays on, a half-typed word stays. */

const looks = new WeakMap(); // node → how it looked when it was made; what a person did to it since is kept

const look = (node) => node.outerHTML.replace(/blob:[^"#]+/g, "");

/**
 * Put the nodes of a page in place of those in `place`.
 * @param {Element} place
 * @param {Node[]} nodes Header, main and perhaps a footer.
 * @param {boolean} isNew Another page: nothing of the old one is kept.
 */
export function patch(place, nodes, isNew) {
  const next = nodes.filter(Boolean);
  for (const node of next) remember(node);
  const focused = document.activeElement;
  if (isNew) place.replaceChildren(...next);
  else exchange(place, next);
  if (!isNew && !focused.isConnected) restoreFocus(place, focused);
}

function remember(node) {
  looks.set(node, look(node));
  if (node.tagName === "MAIN") [...node.children].forEach((child) => looks.set(child, look(child)));
}

function exchange(place, next) {
  const current = [...place.children];
  if (current.length !== next.length) return place.replaceChildren(...next);
  current.forEach((old, index) => {
    const fresh = next[index];
    if (looks.get(old) === looks.get(fresh)) return;
    if (old.tagName === "MAIN" && fresh.tagName === "MAIN") {
      exchange(old, [...fresh.children]);
      looks.set(old, looks.get(fresh));
    } else {
      old.replaceWith(fresh);
    }
  });
}

function restoreFocus(place, lost) {
  const key = lost.dataset?.key;
  const same = key ? place.querySelector(`[data-key="${key}"]`) : document.getElementById(lost.id);
  (same || place.querySelector("h1"))?.focus({ preventScroll: true });
}
