"""Compares an answer with a recorded one: ids are learned where they first appear, all else is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import JsonValue

_ID = re.compile(r"cm[a-z0-9]{23}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,36}\.\w+")
_WHEN = {"createdAt", "updatedAt"}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Names:
    """Which recorded id is which of ours."""

    def __init__(self) -> None:
        self._ours: dict[str, str] = {}

    def learn(self, recorded: str, ours: str) -> bool:
        """Note a pair; False if either has another partner already."""
        known = self._ours.setdefault(recorded, ours)
        return known == ours and list(self._ours.values()).count(ours) == 1

    def ours(self, text: str) -> str:
        """Put our ids in the place of recorded ones."""
        return _ID.sub(lambda found: self._ours.get(found[0], found[0]), text)

    def differences(self, recorded: JsonValue, told: JsonValue, place: str = "") -> Iterator[str]:
        """Say where `told` is not what was recorded."""
        if isinstance(recorded, dict) and isinstance(told, dict):
            if list(recorded) != list(told) and set(recorded) != set(told):
                yield f"{place}: keys {sorted(recorded)} became {sorted(told)}"
                return
            for key, value in recorded.items():
                yield from self._at_key(key, value, told[key], f"{place}.{key}")
        elif isinstance(recorded, list) and isinstance(told, list):
            if len(recorded) != len(told):
                yield f"{place}: {len(recorded)} items became {len(told)}"
                return
            if place == ".posts":  # they are in no order
                recorded, told = sorted(recorded, key=self._order), sorted(told, key=self._order)
            for index, (left, right) in enumerate(zip(recorded, told, strict=True)):
                yield from self.differences(left, right, f"{place}[{index}]")
        elif isinstance(recorded, str) and isinstance(told, str):
            yield from self._texts(recorded, told, place)
        elif recorded != told or type(recorded) is not type(told):
            yield f"{place}: {recorded!r} became {told!r}"

    def _at_key(self, key: str, recorded: JsonValue, told: JsonValue, place: str) -> Iterator[str]:
        if key in _WHEN and _INSTANT.fullmatch(str(told)):
            return
        yield from self.differences(recorded, told, place)

    def _texts(self, recorded: str, told: str, place: str) -> Iterator[str]:
        if self.ours(recorded) == told:
            return
        if not _ID.fullmatch(recorded) or not self.learn(recorded, told):
            yield f"{place}: {self.ours(recorded)!r} became {told!r}"

    def _order(self, post: JsonValue) -> tuple[str, str]:
        assert isinstance(post, dict)
        return self.ours(str(post["id"])), str(post["publishDate"])
