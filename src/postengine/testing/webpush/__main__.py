"""`python -m postengine.testing.webpush --port 9098`: the fake as a process, until it is interrupted."""

from __future__ import annotations

import argparse
import signal

from .server import FakePushService


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m postengine.testing.webpush", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    options = parser.parse_args()
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    fake = FakePushService(port=options.port)
    fake.start()
    print(f"listening on {fake.url}", flush=True)
    signal.sigwait(ends)
    fake.stop()


if __name__ == "__main__":
    main()
