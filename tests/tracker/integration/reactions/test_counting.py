import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.contracts.tracker import ReactionsSpooledV1
from common.service.resources import Resources
from tests.support.builders.tracker import AT_MS, a_batch, a_hit, a_link, a_request
from tests.support.bus import HandBus
from tests.support.clock import START, FixedClock
from tests.support.mixing import mixed
from tracker.intake.spool.record import HitKind, UnreadableRecord
from tracker.privacy.rules import kept_agent
from tracker.reactions import scheduler, service

CLICK = HitKind.CLICK


async def rows(resources: Resources, statement: str) -> list[tuple[Any, ...]]:
    async with resources.uow.reader() as uow:
        return [tuple(row) for row in await uow.session.execute(text(statement))]


async def counters(resources: Resources) -> dict[str, list[tuple[Any, ...]]]:
    """Every counter there is."""
    return {
        "reactions": await rows(resources, "SELECT count(*) FROM tracker.reactions"),
        "totals": await rows(
            resources, "SELECT delivery_number, opens, clicks FROM tracker.delivery_tallies ORDER BY 1"
        ),
        "tallies": await rows(
            resources, "SELECT kind, link_number, part, sum(count) FROM tracker.tallies GROUP BY 1, 2, 3 ORDER BY 1, 2"
        ),
        "people": await rows(resources, "SELECT kind, link_number, people, humans FROM tracker.people ORDER BY 1,2"),
        "seen": await rows(resources, "SELECT kind, link_number, subject, hits FROM tracker.seen ORDER BY 1,2,3"),
    }


async def store(resources: Resources, batches: Sequence[ReactionsSpooledV1]) -> int:
    async with resources.uow() as uow:
        return await service.store_reactions(uow, batches)


async def test_reactions_are_stored_and_counted(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1))
    hits = [a_hit(), a_hit(subject=4), a_hit(CLICK), a_hit(CLICK), a_hit(CLICK, link_number=2)]

    assert await bus.deliver(a_batch(*hits)) == ["ack"]

    assert await counters(resources) == {
        "reactions": [(5,)],
        "totals": [(1, 2, 3)],
        "tallies": [("click", 1, "html", 2), ("click", 2, "text", 1), ("open", 0, "html", 2)],
        "people": [
            ("click", -2, 1, 1),
            ("click", -1, 1, 1),
            ("click", 0, 1, 1),
            ("click", 1, 1, 1),
            ("click", 2, 1, 1),
            ("open", 0, 2, 2),
        ],
        "seen": [
            ("click", -2, 3, 1),
            ("click", -1, 3, 2),
            ("click", 0, 3, 3),
            ("click", 1, 3, 2),
            ("click", 2, 3, 1),
            ("open", 0, 3, 1),
            ("open", 0, 4, 1),
        ],
    }


async def test_what_comes_again_counts_once_however_it_is_cut(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1))
    whole = a_batch(*(a_hit(subject=subject) for subject in range(1, 11)))
    await bus.deliver(whole)
    before = await counters(resources)

    await bus.deliver(whole)
    for start, end in ((0, 4), (2, 9), (9, 10)):
        cut = whole.lines[start:end]
        again = whole.model_copy(update={"lines": cut, "first_offset": int(cut[0].partition("\t")[0])})
        await bus.deliver(again)

    assert await counters(resources) == before


async def test_workers_with_overlapping_batches_count_everything_once(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1), a_request(2))
    batches = [
        a_batch(
            *(a_hit(delivery_number=1 + subject % 2, subject=subject % 7 + 1) for subject in range(60)), segment=number
        )
        for number in range(6)
    ]

    await asyncio.gather(*(store(resources, batches[at : at + 3]) for at in (0, 1, 2, 3, 0, 2)))

    found = await counters(resources)
    assert found["reactions"] == [(360,)]
    assert found["totals"] == [(1, 180, 0), (2, 180, 0)]
    assert sum(row[3] for row in found["seen"]) == 360
    assert sum(row[2] for row in found["people"]) == 14


async def test_a_recipient_seen_by_a_machine_first_becomes_a_person_later(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1))
    await bus.deliver(a_batch(a_hit(method="HEAD"), segment=0))
    assert (await counters(resources))["people"] == [("open", 0, 1, 0)]

    await bus.deliver(a_batch(a_hit(), segment=1))
    await bus.deliver(a_batch(a_hit(), segment=2))

    assert (await counters(resources))["people"] == [("open", 0, 1, 1)]


async def test_a_reaction_without_a_plan_is_kept_and_not_counted(resources: Resources, bus: HandBus) -> None:
    assert await bus.deliver(a_batch(a_hit(delivery_number=77))) == ["ack"]

    found = await counters(resources)
    assert (found["reactions"], found["totals"], found["seen"]) == ([(1,)], [], [])


