"""A call in progress: the request, what its path named, and what the API was set up with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from postengine.engine.ports import Ports

from .gate import PairingGate
from .links import AssetLinks
from .pace import Pace
from .requests import AgentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the agent API was set up with; see `AgentApi`."""

    ports: Ports
    links: AssetLinks
    gate: PairingGate
    events_pace: Pace
    tests_pace: Pace
    poll_interval_s: int
    vapid_public_key: str | None
    allows_local_push: bool
    page_size: int


@dataclass(frozen=True, slots=True)
class Call:
    """One request on its way through a route.

    Attributes:
        args: What the path named, such as `id`.
    """

    setup: Setup
    request: AgentRequest
    args: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def ports(self) -> Ports:
        """What the engine works with."""
        return self.setup.ports
