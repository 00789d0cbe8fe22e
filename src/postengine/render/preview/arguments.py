"""What `python -m postengine.render` can be asked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from postengine.render.templates.pages import SHAPES, ShapeName


@dataclass(frozen=True)
class Options:
    """One call of the program.

    Attributes:
        command: What to do.
        template: A name, `user:NAME`, or a template's file.
        listing: A listing's JSON.
        brand: A brand's JSON.
        shapes: What to draw.
        photos: A folder with the pictures that listing and brand name.
        out: Where the pictures go.
        templates: A folder of the user's own templates.
        format: Of the pictures.
        watch: Draw again when a file changes.
    """

    command: Literal["preview", "templates"]
    template: str = ""
    listing: Path = Path()
    brand: Path | None = None
    shapes: tuple[ShapeName, ...] = SHAPES
    photos: Path | None = None
    out: Path = Path()
    templates: Path | None = None
    format: Literal["jpeg", "png"] = "jpeg"
    watch: bool = False


def read_arguments(arguments: Sequence[str]) -> Options:
    """Read the command line; with wrong arguments, or `--help`, the process ends as argparse ends it."""
    found = _parser().parse_args(arguments)
    if found.command == "templates":
        return Options("templates", templates=found.templates)
    asked: list[str] = found.shape or ["all"]
    shapes: list[ShapeName] = [shape for shape in SHAPES if "all" in asked or shape in asked]
    return Options(
        "preview",
        template=found.template,
        listing=found.listing,
        brand=found.brand,
        shapes=tuple(shapes),
        photos=found.photos,
        out=found.out,
        templates=found.templates,
        format=found.format,
        watch=found.watch,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m postengine.render", description="Draw templates for a look at them."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    named = commands.add_parser("templates", help="list the templates")
    preview = commands.add_parser("preview", help="draw a template for a listing")
    for command in (named, preview):
        command.add_argument("--templates", type=Path, metavar="FOLDER", help="your own templates")
    preview.add_argument("template", metavar="TEMPLATE", help="a name, user:NAME, or a .json or .py file")
    preview.add_argument("--listing", type=Path, required=True, metavar="FILE", help="a listing as JSON")
    preview.add_argument("--brand", type=Path, metavar="FILE", help="a brand as JSON; a plain one without it")
    preview.add_argument(
        "--shape",
        choices=("all", *SHAPES),
        action="append",
        default=[],
        help="may be given again; default all",
    )
    preview.add_argument("--photos", type=Path, metavar="FOLDER", help="holds the pictures that are named")
    preview.add_argument(
        "--out", type=Path, default=Path("preview"), metavar="FOLDER", help="default: preview"
    )
    preview.add_argument("--format", choices=("jpeg", "png"), default="jpeg", help="default: jpeg")
    preview.add_argument("--watch", action="store_true", help="draw again when a file changes; Ctrl-C ends")
    return parser
