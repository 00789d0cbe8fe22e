"""The hourly sweep, which starts again what is overdue; a server runs it only where RUN_CRON is set."""

from __future__ import annotations

from datetime import timedelta

from .agenda import Agenda
from .publishing import Publishing
from .store import Store

_HOUR = timedelta(hours=1)
_LATEST = timedelta(hours=48)


class Sweep:
    """Every hour of the server, starts the queued posts that were due within the last 48 hours."""

    def __init__(self, store: Store, agenda: Agenda, publishing: Publishing) -> None:
        self._store = store
        self._agenda = agenda
        self._publishing = publishing
        self._is_on = False

    def switch(self, *, on: bool) -> None:
        """Set or unset RUN_CRON; the first sweep is an hour away."""
        if on and not self._is_on:
            self._agenda.after(_HOUR, self._sweep)
        self._is_on = on

    def _sweep(self) -> None:
        if not self._is_on:
            return
        now = self._agenda.server_now
        for post in list(self._store.posts.values()):
            channel = post.integration
            is_healthy = not (channel.is_disabled or channel.is_refresh_needed or channel.is_deleted)
            is_overdue = post.state == "QUEUE" and now - _LATEST <= post.publish_date < now
            is_root = post.parent_id is None and not post.is_deleted
            if is_healthy and is_overdue and is_root and not self._publishing.has_run(post.id):
                self._publishing.start(post, "server-sweep")
        self._agenda.after(_HOUR, self._sweep)
