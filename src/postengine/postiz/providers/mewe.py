"""MeWe: a group is named where it is posted to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postengine.postiz.problem import Problem

from .generated import MeWeSettings as GeneratedMeWeSettings

__all__ = ["MeWeSettings"]


class MeWeSettings(GeneratedMeWeSettings):
    """Settings of MeWe.

    Attributes:
        post_type: The timeline, or a group.
        group: Its id, see the tool `groups`.
    """

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield that a post to a group names the group."""
        if values.get("postType") == "group" and not values.get("group"):
            yield Problem("settings.group", "missing", "A post to a group needs the group's id; set group.")
