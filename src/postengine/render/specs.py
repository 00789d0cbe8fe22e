"""What to draw, as values that travel as JSON, and the hash that says whether a drawing is out of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from .errors import PictureMissing
from .templates.facts import Brand, ListingFacts
from .templates.sizes import SizeName

RENDERER_VERSION = "1"
"""Raised whenever the same spec would be drawn differently; drawings of another version are out of date."""

Key = Annotated[str, Field(min_length=1, max_length=200)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class CardSpec(BaseModel):
    """A picture of a listing.

    Attributes:
        template: Always `listing_card`.
        size: `square` 1080x1080, `portrait` 1080x1350, `story` 1080x1920, `landscape` 1200x628.
        facts: What it says.
        brand: How it looks.
        photo: Key of the photo.
        focus: The point of the photo that stays in view, fractions from the top left corner.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: Literal["listing_card"] = "listing_card"
    size: SizeName
    facts: ListingFacts
    brand: Brand
    photo: Key
    focus: tuple[Fraction, Fraction] = (0.5, 0.5)


class ReelSpec(BaseModel):
    """A short video of a listing.

    Attributes:
        template: Always `listing_reel`.
        size: As of a card.
        facts: What it says.
        brand: How it looks.
        photos: Keys of the photos, in order.
        seconds: Length, end card included.
        fps: Frames a second.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: Literal["listing_reel"] = "listing_reel"
    size: SizeName = "story"
    facts: ListingFacts
    brand: Brand
    photos: Annotated[tuple[Key, ...], Field(min_length=1, max_length=10)]
    seconds: Annotated[float, Field(ge=1, le=60)] = 6.0
    fps: Annotated[int, Field(ge=10, le=60)] = 30


def inputs_hash(spec: CardSpec | ReelSpec, photo_sha256s: Mapping[str, str]) -> str:
    """Return a hash of everything that a drawing is made of: spec, photos, renderer.

    Args:
        spec: What to draw.
        photo_sha256s: SHA-256 of each photo by key; an entry `logo` stands for the brand's logo. Entries that
            the spec does not name are left out.

    Returns:
        64 hexadecimal digits, the same on every machine.

    Raises:
        PictureMissing: A photo of the spec has no entry.
    """
    keys = (spec.photo,) if isinstance(spec, CardSpec) else spec.photos
    for key in keys:
        if key not in photo_sha256s:
            raise PictureMissing(key)
    used = {key: photo_sha256s[key] for key in (*keys, "logo") if key in photo_sha256s}
    everything = {"renderer": RENDERER_VERSION, "spec": spec.model_dump(mode="json"), "photos": used}
    canonical = json.dumps(everything, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
