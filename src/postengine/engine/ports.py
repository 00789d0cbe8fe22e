"""What the engine needs from outside, as protocols; adapters fill them in, and so may you."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from postengine.clock import Clock, SystemClock
from postengine.ids import Ids, SortableIds

from .jobs import Job, Message
from .posts.agent import Agent, Device
from .posts.asset import Asset
from .posts.channel import Channel
from .posts.checkup import Checkup
from .posts.delivery import Delivery
from .posts.errors import Problem
from .posts.facts import FloorArea, Money, Visit
from .posts.record import Upload
from .posts.tenant import Account
from .posts.timings import Timings
from .posts.watch import Watch
from .posts.wording import PlainWording


class Row(Protocol):
    """Anything that is stored: a frozen dataclass with an id of its own."""

    @property
    def id(self) -> str:
        """Unique among the rows of its kind."""
        ...


R = TypeVar("R", bound=Row)
W = TypeVar("W", Delivery, Asset, Checkup, Watch)


@dataclass(frozen=True, slots=True)
class AtMost:
    """A condition of `Transaction.find`: the field is set and not above `value`."""

    value: datetime | str | int


@dataclass(frozen=True, slots=True)
class Above:
    """A condition of `Transaction.find`: the field is set and above `value`."""

    value: datetime | str | int


Where = Mapping[str, object]
"""Field → value it equals (None: is unset), tuple it is among, `AtMost` or `Above`; all must hold."""


class Transaction(Protocol):
    """Reads and writes that happen together or not at all; a lock is kept until the end."""

    @property
    def now(self) -> datetime:
        """The store's own clock when the transaction began."""
        ...

    def get(self, kind: type[R], id: str, *, lock: bool = False) -> R | None:  # noqa: A002
        """Return the row, locked against other writers if `lock`, or None."""
        ...

    def find(
        self,
        kind: type[R],
        where: Where,
        *,
        order_by: str = "id",
        limit: int | None = None,
        lock: bool = False,
    ) -> list[R]:
        """Return the rows for which all of `where` holds, in ascending order of `order_by`, then id."""
        ...

    def count(self, kind: type[R], where: Where) -> int:
        """Return how many rows there are for which all of `where` holds."""
        ...

    def add(self, row: Row) -> None:
        """Write a new row.

        Raises:
            Conflict: Its id, or what must be unique in its kind, exists (code `exists`).
        """
        ...

    def save(self, row: Row) -> None:
        """Replace the row of the same kind and id; get it with `lock` first."""
        ...

    def remove(self, row: Row) -> None:
        """Remove the row of the same kind and id, if it is there."""
        ...


class Store(Protocol):
    """The truth: all rows, and the one clock that judges what is due."""

    def now(self) -> datetime:
        """Return the store's own time, in UTC."""
        ...

    def transaction(self, connection: object | None = None) -> AbstractContextManager[Transaction]:
        """Open a transaction that commits at the end, and rolls back if an error leaves it.

        Args:
            connection: Write inside this open transaction of the caller, and leave the commit to them.
        """
        ...

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        """Take up to `limit` due rows that nobody holds: fence grown by one, leased to `owner`; in one step.

        Rows of all tenants in turn, each tenant's most urgent first (deliveries by `act_at`, assets by
        `needed_at`). A lease that ended after `take` adds one to `crashes`.
        """
        ...

    def next_act_at(self) -> datetime | None:
        """Return the earliest instant at which unleased work is due, or a lease ends."""
        ...


