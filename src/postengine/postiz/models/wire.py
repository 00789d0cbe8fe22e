"""How values look on the wire, and the two kinds of model."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue
from pydantic.alias_generators import to_camel


class Received(BaseModel):
    """A model of what Postiz sends: unknown keys are kept, so that a newer server breaks nothing."""

    model_config = ConfigDict(extra="allow", frozen=True, validate_by_name=True)


class Sent(BaseModel):
    """A model of what we send: unknown keys are refused, so that a slip of the pen is found here."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_alias=False,
        validate_by_name=True,
        alias_generator=to_camel,
    )


def wire_instant(instant: datetime) -> str:
    """Write `instant`, which is aware, as Postiz stores it: UTC, cut to the millisecond.

    Raises:
        ValueError: It is naive.

    >>> wire_instant(datetime(2026, 12, 1, 10, 0, 0, 417_900, tzinfo=UTC))
    '2026-12-01T10:00:00.417Z'
    """
    if instant.tzinfo is None:
        raise ValueError(f"An instant for Postiz carries its zone; {instant.isoformat()} does not.")
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _in_utc(instant: datetime) -> datetime:
    """Return `instant` in UTC, which Postiz means when it names no zone."""
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _sendable(text: str) -> str:
    """Refuse what makes the real server answer 500."""
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("Postiz cannot store a NUL character or half a surrogate pair; take it out")
    return text


def _sendable_settings(settings: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Refuse the same anywhere inside `settings`."""
    waiting: list[JsonValue] = [settings]
    while waiting:
        match waiting.pop():
            case str() as text:
                _sendable(text)
            case list() as items:
                waiting += items
            case dict() as entries:
                waiting += [*entries.keys(), *entries.values()]
            case _:  # numbers, true, false and null
                pass
    return settings


UtcInstant = Annotated[datetime, AfterValidator(_in_utc)]
SendableText = Annotated[str, AfterValidator(_sendable)]
SendableSettings = Annotated[dict[str, JsonValue], AfterValidator(_sendable_settings)]
