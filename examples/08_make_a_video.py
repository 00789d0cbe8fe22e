"""Describe videos, make them, ask a network: python examples/08_make_a_video.py [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp

from examples.demo.tune import draw_tune
from examples.listings.draw_photos import SCENES, draw_photo
from postengine.render import (
    Agent,
    Brand,
    Listing,
    ReelSpec,
    VideoRenderer,
    VideoSpec,
    describe_reel,
    video_from,
)
from postengine.render.image import Box, Scrim, Style, Text
from postengine.render.video import (
    Animation,
    Caption,
    CardScene,
    Layer,
    Move,
    Music,
    PhotoScene,
    Sound,
    Subtitles,
    Transition,
    check,
    poster,
    storyboard,
)

WHITE = Style(font_family="Inter", font_size=44, font_weight=700, color="#ffffff")
TITLE = Box(
    children=(Text(text="A house by the harbour", style=WHITE),),
    style=Style(padding=40, width=540),
)
BY_HAND = VideoSpec(
    width=540,
    height=540,
    fps=25,
    scenes=(
        PhotoScene(source="front", seconds=1.6, move=Move(kind="push_in", amount=0.12)),
        PhotoScene(
            source="room",
            seconds=1.6,
            move=Move(kind="pan_left"),
            transition=Transition(kind="slide", seconds=0.4),
        ),
        CardScene(tree=TITLE, seconds=1.0, background="#12263a"),
    ),
    shade=Scrim(edge="top", reach=0.3),
    layers=(Layer(tree=TITLE, starts_s=0.2, ends_s=2.6, enters=Animation(kind="rise")),),
    subtitles=Subtitles(captions=(Caption(text="Four rooms and a terrace", starts_s=0.6, ends_s=2.2),)),
    sound=Sound(music=Music(source="tune", fade_out_s=1.0)),
)
LISTING = Listing(
    title="3 Bedroom Apartment",
    price="€485,000",
    agent=Agent(name="Ana Ferreira", phone="+351 21 555 0142"),
    photos=("front", "room"),
)
BRAND = Brand(name="Harbour & Hill", primary="#12263a", accent="#e3b873")


def main(folder: Path) -> None:
    """Make one video by hand, and look at what a template would make."""
    files = {
        "front": draw_photo(SCENES[0], folder / "front.jpg"),
        "room": draw_photo(SCENES[8], folder / "room.jpg"),
        "tune": draw_tune(folder / "tune.wav"),
    }
    assert video_from(BY_HAND.model_dump_json()) == BY_HAND  # noqa: S101 - it travels as JSON
    made = VideoRenderer().render(BY_HAND, files, folder / "film.mp4")
    print(f"{made.path.name}: {made.width_px}x{made.height_px}, {made.duration_s:.2f} s")
    print(f"as loud as asked for: {made.loudness.is_reached}")
    print(f"LinkedIn takes it: {check(made.path, 'linkedin') == ()}")
    print(f"Pinterest: {', '.join(fault.message for fault in check(made.path, 'pinterest'))}")
    (folder / "film-poster.jpg").write_bytes(poster(made.path))
    (folder / "film-storyboard.jpg").write_bytes(storyboard(made.path, count=8))
    tour = ReelSpec(template="tour", shape="story", listing=LISTING, brand=BRAND, preset="tiktok")
    video = describe_reel(tour, files)
    print(f"tour: {len(video.scenes)} scenes, {len(video.layers)} layers")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mkdtemp())
    main(target)
    print("in", target)
