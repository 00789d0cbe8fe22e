"""The engine's Publisher port over the Postiz SDK: translation, and nothing else."""

from __future__ import annotations

from .publisher import PostizPublisher as PostizPublisher

__all__ = ["PostizPublisher"]
