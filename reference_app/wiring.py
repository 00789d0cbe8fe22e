"""Wiring: chooses an adapter for each port of the engine, by the settings."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import partial

from dramatiq import Broker

from postengine.adapters.alerters.mail import MailAlerter
from postengine.adapters.alerters.webhook import WebhookAlerter
from postengine.adapters.assets.local import LocalAssetStore
from postengine.adapters.media import MediaRoom
from postengine.adapters.messengers.mail_server import MailServer
from postengine.adapters.messengers.smtp import SmtpMessenger
from postengine.adapters.messengers.webhook import WebhookMessenger
from postengine.adapters.notifiers.by_kind import NotifierByKind
from postengine.adapters.notifiers.fcm import FcmNotifier, NoPush
from postengine.adapters.notifiers.webpush import WebPushNotifier
from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.queues.broker import make_broker
from postengine.adapters.queues.dramatiq import DramatiqDispatcher
from postengine.adapters.stores.sql import SqlStore, open_store
from postengine.adapters.wording import LocaleWording
from postengine.clock import SystemClock
from postengine.engine.ports import Messenger, Notifier, Ports, Publisher
from postengine.engine.posts.agent import PushKind
from postengine.engine.trouble.telling import Alerter
from postengine.fcm import FcmClient, ServiceAccount
from postengine.render import IsolatedRenderer, TemplateFolder, VideoLimits, VideoRenderer
from postengine.render.image import fonts_in, renderer_with_fonts
from postengine.webpush import VapidInvalid, VapidKeys, WebPushClient, check_subject, read_or_make_keys

from .marks import WEBHOOK, marked_at
from .sabotage import sabotaged, sabotaged_store
from .settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """The engine's ports, with the two things that a process needs beside them."""

    ports: Ports
    store: SqlStore
    broker: Broker


def build_ports(settings: Settings) -> Ports:
    """Return the engine's ports as `settings` choose them; nothing is connected yet."""
    return wire(settings).ports


