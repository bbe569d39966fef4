"""Tracker is told when whose message was accepted, and only where it may know who is who."""

from collections.abc import Callable
from typing import Any

import pytest

from common.clock import utc_now
from common.contracts.mailer import EnvelopesAcceptedV1
from common.contracts.tracker import PlanLoadedV1
from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings
from tests.support.smtp import Fate, a_sink

Clone = Callable[[str], str]
_LINKS = [{"number": 1, "part": "html", "url": "https://example.org/"}]


def _refuse_the_third(recipient: str, _: int) -> Fate | None:
    return Fate("RCPT", "550 5.1.1 unknown") if recipient.startswith("person3@") else None


async def _told(clone: Clone, level: str, **changes: Any) -> list[EnvelopesAcceptedV1]:
    lui = FakeLui()
    async with a_sink(_refuse_the_third) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        tracking = {"level": level, "opens": level != "off", "links": _LINKS if level != "off" else []}
        fact = lui.offer(an_audience(12), tracking=tracking, **changes)
        delivery_id = await mailer.deliver(fact)
        if level != "off":
            await mailer.bus.deliver(PlanLoadedV1(delivery_id=delivery_id, link_count=1, at=utc_now()))
        await mailer.finished(delivery_id)
        return list(await mailer.stated(EnvelopesAcceptedV1))


async def test_at_personal_every_acceptance_is_told_once_with_its_moment(clone: Clone) -> None:
    before = utc_now().timestamp() * 1000
    told = await _told(clone, "personal")
    moments = {
        ordinal: fact.at.timestamp() * 1000 + delay
        for fact in told
        for ordinal, delay in zip(fact.ordinals, fact.delays_ms, strict=True)
    }
    assert sum(len(fact.ordinals) for fact in told) == len(moments)
    assert sorted(moments) == [ordinal for ordinal in range(1, 13) if ordinal != 3]
    assert all(before - 1 <= moment <= utc_now().timestamp() * 1000 for moment in moments.values())


@pytest.mark.parametrize("level", ["off", "blind", "unique", "anonymous"])
async def test_below_personal_nobody_is_told(clone: Clone, level: str) -> None:
    assert await _told(clone, level) == []
