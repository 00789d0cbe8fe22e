"""The root of every error that postengine raises.

    PostEngineError              retryable · may_have_happened · in_flight · retry_after
    ├─ PostizError               postengine.postiz.errors
    ├─ FcmError                  postengine.fcm.errors
    ├─ WebPushError              postengine.webpush.errors
    ├─ RenderError               postengine.render.errors
    └─ PostError                 postengine.engine.posts.errors

Callers decide by the four attributes, never by lists of classes.
"""

from __future__ import annotations

from typing import ClassVar


class PostEngineError(Exception):
    """Something postengine was asked to do could not be done.

    Attributes:
        retryable: The same request may succeed later, and sending it again does no harm.
        may_have_happened: The other side may have done what was asked, although it did not say so.
        in_flight: The request may still be executed after this error was raised.
        retry_after: Seconds to wait before the next try, where the other side named them.
    """

    retryable: ClassVar[bool] = False
    may_have_happened: bool = False
    in_flight: bool = False
    retry_after: float | None = None
