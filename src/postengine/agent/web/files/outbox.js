/** What the phone has to tell, in order, until the service has answered it: whatever it answered. */
import { Refused, call } from "./api.js";
import { announce } from "./bus.js";
import { all, get, on, put, remove } from "./db.js";
import { registrationOf } from "./session.js";

const MOST = 50;
const isForLater = (status) => status === 429 || status >= 500;

/** Keep an event to be told; its key stays the same however often it is sent. */
export async function tell(taskId, type, more = {}) {
  const event = { task_id: taskId, idempotency_key: crypto.randomUUID(), type, occurred_at: new Date().toISOString(), ...more };
  await put("outbox", event);
  announce({ type: "changed" });
}

/** Return the events that wait, oldest first. */
export const waiting = () => all("outbox");

/**
 * Send what waits, oldest first, 50 at a time; pages and worker take turns.
 * @throws {Unreachable|Unpaired} The rest stays.
 */
export function flush() {
  return navigator.locks.request("outbox", async () => {
    let isMore = true;
    while (isMore) isMore = await send(await on("outbox", "readonly", (store) => store.getAll(null, MOST)));
  });
}

/** Ask the browser to flush once there is a network, even if no page is open then. */
export async function flushLater() {
  const registration = await registrationOf();
  try {
    await registration?.sync?.register("outbox");
  } catch {
    return; // not allowed here: the next opened page does it
  }
}

/** Send events; return whether there may be more to send. */
async function send(events) {
  if (events.length === 0) return false;
  const results = await answersTo(events.map(({ seq: _, ...event }) => event));
  for (const [index, result] of results.entries()) {
    if (isForLater(result.status)) return false; // the order is kept: nothing behind it goes first
    await settle(events[index], result);
  }
  announce({ type: "changed" });
  return results.length > 0;
}

async function settle({ seq, task_id: id, type }, { status, task, problem }) {
  await remove("outbox", seq);
  const told = task ?? problem?.task;
  if (told && (await get("tasks", id))) await put("tasks", told);
  if (status === 404) await remove("tasks", id);
  if (status === 409) announce({ type: "refused", task: id, event: type });
}

async function answersTo(events) {
  try {
    return (await call("POST", "events:batch", { events })).results;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Refused as a whole it would block all that comes after: the first is judged alone.
    if (events.length > 1) return answersTo(events.slice(0, 1));
    return [{ status: error.status, problem: error.problem }];
  }
}
