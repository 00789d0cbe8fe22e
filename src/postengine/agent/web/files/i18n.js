/** Words, times and directions in the language of the person. */
import { keep, recall } from "./db.js";

export const LANGUAGES = { en: "English", es: "Español", ar: "العربية" };
const RIGHT_TO_LEFT = new Set(["ar"]);

let words = {};
let language = "en";
let locale = "en";

export const currentLanguage = () => language;
export const direction = () => (RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr");

/** Load the words of the chosen language, else of the first of the phone's that there is. */
export async function setUpWords() {
  language = (await recall("language")) ?? fromPhone();
  locale = navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
  const url = new URL(`./messages/${language}.json`, import.meta.url);
  // The worker's own requests do not pass through it, so it looks into the cache itself.
  words = await ((await caches.match(url)) ?? (await fetch(url))).json();
}

/** Choose a language, for good. */
export async function chooseLanguage(chosen) {
  await keep("language", chosen);
  await setUpWords();
}

function fromPhone() {
  const spoken = navigator.languages.map((tag) => tag.split("-")[0]);
  return spoken.find((tag) => tag in LANGUAGES) ?? "en";
}

/**
 * Return the words for `key`, with values in place of `{name}`.
 * Values are isolated: a title that turns the direction of writing does not turn the sentence.
 */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name] ?? ""}\u2069`);
}

/** Whether there are words for `key`. */
export const has = (key) => key in words;

/** Return a time of this phone's zone, with the zone, and with the day where it is not today. */
export function clockTime(instant, today) {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date(today).toDateString();
  const day = isToday ? {} : { weekday: "short", day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(locale, { ...day, hour: "numeric", minute: "2-digit", timeZoneName: "short" }).format(at);
}

/** Return how far away an instant is, such as "in 2 hours". */
export function distance(instant, today) {
  const minutes = Math.round((Date.parse(instant) - today) / 60_000);
  const [count, unit] = Math.abs(minutes) < 100 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  return new Intl.RelativeTimeFormat(locale).format(count, unit);
}

/** Return a size such as "20 MB". */
export const size = (bytes) =>
  new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(bytes / 1e6);

/** Return a share such as "43 %". */
export const percent = (part) => new Intl.NumberFormat(locale, { style: "percent" }).format(part);
