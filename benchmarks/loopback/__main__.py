"""`python -m benchmarks.loopback`."""

from __future__ import annotations

from . import main

main()
