"""A count that grows while the service lives, in the database and in the data folder beside it.

A database that has counted less than its folder is older than what was last seen of it: it was restored from
a backup. The count is no time, so a clock that is set back changes nothing.
"""

from __future__ import annotations

from postengine.engine.ports import Ports
from postengine.engine.posts.record import Mark

from .marks import set_mark
from .settings import Settings

_NAME = "heartbeat"


class Heartbeat:
    """Counts on, and knows when the database has fallen behind.

    Args:
        settings: Say where the data folder is, which all machines of an installation share.
        ports: Reach the database.
    """

    def __init__(self, settings: Settings, ports: Ports) -> None:
        self._file = settings.data_dir / _NAME
        self._ports = ports

    def beat(self) -> None:
        """Count on: in the database first, so that a crash between the two leaves only the folder behind."""
        with self._ports.store.transaction() as tx:
            known = tx.get(Mark, _NAME, lock=True)
            count = _count(known) + 1
            set_mark(tx, _NAME, str(count))
        if count > self._seen():
            self._remember(count)

    def is_behind(self) -> bool:
        """Whether the database has counted less than was seen of it before."""
        seen = self._seen()  # first: others count on meanwhile
        return self._in_database() < seen

    def accept(self) -> None:
        """Take the database's count for the right one, whatever was seen before."""
        self._remember(self._in_database())

    def _in_database(self) -> int:
        with self._ports.store.transaction() as tx:
            return _count(tx.get(Mark, _NAME))

    def _seen(self) -> int:
        return int(self._file.read_text(encoding="utf-8")) if self._file.exists() else 0

    def _remember(self, count: int) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_name(f"{self._file.name}.new")
        draft.write_text(str(count), encoding="utf-8")
        draft.replace(self._file)


def _count(mark: Mark | None) -> int:
    return 0 if mark is None else int(mark.value)
