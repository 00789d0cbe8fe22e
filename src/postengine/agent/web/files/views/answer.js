/** "Did you post?": the question that comes up when the person is back. */
import { now } from "../clock.js";
import { el, fill, foreign } from "../dom.js";
import { clockTime, t } from "../i18n.js";
import { button, toast } from "../layout.js";
import { mark, say } from "../tasks.js";

const MINUTE = 60_000;
const SNOOZES = [15 * MINUTE, 60 * MINUTE, 180 * MINUTE];
/** Told to the office, whose pages are in English, whatever the person's language. */
const REASONS = { time: "no time for it", app: "the app did not take it", file: "the picture or video is wrong", text: "the caption is wrong" };

/**
 * Ask; a later call takes the place of the question that is open.
 * @param {object} task
 * @param {"ask"|"cannot"|"late"} first Which page.
 * @param {(posted: boolean) => void} answered Called after each answer.
 */
export function ask(task, first, answered) {
  stopAsking();
  const sheet = el("dialog", { class: "sheet", "aria-labelledby": "question" });
  const turn = (name) => {
    const [title, ...rest] = PAGES[name]({ task, turn, end, close: () => sheet.close() });
    fill(sheet, el("h2", { id: "question", tabindex: "-1" }, title), foreign(task.title, "p", { class: "about" }), ...rest);
    sheet.querySelector("h2").focus();
  };
  const end = (isPosted, said) => {
    sheet.close();
    answered(isPosted);
    if (said) toast(said);
  };
  sheet.addEventListener("close", () => sheet.remove());
  document.body.append(sheet);
  sheet.showModal();
  turn(first);
}

/** Take the question away, as when the task has ended elsewhere. */
export const stopAsking = () => document.querySelector("dialog")?.close();

const large = (label, onclick, drawing, look = "quiet") => button(label, `${look} large`, onclick, { drawing });
const yes = ({ task, end }) => large(t("ask.yes"), () => { say(task, "confirmed"); end(true); }, "check", "main");
const backTo = (name, turn) => button(t("back"), "plain", () => turn(name));

const PAGES = {
  ask: (given) => [t("ask.title"), yes(given), large(t("ask.later"), () => given.turn("later"), "clock"), large(t("ask.cannot"), () => given.turn("cannot"), "cross")],
  late: (given) => [t("ask.late"), yes(given), large(t("cancel"), given.close)],
  later: ({ task, turn, end }) => [
    t("later.title"),
    ...times(task).map((at) => large(t("later.at", { time: clockTime(at, now()) }), () => putOff(task, at, end), "clock")),
    large(t("later.list"), () => { mark(task.id, { asking: false }); end(false); }),
    backTo("ask", turn),
  ],
  cannot: ({ task, turn, end }) => [
    t("cannot.title"),
    ...Object.keys(REASONS).map((why) => large(t(`cannot.${why}`), () => decline(task, REASONS[why], end))),
    large(t("cannot.other"), () => turn("other")),
    backTo("ask", turn),
  ],
  other: ({ task, turn, end }) => {
    const field = el("textarea", { id: "why", rows: "3", maxlength: "1000", dir: "auto" });
    const send = button(t("cannot.send"), "main large", () => decline(task, field.value.trim(), end), { disabled: true });
    field.addEventListener("input", () => { send.disabled = !field.value.trim(); });
    return [t("cannot.title"), el("label", { for: "why" }, t("cannot.why")), field, send, backTo("cannot", turn)];
  },
};

/** Return the times to which the task may still be put off. */
function times({ snooze: { remaining, latest } }) {
  return SNOOZES.map((span) => now() + span).filter((at) => remaining > 0 && at < Date.parse(latest));
}

function putOff(task, at, end) {
  mark(task.id, { asking: false, putOffUntil: at });
  say(task, "snoozed", { snooze_until: new Date(at).toISOString() });
  end(false, t("later.done", { time: clockTime(at, now()) }));
}

function decline(task, reason, end) {
  say(task, "declined", { reason });
  end(false, t("cannot.done"));
}
