"""`python -m benchmarks.push_server LATENCY_MS PEM`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from . import serve

asyncio.run(serve(float(sys.argv[1]), Path(sys.argv[2])))
