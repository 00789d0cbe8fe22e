"""The networks behind Postiz: a journal of what they received, written by nobody else."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from .rows import NetworkEntry


class Network:
    """Keeps what the networks received, in memory and as JSON lines.

    Args:
        log: The file to add lines to; each is flushed before anything else happens.
    """

    def __init__(self, log: Path | None) -> None:
        self.entries: list[NetworkEntry] = []
        self._log = log

    def receive(self, entry: NetworkEntry) -> None:
        """Take a post."""
        self.entries.append(entry)
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry.line()) + "\n")

    def duplicates(self) -> int:
        """Count the posts that a request of the API made a network receive once more.

        A pair of channel and ref counts from its second entry on. What carries no ref, what the server
        repeated by itself and what a person did in its dashboard do not count.
        """
        seen = Counter(
            (entry.integration, entry.ref)
            for entry in self.entries
            if entry.ref is not None and entry.by in {"promote", "create"}
        )
        return sum(times - 1 for times in seen.values())
