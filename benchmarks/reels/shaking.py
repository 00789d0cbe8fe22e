"""The same slow push by us and by ffmpeg's zoompan, as tutorials write it, and how much each shakes."""

from __future__ import annotations

from pathlib import Path

from postengine.render.video.renderer import VideoRenderer
from postengine.render.video.spec import Move, PhotoScene, VideoSpec

from .floor import ffmpeg
from .tracking import disc_photo, grey_frames, jitter_px

_SECONDS, _FPS, _AMOUNT = 6, 30, 0.1
_OUR_MOVES = (
    Move(kind="push_in", amount=_AMOUNT, focus=(0.47, 0.55)),
    Move(kind="pan_left", amount=_AMOUNT),
    Move(kind="drift", amount=_AMOUNT, focus=(0.6, 0.4)),
)


def our_jitter_px(folder: Path) -> float:
    """Return the worst of several moves."""
    path = _photo(folder)
    renderer = VideoRenderer()
    worst = 0.0
    for move in _OUR_MOVES:
        out = folder / f"{move.kind}.mp4"
        renderer.render(
            VideoSpec(scenes=(PhotoScene(source="discs", seconds=_SECONDS, move=move),)), {"discs": path}, out
        )
        worst = max(worst, jitter_px(grey_frames(out)))
    return worst


def zoompan_jitter_px(folder: Path) -> float:
    """Return zoompan's on a push as far in as many frames."""
    frames = _SECONDS * _FPS
    out = folder / "zoompan.mp4"
    zoom = (
        f"crop=ih*9/16:ih,zoompan=z='1+{1 / (1 - _AMOUNT) - 1:.6f}*on/{frames}'"
        f":x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d={frames}:s=1080x1920:fps={_FPS}"
    )
    settings = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p")
    ffmpeg("-i", str(_photo(folder)), "-vf", zoom, "-frames:v", str(frames), *settings, str(out))
    return jitter_px(grey_frames(out))


def _photo(folder: Path) -> Path:
    path = folder / "discs.jpg"
    if not path.exists():
        disc_photo(path)
    return path
