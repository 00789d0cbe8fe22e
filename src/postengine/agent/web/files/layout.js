/** The frame that all pages share: a title, the content, and the main action within reach of the thumb. */
import { el, fill, icon } from "./dom.js";
import { t } from "./i18n.js";

/**
 * Return a page.
 * @param {{title: Node|string, above?: Node, before?: Node, after?: Node, main: Node[], bar?: Node[], about?: string}} parts
 *     `about` says what the main action works on, where its words do not.
 */
export const page = ({ title, above, before, after, main, bar = [], about }) => [
  el("header", { class: "top" }, before, el("div", {}, above, el("h1", { tabindex: "-1" }, title)), after),
  el("main", {}, ...main),
  bar.length > 0 && el("footer", { class: "bar", "data-about": about }, ...bar),
];

/** Return a button with a drawing; the look is `main`, `quiet`, `plain` or `danger`. */
export const button = (label, look, onclick, { drawing, ...props } = {}) => el("button", { class: `button ${look}`, onclick, ...props },
  drawing && drawing !== "next" && icon(drawing), el("span", {}, label), drawing === "next" && icon(drawing));

/** Return the same as a link. */
export const link = (label, look, props, drawing) => el("a", { class: `button ${look}`, ...props }, icon(drawing), el("span", {}, label));

/** Return a button that is a drawing alone; its label is read out. */
export const round = (drawing, label, onclick) => el("button", { class: "round", "aria-label": label, onclick }, icon(drawing));

export const backButton = (go) => round("back", t("back"), () => go({}));

export const card = (...children) => el("section", { class: "card" }, ...children);

export const note = (look, drawing, ...children) => el("p", { class: `note ${look}` }, icon(drawing), el("span", {}, ...children));

/** Put a text on the clipboard; return whether the browser allowed it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // without a tap some browsers refuse, and the button is there for that
  }
}

let hiding = 0;

/** Say something in passing, to the eye and to a screen reader. */
export function toast(text) {
  const place = document.getElementById("toast");
  fill(place, el("span", {}, text));
  clearTimeout(hiding);
  hiding = setTimeout(() => fill(place), 5000);
}
