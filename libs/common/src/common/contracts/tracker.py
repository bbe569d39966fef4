"""The facts tracker states."""

from typing import Any, ClassVar

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from common.contracts.base import Fact
from common.contracts.shared import ActionRecorded, ComponentSeen, action_examples, seen_examples


class PlanLoadedV1(Fact, subject="tracker.plan.loaded.v1"):
    """Every running intake knows the delivery's links; its first message may leave now."""

    delivery_id: str
    link_count: NonNegativeInt
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01", "link_count": 8, "at": "2026-11-22T09:00:00Z"},
        {"delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02", "link_count": 0, "at": "2026-11-22T09:00:00Z"},
    )


class ReactionsSpooledV1(Fact, subject="tracker.reactions.spooled.v1"):
    """A batch of hits as an intake answered them, moved on from its spool; read by tracker's own worker."""

    spool_id: str
    segment: NonNegativeInt
    first_offset: NonNegativeInt
    lines: tuple[str, ...]
    """One tab-separated record per hit; its columns are defined by `tracker.intake.spool`."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"spool_id": "s1", "segment": 0, "first_offset": 0, "lines": []},
        {"spool_id": "s1", "segment": 0, "first_offset": 96, "lines": ["96\t1\to\t1\t3\t0\t1795338000000\tGET\tmail"]},
    )


class DeliveryTalliedV1(Fact, subject="tracker.delivery.tallied.v1"):
    """The counters of a delivery moved; stated at most once a second, the newest one replaces."""

    delivery_id: str
    revision: PositiveInt
    opens: NonNegativeInt
    clicks: NonNegativeInt
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "revision": 1,
            "opens": 3,
            "clicks": 1,
            "at": "2026-11-22T09:20:00Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "revision": 2,
            "opens": 4,
            "clicks": 2,
            "at": "2026-11-22T09:21:00Z",
        },
    )


class TrackerActionRecordedV1(ActionRecorded, subject="tracker.action.recorded.v1"):
    """Something was done in tracker."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = action_examples("retention.apply", "delivery")


class TrackerSeenV1(ComponentSeen, subject="tracker.component.seen.v1"):
    """A tracker process is alive."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = seen_examples("tracker")
