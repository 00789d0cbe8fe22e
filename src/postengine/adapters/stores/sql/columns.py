"""From the fields of a row's dataclass to columns."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from enum import EnumType, StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import BigInteger, Boolean, Column, Double
from sqlalchemy.types import TypeEngine

from postengine.engine.ports import Row

from .types import TEXT, Document, Instant, Word


def columns_of(kind: type[Row]) -> list[Column[Any]]:
    """Return a column for each field of the dataclass `kind`, in order; `id` is the primary key."""
    hints = get_type_hints(kind)
    return [_column(field.name, hints[field.name]) for field in fields(kind)]  # type: ignore[arg-type]


def _column(name: str, hint: object) -> Column[Any]:
    parts = get_args(hint)
    is_optional = NoneType in parts
    inner = next((part for part in parts if part is not NoneType), hint) if is_optional else hint
    return Column(name, _type_of(inner), primary_key=name == "id", nullable=is_optional)


def _type_of(hint: object) -> TypeEngine[Any]:
    if hint is str:
        return TEXT
    if hint is bool:
        return Boolean()
    if hint is int:
        return BigInteger()
    if hint is float:
        return Double()
    if hint is datetime:
        return Instant()
    if isinstance(hint, EnumType) and issubclass(hint, StrEnum):
        return Word(hint)
    return Document(hint)
