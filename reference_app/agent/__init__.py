"""The phone's side, mounted: `/agent/v1` of postengine.agent in Flask."""

from __future__ import annotations

from .mount import mount_agent as mount_agent

__all__ = ["mount_agent"]
