"""The first page: what is planned, what went out, and what needs a person."""

from __future__ import annotations

from .pages import dashboard as dashboard

__all__ = ["dashboard"]
