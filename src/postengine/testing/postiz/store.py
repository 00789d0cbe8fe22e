"""The fake's database, and the source of its ids."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from .rows import Account, IntegrationRow, PostRow

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

    def add_account(self, api_key: str, integrations: Iterable[Mapping[str, JsonValue]]) -> Account:
        """Add an organisation, or channels to one that is there."""
        account = self.accounts.setdefault(api_key, Account(api_key))
        for given in integrations:
            row = _integration(given)
            account.integrations[row.id] = row
        return account

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
        picture=str(given.get("picture", "")),
        profile=str(given.get("profile", "")),
        is_disabled=given.get("disabled") is True,
        is_refresh_needed=given.get("refresh_needed") is True,
        customer={key: str(name) for key, name in customer.items()} if isinstance(customer, dict) else None,
    )
