"""A post's status, from its deliveries'."""

from __future__ import annotations

import pytest

from postengine.engine.posts.states import DeliveryState, PostStatus
from postengine.engine.posts.status import post_status

_S, _P = DeliveryState, PostStatus


@pytest.mark.parametrize(
    ("states", "is_approved", "expected"),
    [
        ([], True, _P.CANCELLED),
        ([_S.CANCELLED, _S.CANCELLED], True, _P.CANCELLED),
        ([_S.CANCELLED], False, _P.CANCELLED),
        ([_S.PLANNED], False, _P.DRAFT),
        ([_S.PLANNED, _S.MISSED], False, _P.DRAFT),
        ([_S.MISSED, _S.CANCELLED], False, _P.MISSED),
        ([_S.PLANNED, _S.STAGED], True, _P.PENDING),
        ([_S.STAGED, _S.CANCELLED], True, _P.PENDING),
        ([_S.PLANNED, _S.PROMOTED], True, _P.DISTRIBUTING),
        ([_S.PLANNED, _S.PUBLISHED], True, _P.DISTRIBUTING),
        ([_S.UNCONFIRMED, _S.PUBLISHED], True, _P.DISTRIBUTING),
        ([_S.NOTIFIED], True, _P.DISTRIBUTING),
        ([_S.OPENED], True, _P.DISTRIBUTING),
        ([_S.SHARED], True, _P.DISTRIBUTING),
        ([_S.PUBLISHED, _S.PUBLISHED], True, _P.PUBLISHED),
        ([_S.PUBLISHED, _S.CANCELLED], True, _P.PUBLISHED),
        ([_S.PUBLISHED, _S.FAILED], True, _P.PARTIAL),
        ([_S.PUBLISHED, _S.MISSED], True, _P.PARTIAL),
        ([_S.MISSED, _S.FAILED, _S.DECLINED], True, _P.FAILED),
        ([_S.MISSED, _S.DECLINED], True, _P.DECLINED),
        ([_S.MISSED], True, _P.MISSED),
    ],
)
def test_post_status(states: list[DeliveryState], is_approved: bool, expected: PostStatus) -> None:
    assert post_status(states, is_approved=is_approved) is expected
