"""The fake's database, and the source of its ids."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue, TypeAdapter

from .rows import Account, IntegrationRow, PostRow, iso_ms

_TIMES = TypeAdapter(tuple[int, ...])
_OBJECT = TypeAdapter(dict[str, JsonValue])
_LIST = TypeAdapter(list[JsonValue])
_CUID = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file."""

    content_type: str
    body: bytes


class Store:
    """All rows, in the order in which they were made.

    Args:
        chance: Makes the ids, so that the same seed makes the same ones.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.accounts: dict[str, Account] = {}
        self.posts: dict[str, PostRow] = {}
        self.files: dict[str, StoredFile] = {}
        self.tokens: dict[str, Account] = {}
        self._comments: dict[str, list[PostRow]] = {}

    def add(self, row: PostRow) -> None:
        """Keep a new post or comment."""
        self.posts[row.id] = row
        row.account.rows.append(row)
        if row.parent_id is not None:
            self._comments.setdefault(row.parent_id, []).append(row)

    def comments(self, post_id: str) -> list[PostRow]:
        """Return the comments of a post, deleted ones included."""
        return self._comments.get(post_id, [])

    def new_id(self) -> str:
        """Return an id like those of posts."""
        return "cm" + "".join(self._chance.choices(_CUID, k=23))

    def new_uuid(self) -> str:
        """Return an id like those of groups and media."""
        digits = f"{self._chance.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], "4" + digits[13:16], "a" + digits[17:20], digits[20:]))

    def new_name(self) -> str:
        """Return a file name without its extension."""
        return f"{self._chance.getrandbits(128):032x}"

    def add_account(
        self,
        api_key: str,
        integrations: Iterable[Mapping[str, JsonValue]],
        tags: Iterable[str],
        now: datetime,
    ) -> Account:
        """Add an organisation, or channels and tags to one that is there."""
        account = self.accounts.get(api_key)
        if account is None:
            account = self.accounts[api_key] = Account(api_key, f"org-{len(self.accounts) + 1}")
        for given in integrations:
            row = _integration(given)
            account.integrations[row.id] = row
        for name in tags:
            account.tags[name] = {
                "id": f"{account.id}-tag-{len(account.tags) + 1}",
                "name": name,
                "color": "#ff0000",
                "orgId": account.id,
                "deletedAt": None,
                "createdAt": iso_ms(now),
                "updatedAt": iso_ms(now),
            }
        return account

    def credential(self, value: str) -> Account | None:
        """Return the organisation of an API key, or of an OAuth token."""
        return self.tokens.get(value) if value.startswith("pos_") else self.accounts.get(value)

    def channel(self, channel_id: str) -> tuple[Account, IntegrationRow]:
        """Return a channel and whose it is.

        Raises:
            KeyError: There is none.
        """
        for account in self.accounts.values():
            if channel_id in account.integrations:
                return account, account.integrations[channel_id]
        raise KeyError(channel_id)

    def own_post(self, account: Account, post_id: str) -> PostRow | None:
        """Return a post of `account`, deleted or not."""
        post = self.posts.get(post_id)
        return post if post is not None and post.account is account else None


def _integration(given: Mapping[str, JsonValue]) -> IntegrationRow:
    identifier = str(given["identifier"])
    customer = given.get("customer")
    return IntegrationRow(
        id=str(given["id"]),
        name=str(given.get("name", f"Our {identifier}")),
        identifier=identifier,
        picture=_text(given.get("picture", "")),
        profile=_text(given.get("profile", "")),
        is_disabled=given.get("disabled") is True,
        is_refresh_needed=given.get("refresh_needed") is True,
        customer={key: str(name) for key, name in customer.items()} if isinstance(customer, dict) else None,
        posting_times=tuple(_TIMES.validate_python(given.get("posting_times", (120, 400, 700)))),
        tool_answers=_OBJECT.validate_python(given.get("tool_answers", {})),
        analytics=_LIST.validate_python(given.get("analytics", [])),
        missing=_LIST.validate_python(given.get("missing", [])),
    )


def _text(value: JsonValue) -> str | None:
    return None if value is None else str(value)
