"""The engine's MediaRenderer over the render room."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import cast

from postengine.engine.ports import Rendered
from postengine.engine.posts.errors import Invalid, Problem
from postengine.render import (
    RENDERER_VERSION,
    Brand,
    FontMissing,
    FontUnknown,
    InputMissing,
    PictureSpec,
    ReelSpec,
    Renderer,
    TemplateFolder,
    TemplateInvalid,
    TemplateUnknown,
    TextDoesNotFit,
    VideoRenderer,
    VideoSpecInvalid,
    inputs_hash,
    inspect_file,
    page_for,
    picture_keys,
    prepare_photo,
    render_picture,
    render_reel,
    template_called,
)
from postengine.render import Rendered as Drawn
from postengine.render.image import Drawer, FontSet, default_fonts
from postengine.render.templates.parts import Sheet
from postengine.render.templates.reels import described, require_inputs, require_readable

from .media_order import order_of, problem_of
from .media_spec import MediaSpec

_STAND_IN = b"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='100'/>"
"""In the place of logos, where only texts are measured."""


class MediaRoom:
    """Draws pictures, reels and plain photos.

    Args:
        beat_every: How often work in hand is reported, while a picture or video is being made.
        renderer: Draws; None makes one in this process. A service hands over an `IsolatedRenderer`.
        fonts: What the renderer sets texts in; None are the default ones.
        folder: Holds the templates that `user:NAME` means.
        videos: Makes reels; None makes one that draws with `renderer` when the first is asked for. A service
            hands one over, so that a missing ffmpeg is told at its start.
    """

    def __init__(
        self,
        beat_every: timedelta = timedelta(seconds=30),
        *,
        renderer: Drawer | None = None,
        fonts: FontSet | None = None,
        folder: TemplateFolder | None = None,
        videos: VideoRenderer | None = None,
    ) -> None:
        self._beat_every = beat_every
        self._fonts = fonts or default_fonts()
        self._renderer = renderer or Renderer(self._fonts)
        self._folder = folder
        self._videos = videos

    def inputs_hash(self, spec: Mapping[str, object], photo_hashes: Mapping[str, str]) -> str:
        """Return a hash of the spec, the files' hashes and the renderer: equal where the file would be.

        Raises:
            Invalid: It cannot be drawn: a text is too long, a template is unknown or lacks what it needs.
        """
        wanted = MediaSpec.model_validate(spec)
        order = order_of(wanted)
        if order.drawing is None:
            return f"photo:{RENDERER_VERSION}:{wanted.shape}:{photo_hashes[wanted.photos[0]]}"
        own = ""
        if isinstance(order.drawing, ReelSpec):
            self._require_reel(order.drawing)
        else:
            self._require_drawable(order.drawing)
            if self._folder is not None and order.drawing.template.startswith("user:"):
                own = self._folder.digest(order.drawing.template.removeprefix("user:"), order.drawing.shape)
        self._require_fonts(order.drawing.brand)
        self._require_letters(order.drawing)
        hashes = {name: photo_hashes.get(asset_id, "") for name, asset_id in order.ids.items()}
        return inputs_hash(order.drawing, hashes, fonts=self._fonts.digest, template=own)

    def render(
        self,
        spec: Mapping[str, object],
        photos: Mapping[str, Path],
        folder: Path,
        heartbeat: Callable[[], None],
    ) -> Rendered:
        """Make the file in `folder`, reporting to `heartbeat` all the while."""
        wanted = MediaSpec.model_validate(spec)
        order = order_of(wanted)
        files = {name: photos[asset_id] for name, asset_id in order.ids.items()}
        with _beating(heartbeat, self._beat_every):
            if order.drawing is None:
                photo, out = photos[wanted.photos[0]], folder / "photo.jpg"
                return _as_rendered(prepare_photo(photo, page_for(wanted.shape).size, out))
            if isinstance(order.drawing, ReelSpec):
                reel = render_reel(
                    order.drawing, files, folder / "reel.mp4", drawer=self._renderer, renderer=self._videos
                )
                return _as_rendered(reel)
            return _as_rendered(
                render_picture(
                    order.drawing, files, folder / "card.jpg", renderer=self._renderer, folder=self._folder
                )
            )

    def inspect(self, file: Path) -> Rendered:
        """Say what an uploaded file is."""
        return _as_rendered(inspect_file(file))

    def _require_fonts(self, brand: Brand) -> None:
        for name in ("heading", "body"):
            try:
                self._fonts.family_names(getattr(brand, name))
            except FontUnknown as error:
                raise Invalid.one(f"brand.{name}", "unknown_font", str(error)) from error

    def _require_letters(self, drawing: PictureSpec | ReelSpec) -> None:
        """Check that a font has the letters of everything that may be drawn."""
        family = drawing.brand.body
        problems: list[Problem] = []
        for place, text in _texts("", drawing.model_dump(mode="json", include={"listing", "brand"})):
            try:
                self._fonts.chain_for("".join(filter(str.isalnum, text)), family)  # signs may be left out
            except FontMissing as error:
                problems.append(Problem(place, "font_missing", str(error)))
        if problems:
            raise Invalid(problems)

    def _require_reel(self, reel: ReelSpec) -> None:
        """Check what shows without its files: all is there, a given length is enough, subtitles have room."""
        unreadable = [*self._unreadable(reel)]
        if unreadable:
            raise Invalid(unreadable)
        try:
            require_inputs(reel.template, reel.listing, reel.brand, reel.shape)
            if reel.seconds is not None or reel.captions:
                self._require_time(reel)
        except InputMissing as error:
            raise Invalid([Problem(error.field, "missing", str(error))]) from error
        except VideoSpecInvalid as error:
            raise Invalid([problem_of(one.path, "invalid", one.message) for one in error.problems]) from error

    def _unreadable(self, reel: ReelSpec) -> Iterator[Problem]:
        for index, caption in enumerate(reel.captions):
            try:
                require_readable(self._renderer, caption, reel.listing, reel.brand, reel.shape, reel.preset)
            except (TextDoesNotFit, FontMissing) as error:
                message = str(error).removeprefix(f"{error.path}: ")
                yield Problem(f"subtitles[{index}].text", "unreadable", message)

    def _require_time(self, reel: ReelSpec) -> None:
        with suppress(TextDoesNotFit):  # may be the stand-ins' fault; the real logos decide
            described(
                self._renderer,
                reel.template,
                reel.listing,
                reel.brand,
                reel.shape,
                dict.fromkeys(picture_keys(reel), _STAND_IN),
                seconds=reel.seconds,
                fps=reel.fps,
                preset=reel.preset,
                captions=reel.captions,
            )

    def _require_drawable(self, drawing: PictureSpec) -> None:
        """Check what shows without drawing: that there is such a template, and that it has what it needs."""
        try:
            template = template_called(drawing.template, self._folder)
            template(Sheet.for_page(drawing.listing, drawing.brand, page_for(drawing.shape)))
        except TemplateUnknown as error:
            raise Invalid([Problem("template", "unknown_template", str(error))]) from error
        except TemplateInvalid as error:
            raise Invalid([Problem("template", "invalid_template", str(error))]) from error
        except InputMissing as error:
            raise Invalid([Problem(error.field, "missing", str(error))]) from error


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every text in plain data with its place, such as `listing.features[0]`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in cast("dict[str, object]", value).items():
            yield from _texts(f"{path}.{name}".removeprefix("."), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[object]", value)):
            yield from _texts(f"{path}[{index}]", inner)


def _as_rendered(drawn: Drawn) -> Rendered:
    return Rendered(
        path=drawn.path,
        mime=drawn.mime,
        width_px=drawn.width_px or None,
        height_px=drawn.height_px or None,
        duration_s=drawn.duration_s,
    )


@contextmanager
def _beating(heartbeat: Callable[[], None], every: timedelta) -> Generator[None]:
    """Call `heartbeat` from a thread of its own until the block ends; what it raises is raised there."""
    is_over = threading.Event()
    raised: list[Exception] = []

    def beat() -> None:
        while not is_over.wait(every.total_seconds()):
            try:
                heartbeat()
            except Exception as error:  # noqa: BLE001 - handed on to the thread that renders
                raised.append(error)
                return

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
    if raised:
        raise raised[0]
