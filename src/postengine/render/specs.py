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
from .templates.reels import ReelName, ReelShape
from .video.renderer import VIDEO_VERSION
from .video.spec import Caption, PresetName, Rate, Sound, VideoSpec, media_of, pictures_of

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
    """A video of a listing by a template; `VideoSpec` describes one by hand.

    Attributes:
        template: Such as `tour`; see `REELS`.
        shape: `story` 1080x1920, `square`, `portrait`, or `landscape` 1920x1080.
        listing: What it says, and its photos and clips, in order.
        brand: How it looks.
        seconds: Length, end card included; None is what suits the photos, until voices and captions end.
        fps: Frames a second.
        preset: The network it is for: its safe zones and limits.
        sound: Music and voices; their sources are keys like those of photos.
        captions: Subtitles.
        quality: x264's constant rate factor: lower is better and larger.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: ReelName = "just_listed"
    shape: ReelShape = "story"
    listing: Listing
    brand: Brand
    seconds: Annotated[float, Field(ge=1, le=600)] | None = None
    fps: Rate = 30
    preset: PresetName | None = None
    sound: Sound = Sound()
    captions: Annotated[tuple[Caption, ...], Field(max_length=2000)] = ()
    quality: Annotated[int, Field(ge=10, le=40)] = 20


def picture_keys(spec: PictureSpec | ReelSpec) -> tuple[str, ...]:
    """Return the keys of all files that a spec may use: photos and clips, portrait, logos, sounds."""
    agent = spec.listing.agent
    given = (
        *spec.listing.photos,
        agent.photo if agent else None,
        spec.brand.logo_light,
        spec.brand.logo_dark,
        *(_sounds(spec.sound) if isinstance(spec, ReelSpec) else ()),
    )
    return tuple(dict.fromkeys(key for key in given if key is not None))


def _sounds(sound: Sound) -> tuple[str, ...]:
    music = (sound.music.source,) if sound.music else ()
    return (*music, *(voice.source for voice in sound.voices))


def inputs_hash(
    spec: PictureSpec | ReelSpec | VideoSpec,
    sha256s: Mapping[str, str],
    *,
    fonts: str = "",
    template: str = "",
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
    is_video = isinstance(spec, (ReelSpec, VideoSpec))
    keys = (*pictures_of(spec), *media_of(spec)) if isinstance(spec, VideoSpec) else picture_keys(spec)
    for key in keys:
        if key not in sha256s:
            raise PictureMissing(key)
    everything = {
        "renderer": f"{RENDERER_VERSION}:{VIDEO_VERSION}" if is_video else RENDERER_VERSION,
        "kind": type(spec).__name__,
        "spec": spec.model_dump(mode="json"),
        "pictures": {key: sha256s[key] for key in keys},
        "fonts": fonts,
        "template": template,
    }
    canonical = json.dumps(everything, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
