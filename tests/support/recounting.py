"""What every counter should say, worked out from the raw reactions alone, gathered ones included."""

from typing import Any

from sqlalchemy import text

from common.service.resources import Resources
from tracker.plans import service as plans
from tracker.reactions.rules import MACHINES
from tracker.tallies.rules import Movements, Regrouped, milliseconds, movements, thing_of

_COLUMNS = "delivery_number, kind, link_number, subject, at, judgement"


async def rows(resources: Resources, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    async with resources.uow.reader() as uow:
        return [tuple(row) for row in await uow.session.execute(text(statement))]


async def counters(resources: Resources) -> dict[str, list[tuple[Any, ...]]]:
    """Every counter as it stands."""
    return {
        "deliveries": await rows(resources, "SELECT delivery_number, opens, clicks FROM tracker.delivery_tallies"),
        "totals": await rows(
            resources, "SELECT delivery_number, kind, link_number, judgement, part, count FROM tracker.totals"
        ),
        "tallies": await rows(
            resources,
            "SELECT delivery_number, kind, link_number, period_start, judgement, part, count FROM tracker.tallies",
        ),
        "seen": await rows(
            resources,
            "SELECT delivery_number, kind, link_number, subject, first_at, first_human_at, hits FROM tracker.seen",
        ),
        "people": await rows(
            resources, "SELECT delivery_number, kind, link_number, people, humans FROM tracker.people"
        ),
        "firsts": await rows(
            resources, "SELECT delivery_number, kind, link_number, period_start, people, humans FROM tracker.firsts"
        ),
    }


async def recounted(resources: Resources) -> dict[str, list[tuple[Any, ...]]]:
    """Every counter as it should stand."""
    found = await rows(
        resources,
        f"SELECT {_COLUMNS} FROM tracker.reactions"  # noqa: S608
        f" UNION ALL SELECT {_COLUMNS} FROM tracker.gathered_even, generate_series(1, hits)"
        f" UNION ALL SELECT {_COLUMNS} FROM tracker.gathered_odd, generate_series(1, hits)",
    )
    async with resources.uow.reader() as uow:
        known = await plans.plans_by_number(uow, {row[0] for row in found})
    things = {key: thing_of(known[key[0]], key[1], key[2]) for key in {row[:3] for row in found}}
    moved = movements((things[row[:3]], row[3], milliseconds(row[4]), row[5], row[5] in MACHINES) for row in found)
    return {**_summed(moved), **_people(moved)}


def differences(counted: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Which counters are not what they should be; empty when all are."""
    return {
        name: (set(counted[name]) - set(expected[name]), set(expected[name]) - set(counted[name]))
        for name in expected
        if sorted(counted[name], key=repr) != sorted(expected[name], key=repr)
    }


def _summed(moved: Movements) -> dict[str, list[tuple[Any, ...]]]:
    totals: dict[tuple[Any, ...], int] = {}
    for (number, kind, link, _, judgement, part), count in moved.tallies.items():
        key = (number, kind, link, judgement, part)
        totals[key] = totals.get(key, 0) + count
    numbers = {number for number, _ in moved.totals}
    return {
        "deliveries": [(number, moved.totals[number, "open"], moved.totals[number, "click"]) for number in numbers],
        "totals": [(*key, count) for key, count in totals.items()],
        "tallies": [(*key, count) for key, count in moved.tallies.items()],
    }


def _people(moved: Movements) -> dict[str, list[tuple[Any, ...]]]:
    regrouped = Regrouped()
    for key, sight in moved.seen.items():
        if key[0] in moved.periods:
            regrouped.note(key, None, sight, moved.periods[key[0]])
    people, humans = regrouped.people, regrouped.humans
    firsts, human_firsts = regrouped.firsts, regrouped.human_firsts
    return {
        "seen": [(*key, sight.first_at, sight.first_human_at, sight.hits) for key, sight in moved.seen.items()],
        "people": [(*key, people[key], humans[key]) for key in people.keys() | humans.keys()],
        "firsts": [(*key, firsts[key], human_firsts[key]) for key in firsts.keys() | human_firsts.keys()],
    }
