/** After a "Yes": thanks, an optional link to the post, and the next task. */
import { el, fill, foreign, icon } from "../dom.js";
import { t } from "../i18n.js";
import { button, note, page } from "../layout.js";
import { say } from "../tasks.js";

/** Return the page. */
export const doneView = ({ task, next, isTold, go }) => page({
  title: t("done.title"),
  main: [
    el("div", { class: "hero-mark good" }, icon("check")),
    foreign(task.title, "p", { class: "lead" }),
    el("p", { class: "hint" }, t(isTold ? "done.told" : "done.later")),
    proof(task),
  ],
  bar: [
    next && button(t("done.next"), "main large", () => go({ task: next.id }), { drawing: "next" }),
    button(t("task.back"), next ? "plain" : "main large", () => go({})),
  ].filter(Boolean),
});

/** Return the field for a link to the post. */
function proof(task) {
  const problem = el("p", { class: "problem", id: "link-problem", role: "alert" });
  const field = el("input", { id: "link", type: "url", inputmode: "url", placeholder: "https://", autocomplete: "off", dir: "ltr", "aria-describedby": "link-problem" });
  const form = el("form", { class: "proof", novalidate: true }, el("label", { for: "link" }, t("done.link")), field, problem,
    el("button", { type: "submit", class: "button quiet" }, el("span", {}, t("done.add"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const url = field.value.trim();
    if (/^https?:\/\/\S+$/.test(url) && url.length <= 2000) {
      fill(form, note("good", "check", t("done.added")));
      say(task, "confirmed", { proof_url: url });
    } else {
      fill(problem, t("done.wrong"));
      field.focus();
    }
  });
  return form;
}
