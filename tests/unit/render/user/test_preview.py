"""The preview: pictures and a contact sheet, what is said of them, and how the program ends."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render.preview import main

from .conftest import EXAMPLES, Write

SAMPLE = EXAMPLES / "sample"
GREY = "#808080"


@dataclass
class Said:
    """What the program said, and how it ended."""

    out: Path
    code: int = 0
    lines: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def files(self) -> list[str]:
        return sorted(file.name for file in self.out.iterdir()) if self.out.exists() else []


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program for one template, in one shape unless told otherwise."""

    def ran(
        template: str, *more: str, shapes: Sequence[str] = ("link",), listing: Path | None = None
    ) -> Said:
        said = Said(tmp_path / "out")
        chosen = [part for shape in shapes for part in ("--shape", shape)]
        given = ["--listing", str(listing or SAMPLE / "listing.json"), "--out", str(said.out)]
        said.code = main(
            ["preview", template, *given, *chosen, *more], said.lines.append, said.complaints.append
        )
        return said

    return ran


def listing(write: Write, **fields: object) -> Path:
    return write("listing.txt", json.dumps({"title": "A home by the harbour"} | fields))


def words(text: str, colour: str = "#000000", size: int = 40, **more: object) -> dict[str, object]:
    style = {"color": colour, "fontSize": size, "position": "absolute", "top": 100, "left": 100}
    return {"type": "text", "text": text, "key": "words", "style": style | more}


def test_every_shape_is_drawn_with_a_sheet_of_them_all(run: Run) -> None:
    said = run("just_listed", "--brand", str(SAMPLE / "brand.json"), shapes=())

    shapes = ("landscape", "link", "portrait", "square", "story")
    assert said.code == 0
    assert said.files() == sorted(["just_listed.jpg", *(f"just_listed-{shape}.jpg" for shape in shapes)])
    with Image.open(said.out / "just_listed-story.jpg") as picture:
        assert picture.size == (1080, 1920)
    with Image.open(said.out / "just_listed.jpg") as sheet:
        assert sheet.width > 1400
    assert f"{said.out / 'just_listed-square.jpg'}  1080x1080" in said.text
    assert "contrast" in said.text
    assert "smallest text" in said.text
    assert said.lines[-1].startswith("drawn in ")


