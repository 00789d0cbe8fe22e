"""Making styles of ours from declarations; what our trees do not have or refuse is a loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from postengine.render.image.tree import Style

from .losses import Losses
from .pictures import bytes_of, natural_size, url_of, with_urls
from .shorthand import SIDES
from .units import plain
from .values import refused, written

KNOWN: frozenset[str] = frozenset(field.alias or name for name, field in Style.model_fields.items())
"""Style keys that our trees have, in camelCase."""


@dataclass(frozen=True)
class StyleMaker:
    """Makes styles.

    Attributes:
        losses: Takes what cannot be carried over.
        images: Bytes of pictures by URL; those of grounds and masks are written into the style.
    """

    losses: Losses
    images: Mapping[str, bytes]

    def made(self, found: Mapping[str, object], path: str) -> Style:
        """Return a style from declarations in longhand; None stands for none."""
        keys: dict[str, Any] = {}
        for name, it in found.items():
            if it is None:
                continue
            value = written(name, self._with_pictures(name, it, path) if name.endswith("Image") else it)
            if value is None:
                continue
            why = refused(name, value) if name in KNOWN else "no such style here"
            if why is None:
                keys[name] = value
            else:
                self.losses.add(f"{path}.{name}", it, why)
        return self._validated(keys, path)

    def ground(self, found: Mapping[str, object]) -> dict[str, object]:
        """Return how Satori places pictures in the ground: from the border's edge, at their own size."""
        images = found.get("backgroundImage")
        placed: dict[str, object] = {}
        if not isinstance(images, str):
            return placed
        if any(found.get(f"border{side}Width") for side in SIDES):
            placed["backgroundOrigin"] = found.get("backgroundOrigin", "border-box")
        source = url_of(images)
        at_hand = bytes_of(source, self.images) if source is not None else None
        size = natural_size(at_hand[1]) if at_hand and "backgroundSize" not in found else None
        if size is not None:
            placed["backgroundSize"] = f"{plain(size[0])}px {plain(size[1])}px"
        return placed

    def _validated(self, keys: dict[str, Any], path: str) -> Style:
        while True:
            try:
                return Style.model_validate(keys)
            except ValidationError as error:
                for problem in error.errors():
                    name = str(problem["loc"][0])
                    if name in keys:  # a value that may be one of several kinds is refused by each of them
                        why = problem["msg"].removeprefix("Value error, ").rstrip(".")
                        self.losses.add(f"{path}.{name}", keys.pop(name), why)

    def _with_pictures(self, name: str, value: object, path: str) -> object:
        if not isinstance(value, str) or "url(" not in value:
            return value
        inlined, missing = with_urls(value, self.images)
        for source in missing:
            self.losses.add(f"{path}.{name}", source, "the picture was not handed over")
        return None if missing else inlined
