"""How fast the consumer takes hits in, against plain COPY of the same rows in the same run.

The whole path: a message's JSON is read, the inbox is asked, lines are cut and checked against what was counted,
judged, copied into the months (below personal: gathered until their hour is over, and moved there then, which is said
apart), counted, and the transaction is committed. Ratios are of processor time on both
sides, which load on the machine does not move.

    python -m tests.bench.ingest [--hits N] [--quick]
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any, cast

from nats.aio.msg import Msg
from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.contracts.tracker import ReactionsSpooledV1
from common.service.resources import Resources
from tests.bench.figure import Figure, exit_status, say
from tests.bench.tracking_ground import Cost, Meter, cluster, tracker_on
from tests.support.builders.tracker import AT_MS, a_hit, a_link, a_request
from tests.support.bus import HandBus, a_message
from tests.support.engines import Postgres
from tracker.driver import copy_text
from tracker.intake.spool.record import Hit, HitKind
from tracker.plans import service as plans
from tracker.privacy.rules import kept_agent, kept_network, kept_time
from tracker.reactions.columns import deliveries_of, fresh_of
from tracker.reactions.gathering import GatheringRepository, gathering_hour
from tracker.reactions.harvest import Harvester
from tracker.worker import SUBSCRIPTIONS

LINES = 500
TOGETHER = 40
"""Messages in one transaction, as the worker takes them."""
DELIVERIES = 4
LINKS = 20
CLICKS = 0.2
PER_SECOND = 2_000
_ROUNDS = 3
_COLUMNS = (
    "at, delivery_number, kind, subject, link_number, part, method, agent, network, network_class, delay_ms,"
    " judgement, rule, rules_version"
)
AGENTS = [
    f"Mozilla/5.0 (X11; Linux x86_64; rv:{release}.0) Gecko/20100101 Firefox/{release}.0" for release in range(90, 150)
]


def hits(count: int, level: TrackingLevel, seed: int) -> Iterator[Hit]:
    """Opens and clicks as an intake keeps them at a level, most recipients once or twice."""
    rng = random.Random(seed)  # noqa: S311
    people = max(1000, count // (2 * DELIVERIES))
    for index in range(count):
        is_click = rng.random() < CLICKS
        yield a_hit(
            HitKind.CLICK if is_click else HitKind.OPEN,
            delivery_number=rng.randint(1, DELIVERIES),
            subject=0 if level is TrackingLevel.BLIND else rng.randint(1, people),
            link_number=rng.randint(1, LINKS) if is_click else 0,
            at_ms=kept_time(level, AT_MS + index * 1000 // PER_SECOND),
            agent=kept_agent(level, rng.choice(AGENTS).encode()),
            network=kept_network(level, f"203.{rng.randint(0, 255)}.{rng.randint(0, 255)}.9"),
        )


def messages(count: int, level: TrackingLevel, spool_id: str) -> list[bytes]:
    """The facts as they lie in the stream."""
    lines: list[str] = []
    offset = 60
    for hit in hits(count, level, seed=hash(spool_id) & 0xFFFF):
        record = hit.encode().decode()
        lines.append(f"{offset}\t{record}")
        offset += 8 + len(record)
    return [
        ReactionsSpooledV1(
            spool_id=spool_id, segment=0, first_offset=int(part[0].partition("\t")[0]), lines=tuple(part)
        )
        .model_dump_json()
        .encode()
        for part in (lines[at : at + LINES] for at in range(0, count, LINES))
    ]


async def consume(resources: Resources, bodies: list[bytes], postgres: Postgres) -> Cost:
    """Everything the worker does with messages, acknowledging included."""
    bus = HandBus(resources, SUBSCRIPTIONS)
    desk = bus.desk(next(each for each in SUBSCRIPTIONS if each.fact is ReactionsSpooledV1))
    subject = ReactionsSpooledV1.subject
    meter = Meter(postgres)
    for at in range(0, len(bodies), TOGETHER):
        taken = [a_message(body, subject) for body in bodies[at : at + TOGETHER]]
        await desk.together(cast(list[Msg], taken))
        assert all(message.answers == ["ack"] for message in taken)
    return meter.cost()


async def copied(resources: Resources, bodies: list[bytes], postgres: Postgres, *, table: str) -> Cost:
    """Plain COPY of ready rows: as many in a transaction, nothing else."""
    facts = [ReactionsSpooledV1.model_validate_json(body) for body in bodies]
    async with resources.uow.reader() as uow:
        blocks = []
        for at in range(0, len(facts), TOGETHER):
            columns = [fresh for fact in facts[at : at + TOGETHER] if (fresh := fresh_of(fact, ())[0]) is not None]
            known = await plans.plans_by_number(uow, deliveries_of(columns))
            harvest = Harvester(known, {}, uow.now).harvest(columns)
            rows = [*harvest.rows, *(row for each in harvest.gathered for row in one_by_one(each))]
            blocks.append("".join(f"{row}\t{at + place}\n" for place, row in enumerate(rows)))
    meter = Meter(postgres)
    for block in blocks:
        async with resources.uow() as uow:
            await copy_text(uow.session, f"COPY {table} ({_COLUMNS}, place) FROM STDIN", block)
    return meter.cost()


def one_by_one(gathered: str) -> list[str]:
    """The rows of hits that are alike, as they will lie among the reactions."""
    *facts, judgement, rule, version, count = gathered.rstrip("\n").split("\t")
    return ["\t".join([*facts, "", "", r"\N", judgement, rule, version])] * int(count)


async def prepare(resources: Resources, level: TrackingLevel) -> None:
    """Plans, and two tables to copy into: one bare, one with the index that reactions have."""
    bus = HandBus(resources, SUBSCRIPTIONS)
    links = [a_link(number, part="html" if number % 2 else "text") for number in range(1, LINKS + 1)]
    await bus.deliver(*(a_request(number, level, links) for number in range(1, DELIVERIES + 1)))
    async with resources.uow() as uow:
        await uow.session.execute(text("CREATE TABLE tracker.bare (LIKE tracker.reactions)"))
        await uow.session.execute(text("CREATE TABLE tracker.indexed (LIKE tracker.reactions)"))
        await uow.session.execute(text("CREATE INDEX ON tracker.indexed (delivery_number, kind, at, place)"))


async def moved(resources: Resources, postgres: Postgres) -> Cost:
    """What is left for the end of the hour: moving all that is gathered among the reactions, in random order."""
    meter = Meter(postgres)
    async with resources.uow() as uow:
        await GatheringRepository(uow.session, gathering_hour(uow.now) + timedelta(hours=1)).move()
    return meter.cost()


async def measure(count: int, level: TrackingLevel, rounds: int) -> dict[str, list[Cost]]:
    """Both ways, in turns."""
    costs: dict[str, list[Cost]] = {"bare": [], "indexed": [], "consumer": [], "moving": []}
    with cluster() as postgres:
        async with tracker_on(postgres) as resources:
            await prepare(resources, level)
            await consume(resources, messages(LINES * TOGETHER, level, "warm"), postgres)
            await moved(resources, postgres)
            for number in range(rounds):
                bodies = messages(count, level, f"spool-{number}")
                for name in ("bare", "indexed"):
                    costs[name].append(await copied(resources, bodies, postgres, table=f"tracker.{name}"))
                costs["consumer"].append(await consume(resources, bodies, postgres))
                costs["moving"].append(await moved(resources, postgres))
    return costs


def figures(level: TrackingLevel, name: str, goal: str, count: int, costs: dict[str, list[Cost]]) -> list[Figure]:
    """The ratio, and what a hit costs."""
    conditions: dict[str, Any] = {"level": level.value, "hits": count, "rounds": len(costs["bare"]), "clicks": CLICKS}
    per_hit = {key: median(cost.processor for cost in found) / count * 1e6 for key, found in costs.items()}
    said = [
        Figure("ingest", f"{name}, of plain COPY", per_hit["bare"] / per_hit["consumer"], "ratio", goal, conditions)
    ]
    indexed = per_hit["indexed"] / per_hit["consumer"]
    said.append(Figure("ingest", f"{name}, of COPY with the same index", indexed, "ratio", None, conditions))
    client = median(cost.client for cost in costs["consumer"]) / count * 1e6
    said.append(Figure("ingest", f"{name}, consumer", per_hit["consumer"], "us of CPU a hit", None, conditions))
    said.append(Figure("ingest", f"{name}, in Python of that", client, "us of CPU a hit", None, conditions))
    if level is not TrackingLevel.PERSONAL:
        later = f"{name}, when the hour is over"
        said.append(Figure("ingest", later, per_hit["moving"], "us of CPU a hit", None, conditions))
    return said


def main() -> int:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hits", type=int, default=200_000)
    parser.add_argument("--quick", action="store_true", help="small and once")
    given = parser.parse_args()
    count, rounds = (80_000, 1) if given.quick else (given.hits, _ROUNDS)
    found: list[Figure] = []
    for level, name, goal in (
        (TrackingLevel.BLIND, "with the roll-up", ">= 0.4"),
        (TrackingLevel.PERSONAL, "with every recipient", ">= 0.12"),
    ):
        costs = asyncio.run(measure(count, level, rounds))
        found += [say(figure) for figure in figures(level, name, goal, count, costs)]
    return exit_status(found)


if __name__ == "__main__":
    sys.exit(main())
