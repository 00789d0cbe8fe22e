/** The phone's page: which view is shown, and when it is drawn anew. */
import { Unpaired, Unreachable, patiently } from "./api.js";
import { wear } from "./brand.js";
import { listen } from "./bus.js";
import { setUpClock } from "./clock.js";
import { chooseLanguage, currentLanguage, direction, setUpWords, t } from "./i18n.js";
import { toast } from "./layout.js";
import { flush } from "./outbox.js";
import { patch } from "./patch.js";
import { mustInstall } from "./platform.js";
import { compareRegistration, ringState } from "./push.js";
import { session } from "./session.js";
import { once, refresh, synchronise, untold, viewOf, views } from "./tasks.js";
import { keepCurrent } from "./update.js";
import { ask, stopAsking } from "./views/answer.js";
import { doneView } from "./views/done.js";
import { listView } from "./views/list.js";
import { homeScreenView, pairView } from "./views/pair.js";
import { phoneView } from "./views/phone.js";
import { taskView } from "./views/task.js";

const VERSION = new URL(import.meta.url).pathname.split("/").at(-2);
const app = document.getElementById("app");
const state = { isOffline: !navigator.onLine, posted: null, offerUpdate: () => undefined };

const query = (name) => new URLSearchParams(location.search).get(name);
const isSeen = () => document.visibilityState === "visible";

/** Go to a page: `{task}`, `{view}` or `{}` for the list. */
function go(to, change = "pushState") {
  history[change](null, "", `./?${new URLSearchParams(to)}`.replace(/\?$/, ""));
  stopAsking();
  return draw(true);
}

async function askAbout({ id }, first = "ask") {
  const task = await viewOf(id);
  if (!task) return;
  ask(task, first, (isPosted) => {
    state.posted = task;
    go(isPosted ? { view: "done" } : {});
  });
}

/** Return the view that the address asks for. */
async function view() {
  const about = await session();
  wear(about?.tenant?.brand?.primary);
  if (!about?.token) return strangersView();
  const shared = { go, about, ask: askAbout };
  if (query("view") === "phone") {
    return phoneView({ ...shared, version: VERSION.slice(0, 7), isFirst: query("first"), languageChosen, forgotten });
  }
  const [tasks, waits] = [await views(), await untold()];
  if (query("view") === "done" && state.posted) {
    const task = state.posted;
    const next = tasks.find((one) => one.isOpen && !one.putOffUntil && one.id !== task.id);
    return doneView({ ...shared, task, next, isTold: !waits.has(task.id) });
  }
  const task = query("task") && (await shownTask(query("task")));
  if (task) return taskView({ ...shared, task });
  return listView({ ...shared, tasks, waitingCount: waits.size, isOffline: state.isOffline, ring: await ringState() });
}

/** Return what is shown to whoever is not paired. */
function strangersView() {
  const code = query("pair") ?? new URLSearchParams(location.hash.slice(1)).get("pair") ?? "";
  const paired = () => go({ view: "phone", first: 1 }, "replaceState").then(catchUp);
  return mustInstall ? homeScreenView({ code }) : pairView({ code, version: VERSION, paired });
}

/** Return the task of the address; one that is not here yet is fetched. */
async function shownTask(id) {
  const known = await viewOf(id);
  if (known) return known;
  try {
    if (await refresh(id)) return await viewOf(id);
    toast(t("task.unknown"));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    toast(t("unreachable"));
  }
  history.replaceState(null, "", "./");
  return null;
}

let drawing = Promise.resolve();
let queued = null; // the drawing that has not begun yet

/** Draw the view: one drawing at a time; whatever comes in the meantime is one more. */
function draw(isNew = false) {
  if (!queued) {
    queued = { isNew };
    drawing = drawing.then(drawNow).catch(reportError);
  }
  queued.isNew ||= isNew;
  return drawing;
}

async function drawNow() {
  const { isNew } = queued;
  queued = null;
  const nodes = await view();
  Object.assign(document.documentElement, { lang: currentLanguage(), dir: direction() });
  patch(app, nodes, isNew);
  const heading = app.querySelector("h1");
  document.title = `${heading.textContent} · Time to post`;
  sayOpened().catch(reportError);
  if (!isNew) return;
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
  state.offerUpdate();
}

/** Say "opened", once, when a person looks at an open task. */
async function sayOpened() {
  const task = query("task") && isSeen() && (await viewOf(query("task")));
  if (task?.isOpen && (await once(task, "opened"))) await patiently(flush());
}

const languageChosen = (tag) => chooseLanguage(tag).then(() => draw(true));

function forgotten() {
  state.posted = null;
  return go({}, "replaceState");
}

let catching = null;
let isWanted = false;
let timer = 0;

/** Tell and hear, once more if asked meanwhile; then again after a while, as long as the page is looked at. */
function catchUp() {
  isWanted = true;
  return (catching ??= catchUpNow());
}

async function catchUpNow() {
  let waitS = 60;
  clearTimeout(timer);
  try {
    while (isWanted) waitS = await catchUpOnce();
  } finally {
    catching = null;
    if (isSeen()) timer = setTimeout(catchUp, waitS * 1000);
  }
}

/** Return after how many seconds to do so again. */
async function catchUpOnce() {
  isWanted = false;
  const about = await session();
  try {
    if (about?.token) {
      await synchronise();
      setOffline(false);
      await compareRegistration();
    }
  } catch (error) {
    if (error instanceof Unreachable) {
      setOffline(!error.status);
      return 15;
    }
    if (!(error instanceof Unpaired)) throw error;
  }
  return about?.poll_interval_s ?? 60;
}

function setOffline(isOffline) {
  if (state.isOffline === isOffline) return;
  state.isOffline = isOffline;
  draw();
}

function hear(message) {
  if (message.type === "refused") toast(t("refused"));
  if (message.type !== "unpaired") return draw();
  toast(t("unpaired"));
  return forgotten();
}

/** Ask at once where the page was ended while the person was away to post. */
async function askWhereLeft() {
  const task = (await views()).find((one) => one.isAsking);
  if (!task || (query("task") ?? task.id) !== task.id) return;
  await go({ task: task.id }, "replaceState");
  await askAbout(task, task.isOpen ? "ask" : "late");
}

function attend() {
  listen(hear);
  addEventListener("popstate", () => { stopAsking(); draw(true); });
  addEventListener("hashchange", () => draw(true));
  addEventListener("online", catchUp);
  addEventListener("offline", () => setOffline(true));
  document.addEventListener("visibilitychange", () => (isSeen() ? catchUp() : patiently(flush())));
  // A notification was tapped while the page was open.
  navigator.serviceWorker?.addEventListener("message", ({ data: { type, task } }) => { if (type === "open") go(task ? { task } : {}).then(catchUp); });
}

async function begin() {
  await Promise.all([setUpWords(), setUpClock()]);
  attend();
  await draw(true);
  await askWhereLeft();
  state.offerUpdate = await keepCurrent(() => !query("task") && !query("view"));
  state.offerUpdate();
  await catchUp();
}

begin();
