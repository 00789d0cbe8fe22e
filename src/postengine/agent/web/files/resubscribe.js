/** The browser has changed the subscription by itself: make a new one, and tell the service. */
import { call } from "./api.js";
import { announce } from "./bus.js";
import { keep } from "./db.js";
import { session } from "./session.js";

/** Answer `pushsubscriptionchange`. */
export async function resubscribe({ newSubscription, oldSubscription }) {
  if (!(await session())?.token) return;
  const options = oldSubscription?.options;
  const made = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (made) await register(made);
}

/** Tell the service where this phone is rung from now on. */
export async function register(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  await call("PUT", "device/push", { kind: "webpush", subscription: { endpoint, keys } });
  await keep("endpoint", { endpoint, at: Date.now() });
  announce({ type: "changed" });
}
