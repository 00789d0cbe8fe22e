"""The key's file: made once, for this user alone, and the same for everybody who starts."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from postengine.webpush import VapidInvalid, VapidKeys, read_or_make_keys


def test_the_first_start_makes_the_pair_and_later_ones_read_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "vapid.pem"

    made = read_or_make_keys(file)

    assert read_or_make_keys(file).public_key == made.public_key
    assert [path.name for path in file.parent.iterdir()] == ["vapid.pem"]


def test_nobody_else_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        read_or_make_keys(tmp_path / "vapid.pem")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "vapid.pem").stat().st_mode) == 0o600


def test_all_who_start_together_have_the_same_pair(tmp_path: Path) -> None:
    found: list[str] = []
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        found.append(read_or_make_keys(tmp_path / "vapid.pem").public_key)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["vapid.pem"]


def test_a_pair_of_another_tool_is_kept_as_it_is(tmp_path: Path) -> None:
    mine = VapidKeys.generate()
    (tmp_path / "vapid.pem").write_bytes(mine.to_pem())

    assert read_or_make_keys(tmp_path / "vapid.pem").public_key == mine.public_key


def test_a_broken_file_is_named_and_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "vapid.pem"
    file.write_text("")

    with pytest.raises(VapidInvalid, match="restore it from a backup") as caught:
        read_or_make_keys(file)

    assert caught.value.field == str(file)
    assert file.read_text() == ""
