"""Who reacted, as bits: lui chooses the next audience by it."""

import pytest

from common.contracts.lui import TrackingLevel
from tests.support.builders.tracker import a_batch, a_hit, a_link, a_request
from tests.support.bus import HandBus
from tests.support.http import Callers
from tracker.intake.spool.record import HitKind

CLICK = HitKind.CLICK
LINKS = (a_link(1), a_link(2, part="text"), a_link(3))


def ordinals(octets: bytes) -> set[int]:
    number = int.from_bytes(octets, "little")
    return {bit for bit in range(number.bit_length()) if number >> bit & 1}


@pytest.fixture
async def reactions(bus: HandBus) -> None:
    await bus.deliver(a_request(1, links=LINKS), a_request(2, TrackingLevel.UNIQUE))
    await bus.deliver(
        a_batch(
            *(a_hit(subject=ordinal) for ordinal in (1, 8, 500)),
            a_hit(subject=9, method="HEAD"),
            a_hit(subject=0),
            a_hit(CLICK, subject=8, link_number=1),
            a_hit(CLICK, subject=9, link_number=2),
            a_hit(CLICK, subject=10, link_number=3),
        )
    )


@pytest.mark.usefixtures("reactions")
@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("kind=open", {1, 8, 9, 500}),
        ("kind=open&judged=human", {1, 8, 500}),
        ("kind=click", {8, 9, 10}),
        ("kind=click&link=1&link=3", {8, 10}),
        ("kind=click&link=-2", {9}),
        ("kind=action", set()),
    ],
)
async def test_lui_is_told_who_reacted(callers: Callers, query: str, who: set[int]) -> None:
    reply = await callers.as_service("lui").get(f"/internal/v1/deliveries/1/reacted?{query}")

    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/octet-stream")
    assert ordinals(reply.content) == who


@pytest.mark.usefixtures("reactions")
async def test_where_nobody_is_known_nobody_is_told(callers: Callers) -> None:
    lui = callers.as_service("lui")

    assert (await lui.get("/internal/v1/deliveries/2/reacted?kind=open")).status_code == 409
    assert (await lui.get("/internal/v1/deliveries/77/reacted?kind=open")).status_code == 404
    assert (await lui.get("/internal/v1/deliveries/1/reacted?kind=sneeze")).status_code == 422


@pytest.mark.usefixtures("reactions")
async def test_only_lui_may_ask(callers: Callers) -> None:
    asked = "/internal/v1/deliveries/1/reacted?kind=open"

    assert (await callers.anonymous().get(asked)).status_code == 401
    assert (await callers.as_service("mailer").get(asked)).status_code == 403
    assert (await callers.as_account("see_reports", "see_recipients").get(asked)).status_code == 403
