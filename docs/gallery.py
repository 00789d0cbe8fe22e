"""The pictures of the gallery and of the reels: drawn into the built pages, never into the repository."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from examples.gallery import IN_OTHER_LANGUAGES, Card, cards, own_cards, sample_pictures, small
from examples.gallery_samples import ARABIC, JAPANESE
from examples.reel_gallery import Board, boards
from postengine.render import REELS, TEMPLATES, Output, ReelName, ShapeName, TemplateName, page_for
from postengine.render.templates.pages import SHAPES
from postengine.render.templates.reels import REEL_SHAPES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ROOT = Path(__file__).parents[1]
_CAROUSEL = range(1, 6)  # a cover, three more photos, and whom to ask
_WEBP = Output(format="webp", quality=80)
_LANGUAGES = {"": "English", "-ar": "Arabic", "-ja": "Japanese"}


def setup(app: Sphinx) -> None:
    """Fill in the page when it is read, and draw its pictures beside it."""
    app.connect("source-read", _read)
    app.connect("builder-inited", _draw)
    # They say what the programs say, not their files alone.
    app.connect("env-get-outdated", lambda *_: ["gallery", "videos"])


def filled(page: str) -> str:
    """Return the text of the page with all pictures in place of its marks."""
    carousel = _line(_picture(f"carousel-{number}", "square") for number in _CAROUSEL)
    own = "\n\n".join(f"`{file.name}`:\n\n{_row(file.stem)}" for file in _own_templates())
    for mark, pictures in (("carousel", carousel), ("own", own)):
        page = page.replace(f"<!-- gallery: {mark} -->", pictures)
    return page.replace("<!-- gallery -->", "\n".join(_section(name) for name in TEMPLATES))


def with_reels(page: str) -> str:
    """Return the text of the page with a storyboard of every reel in place of its mark."""
    return page.replace("<!-- gallery: reels -->", "\n".join(_reel(name) for name in REELS))


def draw_reels(folder: Path, drawn: Callable[[], Iterable[Board]]) -> None:
    """Write all storyboards; nothing if they are there and no program has changed since."""
    if not _has_changed(folder, "reels-from.txt"):
        return
    for board in drawn():
        (folder / f"{board.name}.jpg").write_bytes(board.data)
    _note(folder, "reels-from.txt")


def draw(folder: Path, drawn: Callable[[], Iterable[Card]]) -> None:
    """Write all pictures at half their size; nothing if they are there and no program has changed since.

    Args:
        folder: Where they go.
        drawn: Draws them at their full size.
    """
    if not _has_changed(folder, "drawn-from.txt"):
        return
    for card in drawn():
        half = page_for(card.shape).size.height // 2
        (folder / f"{card.name}.webp").write_bytes(small(card, half, _WEBP))
    _note(folder, "drawn-from.txt")


def _has_changed(folder: Path, stamp: str) -> bool:
    """Return whether a program has changed since all in a folder was drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    return not (folder / stamp).exists() or (folder / stamp).read_text(encoding="ascii") != _sources()


def _note(folder: Path, stamp: str) -> None:
    (folder / stamp).write_text(_sources(), encoding="ascii")


def _all_boards() -> Iterator[Board]:
    return boards(_ROOT / "docs" / "_build" / "samples")


def _reel(name: ReelName) -> str:
    about = (inspect.getdoc(REELS[name]) or "").splitlines()[0].removeprefix("Return ")
    pictures = "".join(
        f'<a href="gallery/reel-{name}-{shape}.jpg"><img src="gallery/reel-{name}-{shape}.jpg" '
        f'alt="{name.replace("_", " ")}, {shape}" loading="lazy" style="width:100%;margin:0 0 12px"></a>'
        for shape in REEL_SHAPES
    )
    return f"### {name.replace('_', ' ').capitalize()}\n\n`{name}`: {about}\n\n{pictures}\n"


def _all_cards() -> Iterator[Card]:
    samples = sample_pictures(_ROOT / "docs" / "_build" / "samples")
    return chain(cards(*samples, others=(ARABIC, JAPANESE)), own_cards(*samples))


def _own_templates() -> list[Path]:
    folder = _ROOT / "examples" / "templates"
    return sorted(file for file in folder.iterdir() if file.suffix in {".py", ".json"})


def _section(template: TemplateName) -> str:
    about = (inspect.getdoc(TEMPLATES[template]) or "").splitlines()[0].removeprefix("Return ")
    languages = _LANGUAGES if template in IN_OTHER_LANGUAGES else {"": ""}
    rows = "\n\n".join(
        (f"{language}:\n\n" if language else "") + _row(template, ending)
        for ending, language in languages.items()
    )
    return f"## {template.replace('_', ' ').capitalize()}\n\n`{template}`: {about}\n\n{rows}\n"


def _row(template: str, ending: str = "") -> str:
    """Return the upright pictures beside each other, all of one height, and the wide ones below."""
    wide = [shape for shape in SHAPES if page_for(shape).is_wide]
    upright = [shape for shape in SHAPES if shape not in wide]
    return "".join(_line(_picture(template, shape, ending) for shape in row) for row in (upright, wide))


def _line(pictures: Iterable[str]) -> str:
    return f'<div style="display:flex;gap:12px;margin:0 0 12px">{"".join(pictures)}</div>'


def _picture(template: str, shape: ShapeName, ending: str = "") -> str:
    """Return a picture as wide in its row as its shape is; it opens alone at its full width."""
    width, height = (side // 2 for side in page_for(shape).size)
    file, alt = f"gallery/{template}-{shape}{ending}.webp", f"{template.replace('_', ' ')}, {shape}"
    return (
        f'<a href="{file}" style="flex:{width / height:.3f} 1 0;min-width:0"><img src="{file}" alt="{alt}" '
        f'width="{width}" height="{height}" loading="lazy" style="width:100%;height:auto;display:block"></a>'
    )


def _sources() -> str:
    """Return a hash of the programs that draw."""
    folders = (_ROOT / "src" / "postengine" / "render", _ROOT / "examples" / "listings")
    files = [
        *(file for folder in folders for file in folder.rglob("*.py")),
        *_ROOT.glob("examples/*gallery*.py"),
        *_own_templates(),
    ]
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _read(_app: Sphinx, name: str, source: list[str]) -> None:
    if name == "gallery":
        source[0] = filled(source[0])
    elif name == "videos":
        source[0] = with_reels(source[0])


def _draw(app: Sphinx) -> None:
    if app.builder.format == "html":
        draw(Path(app.outdir) / "gallery", _all_cards)
        draw_reels(Path(app.outdir) / "gallery", _all_boards)
