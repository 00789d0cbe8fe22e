"""The pages: log in by token, look, log out; a JSON endpoint keeps the first page live."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from postengine.engine.ports import Ports
from reference_app.settings import Settings
from reference_app.tokens import Access, read_token

from .board import Board, read_board
from .handovers import add_handover_pages
from .signed_in import TOKEN_ID, signed_in

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_SAFE = {"GET", "HEAD", "OPTIONS"}
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def dashboard(ports: Ports, settings: Settings) -> Blueprint:
    """Return a blueprint with the dashboard at `/`."""
    blueprint = Blueprint(
        "dashboard",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    pages = _Pages(ports, settings.public_url)
    blueprint.add_url_rule("/", "show", pages.show)
    blueprint.add_url_rule("/dashboard.json", "live", pages.live)
    blueprint.add_url_rule("/login", "login_form", pages.login_form)
    blueprint.add_url_rule("/login", "login", pages.login, methods=["POST"])
    blueprint.add_url_rule("/logout", "logout", pages.logout, methods=["POST"])
    add_handover_pages(blueprint, ports)
    blueprint.before_request(pages.refuse_strangers)
    blueprint.after_request(pages.protect)
    return blueprint


@dataclass(frozen=True, slots=True)
class _Pages:
    ports: Ports
    public_url: str

    def show(self) -> AnyResponse:
        """The first page."""
        access = signed_in(self.ports)
        if access is None:
            return redirect("/login")
        return make_response(render_template("board.html", board=self._board(access), who=access.name))

    def live(self) -> Response:
        """What the first page asks for every two seconds."""
        access = signed_in(self.ports)
        if access is None:
            return make_response(jsonify(error="log in"), 401)
        return jsonify(asdict(self._board(access)))

    def login_form(self) -> Response:
        """The form."""
        return make_response(render_template("login.html", is_wrong=False))

    def login(self) -> AnyResponse:
        """Trade a token for a signed cookie that names it; revoking the token ends the session."""
        access = read_token(self.ports, request.form.get("token", "").strip())
        if access is None:
            return make_response(render_template("login.html", is_wrong=True), 403)
        session.clear()
        session[TOKEN_ID] = access.token_id
        return redirect("/")

    def logout(self) -> AnyResponse:
        """Forget the cookie."""
        session.clear()
        return redirect("/login")

    def refuse_strangers(self) -> AnyResponse | None:
        """Refuse a form that another page has sent, also one of the same site: another name, another port."""
        if request.method in _SAFE or self._is_ours():
            return None
        return make_response("this form was sent by another page; open the dashboard itself", 403, _PLAIN)

    def _is_ours(self) -> bool:
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site in {"same-origin", "none"}
        # Browsers tell it over https alone; and what is no browser tells neither.
        origin = request.headers.get("Origin")
        known = {request.host, urlsplit(self.public_url).netloc}
        return origin is None or urlsplit(origin).netloc in known

    def protect(self, response: Response) -> Response:
        """Let the pages load nothing but our own files, and nobody frame or keep them."""
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Not "no-referrer": browsers would hide the origin of our own forms, too.
        response.headers["Referrer-Policy"] = "same-origin"
        if request.endpoint != "dashboard.static":
            response.headers["Cache-Control"] = "no-store"
        if self.public_url.startswith("https://"):
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def _board(self, access: Access) -> Board:
        with self.ports.store.transaction() as tx:
            return read_board(tx, access, self.ports.timings)
