"""An asset: an uploaded file, or a picture or video that is made from a spec."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .states import AssetState, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file, ready or still to be made; its only step is `render`.

    Attributes:
        inputs_hash: Of the spec, the photos and the renderer: equal inputs are made once.
        spec: What to draw, as the renderer reads it; empty for an uploaded file.
        photo_ids: Assets that the spec draws on.
        needed_at: When the first delivery that waits for it is due; sooner ones are rendered first.
        sha256: Of the file, once it is ready; it is kept under that name.
    """

    id: str
    tenant_id: str
    state: AssetState = AssetState.PLANNED
    next_step: Step | None = None
    act_at: datetime | None = None
    fence: int = 0
    lease_until: datetime | None = None
    lease_owner: str | None = None
    taken: bool = False
    crashes: int = 0
    not_before: datetime | None = None
    tries: int = 0

    inputs_hash: str
    spec: dict[str, object] = field(default_factory=dict[str, object])
    photo_ids: tuple[str, ...] = ()
    needed_at: datetime

    sha256: str | None = None
    mime: str | None = None
    size_bytes: int | None = None
    width_px: int | None = None
    height_px: int | None = None
    duration_s: float | None = None
    filename: str = ""
    reason: str | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def is_sound(self) -> bool:
        """Whether it is heard and not seen."""
        return (self.mime or "").startswith("audio/")
