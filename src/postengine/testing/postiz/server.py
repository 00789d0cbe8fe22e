"""The fake as a real HTTP server on the loopback interface."""

from __future__ import annotations

import threading
from types import TracebackType

from werkzeug.serving import WSGIRequestHandler, make_server

from .fake import FakePostiz

_TICK_S = 0.01


class _QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing about requests."""


class FakePostizServer:
    """Serves a fake, and lets its publications happen on time (to within 20 ms).

    Args:
        fake: What is served; its clock has to run by itself, as the machine's and a `ScaledClock` do.
        port: 0 chooses a free one.
    """

    def __init__(self, fake: FakePostiz, port: int = 0) -> None:
        self._fake = fake
        self._server = make_server("127.0.0.1", port, fake.wsgi, threaded=True, request_handler=_QuietHandler)
        self._is_stopped = threading.Event()
        self._threads = (
            threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True),
            threading.Thread(target=self._tick, daemon=True),
        )

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakePostizServer:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_stopped.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join()
        self._server.server_close()

    def _tick(self) -> None:
        while not self._is_stopped.wait(_TICK_S):
            self._fake.run_due()
