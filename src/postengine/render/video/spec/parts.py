"""What all parts of a described video share: bounded numbers, names, a strict model."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LONGEST_S = 4 * 3600
"""No video, and no instant in one, is longer; a renderer's own limits are far below."""

Seconds = Annotated[float, Field(gt=0, le=LONGEST_S)]
Instant = Annotated[float, Field(ge=0, le=LONGEST_S)]
Fraction = Annotated[float, Field(ge=0, le=1)]
Point = tuple[Fraction, Fraction]
"""Across and down, as shares from the top left corner."""

SourceName = Annotated[str, Field(min_length=1, max_length=200)]
"""The name under which a file is handed to the renderer."""

HexColour = Annotated[str, StringConstraints(pattern=r"#[0-9a-fA-F]{6}")]
Decibels = Annotated[float, Field(ge=-60, le=20)]


class Part(BaseModel):
    """A part of a described video: a value that never changes and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
