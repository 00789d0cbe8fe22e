/** From a code to a paired phone. */
import { Refused, call } from "../api.js";
import { el, fill, icon } from "../dom.js";
import { t } from "../i18n.js";
import { button, card, copy, page, toast } from "../layout.js";
import { model, platformName } from "../platform.js";
import { renew } from "../session.js";

const clean = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 8);
const pretty = (code) => (code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code);

/** Return the page that takes the code; one from a link waits for a tap, so that no preview uses it up. */
export function pairView({ code, version, paired }) {
  const problem = el("p", { class: "problem", id: "problem", role: "alert" });
  const field = el("input", {
    id: "code", class: "code", value: pretty(clean(code)), autocomplete: "one-time-code", autocapitalize: "characters",
    spellcheck: "false", maxlength: 12, placeholder: "ABCD-2345", dir: "ltr", "aria-describedby": "problem code-hint",
  });
  const submit = el("button", { type: "submit", form: "pair", class: "button main" }, t("pair.action"));
  const check = () => { submit.disabled = clean(field.value).length < 8; };
  const form = el("form", { id: "pair" }, el("label", { for: "code" }, t("pair.code")), field, el("p", { class: "hint", id: "code-hint" }, t("pair.hint")), problem);
  field.addEventListener("input", () => { field.value = pretty(clean(field.value)); check(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    fill(problem);
    try {
      await pair(clean(field.value), version);
      await paired();
    } catch (error) {
      fill(problem, reason(error));
      check();
      field.focus();
    }
  });
  check();
  return page({ title: t("pair.title"), main: [el("div", { class: "hero-mark" }, icon("phone")), el("p", { class: "lead" }, t("pair.lead")), form], bar: [submit] });
}

async function pair(code, version) {
  const device = { platform: platformName, model: await model(), app_version: version };
  await renew(await call("POST", "pair", { code, device, push: { kind: "none" } }));
  await navigator.storage?.persist?.();
}

function reason(error) {
  if (error instanceof Refused) return t(error.code === "code_invalid" ? "pair.wrong" : "failed", { why: error.message });
  return error.status === 429 ? t("pair.wait", { minutes: Math.ceil(error.waitS / 60) }) : t("unreachable");
}

/** Return the page that an iPhone's browser shows: it uses nothing up, and says how to go on. */
export function homeScreenView({ code }) {
  const own = pretty(clean(code));
  const steps = ["share", "plus", "phone"].map((drawing, index) => el("li", {}, icon(drawing), el("span", {}, t(`install.ios.${index + 1}`))));
  const take = async () => toast(t((await copy(own)) ? "copied.toast" : "copy.failed"));
  return page({
    title: t("install.title"),
    main: [
      el("p", { class: "lead" }, t("install.ios.lead")),
      el("ol", { class: "steps" }, ...steps),
      own && card(el("h2", {}, t("install.ios.code")), el("p", { class: "code", dir: "ltr" }, own), el("p", { class: "hint" }, t("pair.hint"))),
    ],
    bar: own ? [button(t("install.ios.copy"), "main", take, { drawing: "copy" })] : [],
  });
}
