/** The agency's colour, made readable on light and on dark ground. */

const WHITE = [255, 255, 255], INK = [16, 19, 22];
const ENOUGH = 4.5; // WCAG 2.2, 1.4.3

/** Use the agency's colour, `#rrggbb`, for the one main action of each page. */
export function wear(colour) {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return;
  const given = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  for (const [scheme, ground, far] of [["light", WHITE, INK], ["dark", INK, WHITE]]) {
    let brand = given;
    for (let part = 0; contrast(brand, ground) < ENOUGH; part += 0.05) brand = given.map((value, at) => value + (far[at] - value) * part);
    set(`--brand-${scheme}`, brand);
    set(`--on-brand-${scheme}`, contrast(brand, WHITE) < ENOUGH ? INK : WHITE);
  }
}

const set = (name, rgb) => document.documentElement.style.setProperty(name, `rgb(${rgb.map(Math.round).join(" ")})`);

/** Return the contrast of two colours, 1 to 21. */
export function contrast(one, two) {
  const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(rgb) {
  const [red, green, blue] = rgb.map((value) => (value > 10 ? ((value / 255 + 0.055) / 1.055) ** 2.4 : value / 3294.6));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
