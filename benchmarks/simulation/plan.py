"""What a run is asked for: a seed, and what of its troubles is left out. Shrinking makes it smaller."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from postengine.engine.posts.timings import Timings
from postengine.testing.postiz import FaultKind

FAULTS: tuple[FaultKind, ...] = (
    "500_before",
    "500_after",
    "late_commit",
    "drop_after",
    "drop_before",
    "cut_after",
    "slow",
    "proxy_502",
    "empty_401",
)
TROUBLES: tuple[str, ...] = (
    *FAULTS,
    "hollow_delete",
    "crash",
    "freeze",
    "lost_message",
    "doubled_message",
    "late_message",
    "outage",
    "failed_publish",
    "hand",
    "skewed_hosts",
    "restore",
    "push",
)
"""Each can be switched off by its name."""

TIMINGS = Timings(
    stage_lead=timedelta(seconds=240),
    promote_lead=timedelta(seconds=60),
    fence_margin=timedelta(seconds=10),
    promote_proof=timedelta(seconds=2),
    settle=timedelta(seconds=20),
    lease=timedelta(seconds=60),
    grace_automatic=timedelta(seconds=300),
    grace_manual=timedelta(seconds=400),
    polls=tuple(timedelta(seconds=span) for span in (5, 10, 20, 60, 120)),
    stuck_after=timedelta(seconds=120),
    follow=timedelta(seconds=900),
    backoff=timedelta(seconds=1),
    backoff_max=timedelta(seconds=20),
    reminders=(timedelta(seconds=60), timedelta(seconds=120)),
    remind_before_end=timedelta(seconds=60),
    widen_after=timedelta(seconds=90),
    check_every=timedelta(seconds=600),
)
CALM_AFTER = timedelta(seconds=480)
"""From then on nothing breaks any more, and all that is left has to come to its end."""


@dataclass(frozen=True, kw_only=True)
class Odds:
    """How often things go wrong; a profile.

    Attributes:
        fault: Of all requests about posts.
        crash, freeze: At each point where a process may die or stand still.
        outage, restore, failed_publish: Of all seeds.
        deeds: The most that an operator does.
        hands: The most that a person does in Postiz.
        message: Of each of being lost, doubled and late, for each message.
        push: Of all pushes.
        deed: What the operator likes best.
        trapped: Of all deeds, those that come while a request is on its way.
    """

    fault: float = 0.15
    crash: float = 0.004
    freeze: float = 0.004
    message: float = 0.05
    outage: float = 0.2
    restore: float = 0.1
    failed_publish: float = 0.25
    push: float = 0.2
    hands: int = 2
    deeds: int = 8
    trapped: float = 0.4
    deed: str = ""


PROFILES = {
    "usual": Odds(),
    "restores": Odds(restore=1.0, deeds=10),
    "hands": Odds(hands=8, fault=0.05),
    "edits": Odds(deed="edit", deeds=12, fault=0.3, hands=0),
    "cancels": Odds(deed="cancel", deeds=10, fault=0.2, hands=0),
    "pauses": Odds(deed="pause", deeds=10, freeze=0.02, hands=0),
    "frozen": Odds(freeze=0.03, crash=0.02, fault=0.05),
}
"""`usual` is what the whole run uses; the others favour one kind of trouble."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One run.

    Attributes:
        posts: The most posts; the seed may ask for fewer.
        without: Names of `TROUBLES` that are switched off.
        deeds: The most deeds of the operator; the seed may ask for fewer.
        profile: One of `PROFILES`.
    """

    seed: int
    posts: int = 5
    without: frozenset[str] = field(default_factory=frozenset)
    deeds: int = 99
    profile: str = "usual"

    @property
    def odds(self) -> Odds:
        """The odds of its profile."""
        return PROFILES[self.profile]

    def chance(self, purpose: str) -> random.Random:
        """Return dice for one purpose: what is switched off for another changes none of their throws."""
        return random.Random(f"{self.seed}:{purpose}")

    def has(self, trouble: str) -> bool:
        """Whether a kind of trouble is switched on."""
        return trouble not in self.without
