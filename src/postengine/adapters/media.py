"""The engine's MediaRenderer over the render room."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from postengine.engine.ports import Rendered
from postengine.engine.posts.errors import Invalid, Problem
from postengine.render import (
    RENDERER_VERSION,
    Brand,
    CardSpec,
    ListingFacts,
    ReelSpec,
    SizeName,
    inputs_hash,
    inspect_file,
    prepare_photo,
    render_card,
    render_reel,
)
from postengine.render import Rendered as Drawn
from postengine.render.templates.sizes import page_for

_LOGO = "logo"


class _BrandPart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    primary: str
    accent: str
    logo: str | None = None


class _AgentPart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    phone: str = ""


class _FactsPart(BaseModel):
    model_config = ConfigDict(extra="ignore")

    title: str
    price: str = ""
    address: str = ""
    area: str = ""
    bedrooms: int | None = None
    bathrooms: int | None = None


class MediaSpec(BaseModel):
    """What the engine asks to be drawn; see `postengine.engine.ledger.media`."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["card", "reel", "photo"]
    shape: SizeName
    photos: list[str]
    facts: _FactsPart | None = None
    badge: str = ""
    brand: _BrandPart | None = None
    agent: _AgentPart | None = None
    seconds: float = 6.0


class MediaRoom:
    """Draws cards, reels and plain photos.

    Args:
        beat_every: How often work in hand is reported, while a picture or video is being made.
    """

    def __init__(self, beat_every: timedelta = timedelta(seconds=30)) -> None:
        self._beat_every = beat_every

    def inputs_hash(self, spec: Mapping[str, object], photo_hashes: Mapping[str, str]) -> str:
        """Return a hash of the spec, the photos' hashes and the renderer: equal where the file would be."""
        wanted = MediaSpec.model_validate(spec)
        hashes = {_key(index): photo_hashes[photo] for index, photo in enumerate(wanted.photos)}
        if wanted.kind == "photo":
            return f"photo:{RENDERER_VERSION}:{wanted.shape}:{hashes[_key(0)]}"
        if wanted.brand is not None and wanted.brand.logo is not None:
            hashes[_LOGO] = photo_hashes.get(wanted.brand.logo, "")
        return inputs_hash(_drawing(wanted, None), hashes)

    def render(
        self,
        spec: Mapping[str, object],
        photos: Mapping[str, Path],
        folder: Path,
        heartbeat: Callable[[], None],
    ) -> Rendered:
        """Make the file in `folder`, reporting to `heartbeat` all the while."""
        wanted = MediaSpec.model_validate(spec)
        files = {_key(index): photos[photo] for index, photo in enumerate(wanted.photos)}
        with _beating(heartbeat, self._beat_every):
            if wanted.kind == "photo":
                out = folder / "photo.jpg"
                return _as_rendered(prepare_photo(files[_key(0)], page_for(wanted.shape).size, out))
            logo = photos.get(wanted.brand.logo) if wanted.brand and wanted.brand.logo else None
            drawing = _drawing(wanted, logo)
            if isinstance(drawing, ReelSpec):
                return _as_rendered(render_reel(drawing, files, folder / "reel.mp4"))
            return _as_rendered(render_card(drawing, files, folder / "card.jpg"))

    def inspect(self, file: Path) -> Rendered:
        """Say what an uploaded file is."""
        return _as_rendered(inspect_file(file))


def _drawing(wanted: MediaSpec, logo: Path | None) -> CardSpec | ReelSpec:
    try:
        return _spec(wanted, logo)
    except ValidationError as error:
        problems = [
            Problem(".".join(map(str, one["loc"])), one["type"], f"{one['msg']} (for the picture)")
            for one in error.errors()
        ]
        raise Invalid(problems) from error


def _spec(wanted: MediaSpec, logo: Path | None) -> CardSpec | ReelSpec:
    given = wanted.brand or _BrandPart(name="postengine", primary="#14213d", accent="#e0a458")
    brand = Brand(name=given.name, primary=given.primary, accent=given.accent, logo=logo)
    facts = _facts(wanted)
    if wanted.kind == "reel":
        keys = tuple(_key(index) for index in range(len(wanted.photos)))
        return ReelSpec(size=wanted.shape, facts=facts, brand=brand, photos=keys, seconds=wanted.seconds)
    return CardSpec(size=wanted.shape, facts=facts, brand=brand, photo=_key(0))


def _facts(wanted: MediaSpec) -> ListingFacts:
    facts = wanted.facts or _FactsPart(title="")
    agent = wanted.agent or _AgentPart(name="")
    return ListingFacts(
        title=facts.title,
        price=facts.price or None,
        address=facts.address or None,
        area=facts.area or None,
        bedrooms=facts.bedrooms,
        bathrooms=facts.bathrooms,
        badge=wanted.badge or None,
        agent_name=agent.name or None,
        agent_phone=agent.phone or None,
    )


def _key(index: int) -> str:
    return f"photo-{index + 1}"


def _as_rendered(drawn: Drawn) -> Rendered:
    return Rendered(
        path=drawn.path,
        mime=drawn.mime,
        width_px=drawn.width_px,
        height_px=drawn.height_px,
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
