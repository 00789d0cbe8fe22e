from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from postengine.render import PhotoUnreadable, Size
from postengine.render.image.photo import PhotoCache, PhotoLimits, fitted

MakeBytes = Callable[..., bytes]
SMALL, MIDDLE, LARGE = Size(60, 40), Size(150, 100), Size(600, 400)


def test_one_decoding_serves_all_sizes_of_a_post(make_bytes: MakeBytes) -> None:
    cache = PhotoCache()

    first = cache.decode_for(make_bytes(), [SMALL, LARGE])

    assert cache.decode_for(make_bytes(), [SMALL]) is first
    assert cache.decode_for(make_bytes(), [LARGE]) is first
    assert first.upright == LARGE
    assert fitted(first, MIDDLE).size == MIDDLE


def test_bytes_that_differ_in_the_middle_alone_are_two_photos(make_bytes: MakeBytes) -> None:
    cache, data = PhotoCache(), make_bytes()
    middle = len(data) // 2
    other = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]

    assert cache.decode_for(data, [SMALL]) is not cache.decode_for(other, [SMALL])


def test_only_as_much_is_decoded_as_the_largest_size_needs(make_bytes: MakeBytes) -> None:
    assert PhotoCache().decode_for(make_bytes(), [SMALL, MIDDLE]).upright == MIDDLE


def test_a_later_larger_size_decodes_anew(make_bytes: MakeBytes) -> None:
    cache = PhotoCache()
    small = cache.decode_for(make_bytes(), [SMALL])

    large = cache.decode_for(make_bytes(), [LARGE])

    assert large is not small
    assert cache.decode_for(make_bytes(), [SMALL]) is large


def test_a_size_beyond_the_photo_is_served_from_the_whole_photo(make_bytes: MakeBytes) -> None:
    cache = PhotoCache()

    whole = cache.decode_for(make_bytes(), [LARGE])

    assert cache.decode_for(make_bytes(), [Size(2000, 2000)]) is whole


def test_a_file_that_was_written_again_is_read_again(make_bytes: MakeBytes, tmp_path: Path) -> None:
    file, cache = tmp_path / "a.jpg", PhotoCache()
    file.write_bytes(make_bytes())
    first = cache.decode_for(file, [SMALL])
    same = cache.decode_for(file, [SMALL])

    os.utime(file, (1, 1))

    assert same is first
    assert cache.decode_for(file, [SMALL]) is not first


def test_the_photo_not_asked_for_longest_goes_first(make_bytes: MakeBytes) -> None:
    a, b, c = (make_bytes(quality=quality) for quality in (70, 80, 90))
    one = PhotoCache().decode_for(a, [LARGE]).size_bytes
    cache = PhotoCache(max_bytes=2 * one)
    kept = cache.decode_for(a, [LARGE])
    gone = cache.decode_for(b, [LARGE])
    cache.decode_for(a, [LARGE])

    cache.decode_for(c, [LARGE])

    assert cache.size_bytes == 2 * one
    assert cache.decode_for(a, [LARGE]) is kept
    assert cache.decode_for(b, [LARGE]) is not gone


def test_a_photo_larger_than_the_cache_is_handed_out_and_not_kept(make_bytes: MakeBytes) -> None:
    cache = PhotoCache(max_bytes=1000)

    assert cache.decode_for(make_bytes(), [LARGE]).upright == LARGE
    assert cache.size_bytes == 0


def test_a_cleared_cache_is_empty(make_bytes: MakeBytes) -> None:
    cache = PhotoCache()
    cache.decode_for(make_bytes(), [SMALL])

    cache.clear()

    assert cache.size_bytes == 0


def test_threads_that_ask_together_share_one_decoding(make_bytes: MakeBytes) -> None:
    cache, data = PhotoCache(), make_bytes()

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: cache.decode_for(data, [LARGE, SMALL]), range(32)))
        cut = {picture.tobytes() for picture in threads.map(lambda one: fitted(one, SMALL), found)}

    assert len({id(one) for one in found}) == 1
    assert len(cut) == 1


def test_grey_takes_a_quarter_of_colour(make_bytes: MakeBytes) -> None:
    grey, colour = (PhotoCache().decode_for(make_bytes(mode=mode), [LARGE]) for mode in ("L", "RGB"))

    assert grey.size_bytes * 4 == colour.size_bytes


def test_limits_hold_in_the_cache_too(make_bytes: MakeBytes, tmp_path: Path) -> None:
    cache = PhotoCache(limits=PhotoLimits(max_pixels=1000))

    with pytest.raises(PhotoUnreadable, match="allowed"):
        cache.decode_for(make_bytes(), [SMALL])
    with pytest.raises(PhotoUnreadable, match="no such file"):
        cache.decode_for(tmp_path / "absent.jpg", [SMALL])
