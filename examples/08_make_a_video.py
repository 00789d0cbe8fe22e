"""Describe a video, make it, ask a network: python examples/08_make_a_video.py [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp

from examples.demo.tune import draw_tune
from examples.listings.draw_photos import SCENES, draw_photo
from postengine.render import Brand, Listing, ReelSpec, VideoRenderer, describe_reel
from postengine.render import video as v
from postengine.render.image import Box, Scrim, Style, Text

TITLE = Box(
    children=(
        Text(text="A house by the harbour", style=Style(font_size=44, font_weight=700, color="#ffffff")),
    ),
    style=Style(padding=40, width=540, align_items="flex-start"),
)
BY_HAND = v.VideoSpec(
    width=540,
    height=540,
    fps=25,
    scenes=(
        v.PhotoScene(source="front", seconds=1.6, move=v.Move(kind="push_in", amount=0.12)),
        v.PhotoScene(source="room", seconds=1.6, transition=v.Transition(kind="slide", seconds=0.4)),
        v.CardScene(tree=TITLE, seconds=1.0, background="#12263a"),
    ),
    shade=Scrim(edge="top"),
    layers=(v.Layer(tree=TITLE, starts_s=0.2, ends_s=2.6, enters=v.Animation(kind="rise")),),
    subtitles=v.Subtitles(captions=(v.Caption(text="Four rooms, a terrace", starts_s=0.6, ends_s=2.2),)),
    sound=v.Sound(music=v.Music(source="tune", fade_out_s=1.0)),
)
LISTING = Listing(title="3 Bedroom Apartment", price="€485,000", photos=("front", "room"))
BRAND = Brand(name="Harbour & Hill", primary="#12263a", accent="#e3b873")


def main(folder: Path) -> None:
    """Make one by hand, and see what a template would make."""
    files = {name: draw_photo(SCENES[at], folder / f"{name}.jpg") for name, at in (("front", 0), ("room", 8))}
    files["tune"] = draw_tune(folder / "tune.wav")
    made = VideoRenderer().render(BY_HAND, files, folder / "film.mp4")
    print(f"{made.path.name}: {made.width_px}x{made.height_px}, {made.duration_s:.2f} s")
    print(f"as loud as asked for: {made.loudness.is_reached}")
    print(f"LinkedIn takes it: {v.check(made.path, 'linkedin') == ()}")
    print(f"Pinterest: {', '.join(fault.message for fault in v.check(made.path, 'pinterest'))}")
    (folder / "film-storyboard.jpg").write_bytes(v.storyboard(made.path, count=8))
    tour = ReelSpec(template="tour", listing=LISTING, brand=BRAND, preset="tiktok")
    video = describe_reel(tour, files)
    print(f"tour: {len(video.scenes)} scenes, {len(video.layers)} layers")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mkdtemp())
    main(target)
    print("in", target)
