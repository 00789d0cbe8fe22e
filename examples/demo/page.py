"""The contact sheet: every picture and video, its caption, and what happened when; then all templates."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import httpx

from examples.gallery import cards, sheet
from postengine.render import Output

TEMPLATES_FILE = "templates.jpg"
"""The picture of all templates, beside the page."""

_STYLE = """
:root { color-scheme: light dark; --line: #8883; --soft: #8889; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 32px 24px; max-width: 1180px; }
h1 { font-size: 28px; margin: 0 0 4px; } .sum { color: var(--soft); margin: 0 0 32px; }
article { border-top: 1px solid var(--line); padding: 24px 0; display: grid; gap: 24px;
  grid-template-columns: 300px 1fr; }
h2 { font-size: 20px; margin: 0 0 8px; } .caption { white-space: pre-line; margin: 0 0 16px; }
.media { display: grid; gap: 8px; align-content: start; } .media.many { grid-template-columns: 1fr 1fr; }
img, video { width: 100%; border-radius: 6px; display: block; background: #8882; }
table { border-collapse: collapse; width: 100%; margin: 0 0 16px; font-size: 14px; }
th { text-align: left; font-weight: 600; } th, td { padding: 4px 12px 4px 0; vertical-align: top; }
.state { font-weight: 600; } .published { color: #1a7f4b; } .cancelled, .missed, .declined { color: #9a6700; }
.failed, .unconfirmed { color: #c62828; } details { font-size: 14px; } li { margin: 2px 0; }
img.all { max-width: 902px; margin: 0 auto; }
time { color: var(--soft); font-variant-numeric: tabular-nums; }
@media (max-width: 720px) { article { grid-template-columns: 1fr; } }
"""


def write_page(api: httpx.Client, report: dict[str, Any], folder: Path) -> None:
    """Save every post's media into `folder`/media and write `folder`/index.html."""
    media_folder = folder / "media"
    media_folder.mkdir(parents=True, exist_ok=True)
    posts = api.get("/api/v1/posts", params={"limit": 200}).raise_for_status().json()["items"]
    posts.sort(key=lambda post: post["scheduled_at"])
    sections = [_article(api, post, media_folder) for post in posts]
    published = sum(row["state"] == "published" for row in report["deliveries"])
    summary = (
        f"{report['posts']} posts, {len(report['deliveries'])} deliveries, {published} published, "
        f"{report['recalled']} recalled, {report['lost']} lost, {report['duplicates_at_network']} doubled, "
        f"{report['wall_s']} s"
    )
    page = (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>postengine demo</title><style>{_STYLE}</style><h1>What went out</h1>"
        f"<p class=sum>{escape(summary)}. The photographs are drawn.</p>{''.join(sections)}"
        "<h1>All templates</h1><p class=sum>Each in its five shapes, drawn of the same photographs.</p>"
        f"<a href='{TEMPLATES_FILE}'><img class=all src='{TEMPLATES_FILE}' alt=''></a></html>"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def write_templates(photos: Mapping[str, Path], folder: Path) -> None:
    """Draw every template in every shape from the demo's photos, on one picture beside the page."""
    logos = {name: file for name, file in photos.items() if name.startswith("logo-")}
    shown = {name: file for name, file in photos.items() if name not in logos}
    (folder / TEMPLATES_FILE).write_bytes(sheet(list(cards(shown, logos)), Output(quality=88)))


def _article(api: httpx.Client, post: dict[str, Any], media_folder: Path) -> str:
    detail = api.get(f"/api/v1/posts/{post['id']}").raise_for_status().json()
    ids = list(dict.fromkeys(id_ for one in detail["deliveries"] for id_ in one["asset_ids"]))
    files = [found for id_ in ids if (found := _save(api, id_, media_folder))]
    many = " many" if len(files) > 1 else ""
    media = "".join(_shown(file) for file in files)
    rows = "".join(_row(one) for one in detail["deliveries"])
    names = {one["id"]: one["channel_name"] for one in detail["deliveries"]}
    text = api.get(f"/api/v1/deliveries/{next(iter(names))}").raise_for_status().json()["text"]
    lines = "".join(
        f"<li><time>{line['at'][11:19]}</time> {escape(names.get(line['subject_id'], 'post'))}: "
        f"{escape(_moved(line))} <small>{escape(line['why'])}</small>"
        for line in detail["history"]
    )
    return (
        f"<article><div class='media{many}'>{media}</div><div><h2>{escape(post['title'])}</h2>"
        f"<p class=caption>{escape(text)}</p>"
        f"<table><tr><th>channel<th>state<th>due<th>sent<th>where{rows}</table>"
        f"<details><summary>What happened</summary><ul>{lines}</ul></details></div></article>"
    )


def _row(delivery: dict[str, Any]) -> str:
    url = delivery["release_url"]
    where = f"<a href='{escape(url)}'>{escape(url)}</a>" if url else escape(delivery["reason"] or "")
    return (
        f"<tr><td>{escape(delivery['channel_name'])}<td class='state {delivery['state']}'>{delivery['state']}"
        f"<td>{delivery['due_at'][11:19]}<td>{(delivery['sent_at'] or '')[11:19]}<td>{where}"
    )


def _moved(line: dict[str, Any]) -> str:
    if line["from_state"] == line["to_state"] or not line["to_state"]:
        return str(line["by"])
    return f"{line['from_state'] or 'new'} → {line['to_state']} ({line['by']})"


def _save(api: httpx.Client, asset_id: str, folder: Path) -> str | None:
    known = next(folder.glob(f"{asset_id}.*"), None)
    if known is not None:
        return known.name
    answer = api.get(f"/api/v1/assets/{asset_id}/file")
    if answer.is_error:
        return None
    ending = {"image/jpeg": "jpg", "image/png": "png", "video/mp4": "mp4"}[answer.headers["Content-Type"]]
    file = folder / f"{asset_id}.{ending}"
    file.write_bytes(answer.content)
    return file.name


def _shown(name: str) -> str:
    source = f"media/{escape(name)}"
    return (
        f"<video src='{source}' controls muted loop></video>"
        if name.endswith("mp4")
        else f"<img src='{source}' alt=''>"
    )
