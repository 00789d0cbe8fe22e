"""How Python values stand in columns, alike in SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by code point in both databases, whatever the locale."""

JSON_TEXT = JSON(none_as_null=True)
"""A JSON document to the letter (PostgreSQL's `jsonb` would change large floats); None is NULL."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, to the microsecond: `timestamptz`, or in SQLite its UTC as text that sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an instant into UTC.

        Raises:
            ValueError: It has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(
                f"an instant with its zone was expected, not {value.isoformat()}; use datetime(…, tzinfo=UTC)"
            )
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of a `StrEnum`, kept as its value."""

    impl = TEXT
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the word itself."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Return the member."""
        return None if value is None else self.words(value)


class Document(TypeDecorator[object]):
    """A nested dataclass, a tuple or a dictionary, kept as JSON in the form that pydantic gives it.

    Args:
        hint: The field's type, as `typing.get_type_hints` has it.
    """

    impl = JSON_TEXT
    cache_ok = True

    def __init__(self, hint: object) -> None:
        super().__init__()
        self.hint = hint
        self._adapter = TypeAdapter[object](cast("type[object]", hint))

    def process_bind_param(self, value: object, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - JSON
        """Return the value as lists, dictionaries, strings and numbers."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> object:  # noqa: ANN401, ARG002 - JSON
        """Return the value as the field's type."""
        if value is None:
            return None
        if isinstance(value, str):  # a caller's psycopg connection may leave JSON undecoded
            return self._adapter.validate_json(value)
        return self._adapter.validate_python(value)
