import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from common.contracts.tracker import ReactionsSpooledV1
from tests.support.wait import eventually
from tests.tracker.unit.intake.test_spool import put
from tracker.intake import forwarder
from tracker.intake.forwarder import Forwarder, keep_forwarding
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.reading import MAX_OCTETS, SpoolReader
from tracker.intake.spool.writer import Spool, SpoolLimits


class Stream:
    """Takes facts like JetStream: drops repetitions of a message id, may be away, may lose an acknowledgement."""

    def __init__(self) -> None:
        self.facts: dict[str, ReactionsSpooledV1] = {}
        self.is_away = False
        self.loses_acks = 0

    async def publish(self, fact: ReactionsSpooledV1, message_id: str) -> None:
        if self.is_away:
            raise ConnectionError("away")
        self.facts.setdefault(message_id, fact)
        if self.loses_acks:
            self.loses_acks -= 1
            raise TimeoutError

    def places(self) -> set[str]:
        """What is counted: each record once, by its place, whatever batches it came in."""
        return set(dict(line.split("\t", 1) for fact in self.facts.values() for line in fact.lines).values())

    def lines(self) -> list[str]:
        return [line.partition("\t")[2] for fact in self.facts.values() for line in fact.lines]


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    opened = Spool(IntakeFolder.claim(tmp_path), spool_id="one", limits=SpoolLimits(reserve=1))
    yield opened
    await opened.close()


def reader_of(spool: Spool) -> SpoolReader:
    return SpoolReader(IntakeFolder(spool._folder.parent, -1), spool_id="one", durable=lambda: spool.durable)


def a_forwarder(spool: Spool, stream: Stream) -> Forwarder:
    return Forwarder(reader_of(spool), stream.publish)


async def test_batches_stay_below_the_limits_of_a_message(spool: Spool) -> None:
    stream = Stream()
    await put(spool, *[b"s"] * 700)
    await put(spool, *[b"l" * 1000] * 700)

    assert await a_forwarder(spool, stream).forward_all() == 1400
    assert all(len(fact.lines) <= 500 for fact in stream.facts.values())
    assert all(sum(map(len, fact.lines)) <= MAX_OCTETS for fact in stream.facts.values())


async def test_a_lost_acknowledgement_repeats_the_same_message(spool: Spool) -> None:
    stream = Stream()
    stream.loses_acks = 1
    await put(spool, b"a", b"b")
    moving = a_forwarder(spool, stream)

    with pytest.raises(TimeoutError):
        await moving.forward_all()
    await moving.forward_all()

    assert stream.lines() == ["a", "b"]
    assert len(stream.facts) == 1


async def test_what_came_to_a_batch_before_it_is_repeated_is_not_lost(spool: Spool) -> None:
    stream = Stream()
    stream.loses_acks = 1
    await put(spool, b"a", b"b")
    moving = a_forwarder(spool, stream)
    with pytest.raises(TimeoutError):
        await moving.forward_all()
    await put(spool, b"c")

    await moving.forward_all()

    assert stream.places() == {"a", "b", "c"}


async def test_several_batches_are_on_their_way_at_once(spool: Spool) -> None:
    stream, begun, gate = Stream(), 0, asyncio.Event()
    await put(spool, *[b"%d" % number for number in range(10_000)])

    async def publish(fact: ReactionsSpooledV1, message_id: str) -> None:
        nonlocal begun
        begun += 1
        if begun == forwarder.IN_FLIGHT:
            gate.set()
        await gate.wait()
        await stream.publish(fact, message_id)

    async with asyncio.timeout(20):
        assert await Forwarder(reader_of(spool), publish).forward_all() == 10_000
    assert sorted(map(int, stream.lines())) == list(range(10_000))


async def test_after_a_failure_nothing_is_left_behind_that_was_not_confirmed(spool: Spool) -> None:
    await put(spool, *[b"%d" % number for number in range(5_000)])
    stream, calls = Stream(), 0

    async def publish(fact: ReactionsSpooledV1, message_id: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise ConnectionError("away")
        await stream.publish(fact, message_id)

    moving = Forwarder(reader_of(spool), publish)
    with pytest.raises(ConnectionError):
        await moving.forward_all()
    again = Forwarder(reader_of(spool), publish)  # as after a crash: only what was written down is known
    await again.forward_all()

    assert {int(line) for line in stream.lines()} == set(range(5_000))
    assert await again.backlog() == 0


async def test_a_cursor_that_cannot_be_written_stops_nothing(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker.intake.spool.reading.replace_durably", full)
    await put(spool, *[b"x"] * 1200)
    stream = Stream()

    assert await a_forwarder(spool, stream).forward_all() == 1200


async def test_while_the_stream_is_away_the_spool_grows_and_then_drains(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarder, "_FIRST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(forwarder, "_LONGEST_WAIT_SECONDS", 0.02)
    stream = Stream()
    stream.is_away = True
    moving = asyncio.create_task(keep_forwarding(a_forwarder(spool, stream).forward_all, spool.more))
    await put(spool, *[b"%d" % number for number in range(3000)])
    assert stream.facts == {}

    stream.is_away = False

    await eventually(lambda: len(stream.lines()) == 3000)
    assert sorted(map(int, stream.lines())) == list(range(3000))
    moving.cancel()
