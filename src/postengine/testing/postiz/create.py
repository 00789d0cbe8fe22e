"""`POST /posts`: new posts, and edits in place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from .agenda import Agenda
from .dates import Unparsable, parse_date
from .dto import body_problems
from .message import Reply, broken, json_reply, refused
from .provider_checks import provider_problem
from .publishing import Publishing
from .rows import Account, IntegrationRow, PostRow, State
from .sanitise import sanitise
from .store import Store


class _Unstorable(Exception):
    """The database refuses a NUL or half a surrogate pair."""


@dataclass(frozen=True)
class _Order:
    """What is the same for all entries of a request."""

    account: Account
    type: str
    date: datetime
    interval_in_days: int | None
    creation_method: str
    tags: tuple[str, ...]
    given_at: datetime

    @property
    def is_started(self) -> bool:
        return self.type not in {"draft", "update"}


class CreatePosts:
    """Handles `POST /posts`."""

    def __init__(self, store: Store, agenda: Agenda, publishing: Publishing) -> None:
        self._store = store
        self._agenda = agenda
        self._publishing = publishing

    def handle(self, account: Account, body: JsonValue) -> Reply:
        """Check everything, then save entry by entry; an error there leaves the earlier ones behind."""
        entries = _entries(body)
        if entries is None or not isinstance(body, dict):
            return refused(400, "All posts must have an integration id")
        channels: list[IntegrationRow] = []
        for entry in entries:
            channel = account.integrations.get(_integration_id(entry) or "")
            if channel is None:
                return refused(400, f"Integration with id {_integration_id(entry)} not found")
            channels.append(channel)
        try:
            problems = body_problems(body, entries, [channel.identifier for channel in channels])
        except Unparsable:
            return broken()
        if problems:
            return refused(400, problems)
        refusal = self._refusal(body, entries, channels)
        return refusal or self._save(self._order(account, body), entries, channels)

    def _refusal(
        self,
        body: Mapping[str, JsonValue],
        entries: list[Mapping[str, JsonValue]],
        channels: list[IntegrationRow],
    ) -> Reply | None:
        """Ask the providers (not for drafts), then look for what is published already."""
        for entry, channel in zip(entries, channels, strict=True):
            part = _parts(entry)[0]
            wrong = provider_problem(channel.identifier, _content(part), _image(part), _settings(entry))
            if wrong is not None and body.get("type") != "draft":
                return json_reply(
                    400,
                    {
                        "statusCode": 400,
                        "provider": channel.identifier,
                        "name": channel.name,
                        "message": wrong,
                    },
                )
        if body.get("type") in {"schedule", "now"} and body.get("republish") is not True:
            return next(filter(None, map(self._published_already, entries)), None)
        return None

    def _published_already(self, entry: Mapping[str, JsonValue]) -> Reply | None:
        post = self._store.posts.get(str(_parts(entry)[0].get("id")))
        if post is None or post.state != "PUBLISHED":
            return None
        return refused(
            400,
            f"This post was already published on {post.publish_date:%Y-%m-%d %H:%M} UTC. "
            f"Saving it this way would publish it again to {post.integration.identifier}. "
            "To edit without republishing, use type 'update'. "
            "To intentionally publish again, pass republish: true.",
        )

    def _order(self, account: Account, body: Mapping[str, JsonValue]) -> _Order:
        kind = str(body.get("type"))
        date = parse_date(body.get("date")) or self._agenda.server_now
        if kind == "now":
            date = self._agenda.server_now.replace(second=0, microsecond=0)
        interval = body.get("inter")
        method = body.get("creationMethod")
        return _Order(
            account,
            kind,
            date,
            interval if isinstance(interval, int) else None,
            "CLI" if method == "CLI" else "API",
            _known_tags(account, body.get("tags")),
            self._agenda.server_now,
        )

    def _save(
        self, order: _Order, entries: list[Mapping[str, JsonValue]], channels: list[IntegrationRow]
    ) -> Reply:
        answer: list[JsonValue] = []
        for entry, channel in zip(entries, channels, strict=True):
            try:
                root = self._save_entry(order, entry, channel)
            except _Unstorable:
                return broken()
            if order.is_started:
                self._publishing.start_soon(root, "create")
            elif order.type == "draft":
                self._publishing.end(root)
            answer.append({"postId": root.id, "integration": channel.id})
        return json_reply(201, answer)

    def _save_entry(self, order: _Order, entry: Mapping[str, JsonValue], channel: IntegrationRow) -> PostRow:
        group = self._store.new_uuid()
        parent: PostRow | None = None
        kept: set[str] = set()
        for part in _parts(entry):
            row = self._save_part(order, entry, channel, part, group, parent)
            kept.add(row.id)
            parent = parent or row
        if entry.get("group"):
            for row in order.account.rows:
                if row.group == entry["group"] and row.id not in kept:
                    row.is_deleted = True
        if parent is None:
            raise AssertionError("the checks let an entry without parts pass")
        return parent

    def _save_part(
        self,
        order: _Order,
        entry: Mapping[str, JsonValue],
        channel: IntegrationRow,
        part: Mapping[str, JsonValue],
        group: str,
        parent: PostRow | None,
    ) -> PostRow:
        settings: dict[str, JsonValue] = {"__type": channel.identifier, **_settings(entry)}
        settings["__type"] = channel.identifier
        _check_storable(part, settings)
        row = self._store.posts.get(str(part.get("id")))
        if row is None:
            row = PostRow(
                id=self._store.new_id(),
                account=order.account,
                integration=channel,
                content="",
                image=[],
                settings={},
                publish_date=order.date,
                state="QUEUE",
                group=group,
                parent_id=parent.id if parent else None,
                creation_method=order.creation_method,
                created_at=order.given_at,
            )
            self._store.add(row)
        row.state = _state(order.type, row)
        row.integration = channel
        row.content = sanitise(_content(part))
        row.image = _image(part)
        row.settings = settings
        row.publish_date = order.date
        row.group = group
        row.interval_in_days = order.interval_in_days
        row.tags = order.tags
        delay = part.get("delay")
        row.delay = int(delay) if isinstance(delay, int | float) else 0
        row.updated_at = order.given_at
        return row


def _known_tags(account: Account, given: JsonValue) -> tuple[str, ...]:
    labels = [tag.get("label") for tag in given if isinstance(tag, dict)] if isinstance(given, list) else []
    return tuple(label for label in labels if isinstance(label, str) and label in account.tags)


def _state(kind: str, row: PostRow) -> State:
    if kind == "update":
        return row.state
    return "DRAFT" if kind == "draft" else "QUEUE"  # an unknown type too


def _entries(body: JsonValue) -> list[Mapping[str, JsonValue]] | None:
    posts = body.get("posts") if isinstance(body, dict) else None
    if not isinstance(posts, list):
        return None
    entries = [entry for entry in posts if isinstance(entry, dict) and _integration_id(entry)]
    return list(entries) if len(entries) == len(posts) else None


def _integration_id(entry: Mapping[str, JsonValue]) -> str | None:
    integration = entry.get("integration")
    found = integration.get("id") if isinstance(integration, dict) else None
    return found if isinstance(found, str) else None


def _parts(entry: Mapping[str, JsonValue]) -> list[Mapping[str, JsonValue]]:
    value = entry["value"]
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _settings(entry: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    settings = entry.get("settings")
    return settings if isinstance(settings, dict) else {}


def _content(part: Mapping[str, JsonValue]) -> str:
    content = part["content"]
    return content if isinstance(content, str) else ""


def _image(part: Mapping[str, JsonValue]) -> list[JsonValue]:
    image = part["image"]
    return image if isinstance(image, list) else []


def _check_storable(*values: Mapping[str, JsonValue]) -> None:
    text = "".join(json.dumps(value, ensure_ascii=False) for value in values)
    if "\\u0000" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise _Unstorable
