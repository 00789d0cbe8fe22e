"""The data of the networks: whole, with sources, and free of contradictions."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import get_args

import pytest

from postengine.render.video.networks import PRESETS, Bounds, Preset, h264_profile, preset
from postengine.render.video.spec import PresetName

ALL = pytest.mark.parametrize("one", PRESETS.values(), ids=lambda one: one.name)


def test_every_name_has_a_preset() -> None:
    assert tuple(PRESETS) == get_args(PresetName)
    assert all(preset(name).name == name for name in PRESETS)


def test_labels_differ() -> None:
    assert len({one.label for one in PRESETS.values()}) == len(PRESETS)


@ALL
def test_a_preset_says_who_says_so_and_when(one: Preset) -> None:
    assert one.as_of >= date(2026, 11, 24)
    assert all(source.publisher and source.title for source in one.sources)
    assert all(source.url.startswith("https://") for source in one.sources if source.url)
    assert one.sources


@ALL
def test_an_address_is_the_networks_own(one: Preset) -> None:
    hosts = {source.url.split("/")[2] for source in one.sources if source.url}

    assert hosts <= {
        "developers.facebook.com",
        "developers.tiktok.com",
        "support.google.com",
        "learn.microsoft.com",
        "docs.x.com",
        "help.pinterest.com",
    }


@ALL
def test_the_least_is_below_the_most(one: Preset) -> None:
    bounds = [value for field in fields(one) if isinstance(value := getattr(one, field.name), Bounds)]

    assert len(bounds) == 11
    assert all(0 <= each.least <= each.most for each in bounds)


@ALL
def test_what_the_renderer_writes_is_taken(one: Preset) -> None:
    width, height = one.suggested

    assert one.aspect.hold(width / height)
    assert one.width_px.hold(width)
    assert one.short_px.hold(min(width, height))
    assert one.long_px.hold(max(width, height))
    assert all(one.fps.hold(fps) for fps in (24, 25, 30, 60))
    assert (one.sample_rate_hz.hold(48_000), one.channels.hold(2), one.sound_tracks.hold(1)) == (True,) * 3
    assert "mp4" in one.containers
    assert "h264" in one.video_codecs
    assert "yuv420p" in one.pixel_formats
    assert "aac" in one.audio_codecs


def test_whatsapp_takes_16_megabytes_and_no_b_frames() -> None:
    status = preset("whatsapp_status")

    assert status.size_bytes.most == 16_000_000
    assert "simple_h264" in status.demands


def test_instagram_asks_for_the_index_first_closed_groups_and_no_edit_lists() -> None:
    assert {"index_first", "closed_gop", "no_edit_lists"} <= preset("instagram_reel").demands


def test_only_whatsapp_needs_the_plainest_profile() -> None:
    plain = [name for name in PRESETS if h264_profile(name) == "baseline"]

    assert plain == ["whatsapp_status", "whatsapp_message"]
    assert h264_profile(None) == "high"
