/** One task: the file, the caption on the clipboard, one big button. */
import { channelName, choice, placeOf } from "../channel.js";
import { now } from "../clock.js";
import { el, fill, foreign, icon } from "../dom.js";
import { clockTime, distance, percent, size, t } from "../i18n.js";
import { backButton, button, card, copy, link, note, page, toast } from "../layout.js";
import { fileOf, partOf } from "../media.js";
import { large, urlOf } from "../picture.js";
import { canShare, isApple } from "../platform.js";
import { leave, share } from "../share.js";
import { say } from "../tasks.js";

const LONG = 280; // characters of a caption that are shown at first

/** Return the page of one task. */
export async function taskView({ task, go, ask }) {
  const { assets, caption, channel, isOpen } = task;
  const files = (await Promise.all(assets.map(fileOf))).filter(Boolean);
  const isGroup = isOpen && channel.share_mode === "open_url";
  const clip = clipboard(task);
  const main = [
    el("p", { class: "meta" }, channelName(channel), when(task)),
    el("div", { class: "media" }, ...(await Promise.all(assets.map(large)))),
    isGroup && (await groupSteps(task, files, clip)),
    caption && text(t("caption"), caption, isGroup ? undefined : clip.button),
    task.first_comment && text(t("first_comment"), task.first_comment),
    ...assets.map(({ alt }) => alt && text(t("alt_text"), alt)),
    isOpen && el("div", { class: "side" }, button(t("task.posted"), "plain", () => ask(task)), button(t("task.cannot"), "plain", () => ask(task, "cannot"))),
  ];
  if (isOpen) clip.quietly();
  const toList = button(t("task.back"), "quiet", () => go({}));
  const bar = isOpen ? await actions(task, files, clip, () => ask(task)) : [...over(task, ask), toList];
  return page({ title: foreign(task.title, "span"), before: backButton(go), main, bar, about: `${task.id}:${task.rev}` });
}

function when({ isAhead, isOpen, scheduled_at: at, expires_at: end }) {
  if (isAhead) return el("span", { class: "when" }, clockTime(at, now()));
  return isOpen && el("span", { class: "when" }, t("when.by", { time: clockTime(end, now()), distance: distance(end, now()) }));
}

/** Return what a person can do now, for the lower edge. */
async function actions(task, files, clip, back) {
  if (files.length < task.assets.length) return [task.isBroken ? note("warn", "cross", t("task.broken")) : progress(task)];
  if (task.channel.share_mode === "open_url") return [opener(task, t("group.open"), "main", back, clip)];
  if (files.length > 0 ? !canShare(files) : !navigator.share) return saver(task, back, clip);
  const refused = (error) => {
    toast(t("share.failed"));
    say(task, "failed", { reason: `share: ${error.message}` });
  };
  const handOver = () => {
    clip.quietly(); // not awaited, as nothing may be between the tap and the sheet
    share(task, files, back, refused);
  };
  return [button(t("share"), "main", handOver, { drawing: "share", id: "share" }), el("p", { class: "then" }, choice(task.channel))];
}

/** Return what became of a task that is not open. */
function over(task, ask) {
  if (task.answer) return [note("good", "check", t(`answered.${task.answer}`))];
  if (task.isAhead) return [note("calm", "clock", t("task.ahead", { time: clockTime(task.scheduled_at, now()) }))];
  const isPosted = task.state === "published";
  const word = task.isOver && !isPosted ? "missed" : task.state;
  return [
    note(isPosted ? "good" : "warn", isPosted ? "check" : "clock", t(`ended.${word}`)),
    task.actions.includes("confirm") && button(t("task.posted_late"), "main", () => ask(task, "late")),
  ];
}

/** Return how far the files are. */
function progress({ assets }) {
  const bytes = assets.reduce((sum, asset) => sum + asset.bytes, 0);
  const part = assets.reduce((sum, asset) => sum + partOf(asset) * asset.bytes, 0) / bytes;
  return el("div", { class: "progress" }, el("label", { for: "part" }, t("task.fetching", { part: percent(part), size: size(bytes) })), el("progress", { id: "part", value: part }));
}

/** Return a text with a button that copies it. */
function text(label, words, copier = copyButton(words)) {
  const isLong = words.length > LONG;
  const body = foreign(words, "p", { class: isLong ? "words short" : "words" });
  const more = isLong && button(t("show_all"), "plain", () => { body.classList.remove("short"); more.remove(); });
  return card(el("div", { class: "card-head" }, el("h2", {}, label), copier), body, more);
}

function copyButton(words, props) {
  const made = button(t("copy"), "quiet", async () => {
    const isCopied = await copy(words);
    if (isCopied) markCopied(made);
    toast(t(isCopied ? "copied.toast" : "copy.failed"));
  }, { drawing: "copy", ...props });
  return made;
}

function markCopied(made) {
  fill(made, icon("check"), el("span", {}, t("copied")));
  made.classList.add("done");
}

const copied = new Set(); // captions that are on the clipboard, or were: once more would take the place of another text

/** The caption on its way to the clipboard: at once where that is allowed, else with the next tap. */
function clipboard({ id, rev, caption }) {
  const name = `${id}:${rev}`;
  const made = copyButton(caption, { id: "copy-caption" });
  if (copied.has(name)) markCopied(made);
  const quietly = async () => {
    if (!caption || copied.has(name) || !(await copy(caption))) return;
    copied.add(name);
    markCopied(made);
  };
  return { button: made, quietly };
}

/** Return the steps for a group, where a person saves, opens and pastes. */
async function groupSteps(task, files, clip) {
  const toPhotos = (file) => button(t("group.save"), "quiet", () => navigator.share({ files: [file] }).catch(() => undefined), { drawing: "save" });
  const save = await Promise.all(files.map((file, index) => (isApple && canShare([file]) ? toPhotos(file) : download(task.assets[index], "quiet"))));
  const step = (...parts) => el("li", {}, ...parts);
  return card(el("h2", {}, t("group.title")), el("ol", { class: "steps numbered" },
    save.length > 0 && step(el("span", {}, t(isApple ? "group.1.ios" : "group.1.android")), ...save),
    step(el("span", {}, t("group.2")), clip.button),
    step(el("span", {}, t("group.3", { name: task.channel.target_name })))));
}

/** Return the way out to the place where the person posts. */
function opener(task, label, look, back, clip) {
  const place = placeOf(task.channel);
  const onclick = () => { clip.quietly(); leave(task, back); say(task, "shared"); };
  return place ? link(label, `${look} large`, { href: place, target: "_blank", rel: "noreferrer", onclick, id: "open" }, "open") : button(t("task.posted"), look, back);
}

/** Return what helps where there is no share sheet for files: save, open, and say so. */
const saver = async (task, back, clip) => [
  ...(await Promise.all(task.assets.map((asset) => download(asset, "main")))),
  opener(task, t("save.open"), "quiet", back, clip),
  el("p", { class: "then" }, t("save.then")),
];

const download = async (asset, look) => link(t("save"), look, { href: await urlOf(asset), download: asset.filename }, "save");
