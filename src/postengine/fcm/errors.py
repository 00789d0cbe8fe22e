"""What may go wrong around Firebase Cloud Messaging.

    PostEngineError
    └─ FcmError
       ├─ MessageInvalid       + field: the message breaks a rule of FCM; nothing was sent
       ├─ CredentialsInvalid   no access token is to be had with these credentials
       ├─ TokenServerBusy      the token server cannot be reached or is down; retryable, retry_after
       ├─ FcmTokenGone         by `require_delivered`: the registration is dead, delete the device
       ├─ FcmRejected          by `require_delivered`: the configuration is wrong
       ├─ FcmExpired           by `require_delivered`: the next try would come too late; may_have_happened
       └─ FcmBusy              by `require_delivered`: retryable, may_have_happened, retry_after

`FcmClient.send` does not raise for what FCM answers: it returns an `Outcome`.
"""

from __future__ import annotations

from postengine.errors import PostEngineError


class FcmError(PostEngineError):
    """The root of this room's errors."""


class MessageInvalid(FcmError):
    """A message breaks a rule of FCM.

    Attributes:
        field: Path of the field in the wire's words, such as `android.notification.tag`.
        problem: What was expected and what came.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class CredentialsInvalid(FcmError):
    """The credentials are malformed, revoked or refused; a person has to put it right."""


class TokenServerBusy(FcmError):
    """The token server did not answer, or said that it is overloaded; no message was sent."""

    retryable = True

    def __init__(self, problem: str, *, retry_after: float | None = None) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


class FcmTokenGone(FcmError):
    """The registration will never receive a message again: delete it."""


class FcmRejected(FcmError):
    """FCM refuses what we send, for a reason that trying again does not cure."""


class FcmExpired(FcmError):
    """FCM could not take the message while it made sense.

    Attributes:
        may_have_happened: The message may have been taken nevertheless.
    """

    def __init__(self, problem: str, *, may_have_happened: bool) -> None:
        super().__init__(problem)
        self.may_have_happened = may_have_happened


class FcmBusy(FcmError):
    """FCM could not take the message now.

    Attributes:
        retry_after: Seconds to wait.
        may_have_happened: The message may have been taken nevertheless.
    """

    retryable = True

    def __init__(self, problem: str, *, retry_after: float, may_have_happened: bool) -> None:
        super().__init__(problem)
        self.retry_after = retry_after
        self.may_have_happened = may_have_happened
