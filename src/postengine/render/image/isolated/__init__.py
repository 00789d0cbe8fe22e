"""Drawing in child processes that may hang, crash or eat memory without harm to their parent."""

from __future__ import annotations

from .renderer import IsolatedRenderer as IsolatedRenderer
