"""Trying a template on a listing file: pictures in every shape, and what an eye could miss in them."""

from __future__ import annotations

from .command import main as main
