"""`python -m tests.bench.reaction_audience`: the next audience out of an earlier one, by a condition over bitsets.

    python -m tests.bench.reaction_audience [--people N]

From the bitsets, as tracker and mailer answer them, to a frozen snapshot with its digest, committed by a PostgreSQL
that syncs. Half of the recipients fit. Processor time, here and in PostgreSQL, is what it takes on a machine with
nothing else to do; the wall clock is said beside it. Beside the whole stand two parts of it: condition and digest.
"""

import argparse
import asyncio
import random
import sys

from sqlalchemy import text

from common.contracts.digest import RecipientsDigest
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWorkFactory
from lui.audience import service as audience
from lui.audience.models import Snapshot
from lui.audience.reacting import AllOf, Did, Question, ReactionSourceIn
from lui.audience.rules.conditions import Crowd, affirmed, matching
from lui.audience.schemas import RecipientsIn, Usage
from lui.audience.subset import digest_octets
from lui.config import LuiSettings
from lui.tables import MESSAGING
from tests.bench.figure import Figure, exit_status, say
from tests.bench.tracking_ground import Meter
from tests.support.databases import Databases
from tests.support.durable_engines import DurablePostgres
from tests.support.http import encode_key, make_settings, resources_for

BENCH = "reaction_audience"
_GOAL = "<= 3"
_CONDITION = AllOf(all=(Question(did=Did.OPENED), Question(did=Did.NOT_CLICKED), Question(did=Did.NOT_BOUNCED)))
_COLUMNS = ["ADDRESS", "NAME", "CITY", "PRODUCT", "CUSTOMER"]
_PEOPLE = """
INSERT INTO lui.snapshot_recipients (month, snapshot_id, ordinal, line_no, address, values)
SELECT CAST(:month AS date), CAST(:id AS uuid), n, n, 'reader' || n || '@mail' || n % 50 || '.example.org',
       ARRAY['reader' || n || '@mail' || n % 50 || '.example.org', 'Reader Number ' || n, 'City ' || n % 900,
             'CAM-' || n % 3, md5(n::text)]
  FROM generate_series(1, :people) n
"""


async def an_audience(units: UnitOfWorkFactory, people: int) -> str:
    """An earlier job's audience."""
    async with units() as uow:
        snapshot = Snapshot(
            id=new_id(), month=uow.now.date().replace(day=1), columns=_COLUMNS, file_columns=_COLUMNS,
            address_column="ADDRESS", name_column="NAME", accepted_count=people, duplicate_count=0, rejected_count=0,
            digest="", warnings=[], distinct_by={"by": "address", "columns": None}, created_at=uow.now,
        )  # fmt: skip
        uow.session.add(snapshot)
        await uow.session.execute(text("SET LOCAL statement_timeout = '10min'"))
        given = {"month": snapshot.month, "id": snapshot.id, "people": people}
        await uow.session.execute(text(_PEOPLE), given)
    async with units() as uow:
        await uow.session.execute(text("SET LOCAL statement_timeout = '10min'"))
        await uow.session.execute(text("ANALYZE lui.snapshot_recipients"))
        return snapshot.id


def bitsets(people: int) -> dict[Question, bytes]:
    """What tracker and mailer answer: three quarters opened, a third of all clicked, few came back."""
    chance = random.Random(7)  # noqa: S311 - the same audience every time
    full = people // 8 + 1
    opened = bytes(chance.getrandbits(8) | chance.getrandbits(8) for _ in range(full))
    clicked = bytes(chance.getrandbits(8) & (chance.getrandbits(8) | chance.getrandbits(8)) for _ in range(full))
    bounced = bytes(8 if chance.random() < 0.1 else 0 for _ in range(full))
    questions = [affirmed(question) for question in _CONDITION.all if isinstance(question, Question)]
    return dict(zip(questions, (opened, clicked, bounced), strict=True))


async def measure(units: UnitOfWorkFactory, people: int, postgres: DurablePostgres) -> list[Figure]:
    """Once to warm up, then once for the figures."""
    source_id, known = await an_audience(units, people), bitsets(people)
    source = ReactionSourceIn(type="reaction", job_id=new_id(), condition=_CONDITION)
    asked = RecipientsIn(source=source, usage=Usage.MERGE)
    for _ in range(2):
        meter = Meter(postgres)
        async with units() as uow:
            audiences = await audience.load_audiences(uow, [source_id])
            who = _who(audiences.crowd, known)
            condition = meter.cost()
            made = await audience.define_subset(uow, asked, audiences, who)
            uow.session.expunge(made)
        whole = meter.cost()
    meter, digest = Meter(postgres), RecipientsDigest()
    async with units.reader() as uow:
        async for octets in digest_octets(uow.session, made):
            digest.add_octets(octets)
    hashed = meter.cost()
    if digest.hexdigest() != made.digest:
        raise AssertionError("the digest is not that of the rows")
    of = {"people": people, "chosen": made.accepted_count, "columns": len(_COLUMNS), "fsync": "on"}
    walls = {"wall_seconds": round(whole.wall, 2), "client_seconds": round(whole.client, 2)}
    return [
        say(Figure(BENCH, "from bitsets to a frozen audience", whole.processor, "processor s", _GOAL, {**of, **walls})),
        say(Figure(BENCH, "of that: the condition", condition.processor, "processor s", None, of)),
        say(Figure(BENCH, "of that: the digest", hashed.processor, "processor s", None, of)),
    ]


def _who(crowd: Crowd, known: dict[Question, bytes]) -> int:
    return matching(_CONDITION, lambda question: crowd.placed(0, known[question]), crowd.everybody())


async def bench(people: int) -> int:
    """A cluster of its own, and what was measured on it."""
    postgres = DurablePostgres()
    try:
        postgres.start()
        settings = make_settings(
            LuiSettings,
            database_url=Databases(postgres).clone("lui"),
            app_url="http://lui.test",
            public_url="http://pages.test",
            mailer_url="http://mailer.test",
            tracker_url="http://tracker.test",
            token_keys=encode_key(b"a master key of lui's own bench!"),
        )
        async with resources_for(settings, MESSAGING) as resources:
            return exit_status(await measure(resources.uow, people, postgres))
    finally:
        postgres.remove()


def main() -> int:
    """Measure; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    return asyncio.run(bench(parser.parse_args().people))


if __name__ == "__main__":
    sys.exit(main())
