/** Pictures and videos on the page, from the files that are kept. */
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { fileOf } from "./media.js";

const urls = new Map(); // sha256 → address of the file in this page

/** Return the address of a file in this page, or null if it is not here yet. */
export async function urlOf(asset) {
  if (!urls.has(asset.sha256)) {
    const file = await fileOf(asset);
    if (file) urls.set(asset.sha256, URL.createObjectURL(file));
  }
  return urls.get(asset.sha256) ?? null;
}

/** Return a small picture for a list. */
export async function thumbnail(task) {
  const asset = task.assets[0];
  const url = asset && (await urlOf(asset));
  const frame = el("span", { class: "thumb", "aria-hidden": "true" });
  if (!url) frame.append(icon("image"));
  else if (asset.mime.startsWith("video/")) frame.append(el("video", { src: `${url}#t=0.5`, muted: true, playsinline: true, preload: "metadata" }));
  else frame.append(el("img", { src: url, alt: "" }));
  return frame;
}

/** Return the file as the person will post it. */
export async function large(asset) {
  const url = await urlOf(asset);
  const alt = asset.alt || t("media.alt");
  const ratio = { width: asset.width ?? false, height: asset.height ?? false, "data-sha256": asset.sha256 };
  if (!url) return el("div", { class: "missing" }, icon("image"));
  if (asset.mime.startsWith("video/")) return el("video", { src: url, controls: true, playsinline: true, "aria-label": alt, ...ratio });
  return el("img", { src: url, alt, ...ratio });
}
