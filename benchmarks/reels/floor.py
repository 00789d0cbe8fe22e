"""The floor: x264 of the same finished frames by the same settings, and AAC of the same sound."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from postengine.render.video.ffmpeg.encode import EncodeSettings, encode_arguments
from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.frame import Frame


@dataclass(frozen=True)
class Floor:
    """A reel that is finished but for its encoding.

    Attributes:
        frames: One after the other, uncompressed.
        sound: As a WAV file.
        settings: Those of the finished video.
    """

    frames: Path
    sound: Path
    settings: EncodeSettings

    @classmethod
    def of(cls, frames: Iterable[Frame], video: Path, settings: EncodeSettings, folder: Path) -> Floor:
        """Write what is to be encoded; this is not measured."""
        floor = cls(folder / "frames.yuv", folder / "sound.wav", settings)
        with floor.frames.open("wb") as file:
            for frame in frames:
                for plane in frame.planes:
                    file.write(plane.data)
        ffmpeg("-i", str(video), "-vn", str(floor.sound))
        return floor

    def encode(self) -> None:
        """Encode both; this is the floor."""
        out = self.frames.with_suffix(".mp4")
        arguments = encode_arguments(out, self.settings)
        ffmpeg(*(str(self.frames) if one == "pipe:0" else one for one in arguments))
        ffmpeg(
            "-i",
            str(self.sound),
            "-c:a",
            "aac",
            "-b:a",
            "128k",
            "-threads",
            "1",
            str(out.with_suffix(".m4a")),
        )


def ffmpeg(*arguments: str) -> None:
    """Run the program that we use, too."""
    command = [default_program(), "-loglevel", "error", "-y", *arguments]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