async def test_a_record_of_a_later_version_is_not_swallowed(resources: Resources) -> None:
    later = ReactionsSpooledV1(spool_id="s", segment=0, first_offset=0, lines=("0\t9\tsomething new",))

    with pytest.raises(UnreadableRecord):
        await store(resources, [later])


@pytest.mark.parametrize("example", ReactionsSpooledV1.examples)
async def test_the_examples_of_the_contract_are_taken_twice(bus: HandBus, example: dict[str, Any]) -> None:
    fact = ReactionsSpooledV1.model_validate(example)

    assert await bus.deliver(fact) == ["ack"]
    assert await bus.deliver(fact) == ["ack"]


async def test_at_blind_no_row_says_anything_of_anybody(resources: Resources, bus: HandBus, clock: FixedClock) -> None:
    await bus.deliver(a_request(1, TrackingLevel.BLIND))
    hour = AT_MS - AT_MS % 3_600_000
    await bus.deliver(a_batch(*[a_hit(subject=0, at_ms=hour, agent="Mozilla", network="")] * 3))
    await mixed(resources, clock)

    found = await rows(resources, "SELECT DISTINCT subject, agent, network, at FROM tracker.reactions")
    assert found == [(0, "Mozilla", "", datetime.fromtimestamp(hour / 1000, UTC))]
    assert (await counters(resources))["seen"] == []
    assert (await counters(resources))["people"] == []


async def test_at_anonymous_different_people_are_not_counted(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1, TrackingLevel.ANONYMOUS))
    await bus.deliver(a_batch(a_hit(subject=2**40, agent="Mozilla", network="")))

    assert (await counters(resources))["people"] == []


async def test_a_hostile_user_agent_ends_up_as_harmless_text(resources: Resources, bus: HandBus) -> None:
    hostile = b"\0<script>alert(1)</script>\t\r\n'; DROP TABLE tracker.reactions; --\x1b[31m" + b"\xff" * 9000
    await bus.deliver(a_request(1))
    await bus.deliver(a_batch(a_hit(agent=kept_agent(TrackingLevel.PERSONAL, hostile))))

    ((kept,),) = await rows(resources, "SELECT agent FROM tracker.reactions")
    assert kept.startswith("<script>alert(1)</script>'; DROP TABLE tracker.reactions; --[31m\xff")
    assert len(kept) == 256


async def test_judgement_and_raw_facts_stand_side_by_side(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1, links=[a_link(1)]))
    await bus.deliver(a_batch(a_hit(method="HEAD"), a_hit(agent="x GoogleImageProxy"), a_hit(CLICK)))

    found = await rows(
        resources, "SELECT method, agent, judgement, rules_version FROM tracker.reactions ORDER BY place"
    )
    assert [(row[0], row[2], row[3]) for row in found] == [
        ("HEAD", "scanner", 2),
        ("GET", "proxy", 2),
        ("GET", "human", 2),
    ]
    assert found[1][1] == "x GoogleImageProxy"


async def test_partitions_are_there_before_their_month(resources: Resources, bus: HandBus, clock: FixedClock) -> None:
    clock.now = START
    await bus.deliver(a_request(1))
    await bus.deliver(a_batch(a_hit()))  # into the default partition
    for _ in range(2):
        async with resources.uow() as uow:
            await scheduler.prepare_partitions(uow)

    names = await rows(
        resources, "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'tracker.reactions'::regclass"
    )
    assert {name.rpartition(".")[2] for (name,) in names} == {
        "reactions_default",
        "reactions_2026_11",
        "reactions_2026_12",
    }
    assert await rows(resources, "SELECT count(*) FROM tracker.reactions_2026_11") == [(1,)]
    assert await bus.deliver(a_batch(a_hit())) == ["ack"]
    assert (await counters(resources))["reactions"] == [(1,)]


async def test_a_hit_from_months_ago_gets_its_month_and_one_from_the_far_future_is_now(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    clock.now = START
    long_ago, far_future = AT_MS - 200 * 86_400_000, AT_MS + 900 * 86_400_000
    await bus.deliver(a_request(1))
    await bus.deliver(a_batch(a_hit(at_ms=long_ago), a_hit(at_ms=far_future), a_hit(at_ms=-(10**15))))

    async with resources.uow() as uow:
        await scheduler.prepare_partitions(uow)

    found = await rows(resources, "SELECT tableoid::regclass::text, at FROM tracker.reactions ORDER BY at")
    assert found == [
        ("reactions_2020_01", datetime(2020, 1, 1, tzinfo=UTC)),
        ("reactions_2026_05", datetime.fromtimestamp(long_ago / 1000, UTC)),
        ("reactions_2026_11", START),
    ]
