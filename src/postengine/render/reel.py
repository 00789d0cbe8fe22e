"""From a spec and photos to an MP4 on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .card import photo_file
from .errors import VideoInvalid
from .image.engine import DrawingEngine
from .image.logo import load_logo
from .image.photo import MAX_PHOTO_PIXELS, load_photo
from .image.takumi import TakumiEngine
from .output import Rendered, written_whole
from .specs import ReelSpec
from .templates.listing_reel import listing_reel
from .templates.sizes import page_for
from .video.encode import STALL_S, encode
from .video.motion import source_size
from .video.planes import shrunk, to_frame
from .video.probe import VideoInfo, probe
from .video.schedule import ReelTimes, build_timeline
from .video.timeline import Timeline


def render_reel(
    spec: ReelSpec,
    photos: Mapping[str, Path],
    out: Path,
    *,
    engine: DrawingEngine | None = None,
    program: str | None = None,
    stall_s: float = STALL_S,
    max_photo_pixels: int = MAX_PHOTO_PIXELS,
) -> Rendered:
    """Draw a reel as an MP4: H.264 4:2:0 BT.709, a silent AAC track, index first, no metadata.

    The same inputs give the same bytes on the same kind of machine.

    Args:
        spec: What to draw.
        photos: Files by the keys that the spec uses.
        out: Where to write; it appears whole or not at all.
        engine: Draws text and shapes; None makes one.
        program: Path of ffmpeg; None takes the one that came with postengine[video].
        stall_s: Seconds without progress after which ffmpeg is killed.
        max_photo_pixels: Larger photos are refused.

    Raises:
        RenderError: See the tree in errors.py.
    """
    timeline = _timeline(spec, photos, engine or TakumiEngine(), max_photo_pixels)
    with written_whole(out) as temporary:
        encode(
            timeline,
            temporary,
            size=timeline.size,
            fps=spec.fps,
            count=timeline.frames,
            program=program,
            stall_s=stall_s,
        )
        info = probe(temporary)
        _require_whole(out, info, timeline)
        size_bytes = temporary.stat().st_size
    return Rendered(out, "video/mp4", info.width, info.height, info.duration_s, size_bytes)


def _timeline(
    spec: ReelSpec, photos: Mapping[str, Path], engine: DrawingEngine, max_photo_pixels: int
) -> Timeline:
    page = page_for(spec.size)
    files = [photo_file(photos, key) for key in spec.photos]
    large = source_size(page.size)
    loaded = [load_photo(file, large, max_pixels=max_photo_pixels) for file in files]
    small = [shrunk(pixels, page.size) for pixels in loaded]
    logo = load_logo(spec.brand.logo) if spec.brand.logo else None
    art = listing_reel(engine, spec.facts, spec.brand, small, page, logo)
    return build_timeline(
        ReelTimes(spec.seconds, len(loaded)),
        spec.fps,
        photos=[to_frame(pixels) for pixels in loaded],
        shade=art.shade,
        headline=art.headline,
        details=art.details,
        end_card=art.end_card,
    )


def _require_whole(out: Path, info: VideoInfo, timeline: Timeline) -> None:
    """Check what ffmpeg wrote: an exit code of 0 alone does not mean that all of it is there."""
    came = (info.width, info.height, info.frames, info.has_audio)
    expected = (*timeline.size, timeline.frames, True)
    if came != expected:
        raise VideoInvalid(out, f"width, height, frames, sound were to be {expected}, but are {came}")
