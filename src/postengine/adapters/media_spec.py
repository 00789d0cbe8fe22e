"""What the engine asks to be drawn, as it stands in a stored asset; see `postengine.engine.ledger.spec`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from postengine.render import ShapeName


class MediaSpec(BaseModel):
    """One picture or video.

    Attributes:
        kind: A drawn card, a video, or a photo cut to its shape.
        template: Of a card or a reel.
        shape: In which it is drawn.
        photos: Ids of assets; the first is the main one.
        listing: Fields of the templates' `Listing`; its `agent.photo` is the id of an asset.
        brand: Fields of the templates' `Brand`; its logos are ids of assets.
        seconds: Length of a reel; None is what suits its photos.
        preset: The network whose rules a reel is made by.
        music: The id of an asset, beneath a reel.
        voice: The id of an asset; the music gives way to it.
        subtitles: Fields of `Caption`, in the order of their times.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["card", "reel", "photo"]
    template: str = "listing_card"
    shape: ShapeName
    photos: list[str]
    listing: dict[str, Any] = Field(default_factory=dict[str, Any])
    brand: dict[str, Any] = Field(default_factory=dict[str, Any])
    seconds: float | None = None
    preset: str | None = None
    music: str | None = None
    voice: str | None = None
    subtitles: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]])

    @model_validator(mode="before")
    @classmethod
    def _from_before(cls, given: object) -> object:
        """Read a spec that was stored before there were templates, and before `link` was called so."""
        if not isinstance(given, Mapping):
            return given
        spec = cast("Mapping[str, Any]", given)
        modern = spec if "template" in spec else _modern(spec)
        return _with_its_template(modern) if modern["template"] == _OLD_REEL else modern


_OLD_REEL = "listing_reel"


def _with_its_template(old: Mapping[str, Any]) -> dict[str, Any]:
    """There was one reel before there were several, and it could have the shape of a link's preview."""
    shape = "landscape" if old["shape"] == "link" else old["shape"]
    return {**old, "template": "just_listed", "shape": shape}


def _modern(old: Mapping[str, Any]) -> dict[str, Any]:
    spec = {name: old[name] for name in ("kind", "photos", "seconds") if name in old}
    spec["template"] = f"listing_{old.get('kind')}"
    spec["shape"] = "link" if old.get("shape") == "landscape" else old.get("shape")
    facts = old.get("facts")
    if facts is not None:
        drawn = ("title", "price", "address", "area", "bedrooms", "bathrooms")
        agent = _known(old.get("agent") or {})
        said = {name: facts.get(name) for name in drawn} | {"badge": old.get("badge"), "agent": agent}
        spec["listing"] = _known(said)
    if old.get("brand") is not None:
        spec["brand"] = {("logo_light" if key == "logo" else key): one for key, one in old["brand"].items()}
    return spec


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", {})}
