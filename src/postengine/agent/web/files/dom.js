/** Makes elements. Texts are always text: whatever a caption holds, it is never read as markup. */

/**
 * Return an element.
 * @param {string} tag
 * @param {object} props Attributes; `onclick` and the like are listeners; null and false are left out.
 * @param {...(Node|string|null|false)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  if (tag === "button") node.type = "button";
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...present(children));
  return node;
}

/** Replace what is in `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

/** Return text of unknown direction and content, kept apart from what stands beside it. */
export const foreign = (text, tag = "bdi", props = {}) => el(tag, { dir: "auto", ...props }, text ?? "");

const present = (children) => children.flat().filter((child) => child || child === 0);

function set(node, name, value) {
  if ((value ?? false) === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

const SVG = "http://www.w3.org/2000/svg";
const DRAWINGS = new URL("./icons.svg", import.meta.url).href;

/** Return a drawing that only decorates. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `${DRAWINGS}#${name}`);
  return svg;
}
