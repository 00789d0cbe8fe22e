"""`python -m postengine.render preview TEMPLATE --listing FILE`, and `… templates`."""

from __future__ import annotations

import sys

from postengine.render.preview import main


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], print, _complain))
