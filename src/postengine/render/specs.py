"""What to draw, as values that travel as JSON, and the hash that says whether a drawing is out of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .errors import PictureMissing
from .image.output import Output
from .image.renderer import RENDERER_VERSION
from .templates.brand import Brand
from .templates.listing import Listing
from .templates.pages import ShapeName

TemplateId = Annotated[str, StringConstraints(pattern=r"(user:)?[a-zA-Z0-9_-]{1,80}")]
"""A built-in template's name, or `user:` and the name of a file in the folder of one's own."""


class PictureSpec(BaseModel):
    """A picture of a listing.

    Attributes:
        template: Such as `just_listed`; see `TEMPLATES`.
        shape: `square` 1080x1080, `portrait` 1080x1350, `story` 1080x1920, `landscape` 1920x1080, `link`
            1200x628.
        listing: What it says.
        brand: How it looks.
        output: How the file is written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: TemplateId = "listing_card"
    shape: ShapeName
    listing: Listing
    brand: Brand
    output: Output = Output()


class ReelSpec(BaseModel):
    """A short video of a listing.

    Attributes:
        shape: As of a picture.
        listing: What it says, and its photos, in order.
        brand: How it looks.
        seconds: Length, end card included.
        fps: Frames a second.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: ShapeName = "story"
    listing: Listing
    brand: Brand
    seconds: Annotated[float, Field(ge=1, le=60)] = 6.0
    fps: Annotated[int, Field(ge=10, le=60)] = 30


def picture_keys(spec: PictureSpec | ReelSpec) -> tuple[str, ...]:
    """Return the keys of all pictures that a spec may show: photos, portrait, logos."""
    agent = spec.listing.agent
    given = (
        *spec.listing.photos,
        agent.photo if agent else None,
        spec.brand.logo_light,
        spec.brand.logo_dark,
    )
    return tuple(dict.fromkeys(key for key in given if key is not None))


def inputs_hash(
    spec: PictureSpec | ReelSpec, sha256s: Mapping[str, str], *, fonts: str = "", template: str = ""
) -> str:
    """Return a hash of everything that a drawing is made of: the name of its asset.

    Args:
        spec: What to draw.
        sha256s: SHA-256 of each picture by key; entries that the spec does not name are left out.
        fonts: `FontSet.digest`, where fonts may differ between one drawing and the next.
        template: `TemplateFolder.digest`, for a template of one's own.

    Returns:
        64 hexadecimal digits, the same on every machine.

    Raises:
        PictureMissing: A picture of the spec has no entry.
    """
    keys = picture_keys(spec)
    for key in keys:
        if key not in sha256s:
            raise PictureMissing(key)
    everything = {
        "renderer": RENDERER_VERSION,
        "kind": type(spec).__name__,
        "spec": spec.model_dump(mode="json"),
        "pictures": {key: sha256s[key] for key in keys},
        "fonts": fonts,
        "template": template,
    }
    canonical = json.dumps(everything, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
