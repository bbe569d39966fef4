"""Tracker's things, valid unless a test says otherwise."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from common.contracts.lui import DeliveryKind, DeliveryRequestedV1, TrackedLinkV1, TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import TokenKeys
from common.contracts.tracker import ReactionsSpooledV1
from common.ids import new_id
from tracker.intake.link_table import LinkEntry
from tracker.intake.spool.record import Hit, HitKind
from tracker.intake.visit import HeaderList, Visit
from tracker.plans.plan import Plan

MASTER_KEY = b"a master key for tests, 32 bytes"
KEYS = TokenKeys([MASTER_KEY])
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
AT_MS = 1_795_338_123_456
"""2026-11-22T09:02:03.456Z."""


def a_link(number: int = 1, **given: Any) -> TrackedLinkV1:
    """A link of the HTML part."""
    return TrackedLinkV1(**{"number": number, "part": "html", "url": f"https://example.org/{number}", **given})


def a_request(
    number: int = 1,
    level: TrackingLevel = TrackingLevel.PERSONAL,
    links: Sequence[TrackedLinkV1] | None = None,
    *,
    opens: bool = True,
    **given: Any,
) -> DeliveryRequestedV1:
    """lui asks for a live delivery with two links, one in each part."""
    chosen = (a_link(1), a_link(2, part="text", alias="second")) if links is None else links
    example = DeliveryRequestedV1.examples[0]
    return DeliveryRequestedV1.model_validate(
        {
            **example,
            "delivery_id": new_id(),
            "job_id": new_id(),
            "owner_id": new_id(),
            "group_id": None,
            "delivery_number": number,
            "kind": DeliveryKind.LIVE,
            "tracking": TrackingPlanV1(level=level, opens=opens, links=tuple(chosen)),
            **given,
        }
    )


def a_plan(
    number: int = 1,
    level: TrackingLevel = TrackingLevel.PERSONAL,
    links: Sequence[TrackedLinkV1] = (),
    **given: Any,
) -> Plan:
    """A delivery's plan as tracker has it."""
    usual: dict[str, Any] = {
        "delivery_id": new_id(),
        "position": number,
        "owner_id": new_id(),
        "group_id": None,
        "kind": DeliveryKind.LIVE,
        "opens": True,
        "job_id": new_id(),
        "requested_at": datetime.fromtimestamp(AT_MS // 1000, UTC),
    }
    return Plan(**{**usual, "delivery_number": number, "level": level, "links": tuple(links), **given})


def an_entry(
    number: int = 1,
    level: TrackingLevel = TrackingLevel.PERSONAL,
    links: Sequence[tuple[int, str, bool]] = ((1, "https://example.org/1", False),),
    *,
    position: int = 1,
    opens: bool = True,
    cookie_seconds: int | None = None,
) -> LinkEntry:
    """A delivery's links as an intake has them."""
    return LinkEntry(position, number, level, opens, tuple(links), cookie_seconds)


def a_token(number: int = 1, subject: int = 3) -> str:
    """A token as mailer mints it."""
    return KEYS.mint_tracking(number, [subject])[0]


def a_visit(path: str, method: str = "GET", *, agent: str = FIREFOX, peer: str = "203.0.113.77", **given: Any) -> Visit:
    """Somebody asks for a path."""
    headers = [(b"host", b"track.example.org"), (b"user-agent", agent.encode("latin-1"))]
    return Visit(
        method=method.encode(),
        path=path.encode("latin-1"),
        headers=HeaderList(given.get("headers", headers)),
        peer=peer,
        at_ms=given.get("at_ms", AT_MS),
    )


def a_hit(kind: HitKind = HitKind.OPEN, **given: Any) -> Hit:
    """Recipient 3 of delivery 1 opened, or followed link 1."""
    usual: dict[str, Any] = {
        "kind": kind,
        "delivery_number": 1,
        "subject": 3,
        "link_number": 0 if kind is HitKind.OPEN else 1,
        "at_ms": AT_MS,
        "method": "GET",
        "agent": FIREFOX,
        "network": "203.0.113.0/24",
    }
    return Hit(**{**usual, **given})


def a_batch(*hits: Hit, spool_id: str = "spool", segment: int = 0, first_offset: int = 60) -> ReactionsSpooledV1:
    """Hits as an intake's forwarder moves them on."""
    lines, offset = [], first_offset
    for hit in hits:
        record = hit.encode().decode()
        lines.append(f"{offset}\t{record}")
        offset += 8 + len(record.encode())
    return ReactionsSpooledV1(spool_id=spool_id, segment=segment, first_offset=first_offset, lines=tuple(lines))
