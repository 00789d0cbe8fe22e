"""FakeFcm: one object to use in-process or as a server of its own."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

import httpx

from postengine.clock import Clock

from .app import FakeFcmApp
from .async_transport import AsyncWsgiTransport
from .http_server import KeepingServer
from .service import FakeFcmService

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

IN_PROCESS_URL = "http://fcm.fake"


class FakeFcm(FakeFcmService):
    """A local Firebase Cloud Messaging, with a token server and a control panel over HTTP.

    In-process, hand `http=fake.http()` and `base_url=fake.url` to an `FcmClient`; an `AsyncFcmClient` takes
    `http=fake.async_http()` and `token_http=fake.http()`. As a server, `with FakeFcm() as fake:` listens on a
    free port of 127.0.0.1 until the end of the block.

    Args:
        project_id: The only project that it knows.
        accepts_unknown: Take registrations that were never registered.
        clock: Ages access tokens; `slow` sleeps on it.
        port: For the server; 0 is any free one.
    """

    def __init__(
        self,
        *,
        project_id: str = "fake-project",
        accepts_unknown: bool = False,
        clock: Clock | None = None,
        port: int = 0,
    ) -> None:
        super().__init__(project_id=project_id, accepts_unknown=accepts_unknown, clock=clock)
        self._port = port
        self._server: KeepingServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def wsgi_app(self) -> WSGIApplication:
        """The fake as a WSGI application."""
        return FakeFcmApp(self)

    @property
    def url(self) -> str:
        """Base address: of the server while it runs, else one that only `http()` knows."""
        return f"http://127.0.0.1:{self._server.server_port}" if self._server else IN_PROCESS_URL

    def http(self) -> httpx.Client:
        """Return a client that reaches the fake without a socket; close it after use."""
        return httpx.Client(transport=httpx.WSGITransport(app=self.wsgi_app), base_url=IN_PROCESS_URL)

    def async_http(self) -> httpx.AsyncClient:
        """Return the same for tasks; close it after use."""
        return httpx.AsyncClient(transport=AsyncWsgiTransport(self.wsgi_app), base_url=IN_PROCESS_URL)

    def service_account(self) -> dict[str, str]:
        """Return a key file's JSON; its `token_uri` points at this fake."""
        return self.account.key_file(f"{self.url}/token")

    def start(self) -> None:
        """Listen on 127.0.0.1, each connection in a thread of its own."""
        self._server = KeepingServer(self.wsgi_app, self._port)
        self._thread = threading.Thread(target=self._server.serve_forever, name="fake-fcm", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, and end all connections."""
        if self._server and self._thread:
            self._server.end()
            self._thread.join()
            self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
