"""Templates of Python: run as they are, and their mistakes told with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from postengine.render.errors import InputMissing, TemplateInvalid
from postengine.render.templates.user.program import Program

from .conftest import MakeSheet

START = "from postengine.render.image.tree import Box, Style, Text\n"
FILE = Path("window.py")


def read(source: str) -> Program:
    return Program.read("window", FILE, source.encode())


@pytest.mark.parametrize("name", ["window", "template"])
def test_the_function_of_a_file_draws(make_sheet: MakeSheet, name: str) -> None:
    program = read(
        f"{START}def {name}(sheet):\n    'Words.\\n\\nMore.'\n    return Box(key=sheet.brand.name)\n"
    )

    assert program.drawn(make_sheet()).key == "Harbour & Hill"
    assert program.about == "Words."


def test_the_file_may_say_what_it_is(make_sheet: MakeSheet) -> None:
    program = read(f"'A window.'\n{START}def template(sheet): return Box()\n")

    assert program.about == "A window."
    assert program.drawn(make_sheet())


def test_a_file_may_define_dataclasses(make_sheet: MakeSheet) -> None:
    program = read(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        f"{START}@dataclass\nclass Line:\n    width: int\n"
        "def window(sheet):\n    return Box(key=str(Line(3).width))\n"
    )

    assert program.drawn(make_sheet()).key == "3"


@pytest.mark.parametrize(
    ("source", "where", "message"),
    [
        ("def window(:\n", "line 1", "it is not Python"),
        ("a = 1\nb = 1 / 0\n", "line 2", "ZeroDivisionError: division by zero"),
        ("import no_such_module_at_all\n", "line 1", "ModuleNotFoundError"),
        ("def frame(sheet): ...\n", "file", "expected a function window(sheet) or template(sheet)"),
        ("window = 3\n", "file", "expected a function"),
        ("source = '\0'\n", "", ""),
    ],
)
def test_a_file_that_does_not_run_is_refused(source: str, where: str, message: str) -> None:
    with pytest.raises(TemplateInvalid) as caught:
        read(source)

    (problem,) = caught.value.problems
    assert problem.path.startswith(where)
    assert message in problem.message


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ("return sheet.listing.titel", "line 3", "AttributeError"),
        ("return 'a'", "file", "expected the function to return a Box, got str"),
        ("return Box(style=Style(gapp=3))", "line 3", "gapp"),
        ("return len(3)", "line 3", "TypeError"),
    ],
)
def test_a_function_that_fails_is_told_with_its_line(
    make_sheet: MakeSheet, body: str, where: str, message: str
) -> None:
    program = read(f"{START}def window(sheet):\n    {body}\n")

    with pytest.raises(TemplateInvalid) as caught:
        program.drawn(make_sheet())

    assert (caught.value.file, caught.value.problems[0].path) == (FILE, where)
    assert message in caught.value.problems[0].message


def test_an_error_from_elsewhere_is_told_with_the_line_that_led_there(make_sheet: MakeSheet) -> None:
    program = read(f"{START}import json\ndef window(sheet):\n    return json.loads('{{')\n")

    with pytest.raises(TemplateInvalid, match="line 4: JSONDecodeError"):
        program.drawn(make_sheet())


@pytest.mark.parametrize("start", ["def window(sheet):\n    ", ""])
def test_errors_of_drawing_pass_as_they_are(make_sheet: MakeSheet, start: str) -> None:
    source = (
        "from postengine.render.errors import InputMissing\n"
        f"{start}raise InputMissing('window', 'agent', 'an agent')\n"
    )

    with pytest.raises(InputMissing):
        read(source).drawn(make_sheet())
