"""Errors of a store's machinery; what its rows forbid are the engine's own `PostError`s.

StoreError
├─ StoreUnavailable   no connection, a lock or a deadlock: the same again may succeed
├─ StoreOutdated      a table or column is missing: the migrations have not been run
├─ StoreNotJoined     the caller's connection has no usable transaction to write in
├─ StoreRefused       the database does not take this value or statement
└─ BackupImpossible   the copy cannot be made, or not there
"""

from __future__ import annotations

from typing import ClassVar

from postengine.errors import PostEngineError


class StoreError(PostEngineError):
    """The store's database did not do what it was asked.

    Attributes:
        cause: Name of the vendor's error.
    """

    def __init__(self, cause: str, message: str) -> None:
        super().__init__(message)
        self.cause = cause


class StoreUnavailable(StoreError):
    """The database cannot be reached, is locked, or chose this transaction to end a deadlock.

    Attributes:
        may_have_happened: The connection broke during the commit, so that its outcome is unknown.
    """

    retryable: ClassVar[bool] = True

    def __init__(self, cause: str, *, was_committing: bool = False) -> None:
        doubt = "; whether it was committed is unknown" if was_committing else ""
        super().__init__(cause, f"the store's database is not available just now ({cause}){doubt}; try again")
        self.may_have_happened = was_committing


class StoreOutdated(StoreError):
    """The database lacks a table or a column."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause, "the store's database lacks a table or column; run the migrations (migrate)")


class StoreNotJoined(StoreError):
    """A caller's connection was given that has no transaction open, or one that has failed."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            cause, f"the given connection is in no usable transaction ({cause}); begin one first"
        )


class StoreRefused(StoreError):
    """The database does not take this value or statement, and will not later either."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            cause, f"the store's database refused the statement ({cause}); check the row's values"
        )


class BackupImpossible(StoreError):
    """A copy of the database could not be made."""

    def __init__(self, cause: str, why: str) -> None:
        super().__init__(cause, f"no backup was made: {why}")
