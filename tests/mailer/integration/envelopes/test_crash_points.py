"""What is lost and what is sent twice when the sender dies at each point of a transaction: nothing, and at most C."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from common.ids import new_id
from mailer.config import MailerSettings
from mailer.envelopes.gate import Gate
from mailer.envelopes.outlet import Outlet
from mailer.envelopes.owner import lock_key
from mailer.envelopes.scheduler import Sender
from mailer.envelopes.work import Job, Lease
from mailer.transport.service import Connection
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import Sink, a_sink
from tests.support.wait import eventually, settled

Clone = Callable[[str], str]
CONNECTIONS = 4


async def _take_over(settings: MailerSettings, lui: FakeLui, delivery_id: str) -> dict[str, int]:
    """A new process finishes the delivery; what it counted."""
    async with a_mailer(settings, lui) as second:
        end = await second.finished(delivery_id)
        return only(end.counts)


async def _log(mailer: RunningMailer, kind: int) -> int:
    query = "SELECT count(DISTINCT o) FROM mailer.send_log, unnest(ordinals) AS o WHERE kind = :kind"
    return int((await mailer.rows(query, kind=kind))[0][0])


async def _open_intents(mailer: RunningMailer) -> int:
    """Envelopes about which the log says last that they may be sent."""
    query = (
        "SELECT count(*) FROM (SELECT DISTINCT ON (o) o, kind FROM mailer.send_log, unnest(ordinals) AS o"
        " ORDER BY o, id DESC) last WHERE kind = 1"
    )
    return int((await mailer.rows(query))[0][0])


def _identical_copies(sink: Sink) -> bool:
    by_recipient: dict[str, set[bytes]] = {}
    for message in sink.received:
        by_recipient.setdefault(message.rcpt_to, set()).add(message.data)
    return all(len(copies) == 1 for copies in by_recipient.values())


async def test_p3_death_after_the_claim_costs_nothing(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(20)
    async with a_sink() as sink:
        await sink.stop()  # the gateway is down: chunks are claimed, nothing can be sent
        settings = mailer_settings(clone("mailer"), sink.port)
        async with a_mailer(settings, lui) as first:
            delivery_id = await first.deliver(lui.offer(audience))
            await eventually(lambda: bool(first.sender.feed.chunks))
            await first.crash()
        await sink.start()
        assert await _take_over(settings, lui, delivery_id) == {"sent": 20}
        assert sorted(sink.recipients) == sorted(audience.addresses)


async def test_p4_death_before_the_intent_costs_nothing(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    lui, audience = FakeLui(), an_audience(20)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, smtp={"connections": CONNECTIONS})
        with monkeypatch.context() as patched:
            patched.setattr(Gate, "_flush", _never)
            async with a_mailer(settings, lui) as first:
                delivery_id = await first.deliver(lui.offer(audience))
                await eventually(lambda: bool(first.sender.gate._wants))
                await first.crash()
                assert await _log(first, 1) == 0
        assert sink.received == []
        assert await _take_over(settings, lui, delivery_id) == {"sent": 20}
        assert sorted(sink.recipients) == sorted(audience.addresses)


async def test_p5_death_while_the_intents_answer_is_on_its_way_costs_nothing(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lui, audience, flush = FakeLui(), an_audience(20), Gate._flush

    async def committed_and_never_heard(gate: Gate, cursor: Any) -> None:
        gate.on_answered = lambda *_: None
        await flush(gate, cursor)
        await asyncio.Event().wait()

    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, smtp={"connections": CONNECTIONS})
        with monkeypatch.context() as patched:
            patched.setattr(Gate, "_flush", committed_and_never_heard)
            async with a_mailer(settings, lui) as first:
                delivery_id = await first.deliver(lui.offer(audience))
                await eventually(lambda: _open_intents(first))
                await first.crash()
        assert sink.received == []
        assert await _take_over(settings, lui, delivery_id) == {"sent": 20}
        assert sorted(sink.recipients) == sorted(audience.addresses)
        assert sink.copies == {}


async def test_p6_death_between_intent_and_dot_loses_nobody_and_copies_nothing(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lui, audience = FakeLui(), an_audience(20)

    def nothing_leaves(outlet: Outlet, connection: Connection) -> None:
        outlet.connections.starve(connection)

    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, smtp={"connections": CONNECTIONS})
        with monkeypatch.context() as patched:
            patched.setattr(Outlet, "take", nothing_leaves)
            patched.setattr("mailer.envelopes.outlet.STALE_SECONDS", 3_600.0)
            async with a_mailer(settings, lui) as first:
                delivery_id = await first.deliver(lui.offer(audience))
                await eventually(lambda: _open_intents(first))
                intents = await settled(lambda: _open_intents(first))
                await first.crash()
        assert 1 <= intents <= CONNECTIONS
        assert sink.received == []
        assert await _take_over(settings, lui, delivery_id) == {"sent": 20}
        assert sorted(sink.recipients) == sorted(audience.addresses)


async def test_what_nobody_takes_is_withdrawn_and_asked_for_again(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lui, taken = FakeLui(), Outlet.take

    def nothing_leaves(outlet: Outlet, connection: Connection) -> None:
        outlet.connections.starve(connection)

    async with a_sink() as sink:
        monkeypatch.setattr(Outlet, "take", nothing_leaves)
        async with a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
            delivery_id = await mailer.deliver(lui.offer(an_audience(8)))
            await eventually(lambda: _log(mailer, 7))
            assert sink.received == []
            monkeypatch.setattr(Outlet, "take", taken)
            assert only((await mailer.finished(delivery_id)).counts) == {"sent": 8}
            assert sink.copies == {}


async def test_p7_p8_death_between_dot_and_record_copies_at_most_one_per_connection(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(40)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, smtp={"connections": CONNECTIONS})
        async with a_mailer(settings, lui) as first:
            delivery_id = await first.deliver(lui.offer(audience))
            await eventually(lambda: len(sink.received) >= 5)
            await first.crash()
        before = len(sink.received)
        assert await _take_over(settings, lui, delivery_id) == {"sent": 40}
        assert set(sink.recipients) == set(audience.addresses)
        assert sum(count - 1 for count in sink.copies.values()) <= CONNECTIONS
        assert before <= 40
        assert _identical_copies(sink)


async def test_p9_what_is_recorded_is_never_sent_again(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    lui, audience = FakeLui(), an_audience(12)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port)
        with monkeypatch.context() as patched:
            patched.setattr("mailer.envelopes.scheduler.settling.settle_chunk", _never)
            async with a_mailer(settings, lui) as first:
                delivery_id = await first.deliver(lui.offer(audience))
                await eventually(lambda: _accepted(first, 12))
                await first.crash()
                assert await first.counts(delivery_id) == {"queued": 12}
        assert await _take_over(settings, lui, delivery_id) == {"sent": 12}
        assert sink.copies == {}
        assert len(sink.received) == 12


async def test_an_orderly_stop_leaves_nothing_ambiguous(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(60)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, smtp={"connections": CONNECTIONS})
        delivery_id = ""
        for stop_after in (3, 17, 33):
            async with a_mailer(settings, lui) as mailer:
                delivery_id = delivery_id or await mailer.deliver(lui.offer(audience))
                await eventually(lambda stop_after=stop_after: len(sink.received) >= stop_after)  # type: ignore[misc]
                await mailer.stop()
                assert await _open_intents(mailer) == 0
                assert await _log(mailer, 2) == len(sink.received)
        assert await _take_over(settings, lui, delivery_id) == {"sent": 60}
        assert sink.copies == {}
        assert len(sink.received) == 60


async def test_a_zombie_gets_no_permission_after_its_lease_was_taken(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(30)
    async with a_sink() as sink:
        sink.dot_gate = asyncio.Event()
        settings = mailer_settings(clone("mailer"), sink.port, smtp={"connections": CONNECTIONS})
        async with a_mailer(settings, lui) as zombie:
            delivery_id = await zombie.deliver(lui.offer(audience))
            await eventually(lambda: _open_intents(zombie))
            before = await settled(lambda: _log(zombie, 1))
            async with zombie.resources.engine.connect() as other:
                successor = new_id()
                await other.execute(text("SELECT pg_advisory_lock(:key)"), {"key": lock_key(successor)})
                taken = text("UPDATE mailer.chunks SET epoch = epoch + 1, owner = CAST(:owner AS uuid)")
                await other.execute(taken, {"owner": successor})
                await other.commit()
                sink.dot_gate.set()
                assert await settled(lambda: _log(zombie, 1)) == before
                assert len(sink.received) <= CONNECTIONS
                assert await zombie.counts(delivery_id) == {"queued": 30}
                await eventually(lambda: not zombie.sender.feed.chunks)


def _forgetting_its_first_claim(monkeypatch: pytest.MonkeyPatch) -> list[Lease]:
    """PostgreSQL committed the claim and died before it said so: the owner lives and knows nothing of the chunk."""
    load = Sender._load
    unknown: list[Lease] = []

    async def forget_the_first(sender: Sender, lease: Lease, job: Job) -> None:
        if unknown:
            await load(sender, lease, job)
        else:
            unknown.append(lease)

    monkeypatch.setattr(Sender, "_load", forget_the_first)
    return unknown


async def test_a_claim_whose_answer_never_came_runs_out_and_is_claimed_again(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = _forgetting_its_first_claim(monkeypatch)
    lui, audience = FakeLui(), an_audience(20)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, lease_seconds=2)
        async with a_mailer(settings, lui) as mailer:
            delivery_id = await mailer.deliver(lui.offer(audience))
            assert only((await mailer.finished(delivery_id)).counts) == {"sent": 20}
            assert sorted(sink.recipients) == sorted(audience.addresses)
            assert [lease.epoch for lease in unknown] == [1]


async def test_a_gate_that_comes_back_lets_go_of_what_it_does_not_know(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = _forgetting_its_first_claim(monkeypatch)
    lui, audience = FakeLui(), an_audience(20)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port, lease_seconds=600)
        async with a_mailer(settings, lui) as mailer:
            delivery_id = await mailer.deliver(lui.offer(audience))
            await eventually(lambda: bool(unknown))
            assert mailer.sender.gate.driver is not None
            pid = mailer.sender.gate.driver.info.backend_pid
            await mailer.rows("SELECT pg_terminate_backend(:pid)", pid=pid)
            assert only((await mailer.finished(delivery_id)).counts) == {"sent": 20}
            assert sorted(sink.recipients) == sorted(audience.addresses)


async def test_a_living_owners_doubts_rest_until_nobody_can_answer(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(10)
    async with a_sink() as sink:
        sink.dot_gate = asyncio.Event()
        settings = mailer_settings(
            clone("mailer"), sink.port, smtp={"connections": 2}, lease_seconds=2, renew_seconds=60.0
        )
        async with a_mailer(settings, lui) as stuck:
            delivery_id = await stuck.deliver(lui.offer(audience))
            await eventually(lambda: _open_intents(stuck))
            open_intents = await settled(lambda: _open_intents(stuck))
            async with a_mailer(settings, lui) as second:
                await eventually(lambda: _count(second, delivery_id, "in_doubt", open_intents), 20.0)
                assert sorted(set(sink.recipients)) == sorted(sink.recipients)
            sink.dot_gate.set()


async def _never(*_: Any, **__: Any) -> None:
    await asyncio.Event().wait()


async def _accepted(mailer: RunningMailer, count: int) -> bool:
    return await _log(mailer, 2) == count


async def _count(mailer: RunningMailer, delivery_id: str, state: str, count: int) -> bool:
    return (await mailer.counts(delivery_id)).get(state) == count
