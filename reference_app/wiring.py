"""Wiring: chooses an adapter for each port of the engine, by the settings."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import partial

from dramatiq import Broker

from postengine.adapters.assets.local import LocalAssetStore
from postengine.adapters.media import MediaRoom
from postengine.adapters.notifiers.fcm import FcmNotifier, NoPush
from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.queues.broker import make_broker
from postengine.adapters.queues.dramatiq import DramatiqDispatcher
from postengine.adapters.stores.sql import SqlStore, open_store
from postengine.adapters.wording import LocaleWording
from postengine.clock import SystemClock
from postengine.engine.ports import Notifier, Ports, Publisher
from postengine.fcm import FcmClient, ServiceAccount
from postengine.render import IsolatedRenderer, TemplateFolder
from postengine.render.image import fonts_in, renderer_with_fonts

from .sabotage import sabotaged
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
    store = open_store(settings.database)
    clock = SystemClock()
    ports = Ports(
        store=store,
        dispatcher=DramatiqDispatcher(broker),
        publisher=_publisher(settings, clock),
        notifier=_notifier(settings, clock),
        renderer=_media(settings),
        assets=LocalAssetStore(settings.data_dir / "assets"),
        wording=LocaleWording(),
        timings=settings.timings,
        clock=clock,
        agent_link=f"{settings.public_url.rstrip('/')}/agent/?task={{id}}",
        owner=f"{socket.gethostname()}:{os.getpid()}",
    )
    return Wired(ports=ports, store=store, broker=broker)


def _media(settings: Settings) -> MediaRoom:
    """Return the media room; its drawing processes start with the first picture."""
    folder = settings.templates_folder
    return MediaRoom(
        beat_every=settings.timings.lease / 3,
        renderer=IsolatedRenderer(
            processes=settings.drawing_processes,
            limit_s=settings.drawing_limit_s,
            make=partial(renderer_with_fonts, settings.fonts_folder),
        ),
        fonts=fonts_in(settings.fonts_folder),
        folder=None if folder is None else TemplateFolder(folder),
    )


def _publisher(settings: Settings, clock: SystemClock) -> Publisher:
    folder = settings.data_dir / "sabotage"
    return sabotaged(PostizPublisher(clock), settings.sabotage, clock=clock, folder=folder)


def _notifier(settings: Settings, clock: SystemClock) -> Notifier:
    if settings.fcm_service_account_file is None:
        return NoPush()
    account = ServiceAccount.from_file(settings.fcm_service_account_file)
    project = settings.fcm_project or account.project_id or ""
    return FcmNotifier(FcmClient(account, project_id=project, base_url=settings.fcm_base_url, clock=clock))
