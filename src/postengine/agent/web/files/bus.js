/** Tells all pages and the worker of this phone what has changed. */

const channel = new BroadcastChannel("agent");
const listeners = new Set();

/**
 * Tell everybody, this page included.
 * @param {{type: "changed"|"progress"|"unpaired"|"rang"}} message
 */
export function announce(message) {
  channel.postMessage(message);
  hear(message);
}

/** Call `listener` with each message; return what ends that. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const hear = (message) => { for (const listener of [...listeners]) listener(message); };
channel.onmessage = (event) => hear(event.data);
