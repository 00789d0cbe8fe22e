from __future__ import annotations

import signal
from pathlib import Path

import pytest

from postengine.render.errors import FfmpegFailed, FfmpegKilled, MediaTooLarge, RenderError, RenderOutOfSpace
from postengine.render.video.ffmpeg.failure import failure, stalled
from postengine.render.video.limits import VideoLimits

OUT = Path("folder/a.mp4")
LIMITS = VideoLimits(output_bytes=5000, stall_s=7)


@pytest.mark.parametrize(
    ("returncode", "said", "kind", "words"),
    [
        (1, "first\nlast\n", FfmpegFailed, "code 1: last"),
        (0, "", FfmpegFailed, "code 0: it said nothing"),
        (228, "a.mp4: No space left on device", RenderOutOfSpace, r"write 'a\.mp4'"),
        (1, "Disk quota exceeded", RenderOutOfSpace, "full disk"),
        (-signal.SIGXFSZ, "", MediaTooLarge, "at most 5,000 in the video's bytes"),
        (-signal.SIGTERM, "", FfmpegKilled, "SIGTERM ended it"),
        (-60, "", FfmpegKilled, "signal 60 ended it"),
    ],
)
def test_an_end_becomes_the_error_that_callers_can_act_on(
    returncode: int, said: str, kind: type[RenderError], words: str
) -> None:
    error = failure(returncode, said, limits=LIMITS, out=OUT)

    assert type(error) is kind
    with pytest.raises(kind, match=words):
        raise error


def test_a_reader_has_no_file_to_blame() -> None:
    assert type(failure(1, "No space left on device", limits=LIMITS, out=None)) is FfmpegFailed
    assert type(failure(-signal.SIGXFSZ, "", limits=LIMITS, out=None)) is FfmpegKilled


def test_only_the_end_of_many_words_is_kept() -> None:
    error = failure(1, "word " * 10_000 + "end", limits=LIMITS, out=OUT)

    assert isinstance(error, FfmpegFailed)
    assert len(error.stderr_tail) == 2000
    assert error.stderr_tail.endswith("end")


def test_a_line_that_began_before_the_last_words_is_left_out() -> None:
    error = failure(1, "first line " * 200 + "\nlast line\n", limits=LIMITS, out=OUT)

    assert isinstance(error, FfmpegFailed)
    assert error.stderr_tail == "last line\n"


def test_standing_still_is_retryable() -> None:
    assert stalled("", limits=LIMITS).retryable
    assert "nothing for 7 s" in str(stalled("", limits=LIMITS))
