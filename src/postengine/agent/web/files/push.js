/** Being rung: permission, subscription, and the same endpoint on both sides. */
import { call } from "./api.js";
import { recall } from "./db.js";
import { canRing } from "./platform.js";
import { register } from "./resubscribe.js";
import { registrationOf, renew, session } from "./session.js";

const MONTH_MS = 30 * 86_400_000;

/** Return `on`, `off` (ask by a tap), `denied`, `impossible` (this browser cannot) or `unwanted` (no keys). */
export async function ringState() {
  if (!canRing) return "impossible";
  if (!(await session())?.vapid_public_key) return "unwanted";
  if (Notification.permission === "denied") return "denied";
  const isSubscribed = Boolean(await (await registrationOf())?.pushManager.getSubscription());
  return Notification.permission === "granted" && (isSubscribed || (await recall("endpoint"))) ? "on" : "off";
}

/** Ask for permission (by a tap) and subscribe; return the state afterwards. */
export async function startRinging() {
  if ((await Notification.requestPermission()) !== "granted") return ringState();
  await subscribe();
  return "on";
}

/** Subscribe with the service's key, and tell the service. */
export async function subscribe() {
  const { vapid_public_key: key } = await session();
  const { pushManager } = await navigator.serviceWorker.ready;
  await register(await subscriptionFor(pushManager, key));
}

async function subscriptionFor(pushManager, key) {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe(); // it was made for another key
    return pushManager.subscribe(options);
  }
}

/** At each start: hear whose phone this is; subscribe anew where the two sides differ, or once a month. */
export async function compareRegistration() {
  const about = await call("GET", "me");
  const { push, ...rest } = about;
  await renew(rest);
  if ((await ringState()) !== "on") return;
  const known = await recall("endpoint");
  const current = await (await registrationOf())?.pushManager.getSubscription();
  const isSame = push.endpoint === (current?.endpoint ?? known?.endpoint) && !push.is_lost;
  if (!isSame || Date.now() - (known?.at ?? 0) > MONTH_MS) await subscribe();
}
