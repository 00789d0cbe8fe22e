"""The reference app on a port of this machine, and a record of what the phone asked."""

from __future__ import annotations

import io
import itertools
import json
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from postengine.agent import AgentRequest, AgentSite, SiteFile, read_site

from .waiting import wait_until

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_API = "/agent/v1/"


@dataclass(frozen=True)
class Asked:
    """One request of a phone to the API; the path is what follows `/agent/v1/`."""

    method: str
    path: str


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing: a test's output is its own."""


class Service:
    """Answers on a port, until it is closed as if the network were gone.

    Attributes:
        app: Set once it is made, as it wants to know the port.
        asked: All requests to the API, oldest first.
        answered: Those that were answered.
        sent: All events that came, each as often as it came.
        gate: Called with each path of the API; it may wait, or return a status to answer with.
        loses_answers: Does what it is asked, and yet the phone gets a 503.
        cuts_files: Files break off after their first block.
        files: The version of the page that is served.
    """

    def __init__(self) -> None:
        self.app: WSGIApplication | None = None
        self.asked: list[Asked] = []
        self.answered: list[Asked] = []
        self.sent: list[dict[str, Any]] = []
        self.gate: Callable[[str], int | None] = lambda _: None
        self.loses_answers = False
        self.cuts_files = False
        self.files = read_site()
        self._site: AgentSite | None = None
        self._news = threading.Event()
        self._port = 0
        self.open()

    @property
    def url(self) -> str:
        """Where it is; `localhost` counts as secure."""
        return f"http://localhost:{self._port}"

    @property
    def version(self) -> str:
        """The version of the page that is served."""
        return next(path for path in self.files if path.endswith("/app.js")).split("/")[1]

    def open(self) -> None:
        """Answer on the port, the same one after a `close`."""
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", self._port, self._answer, threaded=True, request_handler=_Quiet
        )
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def serve(self, files: Mapping[str, SiteFile]) -> None:
        """Serve another version of the page from now on."""
        self.files = files
        self._site = AgentSite(files)

    @contextmanager
    def holding(self, prefix: str) -> Generator[None]:
        """Let requests below `prefix` wait for their answer as long as this lasts."""
        release = threading.Event()

        def hold(path: str) -> None:
            if path.startswith(prefix):
                release.wait(10)

        self.gate = hold
        try:
            yield
        finally:
            self.gate = lambda _: None
            release.set()

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until it is so, looking after each request."""
        wait_until(is_so, pump=self._breathe, what=what)

    def until_asked(self, method: str, path: str) -> None:
        """Wait until the phone has asked for what starts with `path`, and was answered."""

        def is_so() -> bool:
            return any(one.method == method and one.path.startswith(path) for one in self.answered)

        self.until(is_so, f"{method} {path}")

    def _breathe(self) -> None:
        self._news.wait(0.05)
        self._news.clear()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        assert self.app is not None
        if path.startswith(_API):
            return self._answer_api(environ, start_response, self.app, path)
        if self._site is None:
            return self.app(environ, start_response)
        return _answer_site(self._site, environ, start_response)

    def _answer_api(
        self, environ: WSGIEnvironment, start_response: StartResponse, app: WSGIApplication, path: str
    ) -> Iterable[bytes]:
        asked = Asked(environ["REQUEST_METHOD"], path.removeprefix(_API))
        self.asked.append(asked)
        if asked.path == "events:batch":
            self._note_events(environ)
        status = self.gate(path)
        answer: Iterable[bytes] = []
        if status is None:
            answer = app(environ, _unheard if self.loses_answers else start_response)
        if status is not None or self.loses_answers:
            start_response(f"{status or 503} Not now", [("Content-Length", "0")])
            answer = []
        self.answered.append(asked)
        self._news.set()
        is_cut = self.cuts_files and asked.path.startswith("assets/")
        return itertools.islice(answer, 1) if is_cut else answer

    def _note_events(self, environ: WSGIEnvironment) -> None:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(body)
        self.sent += json.loads(body)["events"]


def _answer_site(site: AgentSite, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = {"If-None-Match": environ.get("HTTP_IF_NONE_MATCH", "")}
    answer = site.handle(AgentRequest("GET", environ["PATH_INFO"], headers=headers))
    assert isinstance(answer.body, bytes)
    start_response(f"{answer.status} Site", list(answer.headers.items()))
    return [answer.body]


def _unheard(status: str, headers: object, exc_info: object = None) -> Callable[[bytes], object]:  # noqa: ARG001
    return lambda _: None
