"""`GET /find-slot`: the next of a channel's posting times at which the organisation posts nothing yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from .agenda import Agenda
from .message import Reply, broken, json_reply
from .rows import Account


class Slots:
    """Looks for a free time.

    Attributes:
        stuck_loops: How many searches were begun that never end; a real server does not survive many.
    """

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.stuck_loops = 0

    def find(self, account: Account, integration_id: str) -> Reply:
        """Tell the time, in UTC but without saying so; of a channel that has none, search for ever."""
        channel = account.integrations.get(integration_id)
        if channel is None or channel.is_disabled or channel.is_deleted or not channel.posting_times:
            self.stuck_loops += 1
            return Reply(broken().status, is_endless=True)
        # Drafts and other channels' posts take a slot, too.
        taken = {
            row.publish_date.replace(second=0, microsecond=0) for row in account.rows if not row.is_deleted
        }
        now = self._agenda.server_now
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        slot = _first_free(midnight, now, sorted(channel.posting_times), taken)
        return json_reply(200, {"date": f"{slot:%Y-%m-%dT%H:%M:00}"})


def _first_free(midnight: datetime, now: datetime, times: list[int], taken: set[datetime]) -> datetime:
    while True:
        for minutes in times:
            slot = midnight + timedelta(minutes=minutes)
            if slot > now and slot not in taken:
                return slot
        midnight += timedelta(days=1)
