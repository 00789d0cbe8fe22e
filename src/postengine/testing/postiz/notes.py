"""The notifications of the dashboard."""

from __future__ import annotations

from datetime import datetime

from .rows import Account, iso_ms


def note(account: Account, content: str, now: datetime) -> None:
    """Tell the people of an organisation something."""
    account.notifications.append(
        {
            "id": f"note-{len(account.notifications) + 1}",
            "content": content,
            "link": None,
            "createdAt": iso_ms(now),
        }
    )
