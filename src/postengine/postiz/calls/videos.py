"""Calls about videos that Postiz makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import JsonValue, TypeAdapter

from postengine.postiz.call import NETWORK_TIMEOUT_S, VIDEO_TIMEOUT_S, Call
from postengine.postiz.models import Media
from postengine.postiz.models.wire import LAZILY

_ANY = TypeAdapter[JsonValue](JsonValue, config=LAZILY)


def generate_video(
    kind: str, output: Literal["vertical", "horizontal"], params: Mapping[str, JsonValue]
) -> Call[Media]:
    """Let Postiz make a video; it answers after up to half an hour, and it costs credits."""
    return Call(
        "POST",
        "/generate-video",
        Media.model_validate_json,
        json={"type": kind, "output": output, "customParams": dict(params)},
        timeout_s=VIDEO_TIMEOUT_S,
        is_write=True,
    )


def call_video_function(identifier: str, function: str, params: Mapping[str, JsonValue]) -> Call[JsonValue]:
    """Ask a kind of video something, such as `image-text-slides` for `loadVoices`."""
    return Call(
        "POST",
        "/video/function",
        _ANY.validate_json,
        json={"identifier": identifier, "functionName": function, "params": dict(params)},
        timeout_s=NETWORK_TIMEOUT_S,
        is_write=True,
    )
