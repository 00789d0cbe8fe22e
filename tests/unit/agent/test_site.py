"""The phone's page as it is served: what may load what, what is kept how long, and what it weighs."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from postengine.agent import AgentRequest, AgentResponse, AgentSite, read_site
from postengine.agent.etag import is_known

MOST_JAVASCRIPT = 60_000
WEB = Path(str(files("postengine.agent") / "web"))
SITE = AgentSite()
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def get(path: str, method: str = "GET", **headers: str) -> AgentResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return SITE.handle(AgentRequest(method, path, headers=given))


def body_of(answer: AgentResponse) -> bytes:
    assert isinstance(answer.body, bytes)
    return answer.body


def words(language: str) -> dict[str, str]:
    content = (WEB / "files" / "messages" / f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(content)
    return found


def test_the_page_may_load_nothing_but_our_own_files() -> None:
    answer = get("/agent/")
    policy = answer.headers["Content-Security-Policy"].split("; ")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert policy[0] == "default-src 'none'"
    assert {"script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'"} < set(policy)
    assert {"frame-ancestors 'none'", "require-trusted-types-for 'script'"} < set(policy)
    assert not re.search(r"unsafe|\*|https?:", answer.headers["Content-Security-Policy"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_has_no_script_or_style_in_itself_and_names_no_other_host() -> None:
    page = body_of(get("/agent/")).decode()

    assert re.findall(r"<script[^>]*>(.+?)</script>", page, re.DOTALL) == []
    assert not re.search(r"<style|\sstyle=|\son\w+=|https?://", page)


def test_page_and_worker_are_asked_for_each_time_and_not_sent_again() -> None:
    for path in ("/agent/", "/agent/worker.js", "/agent/manifest.webmanifest"):
        first = get(path)
        again = get(path, If_None_Match=first.headers["ETag"])

        assert first.headers["Cache-Control"] == "no-cache"
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_files_of_a_version_are_kept_for_ever_and_the_page_names_them() -> None:
    page = body_of(get("/agent/")).decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', page)

    assert any(name.endswith("/app.js") for name in named)
    for name in named:
        answer = get(f"/agent/{name}")
        is_versioned = name.startswith("files/")
        assert answer.status == 200
        assert ("immutable" in answer.headers["Cache-Control"]) is is_versioned


def test_the_worker_keeps_every_file_that_a_module_asks_for() -> None:
    worker = body_of(get("/agent/worker.js")).decode()
    kept = set(re.findall(r'"([^"]*app\.js[^"]*)"', worker)[0].split())

    asked = {"app.js", "style.css"}
    for script in (WEB / "files").rglob("*.js"):
        for wanted in re.findall(
            r'(?:from |new URL\()["`](\.[^"`$]+)["`]', script.read_text(encoding="utf-8")
        ):
            target = (script.parent / wanted).resolve().relative_to((WEB / "files").resolve())
            asked.add(target.as_posix())
    assert asked <= kept
    assert {f"messages/{language}.json" for language in ("en", "es", "ar")} <= kept


def test_a_change_of_any_file_makes_a_new_worker(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "index.html").write_text("<script src=files/__VERSION__/app.js>")
    (tmp_path / "worker.js").write_text('start("__VERSION__", "__FILES__".split(" "));')
    (tmp_path / "files" / "app.js").write_text("one();")
    (tmp_path / "notes.txt").write_text("not served")
    before = read_site(tmp_path)
    (tmp_path / "files" / "app.js").write_text("two();")
    after = read_site(tmp_path)

    assert before["worker.js"].content != after["worker.js"].content
    assert before["worker.js"].etag != after["worker.js"].etag
    assert set(before) & set(after) == {"", "worker.js"}
    assert len(before) == 3


def test_comments_are_not_served_and_texts_with_slashes_are(tmp_path: Path) -> None:
    (tmp_path / "worker.js").write_text(
        '/** About\n * it. */\n  go(); // why\n// a line\nconst at = "https://x"; // it\'s kept\n'
    )

    assert read_site(tmp_path)["worker.js"].content == b'go();\nconst at = "https://x"; // it\'s kept\n'


def test_our_own_javascript_weighs_less_than_60_kb() -> None:
    served = {path: len(file.content) for path, file in read_site().items() if path.endswith(".js")}

    assert len(served) > 20
    assert sum(served.values()) < MOST_JAVASCRIPT


@pytest.mark.parametrize(
    "path", ["/agent/nothing", "/agent/files/0123/app.js", "/agent/../settings.py", "/else"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    answer = get(path)

    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_address_without_its_slash_leads_to_the_page() -> None:
    answer = SITE.handle(AgentRequest("GET", "/agent", query={"task": "del 1"}))

    assert (answer.status, answer.headers["Location"]) == (308, "/agent/?task=del+1")
    assert get("/agent").headers["Location"] == "/agent/"


def test_the_page_is_only_read() -> None:
    head = get("/agent/", "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(body_of(get("/agent/")))
    assert get("/agent/", "POST").status == 405
    assert get("/agent/", "POST").headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("language", ["es", "ar"])
def test_every_language_has_all_words_with_the_same_places_for_values(language: str) -> None:
    english, other = words("en"), words(language)

    assert list(other) == list(english)
    assert all(text.strip() for text in other.values())
    for key, text in english.items():
        assert sorted(PLACEHOLDER.findall(other[key])) == sorted(PLACEHOLDER.findall(text)), key


def test_every_word_that_a_module_asks_for_is_there_and_none_is_left_over() -> None:
    scripts = "".join(script.read_text(encoding="utf-8") for script in (WEB / "files").rglob("*.js"))
    asked = set(re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)*)"', scripts))
    begun = tuple(re.findall(r"`([a-z_]+\.(?:[a-z]+\.)?)\$\{", scripts))

    assert {word for word in re.findall(r'\bt\("([^"]+)"', scripts)} <= set(words("en"))
    assert [key for key in words("en") if key not in asked and not key.startswith(begun)] == []


def test_the_manifest_names_icons_that_are_there() -> None:
    manifest = json.loads(body_of(get("/agent/manifest.webmanifest")))

    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (
        "/agent/",
        "/agent/",
        "standalone",
    )
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        answer = get(f"/agent/{icon['src']}")
        assert answer.headers["Content-Type"] == "image/png"
        assert body_of(answer).startswith(b"\x89PNG")


def test_an_etag_is_known_by_itself_weakly_and_by_a_star() -> None:
    assert [is_known(given, '"b"') for given in ('"a", W/"b"', "*", '"a"', None, "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
