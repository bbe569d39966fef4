"""A gateway as one process uses it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from mailer.config import SmtpSettings
from mailer.gateways.rules.choosing import seed_of
from mailer.gateways.rules.pacer import Pacer, Share
from mailer.gateways.service.groups import Groups
from mailer.transport.service import Target

DEFAULT_ID = "default"
_PROBE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """A gateway as it is set up; limits are the installation's."""

    id: str
    name: str
    target: Target
    sender_domains: frozenset[str] = frozenset()
    weight: int = 1
    connections: int = 10
    rate_per_second: float | None = None
    rate_per_hour: int | None = None
    is_enabled: bool = True
    revision: int = 1
    broken_because: str | None = None
    """Why it cannot be used at all, for instance because its password cannot be read."""

    @classmethod
    def of(cls, smtp: SmtpSettings) -> "GatewaySettings":
        """The deployment's own gateway."""
        return cls(
            DEFAULT_ID,
            f"{smtp.host}:{smtp.port}",
            Target.of(smtp),
            connections=smtp.connections,
            rate_per_second=smtp.rate_per_second,
            rate_per_hour=smtp.rate_per_hour,
        )


class Line:
    """One gateway in this process. It stays the same object for the gateway's life; settings change in place."""

    def __init__(
        self, settings: GatewaySettings, groups: Groups, share: Share, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.id = settings.id
        self.seed = seed_of(settings.id)
        self.settings = settings
        self.connections = share.connections
        """This process's share."""
        self.is_present = True
        """Whether the gateway still exists and is switched on."""
        self.seen_size: int | None = None
        self.pacer = Pacer(share, clock=clock, is_default=settings.id == DEFAULT_ID)
        self._groups = groups
        self._clock = clock
        self._probe_at = 0.0

    @property
    def name(self) -> str:
        """What people call it."""
        return self.settings.name

    @property
    def target(self) -> Target:
        """Where its connections go. Another one means another `revision`."""
        return self.settings.target

    @property
    def revision(self) -> int:
        """Changes whenever its settings do."""
        return self.settings.revision

    @property
    def weight(self) -> int:
        """Its part of the messages among those that could take them."""
        return self.settings.weight

    @property
    def is_usable(self) -> bool:
        """Whether messages may be given to it at all; while it fails they may, and wait."""
        return self.is_present and self.connections > 0 and self.pacer.pause is None

    @property
    def problem(self) -> str | None:
        """Why nothing goes through it, in plain words."""
        if not self.is_present:
            return "it is switched off"
        if self.pacer.problem is None and self.connections == 0:
            return "other mailer processes use all its connections"
        return self.pacer.problem

    def destination(self, address: str) -> str:
        """Whom an address belongs to as far as pacing is concerned."""
        return self._groups.destination_of(address)

    def opened(self, size: int | None) -> None:
        """A connection is ready; `size` is the largest message the server takes, None or 0 when it did not say."""
        if size:
            self.seen_size = size
        self.pacer.connection_opened()

    def wants_probe(self) -> bool:
        """Whether a message should try if it is back, though others work; true once per interval."""
        now, knock_at = self._clock(), self.pacer.door.knock_at
        if now < self._probe_at or (knock_at is not None and now < knock_at):
            return False
        self._probe_at = now + _PROBE_SECONDS
        return True
