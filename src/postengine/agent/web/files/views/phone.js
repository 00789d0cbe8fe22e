/** This phone: prove that it rings, keep its battery saver from silencing it, choose a language, take leave. */
import { Refused, call, patiently } from "../api.js";
import { keep, recall } from "../db.js";
import { el, fill, foreign, icon } from "../dom.js";
import { LANGUAGES, clockTime, currentLanguage, has, t } from "../i18n.js";
import { backButton, button, card, note, page, toast } from "../layout.js";
import { MAKERS, isApple, isInstalled, makerOf, model } from "../platform.js";
import { ringState, startRinging } from "../push.js";
import { wipe } from "../session.js";

/** Return the page; `isFirst` right after pairing, when it leads on to the tasks. */
export async function phoneView({ go, about, version, isFirst, languageChosen, forgotten }) {
  const maker = (await recall("maker")) ?? makerOf(await model());
  return page({
    title: t(isFirst ? "phone.first" : "phone.title"),
    before: !isFirst && backButton(go),
    main: [await ringing(), battery(maker), !isInstalled && !isApple && installing(), languages(languageChosen), aboutUs(about, version, forgotten)],
    bar: isFirst ? [button(t("phone.go"), "main", () => go({}), { drawing: "next" })] : [],
  });
}

const heading = (drawing, words) => el("h2", {}, icon(drawing), words);

async function ringing() {
  const state = await ringState();
  const rang = await recall("rang");
  const problem = el("p", { class: "problem", role: "alert" });
  const attempt = (work) => async ({ currentTarget: pressed }) => {
    pressed.disabled = true;
    fill(problem);
    await work().catch((error) => fill(problem, why(error)));
    pressed.disabled = false;
  };
  const last = rang ? note("good", "check", t("ring.last", { time: clockTime(rang.at, Date.now()) })) : note("calm", "clock", t("ring.never"));
  const test = async () => {
    const { is_accepted: isAccepted, problem: detail } = await call("POST", "device/test");
    if (!isAccepted) throw new Refused(0, { detail });
    toast(t("ring.sent"));
  };
  return card(
    heading("bell", t("ring.title")),
    el("p", {}, t(`ring.${state}`)),
    state === "off" && button(t("ring.turn_on"), "main", attempt(startRinging), { drawing: "bell", id: "turn-on" }),
    state === "on" && [last, button(t("ring.test"), "quiet large", attempt(test), { drawing: "bell", id: "test" })],
    problem);
}

function why(error) {
  if (error instanceof Refused) return t("failed", { why: error.message });
  return t(error instanceof DOMException ? "ring.refused" : "unreachable");
}

/** Return a field to choose from, by values and what they are called. */
const select = (id, options, chosen, onchange) => el("select", { id, onchange: ({ target }) => onchange(target.value) },
  ...options.map(([value, label]) => el("option", { value, selected: value === chosen }, label)));

/** Return the steps of one maker, to be chosen. */
function battery(chosen) {
  const steps = el("ol", { class: "steps numbered" });
  const show = (maker) => {
    const keys = [1, 2, 3].map((step) => `battery.${maker}.${step}`).filter(has);
    fill(steps, ...keys.map((key) => el("li", {}, el("span", {}, t(key)))));
  };
  show(chosen);
  const makers = Object.keys(MAKERS).map((maker) => [maker, t(`maker.${maker}`)]);
  return card(heading("phone", t("battery.title")), el("p", {}, t("battery.lead")), el("label", { for: "maker" }, t("battery.maker")),
    select("maker", makers, chosen, (maker) => { keep("maker", maker); show(maker); }), steps);
}

const installing = () => card(heading("plus", t("install.title")), el("p", {}, t("install.lead")));

const languages = (chosen) => card(el("label", { for: "language", class: "h2" }, t("language")), select("language", Object.entries(LANGUAGES), currentLanguage(), chosen));

function aboutUs({ agent, tenant }, version, forgotten) {
  const leave = async () => {
    if (!confirm(t("leave.sure"))) return;
    await patiently(call("DELETE", "device")); // without a network the office takes it off
    await wipe();
    forgotten();
  };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return card(el("h2", {}, t("about")), el("p", {}, foreign(agent.name), " · ", foreign(tenant.name)),
    el("p", { class: "hint" }, t("about.zone", { zone }), " · ", t("about.version", { version })),
    button(t("leave"), "danger", leave));
}
