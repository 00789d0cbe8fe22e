"""From a described video and its files to an MP4 on disk."""

from __future__ import annotations

import math
import stat
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from postengine.render.errors import (
    MediaTooLarge,
    MediaUnreadable,
    PhotoUnreadable,
    PictureMissing,
    RenderCancelled,
    RenderError,
    RenderOutOfSpace,
    VideoInvalid,
    VideoSpecInvalid,
)
from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import PhotoLimits, RgbPixels, open_photo
from postengine.render.image.renderer import Drawer, Renderer
from postengine.render.output import Rendered, working_folder, written_whole

from .ffmpeg.encode import EncodeSettings, encode
from .ffmpeg.mux import mux
from .ffmpeg.program import default_program, require_fit
from .frame import Frame, to_rgb
from .frames.composing import composed
from .frames.kernel import Kernel, best_kernel
from .limits import VideoLimits
from .networks import h264_profile, most_bytes, rate_cap, safe_region
from .plan import TimedScene, Timing, timing_of
from .reading.clip import clip_frames
from .reading.probe import VideoInfo, probe
from .sound import Loudness, check_sound, make_sound
from .spec import ClipScene, PhotoScene, VideoSpec, media_of, pictures_of

VIDEO_VERSION = "2"
"""Raised whenever the same video would come out differently; files of another version are out of date."""

_GLANCES_A_SECOND, _GLANCE = 4, 4
"""How often a clip is looked at, for how bright it is beneath the texts, and in what part of its width."""

_LOOK_S = 0.1
"""How often a render that waits for its turn looks whether it is still wanted."""


@dataclass(frozen=True)
class Progress:
    """How far a render is.

    Attributes:
        done: Frames that are finished.
        of: Frames in all.
        left_s: How long the rest will take at the pace so far.
    """

    done: int
    of: int
    left_s: float


@dataclass(frozen=True)
class RenderedVideo(Rendered):
    """A finished video.

    Attributes:
        loudness: As measured on the finished sound.
    """

    loudness: Loudness


