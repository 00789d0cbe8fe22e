"""The highest rate at which a file stays within its size."""

from __future__ import annotations

import pytest

from postengine.render.errors import VideoSpecInvalid
from postengine.render.image.geometry import Size
from postengine.render.video.networks import rate_cap
from postengine.render.video.spec import PresetName


def test_without_limits_there_is_no_cap() -> None:
    assert rate_cap(None, 15) is None


def test_a_size_that_no_video_reaches_is_no_cap() -> None:
    assert rate_cap("youtube", 15) is None


def test_the_networks_rate_is_the_cap_less_the_sound() -> None:
    assert rate_cap("instagram_reel", 15) == 25_000 - 141


@pytest.mark.parametrize("seconds", [3, 15, 60, 240])
def test_all_that_the_file_may_hold_is_within_its_size(seconds: float) -> None:
    cap = rate_cap("whatsapp_message", seconds)

    assert cap is not None
    kbits = cap * (seconds + 1) + 128 * 1.1 * seconds
    assert 0.95 * 16_000_000 < kbits * 125 < 16_000_000


def test_a_smaller_size_than_the_networks_counts() -> None:
    small, large = (rate_cap("whatsapp_status", 30, max_bytes=most) for most in (8_000_000, 10**9))

    assert small is not None
    assert small < (rate_cap("whatsapp_status", 30) or 0)
    assert large == rate_cap("whatsapp_status", 30)


@pytest.mark.parametrize(
    ("name", "seconds", "words"),
    [
        ("whatsapp_status", 61, "Expected at most 60 s for whatsapp_status, got 61; make it shorter"),
        ("facebook_reel", 2, "Expected 3 to 90 s for facebook_reel, got 2; make it longer"),
    ],
)
def test_a_length_that_the_network_refuses_is_told_before_the_work(
    name: PresetName, seconds: float, words: str
) -> None:
    with pytest.raises(VideoSpecInvalid) as caught:
        rate_cap(name, seconds)

    assert caught.value.problems[0].path == "preset"
    assert words in str(caught.value)


def test_a_video_that_would_be_mud_is_refused() -> None:
    with pytest.raises(VideoSpecInvalid, match="Expected room for 250 kbit/s of pictures") as caught:
        rate_cap("whatsapp_message", 600)

    assert caught.value.problems[0].path == "max_bytes"


def test_fewer_pixels_need_less() -> None:
    cap = rate_cap("whatsapp_message", 400, size=Size(540, 960))

    assert cap is not None
    assert 63 <= cap < 250


def test_a_file_too_small_for_its_sound_alone_is_refused() -> None:
    with pytest.raises(VideoSpecInvalid, match="leave 0"):
        rate_cap(None, 60, max_bytes=10_000, size=Size(64, 64))