def wire(settings: Settings) -> Wired:
    """Return the ports, the store behind them and the broker; nothing is connected yet."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    broker = make_broker(settings.queue)
    clock = SystemClock()
    store = sabotaged_store(open_store(settings.database), settings.sabotage, clock=clock)
    ports = Ports(
        store=store,
        dispatcher=DramatiqDispatcher(broker),
        publisher=_publisher(settings, clock, store),
        notifier=_notifier(settings, clock),
        renderer=_media(settings),
        assets=LocalAssetStore(settings.data_dir / "assets"),
        wording=LocaleWording(),
        timings=settings.timings,
        clock=clock,
        agent_link=f"{settings.public_url.rstrip('/')}/agent/?task={{id}}",
        messengers=_messengers(settings, clock),
        morning_at=settings.morning_summary_at,
        owner=f"{socket.gethostname()}:{os.getpid()}",
    )
    return Wired(ports=ports, store=store, broker=broker)


def _media(settings: Settings) -> MediaRoom:
    """Return the media room; its drawing processes start with the first picture."""
    folder = settings.templates_folder
    renderer = IsolatedRenderer(
        processes=settings.drawing_processes,
        limit_s=settings.drawing_limit_s,
        make=partial(renderer_with_fonts, settings.fonts_folder),
    )
    return MediaRoom(
        beat_every=settings.timings.lease / 3,
        renderer=renderer,
        fonts=fonts_in(settings.fonts_folder),
        folder=None if folder is None else TemplateFolder(folder),
        videos=_videos(settings, renderer),
    )


def _videos(settings: Settings, drawer: IsolatedRenderer) -> VideoRenderer:
    limits = VideoLimits(
        clip_pixels=settings.clip_limit_pixels,
        clip_s=settings.clip_limit_s,
        source_bytes=settings.max_upload_bytes,
        video_s=settings.video_limit_s,
    )
    program = None if settings.ffmpeg is None else str(settings.ffmpeg)
    return VideoRenderer(drawer, program=program, limits=limits)


def _publisher(settings: Settings, clock: SystemClock, store: SqlStore) -> Publisher:
    def has_heard() -> bool:
        with store.transaction() as tx:
            return marked_at(tx, WEBHOOK) is not None

    return sabotaged(
        PostizPublisher(clock),
        settings.sabotage,
        clock=clock,
        folder=settings.data_dir / "sabotage",
        has_heard=has_heard,
    )


def _notifier(settings: Settings, clock: SystemClock) -> Notifier:
    found = {
        PushKind.FCM: _fcm(settings, clock),
        PushKind.WEBPUSH: _web_push(settings, clock),
    }
    set_up = {kind: notifier for kind, notifier in found.items() if notifier is not None}
    return NotifierByKind(set_up) if set_up else NoPush()


def _fcm(settings: Settings, clock: SystemClock) -> Notifier | None:
    if settings.fcm_service_account_file is None:
        return None
    account = ServiceAccount.from_file(settings.fcm_service_account_file)
    project = settings.fcm_project or account.project_id or ""
    return FcmNotifier(FcmClient(account, project_id=project, base_url=settings.fcm_base_url, clock=clock))


def _web_push(settings: Settings, clock: SystemClock) -> Notifier | None:
    subject, keys = _vapid_subject(settings), vapid_keys(settings)
    if subject is None or keys is None:
        return None
    allows_local = settings.allows_local_push
    return WebPushNotifier(WebPushClient(keys, subject=subject, clock=clock, allows_local=allows_local))


def _messengers(settings: Settings, clock: SystemClock) -> tuple[Messenger, ...]:
    """Return how an agent is told whom no push reaches: what is set up of e-mail and text message."""
    mail, message = _mail(settings, clock), _message(settings, clock)
    return tuple(messenger for messenger in (mail, message) if messenger is not None)


def _mail(settings: Settings, clock: SystemClock) -> Messenger | None:
    if settings.smtp_host is None or settings.mail_sender is None:
        return None
    password = settings.smtp_password
    return SmtpMessenger(
        settings.smtp_host,
        settings.smtp_port,
        sender=settings.mail_sender,
        username=settings.smtp_username,
        password=None if password is None else password.get_secret_value(),
        security=settings.smtp_security,
        clock=clock,
    )


def _message(settings: Settings, clock: SystemClock) -> Messenger | None:
    url, secret = settings.message_webhook_url, settings.message_webhook_secret
    if url is None or secret is None:
        return None
    return WebhookMessenger(url, secret.get_secret_value().encode(), clock=clock)


def alerters(settings: Settings) -> tuple[Alerter, ...]:
    """Return how the operator is told of trouble: what is set up of webhook and e-mail."""
    clock = SystemClock()
    found = (_alert_webhook(settings, clock), _alert_mail(settings, clock))
    return tuple(alerter for alerter in found if alerter is not None)


def _alert_webhook(settings: Settings, clock: SystemClock) -> Alerter | None:
    if settings.alert_webhook_url is None:
        return None
    secret = settings.alert_webhook_secret
    signed_with = None if secret is None else secret.get_secret_value().encode()
    return WebhookAlerter(settings.alert_webhook_url, signed_with, clock=clock)


def _alert_mail(settings: Settings, clock: SystemClock) -> Alerter | None:
    if settings.smtp_host is None or settings.mail_sender is None or not settings.alert_addresses:
        return None
    password = settings.smtp_password
    server = MailServer(
        settings.smtp_host,
        settings.smtp_port,
        username=settings.smtp_username,
        password=None if password is None else password.get_secret_value(),
        security=settings.smtp_security,
    )
    sender, recipients = settings.mail_sender, settings.alert_addresses
    return MailAlerter(server, sender=sender, recipients=recipients, clock=clock)


def vapid_keys(settings: Settings) -> VapidKeys | None:
    """Return the keys that browsers are rung with, made at the first call; None where none is to be rung."""
    return read_or_make_keys(settings.data_dir / "vapid.pem") if _vapid_subject(settings) else None


def _vapid_subject(settings: Settings) -> str | None:
    try:
        return settings.vapid_subject or check_subject(settings.public_url)
    except VapidInvalid:
        return None
