/** The worker: the app without a network, the doorbell, and the outbox while no page is open. */
import { setUpClock } from "./clock.js";
import { keepFiles, serve, tidy } from "./shelf.js";
import { open, ring } from "./ring.js";
import { flush } from "./outbox.js";
import { resubscribe } from "./resubscribe.js";

/**
 * Begin to listen; has to happen while the worker's file is read.
 * @param {string} version
 * @param {string[]} files All files of the version, by their paths in its folder.
 */
export function start(version, files) {
  const on = (name, work) => self.addEventListener(name, (event) => event.waitUntil(work(event)));
  on("install", () => keepFiles(version, files));
  on("activate", () => Promise.all([tidy(version), setUpClock()]));
  on("push", ring);
  on("notificationclick", (event) => { event.notification.close(); return open(event.notification.data?.url); });
  on("pushsubscriptionchange", resubscribe);
  on("sync", (event) => (event.tag === "outbox" ? flush() : null));
  self.addEventListener("fetch", (event) => serve(event, version));
  // A page says when it does not mind to be of the new version.
  self.addEventListener("message", (event) => { if (event.data === "take over") self.skipWaiting(); });
}
