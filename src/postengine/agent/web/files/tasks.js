/** The tasks: as the service last told them, with what this phone knows besides. */
import { Refused, Unpaired, Unreachable, call, patiently } from "./api.js";
import { announce } from "./bus.js";
import { learnTime, now } from "./clock.js";
import { all, alter, get, on, put, remove } from "./db.js";
import { fetchFile, isFinal, makeRoom } from "./media.js";
import { flush, flushLater, tell, waiting } from "./outbox.js";

const OPEN = new Set(["notified", "opened", "shared"]);
const ENDS = ["confirmed", "declined"];
const ANSWERS = [...ENDS, "snoozed"];

/** Tell what waits, hear what there is, fetch the files. */
export async function synchronise() {
  await flush();
  const active = await list("active");
  const told = [...active, ...(await list("upcoming"))];
  const ids = new Set(told.map((task) => task.id));
  const lost = (await all("tasks")).filter((task) => !ids.has(task.id));
  await on("tasks", "readwrite", (store) => told.forEach((task) => store.put(task)));
  for (const task of lost) await letGo(task);
  for (const task of active) await once(task, "received");
  announce({ type: "changed" });
  await flush();
  await fetchFiles();
}

async function list(state) {
  const tasks = [];
  for (let cursor = ""; cursor !== null;) {
    const page = await call("GET", `tasks?state=${state}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    await learnTime(page.server_time);
    tasks.push(...page.tasks);
    cursor = page.cursor;
  }
  return tasks;
}

/** A task that is listed no more has ended; one that may be posted and unanswered is looked at once more. */
async function letGo({ id }) {
  const { asking } = (await get("marks", id)) ?? {};
  if (!asking || !(await refresh(id))?.actions.includes("confirm")) await drop(id);
}

/** Forget a task. */
export async function drop(id) {
  await remove("tasks", id);
  await remove("marks", id);
}

/** Hear of one task, as after a push; return it, or null where it is not this agent's. */
export async function refresh(id) {
  try {
    const task = await call("GET", `tasks/${encodeURIComponent(id)}`);
    await put("tasks", task);
    await once(task, "received");
    return task;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await drop(id);
    return null;
  } finally {
    announce({ type: "changed" });
  }
}

/** Tell "received" or "opened" of an open task, once a revision; return whether it was to be told. */
export async function once(task, type) {
  if (!OPEN.has(task.state) || (await get("marks", task.id))?.[type] === task.rev) return false;
  await alter("marks", task.id, { [type]: task.rev });
  await tell(task.id, type);
  return true;
}

/** Fetch the files of all open tasks, the most urgent first. */
export async function fetchFiles() {
  const wanted = (await views()).filter((task) => task.isOpen || (task.isAhead && !navigator.connection?.saveData));
  const owners = new Map(wanted.flatMap((task) => task.assets.map((asset) => [asset, task.id])));
  let missed = null;
  for (const asset of await makeRoom([...owners.keys()])) {
    try {
      await fetchFile(asset);
    } catch (error) {
      if (error instanceof Unpaired) throw error;
      if (isFinal(error)) await reportBroken(owners.get(asset), asset, error);
      else missed = new Unreachable(error.message, error.status); // broken off, or no room: the others may come through
    }
  }
  announce({ type: "changed" });
  if (missed) throw missed;
}

async function reportBroken(id, { sha256 }, { message: reason }) {
  if ((await get("marks", id))?.broken === sha256) return;
  await alter("marks", id, { broken: sha256 });
  await tell(id, "failed", { reason });
  await flush();
}

/**
 * Return all tasks, the most urgent first, each with `isOpen`, `isAhead`, `isOver`, `isBroken` (the file), `answer`
 * (given on this phone), `putOffUntil` and `isAsking` ("Did you post?" awaits its answer).
 */
export async function views() {
  const [tasks, marks] = await Promise.all([all("tasks"), all("marks")]);
  const markOf = new Map(marks.map((mark) => [mark.id, mark]));
  const end = (task) => Date.parse(task.expires_at);
  return tasks.map((task) => view(task, markOf.get(task.id) ?? {})).sort((one, two) => end(one) - end(two));
}

/** Return one task as `views` does, or null. */
export const viewOf = async (id) => (await views()).find((task) => task.id === id) ?? null;

function view(task, { answered, asking, broken, putOffUntil }) {
  const isOver = Date.parse(task.expires_at) <= now() || task.state === "missed";
  // Also where the list, asked for before the answer was told, still has it open.
  const answer = answered?.rev === task.rev ? answered.type : null;
  return {
    ...task,
    answer,
    isOver,
    isOpen: OPEN.has(task.state) && !answer && !isOver,
    isAhead: task.state === "planned" && !isOver,
    isBroken: task.assets.some((asset) => asset.sha256 === broken),
    putOffUntil: putOffUntil > now() ? putOffUntil : null,
    isAsking: Boolean(asking) && !answer && (OPEN.has(task.state) || task.actions.includes("confirm")),
  };
}

/** Return the ids of tasks whose answer waits for a network. */
export async function untold() {
  return new Set((await waiting()).filter(({ type }) => ANSWERS.includes(type)).map((event) => event.task_id));
}

/** Tell an event, at once if there is a network, else when there is one. */
export async function say(task, type, more = {}) {
  await tell(task.id, type, more);
  if (ENDS.includes(type)) await mark(task.id, { asking: false, answered: { type, rev: task.rev } });
  await flushLater();
  await patiently(flush());
}

/** Remember something about a task on this phone alone. */
export const mark = (id, change) => alter("marks", id, change).then(() => announce({ type: "changed" }));
