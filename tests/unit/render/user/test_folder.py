"""A folder of templates: by name, by shape, and read again when a file has changed."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from postengine.render.errors import TemplateInvalid, TemplateUnknown
from postengine.render.image.tree import Box
from postengine.render.templates.registry import Template
from postengine.render.templates.user import TemplateFolder, user_template

from .conftest import EXAMPLES, MakeSheet, Write


def box(key: str, **more: object) -> dict[str, object]:
    return {"key": key, **more}


def python(key: str) -> str:
    return f"from postengine.render.image.tree import Box\ndef template(sheet): return Box(key='{key}')\n"


def test_templates_are_found_by_name(write: Write, tmp_path: Path) -> None:
    for name in (
        "b.json",
        "a.py",
        "b.story.json",
        "c.link.json",
        "README.md",
        "B.json",
        "d.round.json",
        ".e.json",
    ):
        write(name, {})
    (tmp_path / "folder.json").mkdir()

    assert TemplateFolder(tmp_path).names() == ("a", "b", "c")


def test_a_folder_may_come_later(tmp_path: Path) -> None:
    folder = TemplateFolder(tmp_path / "templates")

    assert folder.names() == ()
    with pytest.raises(TemplateUnknown, match="none yet"):
        folder.template("window")


@pytest.mark.parametrize("name", ["nothing", "../a", "a.story", "A", "", "a/b", "a\n"])
def test_an_unknown_name_is_refused_with_the_known_ones(write: Write, tmp_path: Path, name: str) -> None:
    write("a.json", {})

    with pytest.raises(TemplateUnknown) as caught:
        TemplateFolder(tmp_path).template(name)

    assert (caught.value.name, caught.value.known) == (name, ("a",))


def test_a_template_draws_from_its_file(write: Write, tmp_path: Path, make_sheet: MakeSheet) -> None:
    write("a.json", box("json"))
    write("b.py", python("python"))

    drawn: list[Template] = [user_template(tmp_path, "a"), user_template(tmp_path, "b")]

    assert [template(make_sheet()).key for template in drawn] == ["json", "python"]


def test_a_file_of_a_shape_goes_before_the_one_for_all(
    write: Write, tmp_path: Path, make_sheet: MakeSheet
) -> None:
    write("a.json", box("all"))
    write("a.story.json", box("story"))
    template = user_template(tmp_path, "a")

    assert [template(make_sheet(shape)).key for shape in ("square", "story")] == ["all", "story"]


def test_a_shape_without_a_file_is_told(write: Write, tmp_path: Path, make_sheet: MakeSheet) -> None:
    write("a.story.json", box("story"))
    folder = TemplateFolder(tmp_path)

    with pytest.raises(TemplateInvalid, match=r"add a\.link\.json or a\.json"):
        folder.template("a")(make_sheet("link"))
    with pytest.raises(TemplateInvalid):
        folder.digest("a", "link")
    assert folder.template("a")(make_sheet("story")).key == "story"


def test_a_name_that_is_there_twice_is_refused(write: Write, tmp_path: Path) -> None:
    write("a.json", {})
    write("a.py", "")

    with pytest.raises(TemplateInvalid, match=r"got a\.py and a\.json"):
        TemplateFolder(tmp_path).template("a")


@pytest.mark.parametrize("ending", ["py", "json"])
def test_a_changed_file_is_read_again(
    write: Write, tmp_path: Path, make_sheet: MakeSheet, ending: str
) -> None:
    content = python if ending == "py" else box
    write(f"a.{ending}", content("one"))
    template = user_template(tmp_path, "a")
    before = template(make_sheet()).key

    later = write(f"a.{ending}", content("two"))  # of the same size
    os.utime(later, ns=(1, 1))

    assert (before, template(make_sheet()).key) == ("one", "two")


@pytest.mark.parametrize(("ending", "where"), [("py", "line 2"), ("json", "line 1, column 2")])
def test_a_broken_version_is_refused_until_it_is_mended(
    write: Write, tmp_path: Path, make_sheet: MakeSheet, ending: str, where: str
) -> None:
    content = python if ending == "py" else box
    write(f"a.{ending}", content("one"))
    folder = TemplateFolder(tmp_path)
    template = folder.template("a")
    template(make_sheet())

    broken = write(f"a.{ending}", "\n)" if ending == "py" else "{,")
    for _ in range(2):
        with pytest.raises(TemplateInvalid, match=where) as caught:
            template(make_sheet())
        assert caught.value.file == broken
    with pytest.raises(TemplateInvalid):
        folder.check("a")
    with pytest.raises(TemplateInvalid):
        folder.about("a")

    write(f"a.{ending}", content("mended"))
    assert template(make_sheet()).key == "mended"
    folder.check("a")


def test_a_file_that_is_gone_is_told(write: Write, tmp_path: Path, make_sheet: MakeSheet) -> None:
    file = write("a.json", box("one"))
    template = user_template(tmp_path, "a")
    template(make_sheet())

    file.unlink()

    with pytest.raises(TemplateUnknown):
        template(make_sheet())


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("/proc/self/mem")  # a plain file that nobody can read from its start

    with pytest.raises(TemplateInvalid, match="it cannot be read"):
        TemplateFolder(tmp_path).check("a")


def test_a_digest_changes_with_the_content_alone(write: Write, tmp_path: Path) -> None:
    file = write("a.json", box("one"))
    folder = TemplateFolder(tmp_path)
    first = folder.digest("a")

    os.utime(file, ns=(5, 5))
    touched = folder.digest("a")
    write("a.json", box("other"))

    assert touched == first
    assert len(first) == 64
    assert folder.digest("a") != first
    assert folder.digest("a", "square") == folder.digest("a")


def test_a_digest_of_a_shape_does_not_mind_the_others(write: Write, tmp_path: Path) -> None:
    write("a.json", box("all"))
    folder = TemplateFolder(tmp_path)
    square, whole = folder.digest("a", "square"), folder.digest("a")

    write("a.story.json", box("story"))

    assert folder.digest("a", "square") == square
    assert folder.digest("a") != whole
    assert folder.digest("a", "story") != square


def test_a_digest_needs_no_sound_file(write: Write, tmp_path: Path) -> None:
    write("a.json", "{")

    assert TemplateFolder(tmp_path).digest("a")


def test_threads_see_one_version_or_the_other(write: Write, tmp_path: Path, make_sheet: MakeSheet) -> None:
    write("a.json", box("one"))
    template, sheet = user_template(tmp_path, "a"), make_sheet()
    seen: list[str | None] = []

    def draw() -> None:
        seen.extend(template(sheet).key for _ in range(30))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in ("two", "one", "two"):
        beside = write(".a.json.part", box(version))
        beside.replace(tmp_path / "a.json")
    for thread in threads:
        thread.join()

    assert set(seen) <= {"one", "two"}
    assert len(seen) == 120
    assert template(sheet).key == "two"


def test_the_examples_can_be_drawn_for_a_bare_listing(make_sheet: MakeSheet) -> None:
    folder = TemplateFolder(EXAMPLES)

    assert folder.names() == ("passe_partout", "window_card")
    for name in folder.names():
        assert folder.about(name)
        for shape in ("square", "portrait", "story", "landscape", "link"):
            assert isinstance(folder.template(name)(make_sheet(shape)), Box)
