"""Whole videos with the real ffmpeg, short and small."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from postengine.render import (
    FfmpegMissing,
    FfmpegUnfit,
    IsolatedRenderer,
    MediaTooLarge,
    MediaUnreadable,
    PhotoUnreadable,
    PictureMissing,
    RenderCancelled,
    RenderOutOfSpace,
    VideoInvalid,
    VideoLimits,
    VideoRenderer,
    VideoSpec,
    VideoSpecInvalid,
)
from postengine.render.image.photo import RgbPixels
from postengine.render.image.tree import Box, Scrim, Style, Text
from postengine.render.video import (
    Animation,
    CardScene,
    ClipScene,
    Layer,
    Move,
    Music,
    PhotoScene,
    Progress,
    Sound,
    Transition,
    probe,
)
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.reading.pictures import frame_at

TITLE = Box(
    children=(Text(text="3 Bedroom Apartment", style=Style(font_size=20, color="#ffffff")),),
    style=Style(padding=16),
)
SPEC = VideoSpec(
    width=320,
    height=240,
    fps=25,
    scenes=(
        PhotoScene(source="front", seconds=0.6, move=Move(kind="push_in")),
        PhotoScene(source="kitchen", seconds=0.6, move=Move(kind="pan_left")),
        CardScene(tree=TITLE, seconds=0.4, background="#12263a"),
    ),
    transition=Transition(seconds=0.2),
    layers=(Layer(tree=TITLE, ends_s=0.8),),
)
FRAMES = 30


@pytest.fixture
def photos(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = {"front": folder / "front.jpg", "kitchen": folder / "kitchen.jpg"}
    for path, colour in zip(paths.values(), ((200, 180, 160), (60, 120, 90)), strict=True):
        noise = np.random.default_rng(3).normal(0, 12, (480, 640, 1)) + np.array(colour)
        Image.fromarray(noise.clip(0, 255).astype(np.uint8)).save(path)
    return paths


@pytest.fixture(scope="module")
def renderer() -> VideoRenderer:
    return VideoRenderer()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def program(folder: Path, case: str) -> str:
    """Return an ffmpeg that is the real one but for what `case` says of the encoding of frames."""
    path = folder / "ffmpeg"
    cases = f'case "$*" in\n*rawvideo*) {case};;\n*) exec $real "$@";;\nesac\n'
    path.write_text(f"#!/bin/sh\nreal={default_program()}\n{cases}")
    path.chmod(0o755)
    return str(path)


def coarse(pixels: RgbPixels) -> NDArray[np.float64]:
    """Return a picture without its grain, which no encoder keeps."""
    return np.asarray(Image.fromarray(pixels).resize((40, 30), Image.Resampling.BOX), dtype=np.float64)


def test_a_video_has_every_frame_and_a_silent_track(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    done = renderer.render(SPEC, photos, tmp_path / "out" / "film.mp4")

    info = probe(done.path)
    assert (info.width, info.height, info.frames, info.fps) == (320, 240, FRAMES, 25.0)
    assert (done.mime, done.width_px, done.height_px) == ("video/mp4", 320, 240)
    assert done.duration_s == pytest.approx(FRAMES / 25)
    assert done.size_bytes == done.path.stat().st_size
    assert len(info.sounds) == 1
    assert done.loudness.is_reached
    assert left(done.path.parent) == ["film.mp4"]


def test_a_video_is_what_networks_take(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = renderer.render(SPEC, photos, tmp_path / "film.mp4").path

    info = probe(path)
    assert (info.codec, info.pix_fmt, info.sounds[0].codec, info.sounds[0].rate_hz) == (
        "h264",
        "yuv420p",
        "aac",
        48000,
    )
    assert (info.colour.primaries, info.colour.transfer, info.colour.matrix, info.colour.is_full) == (
        1,
        1,
        1,
        False,
    )
    assert (info.is_index_first, info.edit_lists, info.is_closed_gop, info.is_vfr) == (True, 0, True, False)
    with av.open(str(path)) as container:
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands"}


def test_the_same_inputs_give_the_same_bytes_whoever_draws(photos: dict[str, Path], tmp_path: Path) -> None:
    one = VideoRenderer().render(SPEC, photos, tmp_path / "a.mp4").path.read_bytes()
    with IsolatedRenderer() as isolated:
        two = VideoRenderer(isolated).render(SPEC, photos, tmp_path / "b.mp4").path.read_bytes()

    assert one == two


def test_progress_is_told_after_every_frame(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    told: list[Progress] = []

    renderer.render(SPEC, photos, tmp_path / "film.mp4", on_progress=told.append)

    assert [one.done for one in told[:FRAMES]] == list(range(1, FRAMES + 1))
    assert {one.of for one in told} == {FRAMES}
    assert told[-1] == Progress(FRAMES, FRAMES, 0.0)
    assert all(one.left_s > 0 for one in told[: FRAMES - 1])


@pytest.mark.parametrize("at", [1, 17, FRAMES])
def test_a_render_is_cancelled_at_any_frame(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path, at: int
) -> None:
    cancel = threading.Event()

    def stop(progress: Progress) -> None:
        if progress.done == at:
            cancel.set()

    with pytest.raises(RenderCancelled) as caught:
        renderer.render(SPEC, photos, tmp_path / "out" / "film.mp4", on_progress=stop, cancel=cancel)

    assert caught.value.frame == min(at + 1, FRAMES)
    assert left(tmp_path / "out") == []


def test_what_the_callback_raises_ends_the_render(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    def stop(_progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        renderer.render(SPEC, photos, tmp_path / "out" / "film.mp4", on_progress=stop)

    assert left(tmp_path / "out") == []


def test_a_render_that_waits_for_its_turn_can_be_cancelled(photos: dict[str, Path], tmp_path: Path) -> None:
    renderer, cancel = VideoRenderer(at_once=1), threading.Event()
    seen: list[BaseException | None] = []

    def another(progress: Progress) -> None:
        if progress.done == 1:
            two = pool.submit(renderer.render, SPEC, photos, tmp_path / "two.mp4", cancel=cancel)
            cancel.set()
            seen.append(two.exception(timeout=20))

    with ThreadPoolExecutor(1) as pool:
        renderer.render(SPEC, photos, tmp_path / "one.mp4", on_progress=another)

    assert [str(error) for error in seen] == ["The render was cancelled after 0 frames."]


def test_no_renders_at_a_time_would_wait_for_ever() -> None:
    with pytest.raises(ValueError, match="`at_once` to be 1 or more, got 0"):
        VideoRenderer(at_once=0)


@pytest.mark.parametrize("name", ["a" * 251 + ".mp4", "a" + "." + "b" * 253, os.fsdecode(b"caf\xe9.mp4")])
def test_a_file_may_have_any_name_that_the_disk_takes(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path, name: str
) -> None:
    clip = renderer.render(SPEC, photos, tmp_path / "in" / name).path
    again = VideoSpec(width=64, height=64, scenes=(ClipScene(source="clip", sound=True),))

    renderer.render(again, {"clip": clip}, tmp_path / "out" / name)

    assert left(tmp_path / "in") == left(tmp_path / "out") == [name]


def test_a_full_disk_names_the_video_and_not_what_it_is_made_from(
    photos: dict[str, Path], tmp_path: Path
) -> None:
    full = program(tmp_path, "echo pictures.mp4: No space left on device >&2; exit 228")

    with pytest.raises(RenderOutOfSpace, match=r"'film\.mp4'") as caught:
        VideoRenderer(program=full).render(SPEC, photos, tmp_path / "out" / "film.mp4")

    assert caught.value.path == tmp_path / "out" / "film.mp4"
    assert left(tmp_path / "out") == []


def test_an_earlier_file_stays_when_a_render_fails(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"earlier")
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(RenderCancelled):
        renderer.render(SPEC, photos, out, cancel=cancel)

    assert out.read_bytes() == b"earlier"


def test_a_file_that_was_not_handed_over_is_named(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(PictureMissing, match="kitchen"):
        renderer.render(SPEC, {"front": photos["front"]}, tmp_path / "film.mp4")


def test_a_photo_that_is_not_there_is_named(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    photos["kitchen"].unlink()

    with pytest.raises(PhotoUnreadable, match=r"kitchen\.jpg"):
        renderer.render(SPEC, photos, tmp_path / "film.mp4")


def test_a_photo_that_is_none_is_refused_before_the_first_frame(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    photos["kitchen"].write_bytes(b"no photo at all")
    seen: list[Progress] = []

    with pytest.raises(PhotoUnreadable, match=r"kitchen\.jpg"):
        renderer.render(SPEC, photos, tmp_path / "film.mp4", on_progress=seen.append)

    assert seen == []


def test_a_photo_that_goes_while_rendering_is_named_and_nothing_is_left(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    def remove(_progress: Progress) -> None:
        photos["kitchen"].unlink(missing_ok=True)

    with pytest.raises(PhotoUnreadable) as caught:
        renderer.render(SPEC, photos, tmp_path / "out" / "film.mp4", on_progress=remove)

    assert caught.value.file == photos["kitchen"]
    assert left(tmp_path / "out") == []


def test_a_pipe_is_no_file(renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tune.wav")
    spec = SPEC.model_copy(update={"sound": Sound(music=Music(source="tune"))})

    with pytest.raises(MediaUnreadable, match="no plain file"):
        renderer.render(spec, {**photos, "tune": tmp_path / "tune.wav"}, tmp_path / "film.mp4")


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (VideoLimits(source_bytes=1000), "bytes"),
        (VideoLimits(video_s=1.0), "seconds"),
        (VideoLimits(output_bytes=2000), "at most 2,000 in the video's bytes"),
        (VideoLimits(photo_pixels=1000), "pixels"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(
    photos: dict[str, Path], tmp_path: Path, limits: VideoLimits, what: str
) -> None:
    with pytest.raises((MediaTooLarge, PhotoUnreadable), match=what):
        VideoRenderer(limits=limits).render(SPEC, photos, tmp_path / "out" / "film.mp4")

    assert left(tmp_path / "out") == []


def test_a_network_bounds_length_and_size(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(VideoSpecInvalid, match="instagram_reel"):
        renderer.render(SPEC.model_copy(update={"preset": "instagram_reel"}), photos, tmp_path / "short.mp4")


def test_a_video_keeps_within_its_bytes(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    free = renderer.render(SPEC, photos, tmp_path / "free.mp4")
    held = renderer.render(
        SPEC.model_copy(update={"max_bytes": free.size_bytes // 2}), photos, tmp_path / "held.mp4"
    )

    assert held.size_bytes <= free.size_bytes // 2
    assert probe(held.path).frames == FRAMES


def test_half_a_video_is_never_passed_off_as_whole(photos: dict[str, Path], tmp_path: Path) -> None:
    half = 320 * 240 * 3 // 2 * 15
    short = program(tmp_path, f'head -c {half} | $real "$@"; cat >/dev/null; exit 0')

    with pytest.raises(VideoInvalid, match=r"\(320, 240, 30, True\), but are \(320, 240, 15, True\)"):
        VideoRenderer(program=short).render(SPEC, photos, tmp_path / "out" / "film.mp4")

    assert left(tmp_path / "out") == []


def test_an_ffmpeg_that_cannot_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(FfmpegMissing, match="nowhere"):
        VideoRenderer(program="/nowhere/ffmpeg")
    poor = tmp_path / "ffmpeg"
    poor.write_text("#!/bin/sh\necho ' V..... mpeg4'\n")
    poor.chmod(0o755)
    with pytest.raises(FfmpegUnfit, match=r"libx264.*postengine\[video\]"):
        VideoRenderer(program=str(poor))


def test_only_so_many_renders_run_at_once(photos: dict[str, Path], tmp_path: Path) -> None:
    renderer = VideoRenderer(at_once=1)
    running: list[str] = []

    def noted(name: str) -> Callable[[Progress], None]:
        def note(_progress: Progress) -> None:
            running.append(name)
            time.sleep(0.001)  # gives the others every chance

        return note

    with ThreadPoolExecutor(3) as pool:
        jobs = [
            pool.submit(renderer.render, SPEC, photos, tmp_path / f"{name}.mp4", on_progress=noted(name))
            for name in "abc"
        ]
        for job in jobs:
            job.result()

    changes = sum(one != two for one, two in pairwise(running))
    assert (set(running), changes) == (set("abc"), 2)


def test_a_preview_lets_others_render_while_it_is_looked_at(photos: dict[str, Path], tmp_path: Path) -> None:
    renderer = VideoRenderer(at_once=1)
    looked: list[float] = []

    with ThreadPoolExecutor(1) as pool:
        for at_s, _ in renderer.preview(SPEC, photos, (0.0, 1.0)):
            job = pool.submit(renderer.render, SPEC, photos, tmp_path / f"{at_s}.mp4")
            looked.append(job.result(timeout=20).size_bytes)

    assert len(looked) == 2


def test_a_preview_shows_the_frames_that_the_video_will_have(
    renderer: VideoRenderer, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = renderer.render(SPEC.model_copy(update={"quality": 10}), photos, tmp_path / "film.mp4").path

    previews = list(renderer.preview(SPEC, photos, (0.0, 0.5, 1.1)))

    assert [at_s for at_s, _ in previews] == [0.0, 0.5, 1.1]
    for at_s, pixels in previews:
        difference = np.abs(coarse(pixels) - coarse(frame_at(path, at_s)))
        assert difference.max() < 8


@pytest.mark.parametrize("instants", [(0.5, 0.2), (-0.1,), (1.2,)])
def test_a_preview_of_no_frame_is_refused(
    renderer: VideoRenderer, photos: dict[str, Path], instants: tuple[float, ...]
) -> None:
    with pytest.raises(VideoSpecInvalid, match=r"instants\[\d\]"):
        list(renderer.preview(SPEC, photos, instants))


def test_a_clip_is_shaded_as_much_as_what_it_shows_needs(renderer: VideoRenderer, tmp_path: Path) -> None:
    levels = {"dark": 30, "light": 220}
    for name, level in levels.items():
        Image.new("RGB", (640, 480), (level, level, level)).save(tmp_path / f"{name}.png")
    files = {name: tmp_path / f"{name}.png" for name in levels}
    halves = tuple(PhotoScene(source=name, seconds=1) for name in levels)
    film = VideoSpec(width=320, height=240, scenes=halves, transition=Transition(kind="cut"))
    clip = renderer.render(film, files, tmp_path / "clip.mp4").path

    def lit(starts_s: float, seconds: float) -> float:
        """Return how much light is left at the beginning of a stretch with white words on it."""
        scene = ClipScene(source="clip", starts_s=starts_s, seconds=seconds)
        words = Layer(tree=TITLE, enters=Animation(kind="none"))
        spec = film.model_copy(update={"scenes": (scene,), "layers": (words,), "shade": Scrim(edge="all")})
        ((_, pixels),) = renderer.preview(spec, {"clip": clip}, (0.2,))
        return float(pixels[200:].mean())

    assert lit(0.0, 1.0) == pytest.approx(30, abs=2)
    assert 80 < lit(1.0, 1.0) < 125  # grey on which white has 4.5 to 1
    assert lit(0.0, 2.0) == pytest.approx(30 * lit(1.0, 1.0) / 220, abs=2)
