"""Setting a reel: its passages with their acts, and its end card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Box
from postengine.render.templates.draw import settled
from postengine.render.templates.parts import Sheet

from .end_card import end_card
from .fitting import fitted
from .foot import foot
from .pages import centred_page
from .playing import Part, Played, played
from .script import Act, Passage
from .stage import Piece, room_between
from .tempo import BESIDE_CUT_S

_STANDING = (1.0, 0.8, 0.6)
"""The sizes of what stands all the while, tried in turn where it leaves too little room for the acts."""

_ON_CARD, _ON_WIDE_CARD = 1.15, 0.88
"""How large type is where there is no photo: larger, but on a low end card smaller, for air around it."""


@dataclass(frozen=True)
class Setter:
    """Sets the parts of a reel.

    Attributes:
        drawer: Measures.
        sheet: What the reel says, how it looks, and its page.
        images: Portrait and logos.
        overlap_s: Of a transition.
    """

    drawer: Drawer
    sheet: Sheet
    images: Mapping[str, PictureSource]
    overlap_s: float

    def part(self, passage: Passage, *, opens: bool) -> Part:
        """Return a passage with its acts set, and with what stands all the while.

        Args:
            passage: To be set.
            opens: The reel begins with it.

        Raises:
            TextDoesNotFit: A text stands outside its place even at the smallest size.
        """
        sheet = self.sheet if passage.tighten is None else passage.tighten(self.sheet)
        refused: TextDoesNotFit | None = None
        for around in (*(sheet.tighter(share) for share in _STANDING), _least(sheet)):
            try:
                standing, acts = self._set(passage, sheet, around, opens=opens)
            except TextDoesNotFit as error:
                refused = error
                continue
            clear = self.overlap_s / 2 + BESIDE_CUT_S
            return Part(passage, acts, 0.0 if opens else clear, clear, standing)
        assert refused is not None  # noqa: S101 - nothing was returned, so something was refused
        raise refused

    def end_card(self) -> Box:
        """Return the end card, as large as it stands well."""
        sheet = replace(self.sheet, page=centred_page(self.sheet.page))
        sheet = sheet.tighter(_ON_WIDE_CARD if sheet.page.is_wide else _ON_CARD)
        return settled(self.drawer, end_card, sheet, self.images)

    def _set(
        self, passage: Passage, sheet: Sheet, around: Sheet, *, opens: bool
    ) -> tuple[tuple[Piece, ...], tuple[Played, ...]]:
        (standing,) = fitted(self.drawer, [passage.standing or foot], around, passage.ground, self.images)
        inner = _between(sheet, standing)
        if passage.ground == "primary":
            inner = inner.tighter(_ON_CARD)
        found = [one for run in _runs(passage.acts) for one in self._run(run, inner, passage)]
        acts = tuple(played(*one, opens=opens and not at) for at, one in enumerate(found))
        return standing, acts

    def _run(
        self, acts: Sequence[Act], sheet: Sheet, passage: Passage
    ) -> Iterator[tuple[Act, tuple[Piece, ...]]]:
        draws, ground = [act.draw for act in acts], passage.ground
        found = fitted(self.drawer, draws, sheet, ground, self.images, is_centred=ground != "photo")
        return zip(acts, found, strict=True)


def _least(sheet: Sheet) -> Sheet:
    """Return the sheet with a long title above a figure cut short: the last resort."""
    sheet = sheet.terser().tighter(_STANDING[-1])
    return replace(sheet, page=replace(sheet.page, most_lines=1))


def _between(sheet: Sheet, standing: Sequence[Piece]) -> Sheet:
    page = sheet.page
    top, bottom = room_between(standing, page)
    return replace(sheet, page=replace(page, top=round(top), bottom=round(page.size.height - bottom)))


def _runs(acts: Sequence[Act]) -> list[list[Act]]:
    """Return acts with those that continue them."""
    runs: list[list[Act]] = []
    for act in acts:
        if act.goes_on and runs:
            runs[-1].append(act)
        else:
            runs.append([act])
    return runs
