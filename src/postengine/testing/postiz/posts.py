"""The everyday calls about posts that are there: list, delete, change the status, merge settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import JsonValue

from .agenda import Agenda
from .dates import Unparsable, parse_date
from .message import JSON_TYPE, Reply, broken, json_reply, refused
from .provider_checks import settings_problems
from .publishing import Publishing
from .rows import Account, PostRow, iso_ms
from .store import Store

_NOT_FOUND = "Post not found"


class Posts:
    """Handles what is below `/posts`, but for the creation and the releases."""

    def __init__(self, store: Store, agenda: Agenda, publishing: Publishing) -> None:
        self._store = store
        self._agenda = agenda
        self._publishing = publishing

    def listing(self, account: Account, query: Mapping[str, str]) -> Reply:
        """List root posts in a window of dates, of any state, but not deleted ones; repeats once a date.

        They are in no order of their dates, as with the real server.
        """
        window: list[datetime] = []
        problems: list[str] = []
        for name in ("startDate", "endDate"):
            try:
                found = parse_date(query.get(name))
            except Unparsable:
                return broken()
            if found is None:
                problems.append(f"{name} must be a valid ISO 8601 date string")
            else:
                window.append(found)
        if problems:
            return refused(400, problems)
        start, end = window
        told: list[str] = []
        for row in account.rows:
            if row.parent_id is None and not row.is_deleted and _is_asked_for(row, query.get("customer")):
                told += _in_window(row, start, end)
        text = f'{{"posts":[{",".join(told)}]}}'
        return Reply(200, text.encode("utf-8", "surrogatepass"), {"Content-Type": JSON_TYPE})

    def delete(self, account: Account, post_id: str) -> Reply:
        """Mark a post deleted and end its run. What is in flight goes on."""
        post = self._store.own_post(account, post_id)
        if post is None or post.is_deleted:
            return broken()
        self.remove(post)
        return json_reply(200, {"error": True})

    def delete_group(self, account: Account, group: str) -> Reply:
        """Delete a group; nothing found is a success too."""
        for post in account.rows:
            if post.group == group and not post.is_deleted:
                self.remove(post)
        return json_reply(200, {"error": True})

    def remove(self, post: PostRow) -> None:
        """Mark `post` and its comments deleted, and end its run."""
        post.is_deleted = True
        for row in self._store.comments(post.id):
            row.is_deleted = True
        self._publishing.end(post)

    def set_status(self, account: Account, post_id: str, body: JsonValue) -> Reply:
        """Set the state without any check, deleted and published posts included."""
        status = body.get("status") if isinstance(body, dict) else None
        if status not in {"draft", "schedule"}:
            return refused(400, ["status must be one of the following values: draft, schedule"])
        post = self._store.own_post(account, post_id)
        if post is None:
            return refused(400, _NOT_FOUND)
        post.updated_at = self._agenda.server_now
        if status == "schedule":
            post.state = "QUEUE"
            self._publishing.start(post, "promote")
        else:
            post.state = "DRAFT"
            self._publishing.end(post)
        return json_reply(200, {"id": post.id, "state": post.state})

    def merge_settings(self, account: Account, post_id: str, body: JsonValue) -> Reply:
        """Merge settings into those of a post that is still to come."""
        given = body.get("settings") if isinstance(body, dict) else None
        if not isinstance(given, dict):
            wrong = [] if given is not None else ["settings should not be null or undefined"]
            return refused(400, [*wrong, "settings must be an object"])
        post = self._store.own_post(account, post_id)
        if post is None or post.is_deleted:
            return refused(404, _NOT_FOUND)
        merged = {**post.settings, **given, "__type": post.integration.identifier}
        refusal = self._cannot_merge(post, merged)
        if refusal is not None:
            return refused(400, refusal)
        post.settings = merged
        post.updated_at = self._agenda.server_now
        return json_reply(200, {"postId": post.id, "publishDate": iso_ms(post.publish_date)[:19]})

    def _cannot_merge(self, post: PostRow, merged: Mapping[str, JsonValue]) -> str | None:
        if post.parent_id is not None:
            return "This id belongs to a comment, pass the id of the main post"
        if post.state not in {"QUEUE", "DRAFT"}:
            return "Only scheduled posts that were not published yet (or drafts) can be updated"
        if post.state == "QUEUE" and post.publish_date <= self._agenda.server_now:
            return "The publish time of this post already passed, it cannot be updated"
        wrong = settings_problems(post.integration.identifier, merged) if post.state == "QUEUE" else []
        return f"{post.integration.name}: {wrong[0]}" if wrong else None


def _is_asked_for(row: PostRow, customer: str | None) -> bool:
    channel = row.integration
    if channel.is_deleted:
        return False
    return customer is None or (channel.customer is not None and channel.customer["id"] == customer)


def _in_window(row: PostRow, start: datetime, end: datetime) -> list[str]:
    if row.interval_in_days is None:
        return [row.told()] if start <= row.publish_date <= end else []
    dates: list[datetime] = []
    date = row.publish_date
    while date <= end:
        dates.append(date)
        date += timedelta(days=max(row.interval_in_days, 1))
    return [row.told(date) for date in dates]
