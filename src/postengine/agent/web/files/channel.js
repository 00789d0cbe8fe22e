/** Channels: what they are called, and where a person goes to post. */
import { el, foreign } from "./dom.js";
import { has, t } from "./i18n.js";

const PLACES = { tiktok_personal: "https://www.tiktok.com/upload", whatsapp_status: "https://web.whatsapp.com/" };

/** Return what a kind of channel is called. */
export const kindName = (kind) => (has(`kind.${kind}`) ? t(`kind.${kind}`) : kind.replaceAll("_", " "));

/** Return kind and name of a channel; the name may be anything. */
export const channelName = ({ kind, target_name: name }) =>
  el("span", { class: "channel" }, kindName(kind), name && [" · ", foreign(name)]);

/** Return what to choose in the share sheet. */
export function choice({ kind, target_name: name }) {
  if (has(`choose.${kind}`)) return t(`choose.${kind}`);
  return t("choose.any", { name: name || kindName(kind) });
}

/** Return the address of the group or of the site, or null; only https is opened. */
export function placeOf({ kind, url }) {
  const place = url || PLACES[kind] || "";
  return /^https:\/\/[^\s/]+/i.test(place) ? place : null;
}
