"""From a stored spec to what the render room is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from postengine.engine.posts.errors import Invalid, Problem
from postengine.render import PictureSpec, ReelSpec
from postengine.render.video import Music, Sound, Voice

from .media_spec import MediaSpec


@dataclass(frozen=True)
class Order:
    """A spec with names of its own for its files, so that equal pictures of equal files are one.

    Attributes:
        drawing: What to draw; None for a plain photo.
        ids: The asset behind each name.
    """

    drawing: PictureSpec | ReelSpec | None
    ids: Mapping[str, str] = field(default_factory=dict[str, str])


def order_of(wanted: MediaSpec) -> Order:
    """Return what is drawn, with the assets that it is drawn of.

    Raises:
        Invalid: A value is out of its bounds: with the field of each.
    """
    if wanted.kind == "photo":
        return Order(None)
    ids = {f"photo-{index + 1}": asset_id for index, asset_id in enumerate(wanted.photos)}
    listing: dict[str, Any] = {**wanted.listing, "photos": list(ids)}
    brand: dict[str, Any] = {"name": "postengine", **wanted.brand}
    agent = listing.get("agent")
    if agent and agent.get("photo"):
        ids["portrait"] = agent["photo"]
        listing["agent"] = {**agent, "photo": "portrait"}
    for name in ("logo_light", "logo_dark"):
        if brand.get(name):
            ids[name] = brand[name]
            brand[name] = name
    sounds = {"music": wanted.music, "voice": wanted.voice}
    ids |= {name: asset_id for name, asset_id in sounds.items() if asset_id is not None}
    return Order(_drawing(wanted, listing, brand), ids)


def _drawing(wanted: MediaSpec, listing: dict[str, Any], brand: dict[str, Any]) -> PictureSpec | ReelSpec:
    plain: dict[str, Any] = {"shape": wanted.shape, "listing": listing, "brand": brand}
    what = "for the reel" if wanted.kind == "reel" else "for the picture"
    try:
        if wanted.kind == "reel":
            own = {"template": wanted.template, "seconds": wanted.seconds, "preset": wanted.preset}
            return ReelSpec.model_validate(plain | own | _heard(wanted))
        return PictureSpec.model_validate(plain | {"template": wanted.template})
    except ValidationError as error:
        problems = [
            problem_of(_path(one["loc"]), one["type"], f"{one['msg'].removeprefix('Value error, ')} ({what})")
            for one in error.errors()
        ]
        raise Invalid(problems) from error


def _heard(wanted: MediaSpec) -> dict[str, Any]:
    """Return what is heard of a reel, under names of its own, and what is read with it."""
    music = None if wanted.music is None else Music(source="music")
    voices = () if wanted.voice is None else (Voice(source="voice"),)
    return {"sound": Sound(music=music, voices=voices), "captions": wanted.subtitles}


def problem_of(path: str, code: str, message: str) -> Problem:
    """Return a problem in the words of posts, whose caption is something else than a video's captions."""
    field, told = (words.replace("captions", "subtitles") for words in (path, message))
    return Problem(field, code, told)


def _path(loc: tuple[int | str, ...]) -> str:
    """Return `listing.features[0]`; which form of a union was tried is left out."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part.isidentifier() and part.islower():
            path += f".{part}"
    return path.removeprefix(".")
