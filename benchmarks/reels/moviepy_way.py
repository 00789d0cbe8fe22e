"""The same reel as a user of MoviePy writes it, in an environment of its own: it needs an older Pillow."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from postengine.render.image import Renderer

from .clock import cpu_of
from .scene import CARD_S, FADE_S, PHOTO_S, PHOTOS, end_card, layers

_VERSION = "2.2.1"
_SCRIPT = """
import sys
from pathlib import Path
from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, vfx
from moviepy.audio.fx import AudioFadeOut

photos, art, music, out = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
count, photo_s, fade_s, card_s = int(sys.argv[5]), *map(float, sys.argv[6:9])
size = (1080, 1920)
clips = []
for number in range(count):
    shot = ImageClip(str(photos / f"{number:02}.jpg")).with_duration(photo_s)
    shot = shot.resized(height=size[1]).resized(lambda t: 1 + 0.1 * t / photo_s)
    shot = shot.with_start(number * (photo_s - fade_s)).with_position("center")
    clips.append(shot if number == 0 else shot.with_effects([vfx.CrossFadeIn(fade_s)]))
for number, (start, end) in enumerate([(0.3, 12.4), (0.9, 12.4), (1.5, 12.4)]):
    layer = ImageClip(str(art / f"layer{number}.png")).with_start(start).with_duration(end - start)
    place = (lambda t: (0, 36 * max(0, 1 - 2 * t) ** 3)) if number == 0 else (
        (lambda t: (-600 * max(0, 1 - 2 * t) ** 3, 0)) if number == 1 else (0, 0))
    clips.append(layer.with_position(place).with_effects([vfx.CrossFadeIn(0.5), vfx.CrossFadeOut(0.3)]))
starts = count * (photo_s - fade_s)
card = ImageClip(str(art / "card.png")).with_start(starts).with_duration(card_s)
clips.append(card.with_effects([vfx.CrossFadeIn(fade_s)]))
seconds = starts + card_s
sound = AudioFileClip(music).subclipped(0, seconds).with_effects([AudioFadeOut(1.5)])
video = CompositeVideoClip(clips, size=size).with_duration(seconds).with_audio(sound)
video.write_videofile(out, fps=30, codec="libx264", preset="veryfast", audio_codec="aac", threads=1,
                      ffmpeg_params=["-crf", "20", "-pix_fmt", "yuv420p"], logger=None)
"""


class MoviePy:
    """MoviePy in a folder of its own.

    Args:
        folder: Empty, or made by this class before.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._python = folder / "venv" / "bin" / "python"

    def install(self) -> None:
        """Fetch it from PyPI."""
        venv.create(self._folder / "venv", with_pip=True)
        self._run("-m", "pip", "install", "--quiet", f"moviepy=={_VERSION}")

    def cpu_s(self, files: Mapping[str, Path], out: Path) -> float:
        """Return the CPU seconds of one render."""
        self._draw_art()
        photos, times = files["photo0"].parent, (PHOTOS, PHOTO_S, FADE_S, CARD_S)
        given = (photos, self._folder, files["music"], out, *times)
        return cpu_of(lambda: self._run("-c", _SCRIPT, *map(str, given)))

    def _draw_art(self) -> None:
        """Draw layers and card as the files that a user would have."""
        renderer = Renderer()
        trees = {f"layer{number}": layer.tree for number, layer in enumerate(layers())}
        for name, tree in (trees | {"card": end_card()}).items():
            Image.fromarray(renderer.pixels(tree, (1080, 1920))).save(self._folder / f"{name}.png")

    def _run(self, *arguments: str) -> None:
        done = subprocess.run([str(self._python), *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(done.stderr, file=sys.stderr)
            raise RuntimeError(
                "Expected MoviePy to run; without a network, leave it out (--without-moviepy)."
            )
