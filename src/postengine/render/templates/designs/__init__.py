"""The templates, one file each: from a sheet to a tree."""

from __future__ import annotations
