"""A tour: room after room, each with a few words, and at the end what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postengine.render.errors import InputMissing
from postengine.render.image.tree import Box, Style
from postengine.render.templates.parts import Ink, Letters, Sheet, column, paragraph
from postengine.render.templates.reels.acts import head, offer, text_width
from postengine.render.templates.reels.passages import over
from postengine.render.templates.reels.script import Act, Passage, Script, Shot
from postengine.render.templates.reels.stage import beat, stage
from postengine.render.video.spec import Side, Transition


def tour(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return a walk through a property.

    Raises:
        InputMissing: There is no photo.
    """
    if not shots:
        raise InputMissing("tour", "photos", "at least one photo")
    onward: Side = "right" if sheet.wording.is_right_to_left else "left"
    transition = Transition(kind="slide", seconds=0.5, side=onward)
    return Script(tuple(_rooms(sheet, shots)), transition)


def _rooms(sheet: Sheet, shots: Sequence[Shot]) -> Iterator[Passage]:
    """Yield the head over the first shot, a caption over each of the others, the price over the last."""
    if len(shots) == 1:
        yield over(shots, (head(sheet.listing.badge), *offer(sheet)))
        return
    yield over(shots[:1], (head(sheet.listing.badge),))
    said = iter(sheet.listing.features)
    for shot in shots[1:-1]:
        text = next(said, None)
        yield over((shot,), () if text is None else (_caption(text),), needed=False)
    costs = offer(sheet)
    text = None if costs else next(said, None)
    yield over(shots[-1:], costs if text is None else (_caption(text),))


def _caption(text: str) -> Act:
    def draw(sheet: Sheet, ink: Ink) -> Box:
        page, width = sheet.page, text_width(sheet)
        words = paragraph(
            sheet,
            text,
            Letters(round(page.title * 0.72), is_heading=True),
            ink.text,
            width=width,
            lines=3,
            least_px=page.title * 0.44,
            key="caption",
        )
        style = Style(width=page.space(2), height=max(page.unit // 6, 4), background_color=ink.mark.css())
        return stage(sheet, (beat(column((Box(style=style), words), gap=page.space(0.5)), "caption"),))

    return Act("caption", draw)
