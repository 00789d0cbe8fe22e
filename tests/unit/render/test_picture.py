"""From a spec to a file: the template, its pictures, and the file's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render import (
    TEMPLATES,
    Agent,
    Brand,
    Focus,
    IsolatedRenderer,
    Listing,
    Output,
    PhotoUnreadable,
    PictureMissing,
    PictureSpec,
    Renderer,
    Size,
    TemplateFolder,
    TemplateUnknown,
    prepare_photo,
    render_picture,
    template_called,
)
from postengine.render.image import Box, Layout, PictureSource

MakePhoto = Callable[..., Path]


@pytest.fixture
def pictures(make_photo: MakePhoto) -> dict[str, Path]:
    return {"a": make_photo("a.jpg", (1400, 1600)), "b": make_photo("b.jpg", (1600, 1200))}


@pytest.fixture
def spec(listing: Listing, brand: Brand) -> PictureSpec:
    return PictureSpec(template="just_listed", shape="link", listing=listing, brand=brand)


@pytest.fixture
def folder(tmp_path: Path) -> TemplateFolder:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "window.json").write_text(
        '{"type": "box", "style": {"backgroundColor": "#00ff00"}, '
        '"children": [{"type": "text", "text": "{{listing.title}}"}]}'
    )
    return TemplateFolder(mine)


def test_a_picture_is_written_as_a_jpeg_of_the_shapes_size(
    spec: PictureSpec, pictures: Mapping[str, Path], renderer: Renderer, tmp_path: Path
) -> None:
    done = render_picture(spec, pictures, tmp_path / "out" / "card.jpg", renderer=renderer)

    assert (done.mime, done.width_px, done.height_px, done.duration_s) == ("image/jpeg", 1200, 628, None)
    assert done.size_bytes == done.path.stat().st_size
    assert list(done.path.parent.iterdir()) == [done.path]
    with Image.open(done.path) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1200, 628), {})
        assert np.asarray(image).std() > 20


def test_the_same_spec_gives_the_same_bytes(
    spec: PictureSpec, pictures: Mapping[str, Path], renderer: Renderer, tmp_path: Path
) -> None:
    here = render_picture(spec, pictures, tmp_path / "one.jpg", renderer=renderer).path
    anew = render_picture(spec, pictures, tmp_path / "two.jpg").path

    assert here.read_bytes() == anew.read_bytes()


def test_a_picture_is_drawn_the_same_in_a_process_of_its_own(
    spec: PictureSpec, pictures: Mapping[str, Path], renderer: Renderer, tmp_path: Path
) -> None:
    here = render_picture(spec, pictures, tmp_path / "one.jpg", renderer=renderer).path
    with IsolatedRenderer() as isolated:
        apart = render_picture(spec, pictures, tmp_path / "two.jpg", renderer=isolated).path

    assert here.read_bytes() == apart.read_bytes()


def test_the_spec_says_how_the_file_is_written(
    spec: PictureSpec, pictures: Mapping[str, Path], renderer: Renderer, tmp_path: Path
) -> None:
    webp = spec.model_copy(update={"output": Output(format="webp", max_bytes=60_000)})

    done = render_picture(webp, pictures, tmp_path / "card.webp", renderer=renderer)

    assert done.mime == "image/webp"
    assert done.size_bytes <= 60_000


@pytest.mark.parametrize("lost", ["a", "face", "logo"])
def test_a_picture_that_was_not_handed_over_is_named_before_anything_is_drawn(
    lost: str, spec: PictureSpec, pictures: Mapping[str, Path], tmp_path: Path
) -> None:
    agent = Agent(name="Marta Lindqvist", photo="face")
    whole = spec.model_copy(
        update={
            "listing": spec.listing.model_copy(update={"agent": agent}),
            "brand": spec.brand.model_copy(update={"logo_light": "logo"}),
        }
    )
    files = {name: pictures["a"] for name in ("a", "b", "face", "logo") if name != lost}

    with pytest.raises(PictureMissing, match=f"'{lost}'"):
        render_picture(whole, files, tmp_path / "card.jpg", renderer=NoRenderer())

    assert not (tmp_path / "card.jpg").exists()


class NoRenderer(Renderer):
    """Must not be asked for anything."""

    def measure(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> Layout:
        raise AssertionError(tree, size, images)


def test_a_spoilt_photo_leaves_nothing_behind(
    spec: PictureSpec, pictures: dict[str, Path], renderer: Renderer, tmp_path: Path
) -> None:
    pictures["a"].write_bytes(b"junk")

    with pytest.raises(PhotoUnreadable):
        render_picture(spec, pictures, tmp_path / "out" / "card.jpg", renderer=renderer)

    assert not (tmp_path / "out").exists()


def test_templates_are_called_by_name(folder: TemplateFolder) -> None:
    assert template_called("sold") is TEMPLATES["sold"]
    assert callable(template_called("user:window", folder))


@pytest.mark.parametrize("name", ["nothing_like_it", "user:window"])
def test_an_unknown_template_is_named_with_those_there_are(name: str) -> None:
    with pytest.raises(TemplateUnknown) as caught:
        template_called(name)

    assert caught.value.name == name
    assert "just_listed" in caught.value.known


def test_a_template_of_ones_own_is_drawn_as_it_is(
    spec: PictureSpec,
    pictures: Mapping[str, Path],
    renderer: Renderer,
    folder: TemplateFolder,
    tmp_path: Path,
) -> None:
    mine = spec.model_copy(update={"template": "user:window", "output": Output(format="png")})

    done = render_picture(mine, pictures, tmp_path / "card.png", renderer=renderer, folder=folder)

    with Image.open(done.path) as image:
        assert image.size == (1200, 628)
        assert image.convert("RGB").getpixel((1100, 600)) == (0, 255, 0)


def test_a_photo_is_cut_to_a_size_and_nothing_else(make_photo: MakePhoto, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    photo = make_photo(exif=exif)

    left, right = (
        prepare_photo(photo, (200, 200), tmp_path / f"{x}.jpg", focus=Focus(x, 0.5)) for x in (0.0, 1.0)
    )

    assert (left.mime, left.width_px, left.height_px) == ("image/jpeg", 200, 200)
    with Image.open(left.path) as one, Image.open(right.path) as other:
        assert dict(one.getexif()) == {}
        assert np.asarray(one)[150, 20, 0] > 240
        assert np.asarray(other)[150, 180, 2] > 240


def test_a_photo_of_too_many_pixels_is_refused(make_photo: MakePhoto, tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable):
        prepare_photo(make_photo(), Size(20, 20), tmp_path / "a.jpg", max_photo_pixels=1000)

    assert not (tmp_path / "a.jpg").exists()
