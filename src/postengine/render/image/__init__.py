"""Pictures: a tree of nodes with a typed style, drawn to PNG, JPEG, WebP, AVIF or raw pixels.

A tree says what a picture is (`tree/`); fonts are chosen by script (`fonts/`), photos decoded once and
cropped (`photo/`), texts fitted and placed (`layout/`), shapes and letters drawn by an engine behind a
protocol (`draw/`), all put together (`compose/`) and written (`output/`). `Renderer` does it here,
`IsolatedRenderer` in a process that may die of it; `from_satori` brings trees from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from .fonts import FontFace as FontFace
from .fonts import FontSet as FontSet
from .fonts import default_fonts as default_fonts
from .fonts import fonts_in as fonts_in
from .fonts import read_face as read_face
from .geometry import Focus as Focus
from .geometry import Region as Region
from .geometry import Size as Size
from .isolated import IsolatedRenderer as IsolatedRenderer
from .layout import Layout as Layout
from .layout import TextPlace as TextPlace
from .layout import fit_text as fit_text
from .output import Output as Output
from .output import encode as encode
from .output import stripped_photo as stripped_photo
from .photo import PhotoCache as PhotoCache
from .renderer import Drawer as Drawer
from .renderer import Job as Job
from .renderer import PictureSource as PictureSource
from .renderer import Renderer as Renderer
from .renderer import asset_name as asset_name
from .renderer import renderer_with_fonts as renderer_with_fonts
from .tree import Box as Box
from .tree import Fit as Fit
from .tree import Node as Node
from .tree import Outline as Outline
from .tree import Picture as Picture
from .tree import Scrim as Scrim
from .tree import Shape as Shape
from .tree import Style as Style
from .tree import Text as Text
from .tree import tree_from as tree_from


def render(
    tree: Box,
    size: Size | tuple[int, int],
    *,
    fonts: FontSet | None = None,
    images: Mapping[str, PictureSource] | None = None,
    output: Output | None = None,
) -> bytes:
    """Draw a tree once. For more than one, make a `Renderer` and keep it: it keeps fonts and photos.

    Args:
        tree: What to draw.
        size: Width and height in pixels.
        fonts: Those that texts are set in; None takes the default ones.
        images: Pictures by the names that the tree uses.
        output: How it is written; None is a JPEG of quality 90.

    Raises:
        RenderError: See the tree in errors.py.
    """
    return Renderer(fonts).render(tree, size, images=images, output=output)


def measure(
    tree: Box,
    size: Size | tuple[int, int],
    *,
    fonts: FontSet | None = None,
    images: Mapping[str, PictureSource] | None = None,
) -> Layout:
    """Return where everything in a tree would stand: boxes, texts, lines."""
    return Renderer(fonts).measure(tree, size, images=images)
