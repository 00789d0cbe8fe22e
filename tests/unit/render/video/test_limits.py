from __future__ import annotations

import math

import pytest

from postengine.render import VideoLimits


@pytest.mark.parametrize("most", [0, -1, math.nan, math.inf])
def test_a_limit_that_limits_nothing_or_everything_is_refused(most: float) -> None:
    with pytest.raises(ValueError, match="Expected `stall_s` above 0 and finite, got "):
        VideoLimits(stall_s=most)


def test_a_video_is_read_back_however_long_and_large_it_may_be() -> None:
    limits = VideoLimits(video_s=14_400, output_bytes=2**40, clip_pixels=100)

    assert limits.of_a_finished_video.clip_s > 14_400
    assert limits.of_a_finished_video.source_bytes == 2**40
    assert limits.of_a_finished_video.clip_pixels >= 4096 * 4096
