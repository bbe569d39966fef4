"""A rehearsal's receiver as the sender sees it: a gateway that never asks anybody to wait."""

from dataclasses import dataclass

from mailer.gateways.service import GatewaySettings, Line, Pacer, Result, Share
from mailer.gateways.service.groups import Groups
from mailer.transport.service import Target

_DESTINATION = "rehearsal"
_IDLE_SECONDS = 5.0
_MESSAGES_PER_CONNECTION = 1_000_000


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a rehearsal's messages go."""

    host: str
    port: int
    helo: str
    """Says to the receiver which rehearsal it is; nobody else knows it."""


class OpenPacer(Pacer):
    """Admits everything and learns nothing: what the receiver answers is made up."""

    def admit(self, destination: str) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def release(self, destination: str) -> None:
        """Nothing was reserved."""

    def report(self, destination: str, result: Result) -> None:
        """Nothing is learned."""

    def ready_at(self, destination: str) -> float | None:  # noqa: ARG002
        """At once."""
        return 0.0


class RehearsalLine(Line):
    """The receiver of one rehearsal in this process."""

    def __init__(self, delivery_id: str, seat: Seat, groups: Groups, connections: int) -> None:
        target = Target(
            host=seat.host,
            port=seat.port,
            tls="none",
            helo=seat.helo,
            messages_per_connection=_MESSAGES_PER_CONNECTION,
            idle_seconds=_IDLE_SECONDS,
        )
        settings = GatewaySettings(f"{_DESTINATION}:{delivery_id}", _DESTINATION, target, connections=connections)
        share = Share(connections)
        super().__init__(settings, groups, share)
        self.pacer = OpenPacer(share)

    def destination(self, address: str) -> str:  # noqa: ARG002
        """One for all."""
        return _DESTINATION
