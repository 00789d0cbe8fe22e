/** The worker of this version, and the change to the next one; what waits in the outbox is not touched. */

/** Trusted Types let no other address become a worker. */
const rules = { createScriptURL: () => "/agent/worker.js" };
const workerAddress = () => (globalThis.trustedTypes?.createPolicy("worker", rules) ?? rules).createScriptURL("");

/**
 * Register the worker, and let a newer one take over when the person is not in the middle of something.
 * @param {() => boolean} isIdle
 * @returns {Promise<() => void>} To be called when the person may have become idle.
 */
export async function keepCurrent(isIdle) {
  const { serviceWorker } = navigator;
  const hadWorker = Boolean(serviceWorker?.controller);
  const registration = serviceWorker && (await register(serviceWorker));
  if (!registration) return () => undefined;
  const offer = () => { if (registration.waiting && isIdle()) registration.waiting.postMessage("take over"); };
  serviceWorker.addEventListener("controllerchange", () => { if (hadWorker) location.reload(); });
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().then(offer, () => undefined); // later, without a network
  });
  return offer;
}

async function register(serviceWorker) {
  try {
    return await serviceWorker.register(workerAddress(), { type: "module", updateViaCache: "none" });
  } catch (error) {
    console.warn("no worker, so no notifications:", error.message);
    return null;
  }
}
