"""Sending a counted request within the hourly budget."""

from __future__ import annotations

from http import HTTPStatus
from typing import TypeVar

from postengine.postiz.budget import Budget
from postengine.postiz.call import Call
from postengine.postiz.carrying.answer import Answer
from postengine.postiz.carrying.conversation import Conversation, ask
from postengine.postiz.errors import (
    PostizBudgetSpent,
    PostizBusy,
    PostizError,
    PostizOutage,
    PostizStatusError,
    PostizUnreachable,
)

T = TypeVar("T")

_NOT_COUNTED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
# What a 429 without a Retry-After stands for.
_BLOCK_S = 3600.0


def spend(
    budget: Budget | None, account: str, call: Call[T], *, tenant: str | None, is_due_now: bool
) -> Conversation[Answer[T]]:
    """Send `call`, which Postiz counts, if the budget grants it.

    Raises:
        PostizBudgetSpent: It does not; nothing was sent.
        PostizError: As `ask` does.
    """
    if budget is None:
        return (yield from ask(call))
    wait_s = budget.take(account, tenant, is_due_now=is_due_now)
    if wait_s > 0:
        raise PostizBudgetSpent(
            f"{call.method} {call.path} was not sent: it has to wait {wait_s:.0f} s for the hourly limit.",
            retry_after=wait_s,
        )
    try:
        answer = yield from ask(call)
    except PostizBusy as busy:
        budget.settle(account, is_counted=True, retry_after=busy.retry_after or _BLOCK_S)
        raise
    except PostizError as error:
        told = error.rate_limit if isinstance(error, PostizStatusError) else None
        budget.settle(account, is_counted=_is_counted(error), rate_limit=told)
        raise
    except BaseException:  # cancelled, or the caller gave up: it may be on its way
        budget.settle(account, is_counted=True)
        raise
    budget.settle(account, is_counted=True, rate_limit=answer.rate_limit)
    return answer


def _is_counted(error: PostizError) -> bool:
    """Tell whether Postiz counted the request; in doubt it did."""
    if isinstance(error, PostizStatusError):
        is_unread = error.status_code == HTTPStatus.BAD_REQUEST and error.rate_limit is None
        return error.status_code not in _NOT_COUNTED and not is_unread
    is_empty_401 = isinstance(error, PostizOutage) and error.status_code == HTTPStatus.UNAUTHORIZED
    return not (isinstance(error, PostizUnreachable) or is_empty_401)
