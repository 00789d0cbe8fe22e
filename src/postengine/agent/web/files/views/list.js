/** What there is to post: the next one large, the others below, then the day ahead. */
import { channelName } from "../channel.js";
import { now } from "../clock.js";
import { el, foreign, icon } from "../dom.js";
import { clockTime, distance, percent, t } from "../i18n.js";
import { button, note, page, round } from "../layout.js";
import { isHere, partOf } from "../media.js";
import { thumbnail } from "../picture.js";

const rank = (task) => (task.isAsking ? 0 : task.putOffUntil ? 2 : 1);

/** Return the list. */
export async function listView({ go, ask, tasks, about, waitingCount, isOffline, ring }) {
  const [first, ...others] = tasks.filter((task) => task.isOpen || task.isAsking).sort((one, two) => rank(one) - rank(two));
  const ahead = tasks.filter((task) => task.isAhead);
  const phone = () => go({ view: "phone" });
  return page({
    above: foreign(about.tenant.name, "p", { class: "agency" }),
    title: t(first ? "list.title" : "list.empty.title"),
    after: round("phone", t("phone.title"), phone),
    main: [
      isOffline && note("calm", "offline", t("offline")),
      waitingCount > 0 && note("calm", "clock", t("waiting", { count: waitingCount })),
      ring === "off" && el("button", { class: "note warn", onclick: phone }, icon("bell"), el("span", {}, t("list.ring")), icon("next")),
      first ? await entry(first, go, "hero") : el("div", { class: "empty" }, icon("check"), el("p", { class: "lead" }, t("list.empty", { name: about.agent.name }))),
      ...(await rows("list.others", others, go)),
      ...(await rows("list.ahead", ahead, go)),
    ],
    bar: first ? [first.isAsking ? button(t("ask.title"), "main", () => ask(first)) : button(t("list.action"), "main", () => go({ task: first.id }), { drawing: "next" })] : [],
    about: first?.id,
  });
}

async function rows(title, tasks, go) {
  if (tasks.length === 0) return [];
  const items = await Promise.all(tasks.map(async (task) => el("li", {}, await entry(task, go, "row"))));
  return [el("h2", {}, t(title)), el("ul", { class: "rows" }, ...items)];
}

const entry = async (task, go, look) => el("button", { class: look, "data-key": task.id, onclick: () => go({ task: task.id }) },
  await thumbnail(task),
  el("span", { class: "body" }, foreign(task.title, "strong"), channelName(task.channel), await when(task)),
  look === "row" && icon("next"));

/** Return what the person has to know of a task before opening it. */
async function when(task) {
  const line = (...words) => el("span", { class: "when" }, ...words);
  const time = (at) => clockTime(at, now());
  if (task.isAhead) return line(time(task.scheduled_at));
  if (task.isAsking) return line(t("ask.title"));
  if (task.putOffUntil) return line(t("when.put_off", { time: time(task.putOffUntil) }));
  const here = await Promise.all(task.assets.map(isHere));
  const missing = task.assets.find((_, index) => !here[index]);
  return line(t("when.by", { time: time(task.expires_at), distance: distance(task.expires_at, now()) }),
    missing && el("span", { class: "part" }, t("when.fetching", { part: percent(partOf(missing)) })));
}
