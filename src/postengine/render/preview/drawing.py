"""Drawing one template in every asked shape, and measuring what came out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

from postengine.render.errors import RenderError, TextDoesNotFit
from postengine.render.image.draw.engine import RgbaPixels
from postengine.render.image.layout import Layout
from postengine.render.image.output import Output
from postengine.render.image.photo import PhotoCache
from postengine.render.image.renderer import Job, Renderer
from postengine.render.image.tree import Box
from postengine.render.templates.draw import TIGHTER, settled
from postengine.render.templates.pages import Page, ShapeName, page_for
from postengine.render.templates.parts import Sheet
from postengine.render.templates.user import in_pixels, own_tree

from .choice import Choice
from .findings import Findings, findings_in, without_texts
from .inputs import Inputs


@dataclass(frozen=True)
class Renderers:
    """Two renderers that work side by side on the same photos.

    Attributes:
        pictures: Draws what is written.
        grounds: Draws what lies beneath the texts.
    """

    pictures: Renderer
    grounds: Renderer

    @classmethod
    def new(cls) -> Self:
        """Return two that share their photos."""
        photos = PhotoCache()
        return cls(Renderer(photos=photos), Renderer(photos=photos))


@dataclass(frozen=True)
class Drawn:
    """One shape's picture, or why there is none.

    Attributes:
        page: The shape.
        data: The file's content; None where it could not be drawn.
        findings: What was found in it.
        error: What went wrong; with a picture, why a service would refuse it.
    """

    page: Page
    data: bytes | None = None
    findings: Findings | None = None
    error: RenderError | None = None


def drawn_shapes(
    renderers: Renderers, choice: Choice, inputs: Inputs, shapes: Sequence[ShapeName], output: Output
) -> list[Drawn]:
    """Draw a template in several shapes; one that fails leaves the others as they are."""
    ready = [_settled(renderers.pictures, choice, inputs, page_for(shape)) for shape in shapes]
    trees = [one for one in ready if isinstance(one, _Settled)]
    with ThreadPoolExecutor(max_workers=1) as aside:
        # Both spend their time outside of Python, so two cores draw them side by side.
        grounds = aside.submit(lambda: [_beneath(renderers.grounds, one, inputs) for one in trees])
        files = _rendered(renderers.pictures, trees, inputs, output)
        found = {
            one.page.name: _measured(one, file, ground, inputs)
            for one, file, ground in zip(trees, files, grounds.result(), strict=True)
        }
    return [one if isinstance(one, Drawn) else found[one.page.name] for one in ready]


@dataclass(frozen=True)
class _Settled:
    """A tree that can be drawn.

    Attributes:
        refusal: Why it would be refused outside of a preview.
    """

    page: Page
    tree: Box
    layout: Layout
    refusal: RenderError | None = None


def _settled(renderer: Renderer, choice: Choice, inputs: Inputs, page: Page) -> _Settled | Drawn:
    sheet = Sheet.for_page(inputs.listing, inputs.brand, page)
    try:
        tree, refusal = _tree(renderer, choice, sheet, inputs)
        layout = in_pixels(renderer.measure(tree, page.size, images=inputs.images))
        return _Settled(page, tree, layout, refusal)
    except RenderError as error:
        return Drawn(page, error=error)


def _tree(renderer: Renderer, choice: Choice, sheet: Sheet, inputs: Inputs) -> tuple[Box, RenderError | None]:
    """Return the tree as a service sets it; one that it would refuse at its tightest, and why."""
    if choice.folder is not None:
        return own_tree(renderer, choice.template, sheet, inputs.images), None
    try:
        return settled(renderer, choice.template, sheet, inputs.images), None
    except TextDoesNotFit as error:
        return choice.template(sheet.tighter(TIGHTER[-1])), error


def _rendered(
    renderer: Renderer, trees: Sequence[_Settled], inputs: Inputs, output: Output
) -> list[bytes | RenderError]:
    """Draw all at once, so that photos are read once; if that fails, each alone, to tell which."""
    jobs = [Job(one.tree, one.page.size, output) for one in trees]
    try:
        return [*renderer.render_all(jobs, images=inputs.images)]
    except RenderError:
        return [_one(renderer, job, inputs) for job in jobs]


def _one(renderer: Renderer, job: Job, inputs: Inputs) -> bytes | RenderError:
    try:
        return renderer.render(job.tree, job.size, images=inputs.images, output=job.output)
    except RenderError as error:
        return error


def _beneath(renderer: Renderer, one: _Settled, inputs: Inputs) -> RgbaPixels | None:
    """Return the picture without its texts, or None where it cannot be drawn."""
    try:
        return renderer.pixels(without_texts(one.tree), one.page.size, images=inputs.images)
    except RenderError:
        return None  # the picture itself says why


def _measured(one: _Settled, file: bytes | RenderError, beneath: RgbaPixels | None, inputs: Inputs) -> Drawn:
    if isinstance(file, RenderError):
        return Drawn(one.page, error=file)
    legal = inputs.brand.legal
    found = None if beneath is None else findings_in(one.tree, one.page, one.layout, beneath, legal)
    return Drawn(one.page, file, found, one.refusal)