class VideoRenderer:
    """Makes described videos. Any number of threads may share one.

    Args:
        drawer: Draws layers and cards; None makes one for each render. It must be one that threads may share,
            such as `IsolatedRenderer`, if several render at once.
        program: Path of ffmpeg; None takes the one that came with postengine[video].
        limits: On what goes in and what comes out.
        at_once: How many renders run at a time; others wait. Each has one encoder thread.
        kernel: Moves and blends pixels; None takes OpenCV where it is installed, and else Pillow.

    Raises:
        FfmpegMissing: The program cannot be started.
        FfmpegUnfit: It was built without something that videos need.
        ValueError: `at_once` is below 1.
    """

    def __init__(
        self,
        drawer: Drawer | None = None,
        *,
        program: str | None = None,
        limits: VideoLimits | None = None,
        at_once: int = 2,
        kernel: Kernel | None = None,
    ) -> None:
        if at_once < 1:
            raise ValueError(f"Expected `at_once` to be 1 or more, got {at_once}.")
        self._drawer = drawer
        self._program = program or default_program()
        self._limits = limits or VideoLimits()
        self._kernel = kernel or best_kernel()
        self._turn = threading.BoundedSemaphore(at_once)
        require_fit(self._program)

    def render(
        self,
        spec: VideoSpec,
        sources: Mapping[str, Path],
        out: Path,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> RenderedVideo:
        """Make a video: H.264 4:2:0 BT.709 and AAC in an MP4, index first, no metadata, no edit lists.

        The same spec and files give the same bytes on the same kind of machine.

        Args:
            spec: What to make.
            sources: Photos, clips, sounds and what the trees show, by the names that the spec uses.
            out: Where to write; it appears whole or not at all.
            on_progress: Called after every frame; what it raises ends the render.
            cancel: Ends the render at the next frame when it is set, or the wait for its turn.

        Raises:
            RenderCancelled: `cancel` was set; nothing is left behind.
            RenderError: See the tree in errors.py.
        """
        with self._one_turn(cancel):
            job = _Job(spec, _checked(spec, sources, self._limits), self._limits, self._program)
            job.look_at_photos()
            stage = _Stage(job, self._drawer or Renderer(), self._kernel)
            watch = _Watch(job.timing.frames, on_progress, cancel)
            return _made(job, composed(spec, job.timing, stage), watch, out)

    def length_s(self, spec: VideoSpec, sources: Mapping[str, Path]) -> float:
        """Return how long a video will be, in seconds; clips are looked into.

        Raises:
            RenderError: As of `render`, as far as it shows without rendering.
        """
        files = _checked(spec, sources, self._limits)
        return _Job(spec, files, self._limits, self._program).timing.seconds

    def preview(
        self, spec: VideoSpec, sources: Mapping[str, Path], instants: Sequence[float]
    ) -> Generator[tuple[float, RgbPixels]]:
        """Yield single frames of a video that is not made, each with its instant: a look before the render.

        Only what these frames show is opened and drawn, and nothing is encoded or heard.

        Args:
            spec: The video.
            sources: As of `render`.
            instants: In seconds, ascending.

        Raises:
            VideoSpecInvalid: An instant is not within the video, or they do not ascend.
            RenderError: As of `render`.
        """
        with self._turn:
            job = _Job(spec, _checked(spec, sources, self._limits), self._limits, self._program)
            numbers = _numbers(instants, job.timing)
            stage = _Stage(job, self._drawer or Renderer(), self._kernel)
        with closing(composed(spec, job.timing, stage, numbers)) as frames:
            for at_s in instants:
                with self._turn:  # others have theirs while the caller looks
                    frame = next(frames)
                yield at_s, to_rgb(frame)

    @contextmanager
    def _one_turn(self, cancel: threading.Event | None) -> Generator[None]:
        is_ours = False
        while not is_ours:
            if cancel is not None and cancel.is_set():
                raise RenderCancelled(0)
            is_ours = self._turn.acquire(timeout=_LOOK_S)
        try:
            yield
        finally:
            self._turn.release()


def _numbers(instants: Sequence[float], timing: Timing) -> list[int]:
    for number, at_s in enumerate(instants):
        least = instants[number - 1] if number else 0.0
        if not least <= at_s < timing.seconds:
            told = f"Expected ascending instants within the {timing.seconds:g} s of the video, got {at_s:g}."
            raise VideoSpecInvalid(((f"instants[{number}]", told),))
    return [int(at_s * timing.fps + 1e-6) for at_s in instants]


class _Job:
    """A render that is sure of its files: their lengths, and so the video's, are known."""

    def __init__(
        self, spec: VideoSpec, sources: Mapping[str, Path], limits: VideoLimits, program: str
    ) -> None:
        self.spec, self.sources, self.limits, self.program = spec, sources, limits, program
        clips = {n: scene for n, scene in enumerate(spec.scenes) if isinstance(scene, ClipScene)}
        self.infos: dict[int, VideoInfo] = {}
        seen: dict[str, VideoInfo] = {}
        for number, scene in clips.items():
            if scene.source not in seen:
                seen[scene.source] = probe(sources[scene.source], limits=limits)
            self.infos[number] = seen[scene.source]
        left = {number: info.duration_s - clips[number].starts_s for number, info in self.infos.items()}
        self.timing: Timing = timing_of(spec, left)
        if self.timing.seconds > limits.video_s:
            raise MediaTooLarge("the video's seconds", limit=limits.video_s, got=self.timing.seconds)
        check_sound(spec, self.timing, sources, limits=limits)
        self.rate_kbps = rate_cap(spec.preset, self.timing.seconds, max_bytes=spec.max_bytes, size=spec.size)

    def look_at_photos(self) -> None:
        """Refuse a photo for what its head says before there is any work with the others."""
        limits = PhotoLimits(max_pixels=self.limits.photo_pixels)
        for scene in self.spec.scenes:
            if isinstance(scene, PhotoScene):
                open_photo(self.sources[scene.source], limits)


@dataclass(frozen=True)
class _Stage:
    """What the composer asks for."""

    job: _Job
    drawer: Drawer
    kernel: Kernel

    @property
    def pictures(self) -> Mapping[str, Path]:
        return self.job.sources

    @property
    def limits(self) -> VideoLimits:
        return self.job.limits

    @property
    def safe(self) -> Region:
        return safe_region(self.job.spec.preset, self.job.spec.size)

    def open_clip(self, timed: TimedScene) -> Generator[Frame]:
        return self._clip(timed, timed.span.frames, self.job.spec.fps, self.job.spec.size)

    def glance_at(self, timed: TimedScene) -> Generator[Frame]:
        width, height = (max(side // _GLANCE // 2 * 2, 2) for side in self.job.spec.size)
        frames = math.ceil(timed.span.frames * _GLANCES_A_SECOND / self.job.spec.fps)
        return self._clip(timed, frames, _GLANCES_A_SECOND, Size(width, height))

    def _clip(self, timed: TimedScene, frames: int, fps: int, size: Size) -> Generator[Frame]:
        scene, job = timed.scene, self.job
        if not isinstance(scene, ClipScene):
            raise TypeError(f"Expected a clip, got {type(scene).__name__}.")
        return clip_frames(
            job.sources[scene.source],
            starts_s=scene.starts_s,
            frames=frames,
            fps=fps,
            size=size,
            fit=scene.fit,
            focus=scene.focus,
            info=job.infos[timed.number],
            program=job.program,
            limits=job.limits,
        )


class _Watch:
    """Tells the caller of each frame, and ends the render when the caller wants it."""

    def __init__(
        self, of: int, on_progress: Callable[[Progress], None] | None, cancel: threading.Event | None
    ) -> None:
        self._of, self._on_progress, self._cancel = of, on_progress, cancel
        self._began, self._done = time.monotonic(), 0

    def look(self) -> None:
        """Raise if the caller wants no more."""
        if self._cancel is not None and self._cancel.is_set():
            raise RenderCancelled(self._done)

    def __call__(self, done: int) -> None:
        self._done = done
        self.look()
        if self._on_progress is not None:
            passed = time.monotonic() - self._began
            self._on_progress(Progress(done, self._of, passed * (self._of - done) / max(done, 1)))


def _made(job: _Job, frames: Iterable[Frame], watch: _Watch, out: Path) -> RenderedVideo:
    spec, timing = job.spec, job.timing
    settings = EncodeSettings(
        size=spec.size,
        fps=spec.fps,
        frames=timing.frames,
        quality=spec.quality,
        max_rate_kbps=job.rate_kbps,
        profile=h264_profile(spec.preset),
    )
    with _told_of(out), working_folder(out) as folder, written_whole(out) as whole:
        pictures, sound = folder / "pictures.mp4", folder / "sound.m4a"
        encode(frames, pictures, settings, program=job.program, limits=job.limits, on_frame=watch)
        loudness = make_sound(
            spec, timing, job.sources, sound, program=job.program, limits=job.limits, on_second=watch.look
        )
        watch.look()
        mux(pictures, sound, whole, program=job.program, limits=job.limits)
        info = _probed(whole, out, job.limits)
        _require_whole(out, info, job)
    return RenderedVideo(
        out, "video/mp4", info.width, info.height, info.duration_s, info.size_bytes, loudness=loudness
    )


@contextmanager
def _told_of(out: Path) -> Generator[None]:
    """Name the video where a full disk was seen at one of the files that it is made from."""
    try:
        yield
    except RenderOutOfSpace as error:
        raise RenderOutOfSpace(out) from error


def _checked(spec: VideoSpec, sources: Mapping[str, Path], limits: VideoLimits) -> Mapping[str, Path]:
    """Return the files that a spec names, each of them there, plain, and not too large."""
    pictures, media = pictures_of(spec), media_of(spec)
    files: dict[str, Path] = {}
    for name in (*pictures, *media):
        if name not in sources:
            raise PictureMissing(name)
        path = sources[name].absolute()
        try:
            found = path.stat()
        except OSError as error:
            raise _unreadable(path, error.strerror or "it cannot be opened", name in media) from error
        if not stat.S_ISREG(found.st_mode):
            raise _unreadable(path, "it is no plain file", name in media)
        if found.st_size > limits.source_bytes:
            raise MediaTooLarge(f"the bytes of {path.name!r}", limit=limits.source_bytes, got=found.st_size)
        files[name] = path
    return files


def _unreadable(path: Path, reason: str, is_media: bool) -> RenderError:  # noqa: FBT001 - a private fact
    return MediaUnreadable(path, reason) if is_media else PhotoUnreadable(path, reason)


def _probed(whole: Path, out: Path, limits: VideoLimits) -> VideoInfo:
    try:
        return probe(whole, limits.of_a_finished_video)
    except MediaUnreadable as error:
        raise VideoInvalid(out, f"it cannot be read back, {error.reason}") from error


def _require_whole(out: Path, info: VideoInfo, job: _Job) -> None:
    """Check what ffmpeg wrote: an exit code of 0 alone does not mean that all of it is there."""
    came = (info.width, info.height, info.frames, info.has_audio)
    expected = (*job.spec.size, job.timing.frames, True)
    if came != expected:
        raise VideoInvalid(out, f"width, height, frames, sound were to be {expected}, but are {came}")
    allowed = most_bytes(job.spec.preset, job.spec.max_bytes)
    if info.size_bytes > allowed:
        raise VideoInvalid(out, f"it was to have at most {allowed:g} bytes, but has {info.size_bytes}")
