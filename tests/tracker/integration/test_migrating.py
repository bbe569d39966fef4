"""What an earlier release stored is counted on, not counted again."""

import asyncio

from alembic import command
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from common.clock import utc_now
from common.db.migrations import alembic_config
from common.service.resources import Resources
from tests.support.builders.tracker import AT_MS, a_batch, a_hit, a_request
from tests.support.bus import HandBus
from tests.support.http import resources_for
from tests.support.recounting import rows
from tracker.config import TrackerSettings
from tracker.intake.spool.record import HitKind
from tracker.tables import MESSAGING
from tracker.worker import SUBSCRIPTIONS

HITS = [a_hit(), a_hit(HitKind.CLICK, agent="“agent”"), a_hit(subject=4), a_hit(HitKind.CLICK, link_number=2)]
BATCH = a_batch(*HITS)
_INSERT = text("""
    INSERT INTO tracker.reactions (spool_id, segment, record_offset, at, delivery_number, kind, subject, link_number,
        part, method, agent, network, judgement, rules_version)
    VALUES (:spool, 0, :offset, timestamptz 'epoch' + :at * interval '1 millisecond',
        1, :kind, :subject, :link, :part, 'GET', :agent, :network, 'human', 1)
""")


def store_as_before(url: str) -> None:
    """The first three of the hits, as the first release stored them; a month has its partition already."""
    engine = create_engine(make_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE tracker.reactions_2026_11 (LIKE tracker.reactions INCLUDING CONSTRAINTS)")
        )
        connection.execute(
            text(
                "ALTER TABLE tracker.reactions ATTACH PARTITION tracker.reactions_2026_11"
                " FOR VALUES FROM ('2026-11-01 00:00+00') TO ('2026-12-01 00:00+00')"
            )
        )
        for line, hit in list(zip(BATCH.lines, HITS, strict=True))[:3]:
            facts = {"kind": hit.kind.name.lower(), "subject": hit.subject, "link": hit.link_number, "at": AT_MS}
            place = {"spool": BATCH.spool_id, "offset": int(line.partition("\t")[0])}
            texts = {"part": "html", "agent": hit.agent, "network": hit.network}
            connection.execute(_INSERT, {**facts, **place, **texts})


async def deliver(resources: Resources) -> None:
    bus = HandBus(resources, SUBSCRIPTIONS)
    await bus.deliver(a_request(1), BATCH)


async def test_hits_of_the_first_release_are_not_counted_again(settings: TrackerSettings) -> None:
    url = settings.database_url.get_secret_value()
    config = alembic_config("tracker", url)
    # Alembic starts a loop of its own.
    await asyncio.to_thread(command.downgrade, config, "0001")
    store_as_before(url)
    await asyncio.to_thread(command.upgrade, config, "head")

    async with resources_for(settings, MESSAGING, clock=utc_now) as resources:
        await deliver(resources)
        kept = await rows(resources, "SELECT kind, subject, link_number FROM tracker.reactions ORDER BY place")
        ranges = await rows(resources, "SELECT first_offset, next_offset FROM tracker.spool_ranges")
        acted = a_hit(HitKind.ACTION, link_number=7)
        await HandBus(resources, SUBSCRIPTIONS).deliver(a_batch(acted, segment=1))  # the month's partition takes it
        total = await rows(resources, "SELECT count(*) FROM tracker.reactions")

    assert kept == [("open", 3, 0), ("click", 3, 1), ("open", 4, 0), ("click", 3, 2)]
    last = BATCH.lines[-1].partition("\t")
    assert ranges == [(60, int(last[0]) + 8 + len(last[2].encode()))]
    assert total == [(5,)]
