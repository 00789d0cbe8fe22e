"""Outcomes as errors, for those who prefer them."""

from __future__ import annotations

import pytest

from postengine.webpush import (
    Accepted,
    ConfigError,
    DropDevice,
    Outcome,
    PushBusy,
    PushRejected,
    RetryAt,
    SubscriptionGone,
    WebPushError,
    require_accepted,
)


def test_what_was_accepted_comes_back() -> None:
    accepted = Accepted("https://push.example.com/m/1")

    assert require_accepted(accepted) is accepted


@pytest.mark.parametrize(
    ("outcome", "kind", "is_retryable"),
    [
        (DropDevice("410"), SubscriptionGone, False),
        (ConfigError("403"), PushRejected, False),
        (RetryAt(7.0, "429"), PushBusy, True),
    ],
)
def test_each_other_outcome_has_its_error(
    outcome: Outcome, kind: type[WebPushError], is_retryable: bool
) -> None:
    with pytest.raises(kind) as caught:
        require_accepted(outcome)

    assert caught.value.retryable is is_retryable


def test_a_wait_and_a_doubt_are_carried() -> None:
    with pytest.raises(PushBusy) as caught:
        require_accepted(RetryAt(7.0, "500", may_have_happened=True))

    assert (caught.value.retry_after, caught.value.may_have_happened) == (7.0, True)
