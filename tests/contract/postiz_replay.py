"""Replays a scenario against FakePostiz, and notes for each exchange what was answered otherwise."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import httpx
from pydantic import JsonValue

from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, WebFile

from .postiz_comparison import Names
from .postiz_recording import KEYS, OBJECT, Exchange, Line, exchange, lines

_KEY, _OTHER_KEY = KEYS.values()
_ORIGIN = "http://127.0.0.1:3990"  # where the recorded server said that it was
_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 66
_HOST = "https://files.study.test"
_WEB = {
    f"{_HOST}/t.png": WebFile(_PNG),
    f"{_HOST}/t.png?sig=1": WebFile(_PNG),
    f"{_HOST}/redir.png": WebFile(redirect="/t.png"),
    f"{_HOST}/redirpriv.png": WebFile(redirect="https://127.0.0.1/a.png"),
    f"{_HOST}/t.txt.png": WebFile(b"hello"),
    f"{_HOST}/zero.png": WebFile(),
    f"{_HOST}/big.png": WebFile(_PNG.ljust(10_485_861, b"0")),
    f"{_HOST}/err.png": WebFile(status=500),
}
_COUNTS = ("Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
_PRESENT = ("Set-Cookie", "Server", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers")
# Their answers are not compared to the letter, but in the way that is named.
LOOSE: Mapping[str, str] = {
    "err-malformed-json": "V8's words for where the JSON breaks: the kind of answer only",
    "err-malformed-json-no-key": "V8's words",
    "throttle-malformed-json": "V8's words",
    "throttle-429-malformed-json": "V8's words",
    "social-url-mastodon": "the network's address and our id there are its own: that there is a URL",
}


class Replay:
    """A fake, a client, and what was learned of ids."""

    def __init__(self, server: Line) -> None:
        self.clock = FakeClock(datetime.fromisoformat(str(server["start"])))
        limit = server["api_limit"]
        assert isinstance(limit, int)
        self.fake = FakePostiz(self.clock, api_limit=limit, find_slot_hang=timedelta(hours=1))
        self.fake.web.update(_WEB)
        self.fake.channels.unreachable = {"x"}
        self.counts_exactly = server.get("exact_counts") is True
        self.names = Names()
        self.found: dict[str, list[str]] = {}
        self._exchanges: dict[str, Exchange] = {}
        self._client = httpx.Client(transport=self.fake.transport(), base_url=_ORIGIN, timeout=60)
        _add_channels(self.fake)
        self._givens: dict[str, Callable[[Line], None]] = {
            "post": self._post,
            "row": self._row,
            "delete": lambda line: self.fake.hand.delete(self.names.ours(str(line["id"]))),
            "advance": lambda line: self.clock.advance(timedelta(seconds=float(str(line["seconds"])))),
            "outage": self._outage,
            "proxy": lambda line: setattr(self.fake, "needs_api_prefix", line["on"] is True),
            "notes": self._notes,
            "repeat": self._repeat,
        }

    def do(self, line: Line) -> None:
        """Make a request and compare, or do what is given."""
        if "given" in line:
            self._givens[str(line["given"])](line)
            return
        recorded = exchange(line)
        self._exchanges[recorded.case] = recorded
        try:
            answer = self._send(recorded)
        except httpx.ReadTimeout:
            self.found[recorded.case] = [] if recorded.status is None else ["there was no answer"]
            return
        self.found[recorded.case] = list(self._differences(recorded, answer))

    def _send(self, recorded: Exchange) -> httpx.Response:
        content = recorded.content
        if recorded.case == "create-charset":  # its bytes were not kept
            content = self._exchanges["date-z"].content
        return self._client.request(
            recorded.method,
            self.names.ours(recorded.path),
            content=self.names.ours(content.decode("latin-1")).encode("latin-1"),
            headers=recorded.headers,
        )

    def _differences(self, recorded: Exchange, answer: httpx.Response) -> list[str]:
        if answer.status_code != recorded.status:
            return [f"status {recorded.status} became {answer.status_code}: {answer.text[:300]}"]
        found = list(self._headers(recorded, answer))
        told: JsonValue = answer.text
        if "json" in answer.headers.get("content-type", "") and answer.content:
            told = answer.json()
        if recorded.case in LOOSE:
            return [*found, *_kinds(recorded.answer, told)]
        if "text/html" in answer.headers.get("content-type", ""):
            return [*found, *self.names.differences(_title(recorded.answer), _title(told))]
        if recorded.case.startswith("integration-settings-") and recorded.status == 200:
            return [*found, *self.names.differences(_facts(recorded.answer), _facts(told))]
        return [*found, *self.names.differences(recorded.answer, told)]

    def _headers(self, recorded: Exchange, answer: httpx.Response) -> list[str]:
        told, ours = recorded.told, answer.headers
        same = {name for name in ("Content-Type", "logout") if told.get(name) == ours.get(name)}
        same |= {name for name in _COUNTS if self._is_counted_alike(told.get(name), ours.get(name))}
        same |= {name for name in _PRESENT if (name in told) == (name in ours)}
        names = ("Content-Type", "logout", *_COUNTS, *_PRESENT)
        return [f"{name} {told.get(name)} became {ours.get(name)}" for name in names if name not in same]

    def _is_counted_alike(self, recorded: str | None, ours: str | None) -> bool:
        return recorded == ours if self.counts_exactly else (recorded is None) == (ours is None)

    def _post(self, line: Line) -> None:
        answer = self._client.post("/public/v1/posts", json=line["body"], headers={"Authorization": _KEY})
        assert answer.status_code == 201, answer.text
        ours = str(answer.json()[0]["postId"])
        assert self.names.learn(str(line["id"]), ours)
        children = line["children"]
        assert isinstance(children, list)
        rows = [row for row in self.fake.posts.values() if row.parent_id is not None]
        for recorded, row in zip(children, rows[-len(children) :], strict=False):
            assert self.names.learn(str(recorded), row.id)
        if isinstance(line["group"], str):
            assert self.names.learn(line["group"], self.fake.posts[ours].group)

    def _row(self, line: Line) -> None:
        row = self.fake.posts[self.names.ours(str(line["id"]))]
        for name in ("state", "release_id"):
            if name in line:
                setattr(row, name, line[name])
        if "publish_date" in line:
            row.publish_date = datetime.fromisoformat(str(line["publish_date"]))

    def _outage(self, line: Line) -> None:
        ask = {"name": line["name"], "seconds": None if line["on"] else 0}
        self._client.post("/_fake/outages", json=ask).raise_for_status()

    def _notes(self, line: Line) -> None:
        notes = line["notes"]
        assert isinstance(notes, list)
        for index, note in enumerate(notes):
            told = OBJECT.validate_python(note)
            self.fake.accounts[_KEY].notifications.append({"id": f"n{index}", "link": None, **told})

    def _repeat(self, line: Line) -> None:
        for _ in range(int(str(line["times"]))):
            self._send(self._exchanges[str(line["of"])])


@functools.cache
def replayed(scenario: str) -> Mapping[str, list[str]]:
    """Replay a scenario; return the differences of each case."""
    first, *others = lines(scenario)
    replay = Replay(first)
    for line in others:
        replay.do(line)
    return replay.found


def _add_channels(fake: FakePostiz) -> None:
    recorded = next(line for line in lines("account") if line.get("case") == "integrations")
    channels = recorded["answer"]
    assert isinstance(channels, list)
    fake.add_account(_KEY, [OBJECT.validate_python(channel) for channel in channels], tags=["campaign"])
    fake.accounts[_KEY].integrations["cm4nogdwoudbeek0ccx8gqw3p"].is_refresh_needed = True
    fake.add_account(_OTHER_KEY, [{"id": "cm11vh2v2cl83c3kjj2gl6h2q", "identifier": "x"}])


def _kinds(recorded: JsonValue, told: JsonValue) -> list[str]:
    left, right = OBJECT.validate_python(recorded), OBJECT.validate_python(told)
    kinds = {name: type(value) for name, value in left.items()}
    return [] if kinds == {name: type(value) for name, value in right.items()} else [f"{left} became {right}"]


def _title(page: JsonValue) -> str:
    return str(page).partition("<title>")[2].partition("</title>")[0]


def _facts(answer: JsonValue) -> JsonValue:
    """Keep limits and names of what a channel's settings say, and leave the prose out."""
    told = OBJECT.validate_python(OBJECT.validate_python(answer)["output"])
    settings, tools = told["settings"], told["tools"]
    assert isinstance(tools, list)
    schema = settings if isinstance(settings, dict) else {}
    names = schema.get("properties", {})
    required = schema.get("required", [])
    assert isinstance(names, dict)
    assert isinstance(required, list)
    return {
        "longest": told["maxLength"],
        "settings": settings if isinstance(settings, str) else [*sorted(names)],
        "required": [*sorted(map(str, required))],
        "tools": [_tool(OBJECT.validate_python(tool)) for tool in tools],
        "keys": [*sorted(told)],
    }


def _tool(tool: Mapping[str, JsonValue]) -> JsonValue:
    fields = tool["dataSchema"]
    assert isinstance(fields, list)
    keys: list[JsonValue] = [OBJECT.validate_python(field)["key"] for field in fields]
    return {"name": tool["methodName"], "fields": [*sorted(tool)], "keys": json.dumps(keys)}
