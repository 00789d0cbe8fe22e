"""An agency in memory with its service, and short ways to plan and to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

import postengine
from postengine.adapters.notifiers.by_kind import NotifierByKind
from postengine.adapters.notifiers.webpush import WebPushNotifier
from postengine.agent import create_pairing_code, revoke_device
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.upload import keep_file
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent, Device, PhoneEvent, PushKind
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import MediaItem, MediaKind
from postengine.testing.clock import FakeClock
from postengine.testing.engine import memory_ports
from postengine.testing.webpush import FakePushService
from postengine.webpush import WebPushClient
from reference_app.app import create_app
from reference_app.settings import Settings
from reference_app.wiring import vapid_keys

from .pictures import VILLA, MeasuringRenderer, photo
from .service import Service

SUBJECT = "mailto:push@harbour-homes.pt"
GROUP = "https://www.facebook.com/groups/homes-in-lisbon"
CAPTION = "Just listed: {title}, with a terrace over the harbour. Viewings from Saturday."


class Office:
    """An agency with one agent, Ana; its clock starts at the present and moves only when it is told to.

    Args:
        folder: For files and keys.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock(datetime.now(UTC).replace(microsecond=0))
        self.push_service = FakePushService(clock=self.clock)
        self._http = self.push_service.http()
        self.service = Service()
        settings = Settings(
            data_dir=folder / "data",
            public_url=self.service.url,
            vapid_subject=SUBJECT,
            allows_local_push=True,
            webhook_secret=SecretStr("webhook-secret-of-the-test"),
            link_secret=SecretStr("link-secret-of-the-test"),
        )
        self.ports = self._wire(settings)
        self.service.app = create_app(settings, self.ports)
        name = "Harbour & Hill"
        self.tenant_id = postengine.register_tenant(self.ports, "harbour", name=name, zone="UTC").id
        self.ana: Agent = postengine.register_agent(self.ports, self.tenant_id, "ana", name="Ana")

    def _wire(self, settings: Settings) -> Ports:
        keys = vapid_keys(settings)
        assert keys is not None
        self.vapid_public_key = keys.public_key
        client = WebPushClient(keys, subject=SUBJECT, http=self._http, clock=self.clock, allows_local=True)
        notifier = NotifierByKind({PushKind.WEBPUSH: WebPushNotifier(client)})
        ports = memory_ports(self.folder / "assets", self.clock, renderer=MeasuringRenderer())
        return replace(ports, notifier=notifier, agent_link=f"{self.service.url}/agent/?task={{id}}")

    def end(self) -> None:
        """Close, and let go of everything."""
        self.service.close()
        self._http.close()

    def code(self) -> str:
        """Make a pairing code for a phone of Ana's."""
        return create_pairing_code(self.ports, self.ana.id).code

    def plan(
        self,
        title: str = "3 Bedroom Apartment",
        *,
        kind: str = "whatsapp_status",
        caption: str = CAPTION,
        first_comment: str = "Ask me for the floor plan.",
        media: MediaItem | None = None,
        at: timedelta = timedelta(0),
        lasts: timedelta = timedelta(hours=3),
    ) -> str:
        """Plan a post by hand, and ring; return the task's id."""
        is_group = kind == "facebook_group"
        channel = postengine.register_channel(
            self.ports,
            self.tenant_id,
            kind,
            kind=kind,
            name="Homes in Lisbon" if is_group else "Ana Martins",
            agent_id=self.ana.id,
            url=GROUP if is_group else None,
        )
        content = postengine.Content(
            caption=caption, first_comment=first_comment, media=(media or self.photo(),)
        )
        start = self.clock.now() + at
        new = postengine.NewPost(
            tenant_id=self.tenant_id,
            title=title,
            content=content,
            channels=(postengine.ChannelUse(channel_id=channel.id),),
            scheduled_at=start.isoformat(),
            not_after=(start + lasts).isoformat(),
        )
        post = postengine.plan_post(self.ports, new)
        self.run()
        with self.ports.store.transaction() as tx:
            return tx.find(Delivery, {"post_id": post.id})[0].id

    def run(self) -> None:
        """Do everything that is due."""
        postengine.run_once(self.ports)

    def cancel(self, task_id: str) -> None:
        """Withdraw the post of a task."""
        cancel_post(self.ports, self.delivery(task_id).post_id)

    def replace_file(self, task_id: str, media: MediaItem) -> None:
        """Give the post of a task another file."""
        content = postengine.Content(caption=CAPTION, media=(media,))
        edit_post(self.ports, self.delivery(task_id).post_id, PostChanges(content=content))
        self.run()

    def revoke(self, device: Device) -> None:
        """Take a phone off."""
        revoke_device(self.ports, device.id)

    def photo(self, scene: int = VILLA, alt: str = "A white villa above the harbour") -> MediaItem:
        """Return a drawn photograph as a media item."""
        file = self.folder / f"photo-{scene}.jpg"
        file.write_bytes(photo(scene))
        return self.file(file, alt)

    def file(self, file: Path, alt: str = "") -> MediaItem:
        """Return an uploaded file as a media item; the file is moved away."""
        asset = keep_file(self.ports, self.tenant_id, file, filename=file.name)[0]
        return MediaItem(kind=MediaKind.FILE, photo_ids=(asset.id,), alt=alt)

    def stored(self, task_id: str) -> Path:
        """Return where the file of a task is kept."""
        (asset_id,) = self.delivery(task_id).asset_ids
        with self.ports.store.transaction() as tx:
            asset = tx.get(Asset, asset_id)
        assert asset is not None
        assert asset.sha256 is not None
        return self.ports.assets.path(asset.sha256)

    def delivery(self, task_id: str) -> Delivery:
        """Return what became of a task."""
        with self.ports.store.transaction() as tx:
            row = tx.get(Delivery, task_id)
        assert row is not None
        return row

    def devices(self) -> list[Device]:
        """Return all phones, the oldest first."""
        with self.ports.store.transaction() as tx:
            return sorted(tx.find(Device, {}), key=lambda device: device.id)

    def heard(self, task_id: str) -> list[dict[str, Any]]:
        """Return the events of a task that the service took, each once, in the order of their coming."""
        with self.ports.store.transaction() as tx:
            taken = {event.id.partition(":")[2] for event in tx.find(PhoneEvent, {"delivery_id": task_id})}
        first: dict[str, dict[str, Any]] = {}
        for event in list(self.service.sent):
            if event["idempotency_key"] in taken:
                first.setdefault(event["idempotency_key"], event)
        return list(first.values())

    def told(self, task_id: str) -> list[str]:
        """Return the types of those events."""
        return [event["type"] for event in self.heard(task_id)]

    def until_told(self, task_id: str, kind: str) -> None:
        """Wait until the service has heard an event of this type."""
        self.service.until(lambda: kind in self.told(task_id), f"{kind} of {task_id}")
