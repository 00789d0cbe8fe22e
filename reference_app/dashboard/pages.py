"""The pages: log in by token, look, log out; a JSON endpoint keeps the first page live."""

from __future__ import annotations

from dataclasses import asdict, dataclass

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


def dashboard(ports: Ports, settings: Settings) -> Blueprint:
    """Return a blueprint with the dashboard at `/`."""
    blueprint = Blueprint(
        "dashboard",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    pages = _Pages(ports, is_https=settings.public_url.startswith("https://"))
    blueprint.add_url_rule("/", "show", pages.show)
    blueprint.add_url_rule("/dashboard.json", "live", pages.live)
    blueprint.add_url_rule("/login", "login_form", pages.login_form)
    blueprint.add_url_rule("/login", "login", pages.login, methods=["POST"])
    blueprint.add_url_rule("/logout", "logout", pages.logout, methods=["POST"])
    add_handover_pages(blueprint, ports)
    blueprint.after_request(pages.protect)
    return blueprint


@dataclass(frozen=True, slots=True)
class _Pages:
    ports: Ports
    is_https: bool

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

    def protect(self, response: Response) -> Response:
        """Let the pages load nothing but our own files, and nobody frame or keep them."""
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if request.endpoint != "dashboard.static":
            response.headers["Cache-Control"] = "no-store"
        if self.is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def _board(self, access: Access) -> Board:
        with self.ports.store.transaction() as tx:
            return read_board(tx, access)
