"""Every row of the fault matrix on both databases, and proof that its count can fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.faults import SHOWN_BY, Matrix
from benchmarks.matrix.play import Run
from benchmarks.matrix.rows import ROWS
from reference_app.settings import Sabotage

_POSTS = 200
_POSTS_OF_A_BROKEN_ONE = 60
_STORES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """What runs share; the database's server is begun by the first that needs it."""
    folder = tmp_path_factory.mktemp("faults")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # a database server of root's runs as somebody else
    matrix = Matrix(folder)
    yield matrix
    matrix.stop()


@pytest.mark.parametrize("store", _STORES)
@pytest.mark.parametrize("row", ROWS)
def test_nothing_is_lost_and_nothing_doubled(matrix: Matrix, row: str, store: str) -> None:
    tally = matrix.run(Run(row=row, store=store, seed=1, posts=_POSTS)).tally

    assert (tally.lost, tally.duplicates, tally.oddities, tally.spared) == (0, 0, (), ())


@pytest.mark.parametrize(("how", "row"), SHOWN_BY.items())
def test_a_broken_service_is_found_out(matrix: Matrix, how: Sabotage, row: str) -> None:
    tally = matrix.run(Run(row=row, store="sqlite", seed=1, posts=_POSTS_OF_A_BROKEN_ONE, sabotage=how)).tally

    assert tally.lost + tally.duplicates > 0
