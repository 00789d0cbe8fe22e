"""What a listing of Postiz says about one delivery: a pure function over evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from postengine.engine.ports import Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, RemotePost
from postengine.engine.posts.timings import Timings


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What we know of a delivery's posts at Postiz before looking.

    Attributes:
        remotes: Posts that we made and have not seen gone.
        creates: Attempts to make one, in this occurrence.
        failed_ids: Posts whose promote request Postiz itself answered with an error.
        is_restored: It was planned before the database was restored: a lost one may have gone on with it.
    """

    delivery: Delivery
    remotes: Sequence[RemotePost]
    creates: Sequence[Attempt]
    failed_ids: frozenset[str] = frozenset()
    is_restored: bool = False

    @property
    def lost(self) -> Sequence[Attempt]:
        """The creations that may have been done without our knowing it."""
        return [attempt for attempt in self.creates if attempt.may_have_happened]

    @property
    def may_be_at_postiz(self) -> bool:
        """Whether Postiz may have a post of it, made by us or by a database that is lost."""
        return bool(self.remotes) or bool(self.lost) or self.is_restored

    def remote(self, remote_id: str | None) -> RemotePost | None:
        """Return what we know of the post with this id, or None if we never made it."""
        return next((row for row in self.remotes if row.id == remote_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The listing's posts that concern the delivery, sorted by what has to be done about them.

    Attributes:
        current: The one that we would promote, in whatever state it is.
        adoptable: A draft of ours, with the right rev and date, that we had not known of.
        strays: Drafts of ours that nobody needs: delete.
        rivals: Ours and queued, with time left: delete as a fence.
        out: Ours and published, failed, or past its date: what became of it is for a person to say.
        copies: Bearing our mark, but not made by us: a person's; never touched.
    """

    current: Seen | None
    adoptable: Seen | None
    strays: tuple[Seen, ...]
    rivals: tuple[Seen, ...]
    out: tuple[Seen, ...]
    copies: tuple[Seen, ...]


def judge(evidence: Evidence, sighting: Sighting, timings: Timings) -> Verdict:
    """Sort what `sighting` shows of the delivery."""
    delivery = evidence.delivery
    current: Seen | None = None
    adoptable: Seen | None = None
    strays: list[Seen] = []
    rivals: list[Seen] = []
    out: list[Seen] = []
    copies: list[Seen] = []
    for seen in _concerning(evidence, sighting):
        if not _is_ours(evidence, seen):
            copies.append(seen)
        elif seen.id == delivery.remote_id:
            current = seen
        elif seen.state == "DRAFT":
            if adoptable is None and _is_adoptable(evidence, seen):
                adoptable = seen
            else:
                strays.append(seen)
        elif seen.state == "QUEUE" and _has_time(seen, sighting.server_time, timings):
            rivals.append(seen)
        else:
            out.append(seen)
    if current is not None and current.state == "DRAFT" and adoptable is not None:
        strays.append(adoptable)
        adoptable = None
    return Verdict(
        current=current,
        adoptable=adoptable,
        strays=tuple(strays),
        rivals=tuple(rivals),
        out=tuple(out),
        copies=tuple(copies),
    )


def _concerning(evidence: Evidence, sighting: Sighting) -> list[Seen]:
    known = {row.id for row in evidence.remotes}
    return [seen for seen in sighting.posts if seen.id in known or seen.ref == evidence.delivery.ref]


def _is_ours(evidence: Evidence, seen: Seen) -> bool:
    """Whether we made it: a known id, or the answer to one of our creations that never reached us.

    Each creation writes its attempt's id into the mark. A person's copy bears the mark of an attempt
    that was answered with another id. A mark of an attempt that is not on record is from a lost database.
    """
    if evidence.remote(seen.id) is not None:
        return True
    attempt = next((row for row in evidence.creates if row.id == seen.attempt), None)
    if attempt is None:
        return not seen.is_by_hand and (evidence.is_restored or not evidence.creates)
    return attempt.may_have_happened and not seen.is_by_hand


def _is_adoptable(evidence: Evidence, seen: Seen) -> bool:
    delivery = evidence.delivery
    known = evidence.remote(seen.id)
    is_dead = known is not None and (known.is_dead or known.asked_at is not None)
    return not is_dead and seen.rev == delivery.rev and seen.publish_at == delivery.due_at


def _has_time(seen: Seen, server_time: datetime, timings: Timings) -> bool:
    return server_time < seen.publish_at - timings.fence_margin
