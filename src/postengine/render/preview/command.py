"""`python -m postengine.render`: lists templates, and draws one for a listing file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from postengine.render.errors import RenderError, TemplateInvalid, TemplateUnknown
from postengine.render.image.output import Output
from postengine.render.output import written_whole

from .arguments import Options, read_arguments
from .choice import Choice, choose, listed
from .contact_sheet import contact_sheet
from .drawing import Drawn, Renderers, drawn_shapes
from .inputs import InputRefused, read_inputs
from .watching import INTERVAL_S, stamps, wait_for_change

DONE, FAILED, REFUSED = 0, 1, 2
"""How the process ends: all drawn; a picture could not be drawn; arguments or a file are wrong."""

Say = Callable[[str], None]

_SUFFIXES = {"jpeg": "jpg", "png": "png"}


def main(
    arguments: Sequence[str],
    say: Say,
    complain: Say,
    *,
    pause: Callable[[], None] = lambda: time.sleep(INTERVAL_S),
) -> int:
    """Do what the command line asks.

    Args:
        arguments: Without the program's name.
        say: Takes each line of the answer.
        complain: Takes each line about what is wrong.
        pause: Waits between two looks at the files.

    Returns:
        0, 1 or 2; see `DONE`, `FAILED` and `REFUSED`.
    """
    options = read_arguments(arguments)
    if options.command == "templates":
        rows = list(listed(options.templates))
        width = max(len(name) for name, _ in rows)
        for name, about in rows:
            say(f"{name:<{width}}  {about}".rstrip())
        return DONE
    return (
        _watched(options, say, complain, pause)
        if options.watch
        else _preview(Renderers.new(), options, say, complain)
    )


def _watched(options: Options, say: Say, complain: Say, pause: Callable[[], None]) -> int:
    renderers = Renderers.new()
    try:
        while True:
            before = stamps(_files(options))
            _preview(renderers, options, say, complain)
            say("waiting for a change; Ctrl-C ends")
            wait_for_change(before, lambda: _files(options), pause)
    except KeyboardInterrupt:
        return DONE


def _files(options: Options) -> Iterable[Path]:
    """Yield all that a preview is made from, as far as it is there."""
    yield options.listing
    if options.brand is not None:
        yield options.brand
    if options.photos is not None and options.photos.is_dir():
        yield from sorted(options.photos.iterdir())
    try:
        yield from choose(options.template, options.templates).files()
    except (TemplateUnknown, TemplateInvalid):
        return


def _preview(renderers: Renderers, options: Options, say: Say, complain: Say) -> int:
    began = time.perf_counter()
    try:
        choice = choose(options.template, options.templates)
        inputs = read_inputs(options)
    except (InputRefused, TemplateUnknown, TemplateInvalid) as error:
        complain(str(error))
        return REFUSED
    for note in inputs.notes:
        say(f"note: {note}")
    output = Output(format=options.format)
    pictures = drawn_shapes(renderers, choice, inputs, options.shapes, output)
    for one in pictures:
        _report(one, _written(one, choice, options), say, complain)
    if sum(one.data is not None for one in pictures) > 1:
        sheet = options.out / f"{choice.name}.{_SUFFIXES[options.format]}"
        _write(sheet, contact_sheet(pictures, options.format))
        say(f"{sheet}  all of them")
    say(f"drawn in {time.perf_counter() - began:.2f} s")
    return _outcome(pictures)


def _outcome(pictures: Sequence[Drawn]) -> int:
    errors = [one.error for one in pictures if one.error is not None]
    if any(isinstance(error, TemplateInvalid | TemplateUnknown) for error in errors):
        return REFUSED
    return FAILED if errors else DONE


def _written(one: Drawn, choice: Choice, options: Options) -> Path | None:
    if one.data is None:
        return None
    file = options.out / f"{choice.name}-{one.page.name}.{_SUFFIXES[options.format]}"
    _write(file, one.data)
    return file


def _write(file: Path, data: bytes) -> None:
    with written_whole(file) as temporary:
        temporary.write_bytes(data)


def _report(one: Drawn, file: Path | None, say: Say, complain: Say) -> None:
    if one.error is not None:
        for line in _told(one.error):
            complain(f"{one.page.name}: {line}")
    if file is None or one.findings is None or one.data is None:
        return
    width, height = one.page.size
    told = [f"{file}  {width}x{height}, {round(len(one.data) / 1000)} kB"]
    if one.findings.faintest is not None:
        told.append(f"contrast {one.findings.faintest.value:.1f} and more ({one.findings.faintest.name})")
    if one.findings.smallest is not None:
        told.append(f"smallest text {one.findings.smallest.value:.1f} pt ({one.findings.smallest.name})")
    say(", ".join(told))
    for warning in one.findings.warnings:
        say(f"  ! {warning}")


def _told(error: RenderError) -> list[str]:
    if isinstance(error, TemplateInvalid):
        return [f"{error.file}: {problem.path}: {problem.message}" for problem in error.problems]
    return [str(error)]
