/** A push: always shown, whatever else goes wrong, since browsers take the right to push away otherwise. */
import { patiently } from "./api.js";
import { announce } from "./bus.js";
import { setUpClock } from "./clock.js";
import { keep } from "./db.js";
import { currentLanguage, direction, has, setUpWords, t } from "./i18n.js";
import { flush } from "./outbox.js";
import { session } from "./session.js";
import { drop, fetchFiles, refresh } from "./tasks.js";

/** Show what came, then fetch the task and its files, so that all is here when somebody taps. */
export async function ring(event) {
  const shown = read(event);
  const data = shown.data ?? {};
  await show(shown, data);
  await keep("rang", { at: Date.now(), type: data.type });
  announce({ type: "rang" });
  await setUpClock();
  await patiently(follow(data)); // without a network the page does it when it opens
}

function read(event) {
  try {
    return event.notification ?? event.data.json().notification ?? {}; // Safari has read it already
  } catch {
    return {}; // not JSON
  }
}

async function show(shown, data) {
  const late = new Promise((resolve) => setTimeout(resolve, 2e3, {}));
  const { title, ...own } = await Promise.race([ownWords(data).catch(() => ({})), late]); // the service's words do
  const isTask = data.type === "manual_task";
  await self.registration.showNotification(title || shown.title || "Time to post", {
    body: shown.body,
    tag: shown.tag ?? "",
    renotify: Boolean(shown.tag) && isTask,
    requireInteraction: isTask,
    icon: "/agent/icons/icon-192.png",
    badge: "/agent/icons/badge-96.png",
    data: { ...data, url: shown.navigate },
    ...own,
  });
}

async function ownWords({ type, channel, title }) {
  await setUpWords();
  const body = has(`kind.${channel}`) ? { body: t(`kind.${channel}`) } : {};
  return has(`push.${type}`) ? { title: t(`push.${type}`, { title }), lang: currentLanguage(), dir: direction(), ...body } : {};
}

async function follow({ type, task_id: id }) {
  if (!(await session())?.token) return;
  if (type === "task_closed") await drop(id);
  if (type === "manual_task" && id) await refresh(id);
  announce({ type: "changed" });
  await flush();
  await fetchFiles();
}

/** Bring the app to the front, at the task that the notification is about. */
export async function open(url) {
  const task = new URL(url ?? "./", self.location.href).searchParams.get("task");
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = windows.filter((one) => one.url.startsWith(self.registration.scope)); // pages of the office have the same origin
  const page = pages.find((one) => one.focused) ?? pages[0];
  if (!page) return self.clients.openWindow(task ? `./?task=${encodeURIComponent(task)}` : "./");
  page.postMessage({ type: "open", task });
  return page.focus();
}
