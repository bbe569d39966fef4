"""Judging anew changes judgements and nothing else: counters are what a recount of raw reactions gives."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.contracts.mailer import EnvelopesAcceptedV1
from common.contracts.tracker import TrackerActionRecordedV1
from common.service.resources import Resources
from tests.support.builders.tracker import AT_MS, FIREFOX, a_batch, a_hit, a_link, a_request
from tests.support.bus import HandBus, stated
from tests.support.clock import FixedClock
from tests.support.http import Callers
from tests.support.mixing import mixed
from tests.support.recounting import counters, differences, recounted, rows
from tracker.config import TrackerSettings
from tracker.intake.spool.record import Hit, HitKind
from tracker.judging_command import judge_anew
from tracker.reactions import service
from tracker.reactions.errors import DeliveryNotFound
from tracker.reactions.judgings import SETTLE_AFTER

CLICK = HitKind.CLICK
AT = datetime.fromtimestamp(AT_MS / 1000, UTC)
LINKS = (a_link(1), a_link(2, alias="shop"), a_link(3, part="text", alias="shop"), a_link(4))


async def settle(resources: Resources, *, chunk: int = 1000) -> int:
    """Judge whatever is due; returns of how many reactions the judgement changed."""
    changed = 0
    while True:
        async with resources.uow() as uow:
            now = await service.judge_next(uow, chunk=chunk)
        if now is None:
            return changed
        changed += now


async def judgements(resources: Resources) -> list[tuple[Any, ...]]:
    return await rows(resources, "SELECT subject, judgement, rule FROM tracker.reactions ORDER BY at, place")


def accepted(ordinal: int, at: datetime) -> EnvelopesAcceptedV1:
    return EnvelopesAcceptedV1(delivery_number=1, at=at, ordinals=(ordinal,), delays_ms=(0,))


@pytest.fixture
def resources_settings(request: pytest.FixtureRequest) -> TrackerSettings:
    """Tracker's settings; `settings` is hypothesis' here."""
    found: TrackerSettings = request.getfixturevalue("settings")
    return found


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(AT + timedelta(minutes=1))


@pytest.mark.parametrize("acceptance_first", [True, False])
async def test_who_reacts_at_once_is_a_machine_whichever_fact_comes_first(
    resources: Resources, bus: HandBus, clock: FixedClock, *, acceptance_first: bool
) -> None:
    await bus.deliver(a_request(1))
    hits = a_batch(a_hit(subject=3), a_hit(subject=4))
    acceptances = [accepted(3, AT - timedelta(seconds=9)), accepted(4, AT - timedelta(seconds=10))]
    await bus.deliver(*([*acceptances, hits] if acceptance_first else [hits, *acceptances]))
    assert {row[1] for row in await judgements(resources)} == {"human"}  # for now

    clock.advance(seconds=SETTLE_AFTER.total_seconds())
    await settle(resources)

    assert await judgements(resources) == [(3, "scanner", "at_once"), (4, "human", "browser")]
    assert await rows(resources, "SELECT subject, delay_ms FROM tracker.reactions ORDER BY 1") == [
        (3, 9000),
        (4, 10000),
    ]
    assert await rows(resources, "SELECT people, humans FROM tracker.people") == [(2, 1)]
    assert differences(await counters(resources), await recounted(resources)) == {}


async def test_links_followed_in_a_burst_are_a_machines_also_those_that_came_earlier(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, links=LINKS))
    first = a_hit(CLICK, link_number=1)
    await bus.deliver(a_batch(first, segment=0))
    clock.advance(seconds=SETTLE_AFTER.total_seconds())
    assert await settle(resources) == 0

    others = [a_hit(CLICK, link_number=link, at_ms=AT_MS + 900 * link) for link in (2, 3)]
    later = a_hit(CLICK, link_number=4, at_ms=AT_MS + 60_000)
    await bus.deliver(a_batch(a_hit(CLICK, link_number=2, at_ms=AT_MS + 1000), others[0], later, segment=1))
    await bus.deliver(a_batch(a_hit(CLICK, link_number=3, at_ms=AT_MS + 1999), segment=2))
    clock.advance(seconds=SETTLE_AFTER.total_seconds())
    await settle(resources)

    assert [row[1:] for row in await judgements(resources)] == [
        *[("scanner", "links_in_a_burst")] * 4,
        ("human", "browser"),
    ]
    assert differences(await counters(resources), await recounted(resources)) == {}


async def test_nothing_is_judged_before_everything_about_it_can_be_known(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1), accepted(3, AT), a_batch(a_hit()))

    clock.advance(seconds=SETTLE_AFTER.total_seconds() - 1)

    async with resources.uow() as uow:
        assert await service.judge_next(uow) is None


async def test_at_other_levels_nothing_waits_since_nothing_more_can_be_known(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, TrackingLevel.UNIQUE), a_batch(a_hit(agent="Mozilla", network="")))
    clock.advance(hours=1)

    async with resources.uow() as uow:
        assert await service.judge_next(uow) is None


HITS = some.builds(
    a_hit,
    some.sampled_from([HitKind.OPEN, CLICK]),
    delivery_number=some.integers(1, 4),
    subject=some.integers(0, 3).map(lambda subject: subject << 32 | 7 if subject else 0),
    link_number=some.integers(1, 4),
    at_ms=some.integers(0, 40).map(lambda step: AT_MS + 700 * step),
    method=some.sampled_from(["GET", "GET", "HEAD"]),
    agent=some.sampled_from([FIREFOX, "", "GoogleImageProxy"]),
)
WRONG = some.sampled_from(["human", "unknown", "proxy", "scanner"])
LEVELS = (TrackingLevel.BLIND, TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS, TrackingLevel.PERSONAL)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=some.lists(some.lists(HITS, min_size=1, max_size=12), min_size=1, max_size=4), chunk=some.integers(1, 9))
async def test_after_judging_anew_counters_equal_a_recount(
    resources: Resources, bus: HandBus, clock: FixedClock, batches: Sequence[list[Hit]], chunk: int
) -> None:
    await _empty(resources)
    clock.now = AT + timedelta(minutes=2)
    await bus.deliver(*(a_request(n, level, links=LINKS) for n, level in enumerate(LEVELS, 1)))
    await bus.deliver(EnvelopesAcceptedV1(delivery_number=4, at=AT, ordinals=(1 << 32 | 7,), delays_ms=(0,)))
    for segment, hits in enumerate(batches):
        await bus.deliver(a_batch(*hits, segment=segment))
        clock.advance(seconds=SETTLE_AFTER.total_seconds())
        await settle(resources, chunk=chunk)
        assert differences(await counters(resources), await recounted(resources)) == {}
    await mixed(resources, clock)
    assert differences(await counters(resources), await recounted(resources)) == {}
    before = await judgements(resources)

    # An earlier set of rules thought otherwise of every second one.
    await _misjudge(resources)
    async with resources.uow() as uow:
        await service.request_judging(uow, None, by="somebody")
    await settle(resources, chunk=chunk)

    assert await judgements(resources) == before
    assert differences(await counters(resources), await recounted(resources)) == {}


async def _empty(resources: Resources) -> None:
    tables = "reactions, gathered_even, gathered_odd, spool_ranges, tallies, totals, seen, people, firsts"
    tables += ", delivery_tallies, judgings, acceptances"
    async with resources.uow() as uow:
        for table in tables.split(", "):
            await uow.session.execute(text(f"TRUNCATE tracker.{table}"))
        await uow.session.execute(text("TRUNCATE tracker.plans"))


async def _misjudge(resources: Resources) -> None:
    """Reactions and counters as an older release might have left them, consistently."""
    async with resources.uow() as uow:
        await uow.session.execute(
            text(
                "UPDATE tracker.reactions SET rules_version = 1, rule = 'older', judgement ="
                " CASE judgement WHEN 'human' THEN 'scanner' WHEN 'scanner' THEN 'human' ELSE 'unknown' END"
                " WHERE place % 2 = 0"
            )
        )
    await _count_anew(resources)


async def _count_anew(resources: Resources) -> None:
    should = await recounted(resources)
    async with resources.uow() as uow:
        for table, columns in (("totals", 6), ("tallies", 7), ("seen", 7), ("people", 5), ("firsts", 6)):
            await uow.session.execute(text(f"TRUNCATE tracker.{table}"))
            for row in should[table]:
                names = [f"v{index}" for index in range(columns)]
                named = _COLUMNS[table]
                values = ", ".join(f":{name}" for name in names)
                await uow.session.execute(
                    text(f"INSERT INTO tracker.{table} ({named}) VALUES ({values})"),  # noqa: S608
                    dict(zip(names, row, strict=True)),
                )


_COLUMNS = {
    "totals": "delivery_number, kind, link_number, judgement, part, count",
    "tallies": "delivery_number, kind, link_number, period_start, judgement, part, count",
    "seen": "delivery_number, kind, link_number, subject, first_at, first_human_at, hits",
    "people": "delivery_number, kind, link_number, people, humans",
    "firsts": "delivery_number, kind, link_number, period_start, people, humans",
}


async def test_an_administrator_has_old_reactions_judged_and_the_trail_says_so(
    resources: Resources, bus: HandBus, callers: Callers
) -> None:
    await bus.deliver(request := a_request(1))
    await bus.deliver(a_batch(a_hit()))
    async with resources.uow() as uow:
        await uow.session.execute(text("UPDATE tracker.judgings SET rules_version = 1"))
    async with resources.uow.reader() as uow:
        assert await service.rules_in_force(uow, [1]) == 1

    client = callers.as_account("administer_installation")
    reply = await client.post("/api/v1/judgings", json={"delivery_ids": [request.delivery_id]})

    assert (reply.status_code, reply.json()) == (202, {"deliveries": 1, "rules_version": 2})
    await settle(resources)
    async with resources.uow.reader() as uow:
        assert await service.rules_in_force(uow, [1]) == 2
    (action,) = await stated(resources, TrackerActionRecordedV1)
    assert (action.action, action.target_type, action.target_id) == (
        "reactions.judge",
        "delivery",
        request.delivery_id,
    )


async def test_judging_anew_is_for_administrators_and_for_deliveries_there_are(callers: Callers) -> None:
    wanted = {"delivery_ids": ["0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d09"]}

    assert (await callers.as_account("see_reports").post("/api/v1/judgings", json=wanted)).status_code == 403
    administrator = callers.as_account("administer_installation")
    assert (await administrator.post("/api/v1/judgings", json=wanted)).status_code == 404
    assert (await administrator.post("/api/v1/judgings", json={"delivery_ids": []})).status_code == 422


async def test_the_command_judges_everything_and_says_how_much_changed(
    resources: Resources, resources_settings: TrackerSettings, bus: HandBus
) -> None:
    await bus.deliver(a_request(1), a_batch(a_hit(), a_hit(subject=4, method="HEAD")))
    await _misjudge_all_as_people(resources)

    assert await judge_anew(resources_settings, None) == (1, 1)

    assert [row[1] for row in await judgements(resources)] == ["human", "scanner"]
    assert differences(await counters(resources), await recounted(resources)) == {}
    with pytest.raises(DeliveryNotFound):
        await judge_anew(resources_settings, ["0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d09"])


async def _misjudge_all_as_people(resources: Resources) -> None:
    async with resources.uow() as uow:
        await uow.session.execute(text("UPDATE tracker.reactions SET judgement = 'human', rules_version = 1"))
    await _count_anew(resources)
