"""A plan as other domains see it."""

from dataclasses import dataclass
from functools import cached_property

from common.contracts.lui import DeliveryKind, TrackedLinkV1, TrackingLevel


@dataclass(frozen=True)
class Plan:
    """What one delivery wants tracked, at which level, and who may see the numbers."""

    delivery_number: int
    delivery_id: str
    position: int
    owner_id: str
    group_id: str | None
    kind: DeliveryKind
    level: TrackingLevel
    opens: bool
    links: tuple[TrackedLinkV1, ...]

    @cached_property
    def parts(self) -> dict[int, str]:
        """The part of the message each link number stands in."""
        return {link.number: link.part for link in self.links}
