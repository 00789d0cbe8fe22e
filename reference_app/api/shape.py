"""Shapes of what comes in and goes out: strict models, and answers with a status."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field


class Body(BaseModel):
    """What a caller sends; a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class View(BaseModel):
    """What a caller is shown, read from a row."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Listed(Body):
    """Which part of a list is wanted.

    Attributes:
        cursor: What the part before gave; None begins.
    """

    tenant: str | None = Field(default=None, description="id or external id of a tenant")
    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=50, ge=1, le=200)


class Nothing(Body):
    """No parameters at all."""


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


ExternalId = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Reference = Annotated[str, Field(min_length=1, max_length=200, description="id or external id")]
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers."""

    view: View
    status: int = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict[str, str])
