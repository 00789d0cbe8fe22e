"""An engine in memory for tests: fakes for pictures and pushes, and all ports put together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path

from postengine.adapters.assets.local import LocalAssetStore
from postengine.adapters.postiz.publisher import PostizPublisher
from postengine.adapters.queues.inline import InlineDispatcher
from postengine.adapters.stores.memory import MemoryStore
from postengine.clock import Clock
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Job, Message
from postengine.engine.ports import Letter, Messenger, Ports, Publisher, Rendered, Ring, Rung, Sent
from postengine.engine.posts.agent import Agent, Device
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.errors import PostEngineError
from postengine.ids import CountingIds
from postengine.postiz import PostizClient

from .clock import FakeClock

_JPEG_START, _JPEG_END = b"\xff\xd8\xff\xe0", b"\xff\xd9"
_SOUNDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav"}


class FakeRenderer:
    """Makes small files in place of pictures: the same bytes for the same spec. Implements `MediaRenderer`.

    Attributes:
        rendered: The specs drawn, oldest first.
        errors: Raised one after the other, before anything is drawn again.
    """

    def __init__(self) -> None:
        self.rendered: list[dict[str, object]] = []
        self.errors: list[PostEngineError] = []

    def inputs_hash(self, spec: Mapping[str, object], photo_hashes: Mapping[str, str]) -> str:
        """Return a hash of both."""
        text = json.dumps([spec, photo_hashes], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def render(
        self,
        spec: Mapping[str, object],
        photos: Mapping[str, Path],
        folder: Path,
        heartbeat: Callable[[], None],
    ) -> Rendered:
        """Write the file, or raise the next of `errors`."""
        heartbeat()
        if self.errors:
            raise self.errors.pop(0)
        self.rendered.append(dict(spec))
        hashes = {id_: hashlib.sha256(photo.read_bytes()).hexdigest() for id_, photo in photos.items()}
        is_video = spec.get("kind") == "reel"
        path = folder / ("fake.mp4" if is_video else "fake.jpg")
        path.write_bytes(_JPEG_START + self.inputs_hash(spec, hashes).encode() + _JPEG_END)
        return self.inspect(path)

    def inspect(self, file: Path) -> Rendered:
        """Say that `file` is an upright picture; by its name's end a video of 6 s, or a sound of 20 s."""
        if file.suffix in _SOUNDS:
            return Rendered(
                path=file, mime=_SOUNDS[file.suffix], width_px=None, height_px=None, duration_s=20.0
            )
        is_video = file.suffix == ".mp4"
        mime = "video/mp4" if is_video else "image/jpeg"
        duration_s = 6.0 if is_video else None
        return Rendered(path=file, mime=mime, width_px=1080, height_px=1920, duration_s=duration_s)


class FakeNotifier:
    """Keeps what it is asked to push. Implements `Notifier`.

    Attributes:
        pushes: Device and ring, oldest first.
        answer: Given to each push; accepted unless set otherwise.
    """

    def __init__(self) -> None:
        self.pushes: list[tuple[Device, Ring]] = []
        self.answer = Rung()

    def push(self, device: Device, ring: Ring) -> Rung:
        """Keep the push and return `answer`."""
        self.pushes.append((device, ring))
        return self.answer


class FakeMessenger:
    """Keeps what it is asked to tell. Implements `Messenger`.

    Args:
        way: Such as `e-mail`.

    Attributes:
        letters: Agent and letter, oldest first.
        answer: Given to each letter; accepted unless set otherwise.
    """

    def __init__(self, way: str = "e-mail") -> None:
        self.way = way
        self.letters: list[tuple[Agent, Letter]] = []
        self.answer = Sent()

    def send(self, agent: Agent, letter: Letter) -> Sent:
        """Keep the letter and return `answer`."""
        self.letters.append((agent, letter))
        return self.answer


def memory_ports(
    folder: Path,
    clock: Clock | None = None,
    *,
    publisher: Publisher | None = None,
    notifier: FakeNotifier | None = None,
    renderer: FakeRenderer | None = None,
    timings: Timings | None = None,
    messengers: tuple[Messenger, ...] = (),
    morning_at: time | None = None,
) -> Ports:
    """Return an engine that keeps rows in memory, files in `folder`, and ids in counting order.

    Drive it with `run_once(ports)`, or with `tick(ports)` and `ports.dispatcher.drain()`.
    """

    def run(_: Job, message: Message) -> None:
        perform(ports, message)

    clock = clock or FakeClock()
    ports = Ports(
        store=MemoryStore(clock),
        dispatcher=InlineDispatcher(run),
        publisher=publisher or PostizPublisher(clock, connect=_no_postiz),
        notifier=notifier or FakeNotifier(),
        renderer=renderer or FakeRenderer(),
        assets=LocalAssetStore(folder),
        timings=timings or Timings(),
        clock=clock,
        ids=CountingIds(),
        messengers=messengers,
        morning_at=morning_at,
    )
    return ports


class NoPostiz(PostEngineError):
    """Something was to be published through Postiz, and the test has not said through which."""

    def __init__(self) -> None:
        super().__init__("memory_ports got no publisher; give it a PostizPublisher that reaches a FakePostiz")


def _no_postiz(_: Account, __: Clock) -> PostizClient:
    raise NoPostiz
