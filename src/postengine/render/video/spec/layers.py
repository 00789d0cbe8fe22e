"""What stands over the scenes: drawn layers, and subtitles with their times."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from postengine.render.image.tree import Box, check_words

from .motion import Animation
from .parts import Fraction, HexColour, Instant, Part


class Layer(Part):
    """A picture with transparent parts over the scenes, drawn once.

    Attributes:
        tree: Laid out on a canvas as large as the video.
        starts_s: When it begins to come in.
        ends_s: When it is gone; None is the end of the video.
        enters: How it comes.
        leaves: How it goes.
        key: A name for whoever reads the spec; nothing is made of it.
    """

    tree: Box
    starts_s: Instant = 0.0
    ends_s: Instant | None = None
    enters: Animation = Animation()
    leaves: Animation = Animation()
    key: Annotated[str, Field(min_length=1, max_length=80)] = "layer"

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Layer:
        if self.ends_s is not None and self.ends_s <= self.starts_s:
            raise ValueError("Expected `ends_s` after `starts_s`; swap them.")
        return self


class Caption(Part):
    """One subtitle.

    Attributes:
        text: In one or more lines; broken where it must be.
        starts_s: When it is there.
        ends_s: When it is gone.
    """

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    starts_s: Instant
    ends_s: Instant

    @model_validator(mode="after")
    def _is_possible(self) -> Caption:
        if self.ends_s <= self.starts_s:
            raise ValueError("Expected `ends_s` after `starts_s`; swap them.")
        check_words(self.text)
        return self


class Subtitles(Part):
    """Captions, one after the other, each on a plate of its own within the safe zone.

    Attributes:
        captions: In the order of their times; they do not overlap.
        place: Where in the safe zone.
        font_family: None takes the first of the renderer's fonts.
        font_weight: 100 to 900.
        size_px: Of the letters; None suits the video's size.
        least_px: A caption that needs smaller ones is refused; None is 0.7 of `size_px`.
        most_lines: Of one caption.
        colour: Of the letters.
        plate: Colour of the plate.
        plate_opacity: 0 leaves the plate away.
        lang: BCP 47 tag of the language.
    """

    captions: Annotated[tuple[Caption, ...], Field(max_length=2000)]
    place: Literal["top", "middle", "bottom"] = "bottom"
    font_family: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    font_weight: Annotated[int, Field(ge=100, le=900)] = 600
    size_px: Annotated[float, Field(ge=8, le=400)] | None = None
    least_px: Annotated[float, Field(ge=8, le=400)] | None = None
    most_lines: Annotated[int, Field(ge=1, le=6)] = 2
    colour: HexColour = "#ffffff"
    plate: HexColour = "#000000"
    plate_opacity: Fraction = 0.72
    lang: Annotated[str, Field(pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)] | None = None

    @model_validator(mode="after")
    def _one_at_a_time(self) -> Subtitles:
        for number, (before, after) in enumerate(zip(self.captions, self.captions[1:], strict=False)):
            if after.starts_s < before.ends_s:
                raise ValueError(
                    f"Expected captions one after the other, but captions[{number + 1}] begins at "
                    f"{after.starts_s:g} s, before captions[{number}] ends at {before.ends_s:g} s."
                )
        return self
