"""The web application: `gunicorn "reference_app.app:create_app()"`."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from postengine.agent import AgentApi
from postengine.engine.ports import Ports
from reference_app.agent import mount_agent
from reference_app.api.health import health
from reference_app.api.metrics import metrics
from reference_app.api.openapi import openapi
from reference_app.api.problems import answer_errors
from reference_app.api.topics import blueprints
from reference_app.api.webhooks import webhooks
from reference_app.dashboard import dashboard
from reference_app.logs import set_up_logs
from reference_app.secrets_file import read_secrets
from reference_app.settings import Settings
from reference_app.watchman import Watchman
from reference_app.wiring import alerters, build_ports, vapid_keys

_ROOM_FOR_A_FORM = 1_000_000


def create_app(settings: Settings | None = None, ports: Ports | None = None) -> Flask:
    """Return the application.

    Args:
        settings: None reads them from the environment, sets up the logs, and begins to look for trouble.
        ports: None builds them by the settings; tests hand in their own.
    """
    is_process = settings is None
    if settings is None:
        settings = Settings()
        set_up_logs(settings.log_level)
    ports = ports or build_ports(settings)
    if is_process:
        Watchman(ports, alerters(settings)).start()
    secrets = read_secrets(settings)
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + _ROOM_FOR_A_FORM,
        SECRET_KEY=f"cookie:{secrets.link}",
        SESSION_COOKIE_NAME="postengine",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign] # Flask's own way to put middleware in
    answer_errors(app)
    for blueprint in blueprints(ports, settings):
        app.register_blueprint(blueprint, url_prefix="/api/v1")
    app.register_blueprint(webhooks(ports, secrets.webhook))
    app.register_blueprint(health(ports))
    app.register_blueprint(metrics(ports))
    app.register_blueprint(openapi(settings.public_url))
    app.register_blueprint(mount_agent(_agent_api(ports, settings, secrets.link), ports))
    app.register_blueprint(dashboard(ports, settings))
    return app


def _agent_api(ports: Ports, settings: Settings, link_secret: str) -> AgentApi:
    keys = vapid_keys(settings)
    return AgentApi(
        ports,
        link_secret=link_secret.encode(),
        base_url=settings.public_url,
        vapid_public_key=None if keys is None else keys.public_key,
        allows_local_push=settings.allows_local_push,
    )