def test_one_shape_needs_no_sheet_and_may_be_png(run: Run) -> None:
    said = run("sold", "--format", "png", "--brand", str(SAMPLE / "brand.json"))

    assert said.files() == ["sold-link.png"]
    with Image.open(said.out / "sold-link.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 628))


def test_wide_shapes_alone_make_a_sheet_too(run: Run) -> None:
    said = run("sold", "--format", "png", shapes=("link", "landscape"))

    assert said.files() == ["sold-landscape.png", "sold-link.png", "sold.png"]


def test_missing_pictures_are_drawn_and_said(run: Run) -> None:
    said = run("agent_intro", "--brand", str(SAMPLE / "brand.json"))

    assert said.code == 0
    assert "note: no file for the photo 'villa-dusk.jpg': drawn in its place" in said.lines
    assert "note: no file for the portrait 'ana': drawn in its place" in said.lines
    assert "note: no file for the logo 'logo-light': drawn in its place" in said.lines


def test_photos_are_found_by_name_with_or_without_the_ending(run: Run, write: Write, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (900, 600), "#ff0000").save(photos / "front.png")
    Image.new("RGB", (900, 600), "#0000ff").save(tmp_path / "back.jpg")
    write(
        "page.json", {"children": [picture("{{listing.photos.1}}", 0), picture("{{listing.photos.2}}", 600)]}
    )

    said = run(
        str(tmp_path / "page.json"),
        "--photos",
        str(photos),
        "--format",
        "png",
        listing=listing(write, photos=["front", "back.jpg"]),
    )

    assert said.lines[0] == "note: no --brand: a plain one"
    assert not [line for line in said.lines if "no file" in line]
    with Image.open(said.out / "page-link.png") as drawn:
        pixels = np.asarray(drawn.convert("RGB"))
    assert tuple(pixels[300, 300]) == (255, 0, 0)
    assert pixels[300, 900, 2] > 250


def picture(source: str, left: int) -> dict[str, object]:
    style = {
        "position": "absolute",
        "left": left,
        "top": 0,
        "width": 600,
        "height": 628,
        "objectFit": "cover",
    }
    return {"type": "picture", "source": source, "style": style}


def test_a_listing_without_photos_takes_those_of_the_folder(run: Run, write: Write, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (900, 600), "#ff0000").save(photos / "one.png")
    (photos / "notes.txt").write_text("no picture", encoding="utf-8")
    write("page.json", {"children": [picture("{{listing.photos.1}}", 0)]})

    said = run(
        str(tmp_path / "page.json"), "--photos", str(photos), "--format", "png", listing=listing(write)
    )

    assert f"note: the listing names no photos: one.png of {photos}" in said.lines
    with Image.open(said.out / "page-link.png") as drawn:
        assert drawn.convert("RGB").getpixel((300, 300)) == (255, 0, 0)


def test_a_picture_within_the_listing_is_taken_as_it_is(run: Run, write: Write, tmp_path: Path) -> None:
    pixels = io.BytesIO()
    Image.new("RGB", (8, 8)).save(pixels, "PNG")
    uri = f"data:image/png;base64,{base64.b64encode(pixels.getvalue()).decode()}"
    write("page.json", {"children": [picture("{{listing.photos.1}}", 0)]})

    said = run(str(tmp_path / "page.json"), listing=listing(write, photos=[uri]))

    assert said.code == 0
    assert not [line for line in said.lines if "no file" in line]


def test_what_an_eye_could_miss_is_said(run: Run, write: Write, tmp_path: Path) -> None:
    faint = {"children": [words("Faint", GREY)], "style": {"backgroundColor": "#8a8a8a"}}
    write("faint.json", faint)
    relative = words("Relative") | {
        "style": {"fontSize": "2vw", "position": "absolute", "top": 300, "left": 100}
    }
    small = [words("Small", size=12), relative]
    write("small.json", {"children": small, "style": {"backgroundColor": "#ffffff"}})
    long = words("One two three four five six", size=60, width=200) | {"fit": {"minPx": 50}}
    write("long.json", {"children": [long], "style": {"backgroundColor": "#ffffff"}})
    brand = write("brand.txt", json.dumps({"name": "Harbour", "legal": ["AMI 12345"]}))

    told = {
        name: run(str(tmp_path / f"{name}.json"), "--brand", str(brand), listing=listing(write)).text
        for name in ("faint", "small", "long")
    }

    assert "! words: contrast 1.1, and 4.5 is what reading takes" in told["faint"]
    assert "! words: 3.9 pt on a phone (12 px); 28 px can be read" in told["small"]
    assert "! words: 7.9 pt on a phone (24 px)" in told["small"]
    assert "! words: shortened to 'One" in told["long"]
    assert all("! the brand's legal line 'AMI 12345' does not stand on it" in text for text in told.values())


def test_ones_own_text_outside_the_safe_area_is_drawn_and_said(
    run: Run, write: Write, tmp_path: Path
) -> None:
    outside = words("Outside") | {"style": {"position": "absolute", "top": 0, "left": 0, "color": "#000000"}}
    write("page.json", {"children": [outside], "style": {"backgroundColor": "#ffffff"}})

    said = run(str(tmp_path / "page.json"), listing=listing(write))

    assert said.code == 0
    assert "! 'Outside' stands outside the page's safe area" in said.text


def test_a_built_in_picture_that_a_service_refuses_is_told(run: Run, write: Write) -> None:
    given = listing(write, agent={"name": "Ana", "phone": "W" * 32})

    said = run("sold", shapes=("link",), listing=given)

    assert said.code == 1
    assert said.complaints[0].startswith("link: root.")
    assert "Expected a text that fits" in said.complaints[0]


def test_a_picture_without_text_has_nothing_to_measure(run: Run, write: Write, tmp_path: Path) -> None:
    write("page.json", {"style": {"backgroundColor": "#ffffff"}})

    said = run(str(tmp_path / "page.json"), listing=listing(write))

    assert said.code == 0
    assert "contrast" not in said.text


def test_text_in_a_colour_that_cannot_be_told_is_not_judged(run: Run, write: Write, tmp_path: Path) -> None:
    write("page.json", {"children": [words("Lab", "lab(50% 0 0)")], "style": {"backgroundColor": "#ffffff"}})

    said = run(str(tmp_path / "page.json"), listing=listing(write))

    assert said.code == 0
    assert "contrast" not in said.text
    assert "smallest text" in said.text


def test_one_shape_that_fails_leaves_the_others(run: Run, write: Write, tmp_path: Path) -> None:
    ground = {"style": {"backgroundColor": "#ffffff"}}
    write("page.json", ground)
    write("page.link.json", {"needs": "listing.price", **ground})

    said = run(str(tmp_path / "page.json"), shapes=("link", "square"), listing=listing(write))

    assert said.code == 1
    assert said.files() == ["page-square.jpg"]
    assert said.complaints == [
        "link: Expected something under listing.price for the template 'page', got none; give `price`."
    ]


def test_a_photo_that_cannot_be_drawn_is_told_for_its_shape(run: Run, write: Write, tmp_path: Path) -> None:
    scrim = {"colour": "#ffffff", "edge": "all"}
    white = picture("{{listing.photos.1}}", 0) | {"scrims": [scrim]}
    Image.new("RGB", (900, 600), "#ffffff").save(tmp_path / "white.png")
    write("page.json", {"style": {"backgroundColor": "#ffffff"}})
    write("page.link.json", {"children": [white, words("White", "#ffffff")]})

    said = run(
        str(tmp_path / "page.json"), shapes=("link", "square"), listing=listing(write, photos=["white"])
    )

    assert said.code == 1
    assert said.files() == ["page-square.jpg"]
    assert said.complaints[0].startswith("link: root.children[0]: Expected a scrim")


@pytest.mark.parametrize(
    ("content", "where"),
    [("{,", "line 1, column 2"), ('{"style": {"gapp": 1}}', "root.style.gapp"), ('{"a": "{{b}}"}', "root.a")],
)
def test_a_wrong_template_file_is_refused(run: Run, write: Write, content: str, where: str) -> None:
    file = write("page.json", content)

    said = run(str(file), listing=listing(write))

    assert said.code == 2
    assert said.complaints[0].startswith(f"link: {file}: {where}: ")


def test_a_wrong_listing_is_refused_field_by_field(run: Run, write: Write, tmp_path: Path) -> None:
    wrong = listing(write, title="A", bedrooms=-1)

    said = run("sold", listing=wrong)

    assert said.code == 2
    assert said.complaints[0].splitlines()[0].startswith(f"{wrong}: title: ")
    assert said.complaints[0].splitlines()[1].startswith(f"{wrong}: bedrooms: ")
    assert run("sold", listing=tmp_path / "none.json").complaints == [
        f"{tmp_path / 'none.json'}: No such file or directory"
    ]


def test_json_that_is_none_is_refused(run: Run, write: Write) -> None:
    said = run("sold", listing=write("listing.txt", "{"))

    assert said.code == 2
    assert "Invalid JSON" in said.complaints[0]


def test_a_photo_folder_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("sold", "--photos", str(tmp_path / "none"))

    assert said.code == 2
    assert "expected a folder of photos" in said.complaints[0]


def test_an_unknown_template_is_refused_with_the_known_ones(run: Run) -> None:
    said = run("window_kard", "--templates", str(EXAMPLES))

    assert said.code == 2
    assert "window_card, listing_card, just_listed" in said.complaints[0]
    assert run("nothing").code == 2
    assert run("user:sold", "--templates", str(EXAMPLES)).code == 2


@pytest.mark.parametrize("name", ["sold", "user:sold"])
def test_the_users_own_template_goes_before_a_built_in_one(
    run: Run, write: Write, tmp_path: Path, name: str
) -> None:
    write("sold.json", {"style": {"backgroundColor": "#00ff00"}})

    said = run(name, "--templates", str(tmp_path), "--format", "png", listing=listing(write))

    with Image.open(said.out / "sold-link.png") as drawn:
        assert drawn.convert("RGB").getpixel((9, 9)) == (0, 255, 0)


@pytest.mark.parametrize("name", ["passe_partout", "window_card"])
def test_the_examples_have_no_warnings(run: Run, name: str) -> None:
    said = run(name, "--templates", str(EXAMPLES), "--brand", str(SAMPLE / "brand.json"), shapes=())

    assert said.code == 0
    assert [line for line in said.lines if line.startswith("  !")] == []


def test_templates_are_listed_with_one_line_each(write: Write, tmp_path: Path) -> None:
    write("window.json", {"about": "A window."})
    write("wrong.json", "{")
    said: list[str] = []

    code = main(["templates", "--templates", str(tmp_path)], said.append, said.append)

    assert code == 0
    assert [line.split()[0] for line in said[-2:]] == ["user:window", "user:wrong"]
    assert said[-2].endswith("  A window.")
    assert "! Expected a template in 'wrong.json'" in said[-1]
    assert next(line for line in said if line.startswith("sold ")).endswith("sold.")


def test_built_in_templates_are_listed_alone() -> None:
    said: list[str] = []

    main(["templates"], said.append, said.append)

    assert not [line for line in said if line.startswith("user:")]


@pytest.mark.parametrize(
    "arguments", [[], ["preview"], ["preview", "sold"], ["preview", "sold", "--shape", "round"]]
)
def test_wrong_arguments_end_the_process_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, print, print)

    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


