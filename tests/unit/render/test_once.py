from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from postengine.render.once import made_once

MAKER = """
import sys, time
from pathlib import Path
from postengine.render.once import made_once

folder, name = Path(sys.argv[1]), sys.argv[2]

def make(path):
    with open(folder / "made.txt", "a") as record:
        record.write("made\\n")
    path.write_bytes(b"half")
    while not (folder / "go").exists():
        time.sleep(0.005)
    path.write_bytes(b"whole")

print("asks", flush=True)
print(made_once(folder / "assets", name, make).read_bytes().decode(), flush=True)
"""


def maker(folder: Path, name: str = "card.jpg") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MAKER, str(folder), name], stdout=subprocess.PIPE, text=True
    )


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "It did not come true in 20 s."
        time.sleep(0.005)


def content(text: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(text)

    return make


def never(path: Path) -> None:
    raise AssertionError(path)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_made_and_then_found(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "assets"

    made = made_once(folder, "card.jpg", content(b"whole"))
    found = made_once(folder, "card.jpg", never)

    assert made == found == folder / "card.jpg"
    assert made.read_bytes() == b"whole"
    assert files(folder) == ["card.jpg"]


def test_threads_that_ask_together_have_it_made_once(tmp_path: Path) -> None:
    made: list[Path] = []
    together = threading.Barrier(8)

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"whole")

    def ask(_: int) -> bytes:
        together.wait(20)
        return made_once(tmp_path, "card.jpg", make).read_bytes()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(8)))

    assert answers == [b"whole"] * 8
    assert len(made) == 1
    assert files(tmp_path) == ["card.jpg"]


def test_processes_that_ask_together_have_it_made_once(tmp_path: Path) -> None:
    makers = [maker(tmp_path) for _ in range(4)]
    for process in makers:
        assert process.stdout is not None
        assert process.stdout.readline() == "asks\n"
    (tmp_path / "go").touch()

    answers = [process.communicate(timeout=30)[0] for process in makers]

    assert answers == ["whole\n"] * 4
    assert (tmp_path / "made.txt").read_text() == "made\n"
    assert files(tmp_path / "assets") == ["card.jpg"]


def killed_while_making(folder: Path, name: str = "card.jpg") -> None:
    with maker(folder, name) as process:
        wait_for(lambda: any(path.stat().st_size for path in (folder / "assets").glob(".*.part")))
        process.kill()
    assert len(files(folder / "assets")) == 2


def test_the_next_in_line_makes_it_when_the_maker_is_killed(tmp_path: Path) -> None:
    with maker(tmp_path) as first:
        wait_for(lambda: any(path.stat().st_size for path in (tmp_path / "assets").glob(".*.part")))
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(made_once, tmp_path / "assets", "card.jpg", content(b"second"))
            first.kill()
            made = waiting.result(30)

    assert made.read_bytes() == b"second"
    assert files(tmp_path / "assets") == ["card.jpg"]


def test_what_a_dead_maker_left_goes_with_the_same_file(tmp_path: Path) -> None:
    killed_while_making(tmp_path)
    working = tmp_path / "assets" / ".card-abcdefgh.jpg.part"
    working.mkdir()
    (working / "sound.m4a").write_bytes(b"half")

    made_once(tmp_path / "assets", "card.jpg", content(b"second"))

    assert files(tmp_path / "assets") == ["card.jpg"]


def test_what_a_dead_maker_left_goes_with_the_next_file(tmp_path: Path) -> None:
    killed_while_making(tmp_path, "card[1].jpg")

    made_once(tmp_path / "assets", "other.png", content(b"other"))

    assert files(tmp_path / "assets") == ["other.png"]


def test_what_a_living_maker_works_on_is_left_alone(tmp_path: Path) -> None:
    with maker(tmp_path) as process:
        wait_for(lambda: any(path.stat().st_size for path in (tmp_path / "assets").glob(".*.part")))
        made_once(tmp_path / "assets", "other.png", content(b"other"))
        made_once(tmp_path / "assets", "card.png", content(b"other"))
        (tmp_path / "go").touch()
        out, _ = process.communicate(timeout=30)

    assert out == "asks\nwhole\n"
    assert files(tmp_path / "assets") == ["card.jpg", "card.png", "other.png"]


def test_a_maker_that_fails_leaves_nothing_and_the_next_one_tries(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise KeyError("photo")

    with pytest.raises(KeyError, match="photo"):
        made_once(tmp_path, "card.jpg", fail)

    assert files(tmp_path) == []
    assert made_once(tmp_path, "card.jpg", content(b"whole")).read_bytes() == b"whole"


def test_a_file_may_need_another_made_once(tmp_path: Path) -> None:
    def make(path: Path) -> None:
        photo = made_once(tmp_path, "photo.jpg", content(b"photo"))
        path.write_bytes(photo.read_bytes() + b" in a card")

    assert made_once(tmp_path, "card.jpg", make).read_bytes() == b"photo in a card"
    assert files(tmp_path) == ["card.jpg", "photo.jpg"]


@pytest.mark.parametrize("replaced", [False, True], ids=["gone", "another's"])
def test_a_lock_that_was_taken_away_meanwhile_is_asked_for_again(tmp_path: Path, *, replaced: bool) -> None:
    lock = tmp_path / ".making" / "card.jpg"
    lock.parent.mkdir()
    with lock.open("w") as held, ThreadPoolExecutor(1) as threads:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = threads.submit(made_once, tmp_path, "card.jpg", content(b"whole"))
        wait_for(lambda: holders(lock) > 1)
        lock.unlink()
        if replaced:
            lock.touch()
        fcntl.flock(held, fcntl.LOCK_UN)
        made = waiting.result(30)

    assert made.read_bytes() == b"whole"
    assert files(tmp_path) == ["card.jpg"]


def holders(lock: Path) -> int:
    """How many descriptors of this process are open on a file."""
    links = Path("/proc/self/fd").iterdir()
    return sum(link.exists() and link.samefile(lock) for link in links)


@pytest.mark.parametrize("name", ["", "..", "a/b.jpg", "/b.jpg", ".", ".making"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="without folders"):
        made_once(tmp_path, name, never)