class Dispatcher(Protocol):
    """The way to the workers."""

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        """Hand all messages over in one go.

        Raises:
            PostEngineError: The queue cannot be reached; the leases will bring the work back.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A post as Postiz lists it.

    Attributes:
        state: `DRAFT`, `QUEUE`, `PUBLISHED` or `ERROR`.
        ref, rev, attempt: Our mark, where there is one.
        is_by_hand: It was made in Postiz's own pages, not through the API.
        provider, channel: Where it goes, in Postiz's words; its notifications name nothing else.
        group: Postiz's own tie between a post and its comments; changes with each edit.
    """

    id: str
    state: str
    publish_at: datetime
    integration_id: str
    ref: str | None = None
    rev: int | None = None
    attempt: str | None = None
    release_url: str | None = None
    error: str | None = None
    is_by_hand: bool = False
    group: str | None = None
    provider: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A listing: what there is, and what the server's clock said when it answered."""

    posts: tuple[Seen, ...]
    server_time: datetime
    _by_id: dict[str, Seen] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {seen.id: seen for seen in self.posts})

    def by_id(self, remote_id: str) -> Seen | None:
        """Return the post with this id, or None."""
        return self._by_id.get(remote_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer to a write: how long it took, and what the server's clock said."""

    elapsed: timedelta
    server_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Answered):
    """The answer to the making of a draft.

    Attributes:
        remaining, limit, reset: Of the hourly budget, where the server said: requests, and until when.
    """

    remote_id: str
    remaining: int | None = None
    limit: int | None = None
    reset: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """What Postiz tells of one connected channel.

    Attributes:
        fingerprint: Changes when the channel is connected anew.
        is_disabled: Switched off in Postiz.
        trouble: The newest word, since the look before, that it cannot publish; None if there was none.
        has_published: It has published since then, after any trouble.
    """

    integration_id: str
    provider: str
    fingerprint: str
    is_disabled: bool = False
    trouble: str | None = None
    has_published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHealth:
    """What Postiz tells of all channels of an account.

    Attributes:
        read_until: The newest notification that was read; the next look begins there.
        unclear: Troubles that may be those of several channels: Postiz names a provider alone.
    """

    channels: tuple[ChannelHealth, ...]
    read_until: datetime | None
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be published: text, files and settings, marked with `ref`, `rev` and the attempt's id."""

    integration_id: str
    provider: str
    text: str
    comments: tuple[str, ...]
    media: tuple[tuple[Upload, str], ...]
    settings: Mapping[str, object]
    publish_at: datetime
    ref: str
    rev: int
    attempt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMedia:
    """What is known of a picture or video of a post: of one that is still to be made, its kind alone."""

    mime: str
    size_bytes: int | None = None
    width_px: int | None = None
    height_px: int | None = None
    duration_s: float | None = None


class Publisher(Protocol):
    """Postiz, as the engine sees it. Methods raise `PostEngineError`s, whose attributes say what is known."""

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        """Return every post of the account dated from `start` to `end`."""
        ...

    def draft(self, account: Account, draft: Draft) -> Made:
        """Make a draft; it never publishes by itself."""
        ...

    def rewrite(self, account: Account, seen: Seen, draft: Draft) -> Made:
        """Replace the draft that was `seen`, comments and all; it keeps its id."""
        ...

    def promote(self, account: Account, remote_id: str) -> Answered:
        """Let Postiz publish the post at its date."""
        ...

    def delete(self, account: Account, remote_id: str) -> Answered:
        """Delete the post; an own error of the server, which an unknown id gives, counts as answered."""
        ...

    def upload(self, account: Account, file: Path) -> tuple[str, str]:
        """Upload the file; return the media's id and URL at Postiz."""
        ...

    def has_media(self, account: Account, url: str) -> bool:
        """Whether an uploaded file is still there; False only if that is certain."""
        ...

    def health(self, account: Account, since: datetime | None) -> AccountHealth:
        """Return what is known of the account's channels, by notifications newer than `since` too."""
        ...

    def reconnect_link(self, account: Account, provider: str) -> str | None:
        """Return where a person connects a channel of `provider` anew; None if there is no such page."""
        ...

    def failure_reasons(self, account: Account, failed: Sequence[Seen]) -> Mapping[str, str]:
        """Return why posts have failed, by their ids, as far as Postiz tells."""
        ...

    def check(
        self,
        channel: Channel,
        text: str,
        media: Sequence[KnownMedia],
        settings: Mapping[str, object],
        comments: Sequence[str] = (),
    ) -> list[Problem]:
        """Return every problem that the channel's network would have with such a post."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What came of a push: the first three unset when it was accepted, else exactly one of them.

    Attributes:
        retry_after: It may work after this long.
        is_gone: The registration no longer exists: forget it.
        problem: It will not work until somebody changes something; this says what.
        is_foreign: The problem is the registration's: it belongs to another sender, so it is switched off.
        is_stale: It was accepted, but its phone has not renewed the registration for long.
    """

    retry_after: timedelta | None = None
    is_gone: bool = False
    problem: str | None = None
    is_foreign: bool = False
    is_stale: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether the push service took it."""
        return self.retry_after is None and not self.is_gone and self.problem is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A push: a doorbell, without caption or link to the file.

    Attributes:
        kind: `manual_task`, `task_closed`, `ping` or `summary`; the last two are of no task.
        time_to_live: After this the push service may drop it.
        attempt: Which try it is, from 1; waits grow with it.
    """

    kind: str
    task_id: str
    rev: int
    channel: str
    title: str
    expires_at: datetime
    time_to_live: timedelta
    link: str
    attempt: int = 1


