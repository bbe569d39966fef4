"""A plan as other domains see it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from common.contracts.lui import DeliveryKind, TrackedActionsV1, TrackedLinkV1, TrackingLevel
from tracker.plans.groups import alias_groups, things_of_links


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
    job_id: str
    requested_at: datetime
    consent_column: str | None = None
    identify_by: str | None = None
    profile_columns: tuple[str, ...] = ()
    profiles: tuple[tuple[str, ...], ...] = ()
    """Number 1 first."""
    actions: TrackedActionsV1 | None = None
    forgotten_at: datetime | None = None
    """When single recipients were forgotten; None: they are still known, as far as the level knows any."""

    @cached_property
    def parts(self) -> dict[int, str]:
        """The part of the message each link number stands in."""
        return {link.number: link.part for link in self.links}

    @cached_property
    def alias_groups(self) -> dict[str, int]:
        """The number of each alias that several links share."""
        return alias_groups(self.links)

    @cached_property
    def things(self) -> dict[int, tuple[int, ...]]:
        """Every number a click on each link counts under for its recipient, itself included."""
        return things_of_links(self.links)
