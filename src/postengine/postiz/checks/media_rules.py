"""What can be wrong with media, whatever the post's settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem
from postengine.postiz.providers.rules import MediaRule

__all__ = ["file_problems", "media_problems"]

_IMAGE_FORMATS = ("png", "jpg", "gif", "webp")
_VIDEO_FORMATS = ("mp4",)
_IMAGE_MOST_BYTES = 10_485_760
_VIDEO_MOST_BYTES = 1_073_741_824


def media_problems(field: str, media: Sequence[MediaFact], rule: MediaRule) -> Iterator[Problem]:
    """Yield what is wrong with the media of a post: their number, then each of them."""
    yield from _number_problems(field, media, rule)
    first = next((item.size_px for item in media if item.kind == "image" and item.size_px), None)
    for index, item in enumerate(media):
        place = f"{field}[{index}]"
        yield from file_problems(place, item)
        yield from (
            _image_problems(place, item, rule) if item.kind == "image" else _video_problems(place, item, rule)
        )
        is_other = item.kind == "image" and item.size_px not in {None, first}
        if rule.must_be_equal and is_other:
            yield Problem(place, "unequal", "All pictures must have the size of the first; scale or crop it.")
    if rule.first_is_image and media and media[0].kind != "image":
        yield Problem(f"{field}[0]", "not_image", "The first one must be a picture; change the order.")


def file_problems(place: str, item: MediaFact) -> Iterator[Problem]:
    """Yield what Postiz itself refuses of any file (V)."""
    formats = _IMAGE_FORMATS if item.kind == "image" else _VIDEO_FORMATS
    if item.format is not None and item.format not in formats:
        message = f"Postiz attaches {', '.join(formats)} here, not {item.format}; convert it."
        yield Problem(place, "format", message)
    most = _IMAGE_MOST_BYTES if item.kind == "image" else _VIDEO_MOST_BYTES
    if item.size_bytes is not None and item.size_bytes > most:
        message = f"It has {item.size_bytes} bytes; Postiz takes {most}, so make it smaller."
        yield Problem(place, "too_large", message)


def _number_problems(field: str, media: Sequence[MediaFact], rule: MediaRule) -> Iterator[Problem]:
    images = sum(item.kind == "image" for item in media)
    videos = len(media) - images
    if len(media) < rule.fewest:
        yield Problem(
            field, "too_few", f"At least {rule.fewest} is needed, there are {len(media)}; add media."
        )
    for count, most, code, what in (
        (len(media), rule.most, "too_many", "pictures and videos"),
        (images, rule.most_images, "too_many_images", "pictures"),
        (videos, rule.most_videos, "too_many_videos", "videos"),
    ):
        if most is not None and count > most:
            message = f"At most {most} {what} are taken, there are {count}; leave some out."
            yield Problem(field, code, message)
    if not rule.may_mix and images and videos:
        yield Problem(field, "mixed", "Pictures and videos cannot be in one post here; send one kind.")


def _image_problems(place: str, item: MediaFact, rule: MediaRule) -> Iterator[Problem]:
    formats = rule.image_formats
    if formats is not None and item.format is not None and item.format not in formats:
        message = f"Pictures are {' or '.join(formats)} here, not {item.format}; convert it."
        yield Problem(place, "network_format", message)
    most_bytes = rule.image_most_bytes
    if most_bytes is not None and item.size_bytes is not None and item.size_bytes >= most_bytes:
        message = f"It has {item.size_bytes} bytes; less than {most_bytes} is needed, so make it smaller."
        yield Problem(place, "network_too_large", message)
    if item.size_px is None:
        return
    shown = f"{item.size_px[0]} x {item.size_px[1]} px"
    if rule.image_sizes_px is not None and item.size_px not in rule.image_sizes_px:
        sizes = " or ".join(f"{width} x {height}" for width, height in rule.image_sizes_px)
        yield Problem(place, "size", f"It has {shown}; exactly {sizes} px is needed.")
    most_px = rule.image_short_side_most_px
    if most_px is not None and min(item.size_px) > most_px:
        message = f"It has {shown}; its shorter side has {most_px} px at most, so scale it down."
        yield Problem(place, "size", message)


def _video_problems(place: str, item: MediaFact, rule: MediaRule) -> Iterator[Problem]:
    least_px = rule.video_short_side_least_px
    if least_px is not None and item.size_px is not None and min(item.size_px) < least_px:
        message = f"It has {item.size_px[0]} x {item.size_px[1]} px; its shorter side needs {least_px} px."
        yield Problem(place, "size", message)
