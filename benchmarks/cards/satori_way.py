"""The card as Satori and resvg-js draw it: both from npm, in a process of their own."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from postengine.render.image.fonts import SANS, SERIF, default_fonts

PACKAGES = ("satori@0.33.1", "@resvg/resvg-js@2.6.2")

_PROGRAM = Path(__file__).with_name("card.mjs")


@dataclass(frozen=True)
class Satori:
    """Satori and resvg-js, installed in a folder.

    Attributes:
        folder: Holds node_modules, the program and the fonts.
    """

    folder: Path

    @classmethod
    def installed(cls, folder: Path) -> Satori:
        """Install both with npm.

        Raises:
            RuntimeError: There is no npm, or it cannot install.
        """
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError(
                "Expected npm, found none; install nodejs and npm, or measure with --without-satori."
            )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"type": "module", "private": true}')
        command = [npm, "install", "--no-audit", "--no-fund", "--silent", *PACKAGES]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"npm could not install {', '.join(PACKAGES)}: {done.stderr[-400:]}")
        shutil.copy(_PROGRAM, folder / "card.mjs")
        fonts = [
            {"name": SERIF, "weight": 600, "style": "normal", "file": str(_static(folder, SERIF, 600))},
            {"name": SANS, "weight": 400, "style": "normal", "file": str(_static(folder, SANS, 400))},
            {"name": SANS, "weight": 600, "style": "normal", "file": str(_static(folder, SANS, 600))},
        ]
        (folder / "fonts.json").write_text(json.dumps(fonts))
        return cls(folder)

    def draw(self, photos: Sequence[Path]) -> list[float]:
        """Draw the card once a photo; return the CPU seconds of each, and leave the last as `card.png`."""
        node = shutil.which("node")
        if node is None:
            raise RuntimeError("Expected node, found none; install nodejs.")
        command = [node, "card.mjs", "fonts.json", "card.png", *(str(photo) for photo in photos)]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True)
        times: list[float] = json.loads(done.stdout)
        return times


def _static(folder: Path, family: str, weight: int) -> Path:
    """Write one weight of a variable font as a font of its own: Satori reads no variable ones."""
    font = TTFont(io.BytesIO(default_fonts().face(family, weight=weight).read()))
    fixed = {
        axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes
    }
    path = folder / f"{family.replace(' ', '')}-{weight}.ttf"
    instancer.instantiateVariableFont(font, fixed, inplace=True)
    font.save(path)
    return path
