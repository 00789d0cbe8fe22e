"""Running ffmpegs that misbehave: none hangs its caller or passes half a result off as a whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from postengine.render.errors import (
    FfmpegFailed,
    FfmpegKilled,
    FfmpegMissing,
    FfmpegStalled,
    MediaTooLarge,
    RenderOutOfSpace,
)
from postengine.render.video.ffmpeg.process import drained, fed, told
from postengine.render.video.limits import VideoLimits
from tests.integration.video.conftest import HASTY, PATIENT, is_gone, script, wait_for

pytestmark = pytest.mark.serial

MIB = b"\0" * (1 << 20)


def feed(program: str, out: Path, chunks: int = 4, limits: VideoLimits = PATIENT) -> str:
    return fed(program, [str(out)], ((MIB, MIB) for _ in range(chunks)), limits=limits, out=out)


def test_all_is_written_in_order_and_the_last_words_come_back(tmp_path: Path) -> None:
    program = script(tmp_path, 'echo heard >&2; cat > "$1"; echo done >&2')
    chunks = [(b"one", bytearray(b"two")), (), (memoryview(b"three"), b""), (b"x" * 3_000_000,)]

    said = fed(program, [str(tmp_path / "a")], chunks, limits=PATIENT, out=tmp_path / "a")

    assert (tmp_path / "a").read_bytes() == b"onetwothree" + b"x" * 3_000_000
    assert said == "heard\ndone\n"


def test_a_chunk_of_very_many_parts_is_written(tmp_path: Path) -> None:
    parts = [number.to_bytes(4, "big") for number in range(5000)]

    fed(script(tmp_path, 'cat > "$1"'), [str(tmp_path / "a")], [parts], limits=PATIENT, out=tmp_path / "a")

    assert (tmp_path / "a").read_bytes() == b"".join(parts)


def test_a_flood_of_words_neither_blocks_nor_fills_memory(tmp_path: Path) -> None:
    program = script(tmp_path, "yes word | head -c 4000000 >&2; cat > /dev/null; echo end >&2")

    said = feed(program, tmp_path / "a")

    assert len(said) == 64 * 1024
    assert said.endswith("word\nend\n")


def test_an_ffmpeg_that_gives_up_is_reported_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="code 8: Unknown encoder") as caught:
        feed(script(tmp_path, "echo 'Unknown encoder' >&2; exit 8"), tmp_path / "a")

    assert (caught.value.returncode, caught.value.stderr_tail) == (8, "Unknown encoder\n")
    assert not caught.value.retryable


def test_an_ffmpeg_that_says_nothing_is_reported_too(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="it said nothing"):
        feed(script(tmp_path, "cat >/dev/null; exit 1"), tmp_path / "a")


def test_an_ffmpeg_that_stops_reading_but_claims_success_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="code 0"):
        feed(script(tmp_path, "exit 0"), tmp_path / "a")


def test_an_ffmpeg_that_takes_nothing_is_killed_with_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "pids"
    program = script(tmp_path, f"trap '' TERM; sleep 600 & echo $$ $! > {mark}; wait")

    with pytest.raises(FfmpegStalled, match=r"did nothing for 0\.5 s") as caught:
        feed(program, tmp_path / "a", limits=HASTY)

    assert caught.value.retryable
    wait_for(lambda: all(is_gone(int(pid)) for pid in mark.read_text().split()))


def test_an_ffmpeg_that_does_not_end_is_killed(tmp_path: Path) -> None:
    with pytest.raises(FfmpegStalled):
        feed(script(tmp_path, "cat > /dev/null; sleep 600"), tmp_path / "a", limits=HASTY)


def test_an_ffmpeg_that_still_writes_its_file_at_the_end_is_given_time(tmp_path: Path) -> None:
    slow = 'cat > /dev/null; for n in 1 2 3 4 5 6 7 8; do sleep 0.2; echo $n >> "$1"; done'

    feed(script(tmp_path, slow), tmp_path / "a", limits=HASTY)

    assert (tmp_path / "a").read_text().split()[-1] == "8"


def test_what_an_ffmpeg_leaves_running_is_ended_with_it(tmp_path: Path) -> None:
    mark = tmp_path / "pid"

    feed(script(tmp_path, f"sleep 600 & echo $! > {mark}; cat > /dev/null"), tmp_path / "a")

    wait_for(lambda: is_gone(int(mark.read_text())))


def test_an_ffmpeg_killed_from_outside_is_retryable(tmp_path: Path) -> None:
    with pytest.raises(FfmpegKilled, match="SIGKILL") as caught:
        feed(script(tmp_path, "kill -9 $$"), tmp_path / "a")

    assert caught.value.returncode == -signal.SIGKILL
    assert caught.value.retryable


def test_a_full_disk_is_told_from_other_failures(tmp_path: Path) -> None:
    words = "av_interleaved_write_frame(): No space left on device"

    with pytest.raises(RenderOutOfSpace) as caught:
        feed(script(tmp_path, f"cat >/dev/null; echo '{words}' >&2; exit 228"), tmp_path / "a")

    assert caught.value.path == tmp_path / "a"


def test_the_kernel_bounds_what_is_written(tmp_path: Path) -> None:
    with pytest.raises(MediaTooLarge) as caught:
        feed(script(tmp_path, 'exec cat > "$1"'), tmp_path / "a", limits=VideoLimits(output_bytes=1_000_000))

    assert caught.value.limit == 1_000_000
    assert (tmp_path / "a").stat().st_size == 1_000_000


def test_an_error_of_the_chunks_after_the_end_is_the_one_reported(tmp_path: Path) -> None:
    mark = tmp_path / "pid"

    def broken() -> Iterator[tuple[bytes]]:
        wait_for(lambda: mark.exists() and bool(mark.read_text()) and is_gone(int(mark.read_text())))
        yield from ()
        raise BrokenPipeError("of somebody else")

    with pytest.raises(BrokenPipeError, match="of somebody else"):
        fed(script(tmp_path, f"echo $$ > {mark}"), [], broken(), limits=PATIENT, out=tmp_path / "a")


def test_frames_are_read_whole_and_none_changes_later(tmp_path: Path) -> None:
    program = script(tmp_path, "printf aaaa; sleep 0.1; printf bb; sleep 0.1; printf bbcccc")

    got = list(drained(program, [], frame_bytes=4, limits=PATIENT))

    assert got == [b"aaaa", b"bbbb", b"cccc"]


def test_half_a_frame_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed, match="code 0"):
        list(drained(script(tmp_path, "printf aaaabb"), [], frame_bytes=4, limits=PATIENT))


def test_a_reader_that_fails_says_why(tmp_path: Path) -> None:
    program = script(tmp_path, "printf aaaa; echo 'Invalid data' >&2; exit 183")

    with pytest.raises(FfmpegFailed, match="183: Invalid data"):
        list(drained(program, [], frame_bytes=4, limits=PATIENT))


def test_a_reader_that_gives_nothing_is_killed(tmp_path: Path) -> None:
    with pytest.raises(FfmpegStalled):
        list(drained(script(tmp_path, "printf aaaa; sleep 600"), [], frame_bytes=4, limits=HASTY))


def test_closing_a_reader_ends_it_at_once(tmp_path: Path) -> None:
    program = script(tmp_path, "echo $$ > $(dirname $0)/pid; yes aaa")

    with closing(drained(program, [], frame_bytes=4, limits=PATIENT)) as reader:
        assert next(reader) == b"aaa\n"
        wait_for(lambda: (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text()))

    assert is_gone(int((tmp_path / "pid").read_text()))


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    program = script(tmp_path, "cat > /dev/null")
    feed(program, tmp_path / "a")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only how many

    for _ in range(5):
        feed(program, tmp_path / "a")
        with pytest.raises(FfmpegMissing):
            feed("/nowhere", tmp_path / "a")

    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_an_order_that_the_system_cannot_take_is_not_a_missing_program(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Argument list too long"):
        told(script(tmp_path, "exit 0"), ["x" * 10_000_000], limits=PATIENT)


def test_an_answer_is_read_to_its_end(tmp_path: Path) -> None:
    program = script(tmp_path, "yes 0123456789abcde | head -c 1000000")

    assert len(told(program, [], limits=PATIENT)) == 1_000_000
