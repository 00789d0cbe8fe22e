"""From a spec and photos to a picture on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from .errors import PictureMissing, TemplateUnknown
from .image.geometry import CENTRE, Focus, Size
from .image.output import Output, encode
from .image.photo import MAX_PHOTO_PIXELS, load_photo
from .image.renderer import Drawer, Renderer
from .output import Rendered, written_whole
from .specs import PictureSpec, picture_keys
from .templates.draw import draw_template
from .templates.pages import page_for
from .templates.parts import Sheet
from .templates.registry import TEMPLATES, Template
from .templates.user import TemplateFolder, own_tree

_OWN = "user:"


def render_picture(
    spec: PictureSpec,
    pictures: Mapping[str, Path],
    out: Path,
    *,
    renderer: Drawer | None = None,
    folder: TemplateFolder | None = None,
) -> Rendered:
    """Draw a template and write it; a JPEG of quality 90 unless the spec says otherwise.

    Args:
        spec: What to draw.
        pictures: Photos, portrait and logos by the keys that the spec uses.
        out: Where to write; it appears whole or not at all.
        renderer: Draws; None makes one. `IsolatedRenderer` draws in a process of its own.
        folder: Holds the templates that `user:NAME` means.

    Raises:
        RenderError: See the tree in errors.py.
    """
    for key in picture_keys(spec):
        if key not in pictures:
            raise PictureMissing(key)
    data = _drawn(spec, pictures, renderer or Renderer(), folder)
    return _written(data, spec.output, page_for(spec.shape).size, out)


def _drawn(
    spec: PictureSpec, pictures: Mapping[str, Path], drawer: Drawer, folder: TemplateFolder | None
) -> bytes:
    template, page = template_called(spec.template, folder), page_for(spec.shape)
    if spec.template.startswith(_OWN):
        tree = own_tree(drawer, template, Sheet.for_page(spec.listing, spec.brand, page), pictures)
        return drawer.render(tree, page.size, images=pictures, output=spec.output)
    return draw_template(drawer, template, spec.listing, spec.brand, spec.shape, pictures, spec.output)


def template_called(name: str, folder: TemplateFolder | None = None) -> Template:
    """Return a template by its name.

    Raises:
        TemplateUnknown: There is none of that name.
    """
    if name.startswith(_OWN) and folder is not None:
        return folder.template(name.removeprefix(_OWN))
    for known, template in TEMPLATES.items():
        if known == name:
            return template
    raise TemplateUnknown(name, tuple(TEMPLATES))


def prepare_photo(
    photo: Path,
    size: Size | tuple[int, int],
    out: Path,
    *,
    focus: Focus = CENTRE,
    max_photo_pixels: int = MAX_PHOTO_PIXELS,
) -> Rendered:
    """Crop a photo to a size and write it as a JPEG with nothing drawn on it and no metadata in it.

    Raises:
        PhotoUnreadable: It cannot be used.
        RenderOutOfSpace: The disk is full.
    """
    wanted, output = Size(*size), Output(full_chroma=False)
    pixels = load_photo(photo, wanted, focus, max_pixels=max_photo_pixels)
    return _written(encode(Image.fromarray(pixels), output), output, wanted, out)


def _written(data: bytes, output: Output, size: Size, out: Path) -> Rendered:
    with written_whole(out) as temporary:
        temporary.write_bytes(data)
    return Rendered(out, output.mime, size.width, size.height, None, len(data))
