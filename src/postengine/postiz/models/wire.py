"""How values look on the wire, and the two kinds of model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue, PlainValidator, TypeAdapter
from pydantic.alias_generators import to_camel

from postengine.postiz.text.sendable import check_sendable, sendable_text

# Each adapter and model is built when it is first used, so that importing this package stays cheap.
LAZILY = ConfigDict(defer_build=True)
_JSON_OBJECT = TypeAdapter[Mapping[str, JsonValue]](Mapping[str, JsonValue], config=LAZILY)


class Received(BaseModel):
    """A model of what Postiz sends: unknown keys are kept, so that a newer server breaks nothing."""

    model_config = ConfigDict(extra="allow", frozen=True, validate_by_name=True, defer_build=True)


class Sent(BaseModel):
    """A model of what we send: unknown keys are refused, so that a slip of the pen is found here."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_alias=False,
        validate_by_name=True,
        alias_generator=to_camel,
        defer_build=True,
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


def settings_object(settings: object) -> dict[str, JsonValue]:
    """Return `settings`, a mapping or a model of a provider's settings, as the JSON object that is sent.

    Raises:
        ValueError: It is neither, or something inside is no JSON or cannot be stored by Postiz.
    """
    if isinstance(settings, BaseModel):
        settings = settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    found = dict(_JSON_OBJECT.validate_python(settings))
    check_sendable(found)
    return found


def _in_utc(instant: datetime) -> datetime:
    """Return `instant` in UTC, which Postiz means when it names no zone."""
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


UtcInstant = Annotated[datetime, AfterValidator(_in_utc)]
SendableText = Annotated[str, AfterValidator(sendable_text)]
Settings = Annotated[Mapping[str, JsonValue] | BaseModel, PlainValidator(settings_object)]
