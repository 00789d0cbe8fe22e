"use strict";

// Asks for the board every two seconds and writes anew what has changed. Text is always set as text.

const EVERY_MS = 2000;
let shown = "";

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function time(iso) {
  const element = make("time", "", new Date(iso).toLocaleString());
  element.dateTime = iso;
  return element;
}

function alertLine(alert) {
  const line = make("li");
  line.append(make("span", "code", alert.code.replaceAll("_", " ")), " ", alert.message);
  if (alert.page) {
    const link = make("a", "", "Show the task");
    link.href = alert.page;
    line.append(" ", link);
  }
  line.append(...alert.evidence.map((text) => make("span", "evidence", text)));
  line.append(make("span", "remedy", alert.remedy), time(alert.at));
  return line;
}

function deliveryLine(one) {
  const line = make("li");
  const kind = make("span", "kind", one.kind.replaceAll("_", " "));
  const channel = make(one.page ? "a" : "span", "channel", one.channel);
  if (one.page) channel.href = one.page;
  line.append(channel, kind, make("span", "state " + one.state, one.state));
  if (one.needs_decision) line.append(make("strong", "ask", "needs a decision"));
  if (/^https?:\/\//.test(one.url)) {
    const link = make("a", "", "see it");
    link.href = one.url;
    link.rel = "noreferrer noopener";
    line.append(link);
  }
  if (one.step) {
    const next = make("span", "next", "next: " + one.step + " ");
    if (one.at) next.append(time(one.at));
    line.append(next);
  }
  if (one.reason) line.append(make("span", "reason", one.reason));
  return line;
}

function postLine(post) {
  const line = make("li", post.needs_decision ? "post decide" : "post");
  const head = make("div", "head");
  const meta = make("p", "meta", post.tenant + " · ");
  meta.append(time(post.scheduled_at));
  head.append(make("h3", "", post.title), make("span", "state " + post.status, post.status), meta);
  const deliveries = make("ul", "deliveries");
  deliveries.append(...post.deliveries.map(deliveryLine));
  line.append(head, deliveries);
  return line;
}

function show(board) {
  const { now, cron_seen_at, ...content } = board;
  const isCronSilent = !cron_seen_at || Date.parse(now) - Date.parse(cron_seen_at) > 90000;
  pulse(isCronSilent ? "cron is silent" : "live", isCronSilent);
  const text = JSON.stringify(content);
  if (text === shown) return;
  shown = text;
  document.getElementById("drafts-only").hidden = !board.is_drafts_only;
  const alerts = document.getElementById("alerts");
  alerts.hidden = board.alerts.length === 0;
  alerts.querySelector("ul").replaceChildren(...board.alerts.map(alertLine));
  document.getElementById("empty").hidden = board.posts.length > 0;
  document.getElementById("posts").replaceChildren(...board.posts.map(postLine));
  document.title = (board.needs_decision ? "(" + board.needs_decision + ") " : "") + "postengine";
}

function pulse(text, isLost) {
  const element = document.getElementById("pulse");
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("lost", isLost);
}

async function refresh() {
  try {
    const answer = await fetch("/dashboard.json", { headers: { Accept: "application/json" } });
    if (answer.status === 401) return location.assign("/login");
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch {
    pulse("no answer, trying again", true);
  }
  setTimeout(refresh, EVERY_MS);
}

refresh();