class Editor:
    """Stands in for the pauses between two looks: changes a file in some of them, then presses Ctrl-C."""

    def __init__(self, changes: Sequence[Callable[[], object]]) -> None:
        self.changes = list(changes)

    def __call__(self) -> None:
        if not self.changes:
            raise KeyboardInterrupt
        self.changes.pop(0)()


def test_a_watched_template_is_drawn_again_when_a_file_changes(write: Write, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    template = write("page.json", {"style": {"backgroundColor": "#00ff00"}})
    given, brand = listing(write), write("brand.txt", json.dumps({"name": "Harbour"}))
    said, complaints = list[str](), list[str]()
    changes = [
        lambda: None,
        lambda: write("page.json", "{,"),
        lambda: write("page.json", {"style": {"backgroundColor": "#000000"}}),
        given.unlink,
        lambda: listing(write, bedrooms=3),
        lambda: Image.new("RGB", (9, 9)).save(photos / "new.png"),
        template.unlink,
        lambda: brand.write_text(json.dumps({"name": "Harbour & Hill"}), encoding="utf-8"),
    ]

    code = main(
        ["preview", str(template), "--listing", str(given), "--brand", str(brand), "--photos", str(photos),
         "--shape", "link", "--out", str(tmp_path / "out"), "--watch"],
        said.append,
        complaints.append,
        pause=Editor(changes),
    )  # fmt: skip

    assert code == 0
    assert said.count("waiting for a change; Ctrl-C ends") == len(changes)
    assert ["line 1" in complaint for complaint in complaints] == [True, False, False, False]
    assert complaints[1] == f"{given}: No such file or directory"
    with Image.open(tmp_path / "out" / "page-link.jpg") as drawn:
        assert drawn.convert("RGB").getpixel((9, 9)) == (0, 0, 0)


def test_a_name_that_is_there_twice_is_watched_until_it_is_not(write: Write, tmp_path: Path) -> None:
    write("page.json", {})
    twice = write("page.py", "")
    said, complaints = list[str](), list[str]()

    main(
        ["preview", "page", "--templates", str(tmp_path), "--listing", str(listing(write)), "--shape", "link",
         "--out", str(tmp_path / "out"), "--watch"],
        said.append,
        complaints.append,
        pause=Editor([twice.unlink]),
    )  # fmt: skip

    assert ["page.py and page.json" in complaint for complaint in complaints] == [True]
    assert (tmp_path / "out" / "page-link.jpg").is_file()
