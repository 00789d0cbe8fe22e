"""`python -m postengine.testing.fcm --port 9099`: the fake as a process, until it is interrupted."""

from __future__ import annotations

import argparse
import signal

from .server import FakeFcm


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m postengine.testing.fcm", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--project", default="fake-project", help="the Firebase project's id")
    parser.add_argument(
        "--strict", action="store_true", help="refuse registrations that were never registered"
    )
    options = parser.parse_args()
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    fake = FakeFcm(port=options.port, project_id=options.project, accepts_unknown=not options.strict)
    fake.start()
    print(f"listening on {fake.url}", flush=True)
    signal.sigwait(ends)
    fake.stop()


if __name__ == "__main__":
    main()
