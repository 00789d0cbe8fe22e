/** What kind of phone this is, and what it can do. */

const agent = navigator.userAgent;

/** An iPhone or iPad; the latter says that it is a Mac, and yet has a touch screen. */
export const isApple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1);

/** Opened from the home screen. */
export const isInstalled = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

/** On an iPhone the browser and the home-screen app share nothing: what is paired here would be lost there. */
export const mustInstall = isApple && !isInstalled;

export const canRing = "PushManager" in globalThis && "Notification" in globalThis;

export const platformName = isApple ? "web-ios" : /Android/.test(agent) ? "web-android" : "web";

/** Whether the share sheet takes these files. */
export const canShare = (files) => files.length > 0 && Boolean(navigator.share && navigator.canShare?.({ files }));

/** Return the model, as far as the browser tells it. */
export async function model() {
  const told = await navigator.userAgentData?.getHighEntropyValues?.(["model"]).catch(() => null);
  return told?.model || (isApple ? "iPhone" : "");
}

/** Makers whose battery savers hold pushes back, and how their models are called. */
export const MAKERS = {
  xiaomi: /^(redmi|poco|mi |m2\d{3}|2\d{7})/i,
  oppo: /^(oneplus|cph|rmx|pj[a-z]\d|le2|in20|kb20|ne22)/i,
  samsung: /^(sm|gt)-/i,
  huawei: /^(honor|ele-|vog-|ane-|lya-|jny-|noh-|mar-)/i,
  other: /$^/,
  iphone: /^iphone/i,
};

/** Return whose steps to show first. */
export const makerOf = (name) => Object.keys(MAKERS).find((maker) => MAKERS[maker].test(name)) ?? "other";