class Notifier(Protocol):
    """The way to the agents' phones."""

    def push(self, device: Device, ring: Ring) -> Rung:
        """Ring one device."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told to an agent beside the push: that there is a task, and the same link. No caption is in it.

    Attributes:
        key: The same whenever it is sent again; the other side may use it to tell it only once.
        expires_at: In the agent's zone.
        link: What the push links to.
    """

    key: str
    task_id: str
    channel: str
    title: str
    tenant_name: str
    expires_at: datetime
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a letter: both unset when it was accepted.

    Attributes:
        problem: Why it was not; what to do about it.
        retry_after: It may work after this long; None with a problem: not until somebody changes something.
    """

    problem: str | None = None
    retry_after: timedelta | None = None


class Messenger(Protocol):
    """A way to an agent beside the push: e-mail, or a text message."""

    @property
    def way(self) -> str:
        """What the operator calls it, such as `e-mail`."""
        ...

    def send(self, agent: Agent, letter: Letter) -> Sent:
        """Tell the agent."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A file that was made or uploaded, still under a temporary name; a sound has no width and height."""

    path: Path
    mime: str
    width_px: int | None
    height_px: int | None
    duration_s: float | None


class MediaRenderer(Protocol):
    """Draws pictures and videos."""

    def inputs_hash(self, spec: Mapping[str, object], photo_hashes: Mapping[str, str]) -> str:
        """Return a hash of the spec, the photos' hashes and the renderer: equal where the file would be."""
        ...

    def render(
        self,
        spec: Mapping[str, object],
        photos: Mapping[str, Path],
        folder: Path,
        heartbeat: Callable[[], None],
    ) -> Rendered:
        """Make the file in `folder`; call `heartbeat` every few seconds while at it."""
        ...

    def inspect(self, file: Path) -> Rendered:
        """Say what an uploaded file is; raise a `PostEngineError` if it cannot be used."""
        ...


class Wording(Protocol):
    """Writes amounts, areas and times for captions, as a locale writes them."""

    def money(self, money: Money, locale: str) -> str:
        """Return an amount with its currency, and what it is paid for."""
        ...

    def area(self, area: FloorArea, locale: str) -> str:
        """Return a floor area with its unit."""
        ...

    def visit(self, visit: Visit, locale: str) -> str:
        """Return the day and the hours of a visit."""
        ...


class AssetStore(Protocol):
    """Files by the hash of their content."""

    def put(self, file: Path) -> tuple[str, int]:
        """Keep the file (it is moved); return its sha256 and size in bytes."""
        ...

    def path(self, sha256: str) -> Path:
        """Return a local path to the file, for reading.

        Raises:
            PostEngineError: It is not there.
        """
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Open the file for reading."""
        ...

    def workspace(self) -> AbstractContextManager[Path]:
        """Give a folder for files in the making, removed at the end, on the same disk."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryChanged:
    """A delivery has moved; `on_delivery_changed` gets it after the commit."""

    delivery: Delivery
    from_state: str
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """All of them together, with clock, ids and durations: what every function of the engine is given.

    Attributes:
        wording: Writes the amounts in captions; the renderer writes those on pictures.
        on_delivery_changed: Called after each commit that moved a delivery, in order.
        agent_link: What a push links to; `{id}` is the task's.
        messengers: How an agent is told whom no push reaches.
        morning_at: When each agent's phone is told of the day's tasks, local time; None: it is not.
        owner: Who works here: `host:pid`.
    """

    store: Store
    dispatcher: Dispatcher
    publisher: Publisher
    notifier: Notifier
    renderer: MediaRenderer
    assets: AssetStore
    wording: Wording = field(default_factory=PlainWording)
    timings: Timings = field(default_factory=Timings)
    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=SortableIds)
    on_delivery_changed: tuple[Callable[[DeliveryChanged], None], ...] = ()
    agent_link: str = "https://localhost/agent/?task={id}"
    messengers: tuple[Messenger, ...] = ()
    morning_at: time | None = None
    owner: str = "local"
