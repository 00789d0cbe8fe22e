"""How a notice reads."""

from __future__ import annotations

from postengine.engine.trouble.telling import Notice
from postengine.engine.trouble.value import Trouble


def headline(notice: Notice) -> str:
    """Return what has happened in one line: the gravest, and how many there are beside it."""
    first, others = notice.troubles[0], len(notice.troubles) - 1 + notice.more
    beside = f" (and {others} more)" if others else ""
    return f"postengine: {first.code.replace('_', ' ')}: {first.what}{beside}"


def paragraphs(notice: Notice) -> list[str]:
    """Return a paragraph for each trouble: what, since when, the evidence, the remedy."""
    told = [_paragraph(one) for one in notice.troubles]
    return [*told, f"{notice.more} more are shown by the service."] if notice.more else told


def _paragraph(one: Trouble) -> str:
    since = f"since {one.since:%Y-%m-%d %H:%M:%S} UTC"
    lines = [f"{one.code.replace('_', ' ').upper()} ({one.subject} {one.subject_id}, {since})", one.what]
    lines += [f"- {line}" for line in one.evidence]
    return "\n".join([*lines, f"What to do: {one.remedy}"])
