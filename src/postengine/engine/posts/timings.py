"""Every duration of the engine, so that tests and the demo scale them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_MIN_FENCE_MARGIN = timedelta(seconds=2)
_MIN_PROMOTE_PROOF = timedelta(seconds=1)
_MIN_KEYS_KEPT = timedelta(days=7)


def _minutes(*values: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=value) for value in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long things take, wait and last.

    Attributes:
        stage_lead: A draft is made this long before its time.
        promote_lead: It is promoted this long before its time; 0 is "post now".
        fence_margin: A DELETE proves something only if it was over this long before the post's own date.
        promote_proof: A promote proves something only if it was answered faster than this.
        settle: Longer than a request may run on after its client gave up.
        lease: Work in hand belongs to its owner this long; longer than any time-out inside a step.
        grace_automatic, grace_manual: How late a post may still go out.
        polls: Waits between looks at what became of a promoted post; the last one repeats.
        stuck_after: Queued this long past its date, or gone: a person decides.
        follow: A failed or unconfirmed post is still looked for this long after its date.
        check_every: How often the channels of an account with work ahead are looked at.
        backoff: First wait after a failure that may be repeated; doubled up to `backoff_max`.
        reminders: When the phone rings again, counted from the push.
        remind_before_end: One more time, this long before the handover ends.
        widen_after: No phone has taken the task up for this long: all of the agent's phones ring, and the
            same link goes by e-mail and message.
        reassign_after: Nobody has opened the task of a shared channel for this long: it passes to a
            colleague. 0: never.
        late_yes: A "Yes" for a missed task is still taken this long after its end.
        silent_after: A phone that has not been heard of for this long is an alert.
        watch_every: How often an agent's phones are looked at.
        keys_kept: How long an event's key is remembered, so that its replay gets the same answer.
        drain: How long a process may take to finish what it has in hand.
        skew_limit: A server clock further off than this is an alert and forbids second promotes.
        crash_limit: Work whose owner died this often is quarantined.
        horizon: Postiz is listed this far to both sides of now.
    """

    stage_lead: timedelta = timedelta(hours=24)
    promote_lead: timedelta = timedelta(seconds=300)
    fence_margin: timedelta = timedelta(seconds=20)
    promote_proof: timedelta = timedelta(seconds=5)
    settle: timedelta = timedelta(seconds=60)
    lease: timedelta = timedelta(seconds=90)
    grace_automatic: timedelta = timedelta(hours=2)
    grace_manual: timedelta = timedelta(hours=24)
    polls: tuple[timedelta, ...] = _minutes(1 / 3, 1, 2, 4, 8, 15, 30, 15)
    stuck_after: timedelta = timedelta(minutes=30)
    follow: timedelta = timedelta(hours=24)
    check_every: timedelta = timedelta(minutes=15)
    backoff: timedelta = timedelta(seconds=5)
    backoff_max: timedelta = timedelta(minutes=5)
    reminders: tuple[timedelta, ...] = _minutes(5, 10, 30)
    remind_before_end: timedelta = timedelta(minutes=15)
    widen_after: timedelta = timedelta(minutes=10)
    reassign_after: timedelta = timedelta(0)
    late_yes: timedelta = timedelta(days=3)
    silent_after: timedelta = timedelta(days=3)
    watch_every: timedelta = timedelta(hours=6)
    keys_kept: timedelta = timedelta(days=30)
    drain: timedelta = timedelta(seconds=30)
    skew_limit: timedelta = timedelta(seconds=5)
    crash_limit: int = 5
    horizon: timedelta = timedelta(days=60)

    def __post_init__(self) -> None:
        if self.fence_margin < _MIN_FENCE_MARGIN:
            raise ValueError("fence_margin is at least 2 s: a server's Date header counts whole seconds")
        if self.promote_proof < _MIN_PROMOTE_PROOF:
            raise ValueError("promote_proof is at least 1 s: a healthy server needs that long under load")
        if self.keys_kept < _MIN_KEYS_KEPT:
            raise ValueError("keys_kept is at least 7 days: a phone may tell again what it told before that")

    def backoff_after(self, tries: int) -> timedelta:
        """Return the wait after `tries` failures in a row, at least 1."""
        factor: int = 1 << min(tries - 1, 16)
        return min(self.backoff * factor, self.backoff_max)

    def poll_after(self, polls: int) -> timedelta:
        """Return the wait before the next look, after `polls` of them."""
        return self.polls[min(polls, len(self.polls) - 1)]
