/** Whose phone this is, and how it forgets. */
import { forget, keep, recall } from "./db.js";

/** Return `{token, device_id, agent, tenant, vapid_public_key, poll_interval_s}`, or undefined. */
export const session = () => recall("session");

/** Keep the session, or what was heard of it since. */
export async function renew(about) {
  await keep("session", { ...(await session()), ...about });
}

/** Forget everything: tokens, tasks, answers not yet told, files, the subscription, what is shown. */
export async function wipe() {
  await forget();
  await caches.delete("media");
  const registration = await registrationOf();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  for (const shown of (await registration?.getNotifications?.()) ?? []) shown.close();
  await self.navigator.clearAppBadge?.();
}

/** Return the worker's registration, from a page or from the worker itself; undefined where there is none. */
export async function registrationOf() {
  return self.registration ?? (await self.navigator.serviceWorker?.getRegistration());
}
