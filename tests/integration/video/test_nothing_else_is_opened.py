"""A clip can name other files and addresses; none of them is ever opened."""

from __future__ import annotations

import ctypes
import dataclasses
import os
import socket
import struct
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from postengine.render.errors import MediaUnreadable
from postengine.render.video.reading.info import VideoInfo
from postengine.render.video.reading.probe import probe
from tests.clips import run_ffmpeg
from tests.integration.video.conftest import read

pytestmark = pytest.mark.serial

IN_OPEN = 0x20


class Opened:
    """Names of the files in a folder that somebody opens."""

    def __init__(self, folder: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert libc.inotify_add_watch(self._inotify, os.fsencode(folder), IN_OPEN) >= 0
        self._folder = folder

    def names(self) -> set[str]:
        """Return the names so far, and forget them."""
        with suppress(BlockingIOError):
            return {name for name in self._events(os.read(self._inotify, 1 << 16)) if name}
        return set()

    def close(self) -> None:
        """Look no longer."""
        os.close(self._inotify)

    @staticmethod
    def _events(data: bytes) -> Iterator[str]:
        while data:
            length = struct.unpack_from("iIII", data)[3]
            yield data[16 : 16 + length].rstrip(b"\0").decode()
            data = data[16 + length :]


@contextmanager
def watched(folder: Path) -> Generator[Opened]:
    opened = Opened(folder)
    yield opened
    opened.close()


@contextmanager
def listening() -> Generator[tuple[str, Callable[[], bool]]]:
    """Yield an address, and whether somebody called there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)

        def was_called() -> bool:
            try:
                server.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        yield f"127.0.0.1:{server.getsockname()[1]}", was_called


PLAYLISTS = {
    "concat": "ffconcat version 1.0\nfile {target}\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{target}\n#EXT-X-ENDLIST\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>'
    '<AdaptationSet><Representation id="1" bandwidth="1"><BaseURL>{target}</BaseURL></Representation>'
    "</AdaptationSet></Period></MPD>",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{target}"/></svg>',
    "sdp": "v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=control:{target}\n",
}


def refused(path: Path, info: VideoInfo) -> None:
    with pytest.raises(MediaUnreadable):
        probe(path)
    with pytest.raises(MediaUnreadable):
        read(path, info=info)


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_named_as_a_clip_opens_no_neighbour(kind: str, clips: Path, tmp_path: Path) -> None:
    (tmp_path / "other.mp4").write_bytes((clips / "counting.mp4").read_bytes())
    (tmp_path / "a.mp4").write_text(PLAYLISTS[kind].format(target="other.mp4"))

    with watched(tmp_path) as opened:
        refused(tmp_path / "a.mp4", probe(clips / "counting.mp4"))

        assert opened.names() == {"a.mp4"}


def test_the_watch_would_see_a_neighbour(clips: Path, tmp_path: Path) -> None:
    (tmp_path / "other.mp4").write_bytes((clips / "counting.mp4").read_bytes())
    (tmp_path / "a.mp4").write_text(PLAYLISTS["concat"].format(target="other.mp4"))

    with watched(tmp_path) as opened:
        run_ffmpeg("-i", tmp_path / "a.mp4", "-f", "null", "-")

        assert opened.names() == {"a.mp4", "other.mp4"}


@pytest.mark.parametrize("kind", PLAYLISTS)
@pytest.mark.parametrize("scheme", ["http", "tcp", "rtmp"])
def test_a_playlist_named_as_a_clip_calls_nobody(kind: str, scheme: str, clips: Path, tmp_path: Path) -> None:
    with listening() as (address, was_called):
        (tmp_path / "a.mp4").write_text(PLAYLISTS[kind].format(target=f"{scheme}://{address}/a.ts"))

        refused(tmp_path / "a.mp4", probe(clips / "counting.mp4"))

        assert not was_called()


def test_the_ear_would_hear_a_caller() -> None:
    with listening() as (address, was_called):
        host, port = address.split(":")
        socket.create_connection((host, int(port))).close()

        assert was_called()


def elsewhere(content: bytes, target: Path) -> bytes:
    """Return an MP4 whose pictures are said to be in another file, by a Macintosh alias record."""
    name = str(target).encode()
    name += b"\0" * (len(name) % 2)
    record = bytes(10) + bytes([1]) + b"/".ljust(27, b"\0") + bytes(12)
    record += bytes([len(target.name)]) + target.name.encode().ljust(63, b"\0")
    record += bytes(16) + struct.pack(">HH", 1, 1) + bytes(16)
    record += struct.pack(">HH", 2, len(name)) + name + struct.pack(">HH", 0xFFFF, 0)
    entry = struct.pack(">I4sI", 12 + len(record), b"alis", 0) + record
    at = content.index(b"url \0\0\0\1") - 4
    changed = bytearray(content[:at] + entry + content[at + 12 :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        place = changed.index(kind) - 4
        struct.pack_into(">I", changed, place, struct.unpack_from(">I", changed, place)[0] + len(entry) - 12)
    return bytes(changed)


def test_pictures_that_are_said_to_be_in_another_file_are_not_looked_for_there(
    clips: Path, tmp_path: Path
) -> None:
    content = (clips / "counting.mp4").read_bytes()
    (tmp_path / "other.mp4").write_bytes(content)
    (tmp_path / "a.mp4").write_bytes(elsewhere(content, tmp_path / "other.mp4"))

    with watched(tmp_path) as opened:
        run_ffmpeg(
            "-enable_drefs", "1", "-use_absolute_path", "1", "-i", tmp_path / "a.mp4", "-f", "null", "-"
        )
        assert "other.mp4" in opened.names()  # it is a trap indeed

        with suppress(MediaUnreadable):
            read(tmp_path / "a.mp4", info=dataclasses.replace(probe(tmp_path / "a.mp4")))

        assert opened.names() == {"a.mp4"}
