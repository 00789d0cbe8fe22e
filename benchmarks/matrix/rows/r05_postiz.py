"""Row 5: everything that Postiz, what is behind it, and a person in its dashboard can do."""

from __future__ import annotations

from datetime import timedelta

import httpx

from benchmarks.matrix.row import Nemesis, Row

_PATH = "/public/v1/posts"
_LATE_S = (0.4, 0.9, 1.5)
_LATE: tuple[dict[str, object], ...] = tuple(
    {"kind": "late_commit", "path": _PATH, "times": None, "probability": 0.02, "delay_s": s, "hangs": False}
    for s in _LATE_S
)
_FAULTS: tuple[dict[str, object], ...] = (
    {"kind": "500_before", "path": _PATH, "times": None, "probability": 0.08},
    {"kind": "500_after", "path": _PATH, "times": None, "probability": 0.10},
    {"kind": "cut_after", "path": _PATH, "times": None, "probability": 0.04},
    {"kind": "drop_after", "path": _PATH, "times": None, "probability": 0.03},
    *_LATE,
)
_STORM = {"kind": "429", "path": f"{_PATH}$", "method": "POST", "times": 3, "delay_s": 4.0}
_OUTAGES = (("redis_down", 1.5), ("temporal_down", 2.0), ("db_down", 1.5), ("app_down", 3.0))


class Postiz(Nemesis):
    """Lets requests fail all along; outages, storms, webhooks and a person's hand come in turns."""

    every_s = 0.7

    def __init__(self) -> None:
        self._turn = 0

    def started(self) -> None:
        """Begin to fail, and tell of successes by empty webhooks."""
        self.house.postiz.ask("POST", "faults", list(_FAULTS))
        for key in self.house.keys:
            self.house.postiz.ask("POST", "webhooks", {"api_key": key, "url": self.house.webhook_url})
        for retry_after_s in (2.0, None):
            failure = {"times": 2, "reason": "Unknown error", "retry_after_s": retry_after_s}
            self.house.postiz.ask("POST", "publish-failures", failure)

    def act(self) -> None:
        """Do the next thing."""
        self._turn += 1
        match self._turn % 6:
            case 1:
                part, seconds = _OUTAGES[self._turn // 6 % len(_OUTAGES)]
                self.house.postiz.take_down(part, seconds)
            case 2:
                self.house.postiz.add_fault(**_STORM)
            case 3:
                forged = {"url": self.house.webhook_url, "body": [{"id": "forged", "state": "PUBLISHED"}]}
                self.house.postiz.ask("POST", "webhooks/send", forged)
            case _:
                self._meddle()

    def end(self) -> None:
        """End the outages; requests go on failing until all has come to its end."""
        for part, _ in _OUTAGES:
            self.house.postiz.take_down(part, 0)

    def _meddle(self) -> None:
        """Edit, move or delete a draft, as a person in the dashboard does."""
        drafts = [
            post for post in self.house.postiz.posts() if post["state"] == "DRAFT" and not post["is_deleted"]
        ]
        if not drafts:
            return
        draft = self.house.chance.choice(drafts)
        verb = self.house.chance.choice(("edit", "move", "delete"))
        later = self.house.ports.store.now() + timedelta(seconds=8)
        body = {"edit": {"content": "by hand"}, "move": {"date": later.isoformat()}, "delete": {}}[verb]
        try:
            self.house.postiz.ask("POST", f"posts/{draft['id']}/{verb}", body)
        except httpx.HTTPStatusError:  # it is gone meanwhile
            return


ROW = Row(
    number=5,
    name="postiz",
    does="500 before and after, late commits, resets, 429 storms, outages, ERROR that later turns "
    "PUBLISHED, empty and forged webhooks, drafts edited, moved and deleted by a person",
    nemesis=Postiz,
    timings={
        "stuck_after": timedelta(seconds=8),
        "polls": tuple(timedelta(seconds=seconds) for seconds in (0.7, 1.5, 3)),
    },
)
