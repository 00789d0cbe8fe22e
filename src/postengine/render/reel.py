"""From a template, a listing and its photos and clips to an MP4 on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from .errors import PictureMissing
from .image.renderer import Drawer, Renderer
from .inspect import is_video
from .specs import ReelSpec, picture_keys
from .templates.reels import described
from .video.reading.probe import probe
from .video.renderer import Progress, RenderedVideo, VideoRenderer
from .video.sound.listening import listen
from .video.spec import VideoSpec


def render_reel(
    spec: ReelSpec,
    files: Mapping[str, Path],
    out: Path,
    *,
    drawer: Drawer | None = None,
    renderer: VideoRenderer | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> RenderedVideo:
    """Make a video by a template: H.264 4:2:0 BT.709 and AAC in an MP4, index first, no metadata.

    The same inputs give the same bytes on the same kind of machine.

    Args:
        spec: What to make.
        files: Photos, clips, portrait, logos and sounds by the keys that the spec uses.
        out: Where to write; it appears whole or not at all.
        drawer: Draws text and shapes; None makes one.
        renderer: Makes the video; None makes one that uses `drawer`.
        on_progress: Called after every frame; what it raises ends the render.
        cancel: Ends the render at the next frame when it is set.

    Raises:
        RenderError: See the tree in errors.py.
    """
    draws = drawer or Renderer()
    video = describe_reel(spec, files, drawer=draws)
    maker = renderer or VideoRenderer(draws)
    return maker.render(video, files, out, on_progress=on_progress, cancel=cancel)


def describe_reel(spec: ReelSpec, files: Mapping[str, Path], *, drawer: Drawer | None = None) -> VideoSpec:
    """Return the video that a template makes, to be looked at, changed, or rendered.

    Raises:
        PictureMissing: A file of the spec was not handed over.
        InputMissing: The template needs what the listing lacks.
        MediaUnreadable: A clip or a voice is broken.
        TextDoesNotFit: A text is too long even at its smallest size.
    """
    for key in picture_keys(spec):
        if key not in files:
            raise PictureMissing(key)
    clips = {key: probe(files[key]).duration_s for key in spec.listing.photos if is_video(files[key])}
    voices = [voice.at_s + listen(files[voice.source]).duration_s for voice in spec.sound.voices]
    return described(
        drawer or Renderer(),
        spec.template,
        spec.listing,
        spec.brand,
        spec.shape,
        files,
        seconds=spec.seconds,
        fps=spec.fps,
        preset=spec.preset,
        sound=spec.sound,
        captions=spec.captions,
        spoken_s=max(voices, default=0.0),
        clips=clips,
        quality=spec.quality,
    )
