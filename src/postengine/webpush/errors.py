"""What may go wrong around Web Push.

    PostEngineError
    └─ WebPushError
       ├─ MessageInvalid       + field: the message breaks a rule; nothing was sent
       ├─ SubscriptionInvalid  + field: nothing can ever be sent to this subscription
       ├─ VapidInvalid         + field: the keys or the subject that we sign with cannot be used
       ├─ SubscriptionGone     by `require_accepted`: delete the subscription
       ├─ PushRejected         by `require_accepted`: the configuration is wrong
       └─ PushBusy             by `require_accepted`: retryable, may_have_happened, retry_after

`WebPushClient.send` does not raise for what a push service answers: it returns an `Outcome`.
"""

from __future__ import annotations

from postengine.errors import PostEngineError


class WebPushError(PostEngineError):
    """The root of this room's errors."""


class _FieldInvalid(WebPushError):
    """Something given to us cannot be used.

    Attributes:
        field: Path of the field, such as `notification.title`.
        problem: What was expected, what came, and how to put it right.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class MessageInvalid(_FieldInvalid):
    """A message breaks a rule of push services or of browsers."""


class SubscriptionInvalid(_FieldInvalid):
    """A subscription is malformed, or leads where we do not call; its values are not in the text."""


class VapidInvalid(_FieldInvalid):
    """The keys or the subject that name us to push services cannot be used; a person has to put it right."""


class SubscriptionGone(WebPushError):
    """The subscription will never receive a message again: delete it."""


class PushRejected(WebPushError):
    """The push service refuses what we send, for a reason that trying again does not cure."""


class PushBusy(WebPushError):
    """The push service could not take the message now.

    Attributes:
        retry_after: Seconds to wait.
        may_have_happened: The message may have been taken nevertheless.
    """

    retryable = True

    def __init__(self, problem: str, *, retry_after: float, may_have_happened: bool) -> None:
        super().__init__(problem)
        self.retry_after = retry_after
        self.may_have_happened = may_have_happened
