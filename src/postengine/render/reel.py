"""From a spec and photos to an MP4 on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .errors import InputMissing, PictureMissing, VideoInvalid
from .image.photo import MAX_PHOTO_PIXELS, load_photo
from .image.renderer import Drawer, Renderer
from .output import Rendered, written_whole
from .specs import ReelSpec, picture_keys
from .templates.pages import page_for
from .templates.parts import Sheet
from .templates.reel import listing_reel
from .video.encode import STALL_S, encode
from .video.motion import source_size
from .video.planes import shrunk, to_frame
from .video.probe import VideoInfo, probe
from .video.schedule import ReelTimes, build_timeline
from .video.timeline import Timeline


def render_reel(
    spec: ReelSpec,
    pictures: Mapping[str, Path],
    out: Path,
    *,
    renderer: Drawer | None = None,
    program: str | None = None,
    stall_s: float = STALL_S,
    max_photo_pixels: int = MAX_PHOTO_PIXELS,
) -> Rendered:
    """Draw a reel as an MP4: H.264 4:2:0 BT.709, a silent AAC track, index first, no metadata.

    The same inputs give the same bytes on the same kind of machine.

    Args:
        spec: What to draw.
        pictures: Photos and logos by the keys that the spec uses.
        out: Where to write; it appears whole or not at all.
        renderer: Draws text and shapes; None makes one.
        program: Path of ffmpeg; None takes the one that came with postengine[video].
        stall_s: Seconds without progress after which ffmpeg is killed.
        max_photo_pixels: Larger photos are refused.

    Raises:
        RenderError: See the tree in errors.py.
    """
    timeline = _timeline(spec, pictures, renderer or Renderer(), max_photo_pixels)
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
    spec: ReelSpec, pictures: Mapping[str, Path], renderer: Drawer, max_photo_pixels: int
) -> Timeline:
    if not spec.listing.photos:
        raise InputMissing("reel", "photos", "at least one photo")
    files = {key: _file(pictures, key) for key in picture_keys(spec)}
    page = page_for(spec.shape)
    large = source_size(page.size)
    loaded = [load_photo(files[key], large, max_pixels=max_photo_pixels) for key in spec.listing.photos]
    small = [shrunk(pixels, page.size) for pixels in loaded]
    sheet = Sheet.for_page(spec.listing, spec.brand, page)
    art = listing_reel(renderer, sheet, small, files)
    return build_timeline(
        ReelTimes(spec.seconds, len(loaded)),
        spec.fps,
        photos=[to_frame(pixels) for pixels in loaded],
        shade=art.shade,
        headline=art.headline,
        details=art.details,
        end_card=art.end_card,
    )


def _file(pictures: Mapping[str, Path], key: str) -> Path:
    if key not in pictures:
        raise PictureMissing(key)
    return pictures[key]


def _require_whole(out: Path, info: VideoInfo, timeline: Timeline) -> None:
    """Check what ffmpeg wrote: an exit code of 0 alone does not mean that all of it is there."""
    came = (info.width, info.height, info.frames, info.has_audio)
    expected = (*timeline.size, timeline.frames, True)
    if came != expected:
        raise VideoInvalid(out, f"width, height, frames, sound were to be {expected}, but are {came}")
