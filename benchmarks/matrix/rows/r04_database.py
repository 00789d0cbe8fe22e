"""Row 4: PostgreSQL restarts without a shutdown three times; with SQLite, a writer dies in a transaction."""

from __future__ import annotations

import time

from benchmarks.matrix.house import Node
from benchmarks.matrix.row import Nemesis, Row
from benchmarks.matrix.servers import SqliteFile

_IN_THE_MIDDLE_S = 1.0


class DatabaseBreaker(Nemesis):
    """Restarts the server, or kills who holds SQLite's only write lock."""

    times = 3

    def act(self) -> None:
        """Break it."""
        if not isinstance(self.house.database, SqliteFile):
            self.house.database.restart()
            return
        writer = Node("half-writer", "half-writer")
        self.house.begin(writer)
        time.sleep(_IN_THE_MIDDLE_S)
        self.house.kill(writer)

    def spared(self) -> list[str]:
        """Tell if no writer ever was in the middle."""
        log = self.house.log.read_text(encoding="utf-8")
        is_harmed = "half-writer: in the middle" in log or not isinstance(self.house.database, SqliteFile)
        return [] if is_harmed else ["nobody was killed in the middle of a transaction"]


ROW = Row(
    number=4,
    name="database",
    does="PostgreSQL restarts with `-m immediate` thrice; SQLite's writer gets a SIGKILL in a transaction",
    nemesis=DatabaseBreaker,
)
