"""A post's status, derived from its deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from .states import ENDED, DeliveryState, PostStatus

_S = DeliveryState
_GRAVEST_FIRST = (
    (_S.FAILED, PostStatus.FAILED),
    (_S.DECLINED, PostStatus.DECLINED),
    (_S.MISSED, PostStatus.MISSED),
)
_NOT_BEGUN = frozenset({_S.PLANNED, _S.STAGED})


def post_status(states: Sequence[DeliveryState], *, is_approved: bool) -> PostStatus:
    """Return the status of a post whose deliveries are in `states`.

    Deliveries that we cancelled are left out, unless all are.

    >>> post_status([DeliveryState.PUBLISHED, DeliveryState.CANCELLED], is_approved=True)
    <PostStatus.PUBLISHED: 'published'>
    """
    counted = [state for state in states if state is not _S.CANCELLED]
    if not counted:
        return PostStatus.CANCELLED
    if not is_approved and not all(state is _S.MISSED for state in counted):
        return PostStatus.DRAFT
    if all(state in _NOT_BEGUN for state in counted):
        return PostStatus.PENDING
    if any(state not in ENDED for state in counted):
        return PostStatus.DISTRIBUTING
    if all(state is _S.PUBLISHED for state in counted):
        return PostStatus.PUBLISHED
    if _S.PUBLISHED in counted:
        return PostStatus.PARTIAL
    return next(status for state, status in _GRAVEST_FIRST if state in counted)
