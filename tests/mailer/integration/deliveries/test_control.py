"""Pausing, resuming, cancelling and retrying, at any moment."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from common.contracts.mailer import DeliveryFinishedV1, DeliveryState
from mailer.envelopes.gate import Gate
from mailer.suppression import service as suppression
from mailer.suppression.schemas import Reason
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import Fate, Sink, a_sink
from tests.support.wait import eventually, settled

Clone = Callable[[str], str]


SLOWLY = {"rate_per_second": 200.0}
"""So that there is something left to pause."""


async def _started(mailer: RunningMailer, sink: Sink, lui: FakeLui, count: int = 300) -> str:
    delivery_id = await mailer.deliver(lui.offer(an_audience(count)))
    await eventually(lambda: len(sink.received) >= 10)
    return delivery_id


async def _state(mailer: RunningMailer, delivery_id: str) -> str:
    rows = await mailer.rows("SELECT state FROM mailer.deliveries WHERE id = CAST(:id AS uuid)", id=delivery_id)
    return str(rows[0][0])


async def _rests(mailer: RunningMailer, sink: Sink, delivery_id: str) -> bool:
    """Whether nothing moves any more, and the ledger and the receiver agree.

    A gate statement that had begun before the pause may still permit a few messages after it.
    """

    async def seen() -> tuple[int, dict[str, int]]:
        return len(sink.received), await mailer.counts(delivery_id)

    received, counts = await settled(seen)
    return counts == {"sent": received, "queued": 300 - received}


async def test_a_paused_delivery_sends_nothing_more_and_goes_on_where_it_stopped(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        delivery_id = await _started(mailer, sink, lui)
        await mailer.control(delivery_id, "pause", 1)
        await eventually(lambda: _rests(mailer, sink, delivery_id))
        assert 10 <= len(sink.received) < 300
        await mailer.control(delivery_id, "resume", 2)
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 300}
        assert sink.copies == {}


async def test_no_gate_statement_that_begins_after_the_pause_was_acknowledged_grants_anything(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        delivery_id = await _started(mailer, sink, lui, 600)
        paused_at, revision = [], 0
        for _ in range(8):
            revision += 1
            await mailer.control(delivery_id, "pause", revision)
            begun = (await mailer.rows("SELECT clock_timestamp()"))[0][0]
            query = "SELECT count(*) FROM mailer.send_log WHERE kind = 1 AND at > :at"
            assert (await mailer.rows(query, at=begun))[0][0] == 0
            resumed = (await mailer.rows("SELECT clock_timestamp()"))[0][0]
            paused_at.append((begun, resumed))
            revision += 1
            await mailer.control(delivery_id, "resume", revision)
        await mailer.finished(delivery_id, deadline=40.0)
        for begun, resumed in paused_at:
            granted = await mailer.rows(
                "SELECT count(*) FROM mailer.send_log WHERE kind = 1 AND at > :begun AND at < :resumed",
                begun=begun,
                resumed=resumed,
            )
            assert granted[0][0] == 0


async def test_an_older_revision_changes_nothing(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        delivery_id = await _started(mailer, sink, lui)
        await mailer.control(delivery_id, "pause", 5)
        await mailer.control(delivery_id, "resume", 4)
        assert await _state(mailer, delivery_id) == DeliveryState.PAUSED
        await mailer.control(delivery_id, "resume", 6)
        await mailer.finished(delivery_id)


async def test_a_pause_that_arrives_before_the_request_holds(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        fact = lui.offer()
        await mailer.control(fact.delivery_id, "pause", 1)
        await mailer.deliver(fact)
        await eventually(lambda: _is(mailer, fact.delivery_id, DeliveryState.PAUSED))
        assert sink.received == []
        await mailer.control(fact.delivery_id, "resume", 2)
        assert only((await mailer.finished(fact.delivery_id)).counts) == {"sent": 3}


async def test_a_cancelled_delivery_ends_with_sums_that_match_and_can_be_retried(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        delivery_id = await _started(mailer, sink, lui)
        await mailer.control(delivery_id, "cancel", 1)
        end = await mailer.finished(delivery_id)
        sent = len(sink.received)
        assert end.state is DeliveryState.CANCELLED
        assert only(end.counts) == {"sent": sent, "cancelled": 300 - sent}
        await mailer.control(delivery_id, "retry", 2)
        again = await mailer.finished(delivery_id, revision_above=end.revision)
        assert again.state is DeliveryState.FINISHED
        assert only(again.counts) == {"sent": 300}
        assert sink.copies == {}


async def test_a_delivery_cancelled_while_preparing_sends_nothing(clone: Clone) -> None:
    lui = FakeLui(is_away=True)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer())
        await mailer.control(delivery_id, "cancel", 1)
        end = await mailer.finished(delivery_id)
        assert (end.state, only(end.counts)) == (DeliveryState.CANCELLED, {"cancelled": 3})


async def test_retry_sends_to_those_who_were_refused_and_to_nobody_else(clone: Clone) -> None:
    lui, audience, is_broken = FakeLui(), an_audience(6), [True]

    def script(address: str, _: int) -> Fate | None:
        return Fate("RCPT", "550 5.7.1 not today") if is_broken[0] and address[6] in "24" else None

    async with a_sink(script) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        end = await mailer.finished(delivery_id)
        assert only(end.counts) == {"sent": 4, "refused": 2}
        is_broken[0] = False
        await mailer.control(delivery_id, "retry", 1)
        again = await mailer.finished(delivery_id, revision_above=end.revision)
        assert only(again.counts) == {"sent": 6}
        assert sink.copies == {}
        assert len(await mailer.stated(DeliveryFinishedV1)) == 2


async def test_a_suppression_is_obeyed_by_the_very_next_intent(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(400)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        await eventually(lambda: len(sink.received) >= 10)
        chosen = [address for address in audience.addresses[200:] if address not in sink.recipients][:40]
        acknowledged = {}
        for address in chosen:
            async with mailer.resources.uow() as uow:
                await suppression.suppress(uow, suppression.Request(address, None, Reason.MANUAL), by=None)
            acknowledged[address] = (await mailer.rows("SELECT clock_timestamp()"))[0][0]
        end = await mailer.finished(delivery_id, deadline=40.0)
        for address, at in acknowledged.items():
            late = await mailer.rows(
                "SELECT count(*) FROM mailer.send_log l JOIN mailer.envelopes e"
                " ON e.delivery_id = l.delivery_id AND e.ordinal = ANY(l.ordinals)"
                " WHERE e.address = :address AND l.kind = 1 AND l.at > :at",
                address=address,
                at=at,
            )
            assert late[0][0] == 0
        assert only(end.counts).get("suppressed", 0) > 0
        assert only(end.counts) == {"sent": len(sink.received), "suppressed": 400 - len(sink.received)}


async def test_an_envelope_that_waits_at_the_gate_is_stopped_by_a_pause(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lui, may_flush = FakeLui(), asyncio.Event()
    flush = Gate._flush

    async def held(gate: Gate, cursor: Any) -> None:
        await may_flush.wait()
        await flush(gate, cursor)

    monkeypatch.setattr(Gate, "_flush", held)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(an_audience(8)))
        await eventually(lambda: len(mailer.sender.gate._wants) >= 1)
        await mailer.control(delivery_id, "pause", 1)
        before = time.monotonic()
        may_flush.set()
        await eventually(lambda: _counted(mailer, delivery_id, {"queued": 8}))
        assert time.monotonic() - before < 10
        assert await settled(lambda: len(sink.received)) == 0
        await mailer.control(delivery_id, "resume", 2)
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 8}


async def _is(mailer: RunningMailer, delivery_id: str, state: DeliveryState) -> bool:
    return await _state(mailer, delivery_id) == state


async def _counted(mailer: RunningMailer, delivery_id: str, expected: dict[str, int]) -> bool:
    return await mailer.counts(delivery_id) == expected


async def test_a_retry_that_finds_nobody_states_the_end_again(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer())
        end = await mailer.finished(delivery_id)
        await mailer.control(delivery_id, "retry", 1)
        again = await mailer.finished(delivery_id, revision_above=end.revision)
        assert (again.state, again.counts) == (end.state, end.counts)
        assert len(sink.received) == 3


async def test_a_retry_of_what_failed_before_it_began_states_the_failure_again(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        fact = lui.offer()
        lui.documents[fact.delivery_id]["subject"] = "Something else"
        end = await mailer.finished(await mailer.deliver(fact))
        await mailer.control(fact.delivery_id, "retry", 1)
        again = await mailer.finished(fact.delivery_id, revision_above=end.revision)
        assert (again.state, again.counts, again.reason) == (end.state, end.counts, end.reason)
        assert sink.received == []
