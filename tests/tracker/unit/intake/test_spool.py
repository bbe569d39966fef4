import asyncio
import errno
import os
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from tests.support.wait import eventually
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.reading import SpoolReader
from tracker.intake.spool.record import HitKind
from tracker.intake.spool.writer import Spool, SpoolLimits

SMALL = SpoolLimits(segment_size=4096, group_size=2048, waiting_count=10_000, reserve=1)
OpenSpool = Callable[..., Spool]


@pytest.fixture
def folder(tmp_path: Path) -> IntakeFolder:
    return IntakeFolder.claim(tmp_path)


@pytest.fixture
async def open_spool(folder: IntakeFolder) -> AsyncIterator[OpenSpool]:
    opened: list[Spool] = []

    def make(spool_id: str = "one", limits: SpoolLimits = SMALL, free: int = 1 << 40) -> Spool:
        opened.append(Spool(folder, spool_id=spool_id, limits=limits, free_disk=lambda _: free))
        return opened[-1]

    yield make
    for spool in opened:
        await spool.close()


async def put(spool: Spool, *payloads: bytes, kind: HitKind = HitKind.CLICK) -> None:
    """Put records and wait until each is released."""
    released = [asyncio.get_running_loop().create_future() for _ in payloads]
    for payload, done in zip(payloads, released, strict=True):
        spool.put(kind, payload, partial(done.set_result, None))
    async with asyncio.timeout(10):
        await asyncio.gather(*released)


def records(reader: SpoolReader) -> list[str]:
    """Everything that may be read, moved on batch by batch."""
    found = []
    while batch := reader.next_batch():
        found += [line.partition("\t")[2] for line in batch.lines]
        reader.advance(batch)
    reader.save()
    return found


async def test_what_was_released_can_be_read_in_order(folder: IntakeFolder, open_spool: OpenSpool) -> None:
    spool = open_spool()
    wanted = [b"record %d" % number for number in range(1000)]
    await put(spool, *wanted)
    reader = SpoolReader(folder, spool_id="one", durable=lambda: spool.durable)

    assert records(reader) == [payload.decode() for payload in wanted]
    assert reader.backlog() == 0


async def test_nothing_is_released_before_the_disk_confirmed(
    open_spool: OpenSpool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool, confirmed, released = open_spool(), threading.Event(), []
    await put(spool, b"the segment is made now")
    real = os.fdatasync

    def waiting(descriptor: int) -> None:
        confirmed.wait(10)
        real(descriptor)

    monkeypatch.setattr(os, "fdatasync", waiting)
    spool.put(HitKind.CLICK, b"waits", lambda: released.append("waits"))
    for _ in range(100):
        await asyncio.sleep(0)
    assert released == []
    confirmed.set()
    await eventually(lambda: released == ["waits"])


async def test_those_who_wait_share_one_sync(open_spool: OpenSpool, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = open_spool(limits=SpoolLimits(reserve=1))
    syncs: list[int] = []
    await put(spool, b"the segment is made now")
    real = os.fdatasync

    def counting(descriptor: int) -> None:
        syncs.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fdatasync", counting)

    await put(spool, *[b"x"] * 500)

    assert len(syncs) <= 50


async def test_segments_that_are_through_are_deleted(folder: IntakeFolder, open_spool: OpenSpool) -> None:
    spool = open_spool()
    for _ in range(20):
        await put(spool, *[b"y" * 100] * 15)
    reader = SpoolReader(folder, spool_id="one", durable=lambda: spool.durable)
    assert len(list(folder.segments.iterdir())) > 5

    assert len(records(reader)) == 300

    assert len(list(folder.segments.iterdir())) == 1


async def test_a_new_run_forwards_what_the_last_one_left(folder: IntakeFolder, open_spool: OpenSpool) -> None:
    first = open_spool("one")
    await put(first, b"a", b"b")
    reader = SpoolReader(folder, spool_id="one", durable=lambda: first.durable)
    batch = reader.next_batch()
    assert batch is not None  # published, but the process died before it could write that down
    await first.close()

    second = open_spool("two")
    await put(second, b"c")
    again = SpoolReader(folder, spool_id="two", durable=lambda: second.durable)
    repeated = again.next_batch()

    assert repeated is not None
    assert (repeated.spool_id, repeated.segment, repeated.first_offset, repeated.lines) == (
        batch.spool_id, batch.segment, batch.first_offset, batch.lines,
    )  # fmt: skip
    again.rewind()
    assert records(again) == ["a", "b", "c"]


async def test_a_lost_cursor_repeats_and_loses_nothing(folder: IntakeFolder, open_spool: OpenSpool) -> None:
    spool = open_spool()
    await put(spool, b"a", b"b")
    assert records(SpoolReader(folder, spool_id="one", durable=lambda: spool.durable)) == ["a", "b"]

    folder.cursors.write_bytes(b"{torn")

    assert records(SpoolReader(folder, spool_id="one", durable=lambda: spool.durable)) == ["a", "b"]


async def test_with_little_disk_left_opens_are_shed_and_counted_and_clicks_are_kept(
    folder: IntakeFolder, open_spool: OpenSpool
) -> None:
    spool = open_spool(limits=SpoolLimits(reserve=1 << 30), free=1)
    await put(spool, *[b"open"] * 3, kind=HitKind.OPEN)
    await put(spool, b"click")

    assert spool.shed == {HitKind.OPEN: 3}
    assert records(SpoolReader(folder, spool_id="one", durable=lambda: spool.durable)) == ["click"]


async def test_on_a_full_disk_everybody_is_answered_and_the_shed_are_counted_exactly(
    folder: IntakeFolder, open_spool: OpenSpool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = open_spool()
    await put(spool, b"before")
    real = os.pwrite

    def full(descriptor: int, data: bytes, at: int) -> int:
        real(descriptor, bytes(data)[: len(data) // 2], at)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        await put(spool, *[b"lost"] * 7)
        await put(spool, *[b"lost"] * 5, kind=HitKind.OPEN)
        assert spool.is_shedding
    await put(spool, b"after")

    assert spool.shed == {HitKind.CLICK: 7, HitKind.OPEN: 5}
    assert not spool.is_shedding
    assert records(SpoolReader(folder, spool_id="one", durable=lambda: spool.durable)) == ["before", "after"]


async def test_a_segment_whose_sync_failed_is_left_for_a_new_one(
    folder: IntakeFolder, open_spool: OpenSpool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = open_spool()
    await put(spool, b"before")
    failed_on: list[int] = []
    synced_after: list[int] = []
    real = os.fdatasync

    def failing(descriptor: int) -> None:
        if not failed_on:
            failed_on.append(os.fstat(descriptor).st_ino)
            raise OSError(errno.EIO, "Input/output error")
        synced_after.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fdatasync", failing)
    await put(spool, b"kept elsewhere")

    assert failed_on[0] not in synced_after  # a second sync of the same file would lie
    assert spool.shed == {}
    await spool.close()
    assert records(SpoolReader(folder)) == ["before", "kept elsewhere"]


async def test_the_crowd_has_a_limit(open_spool: OpenSpool, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, go = open_spool(limits=SpoolLimits(waiting_count=10, reserve=1)), threading.Event()
    await put(spool, b"the segment is made now")
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: (go.wait(10), real(descriptor)))
    released: list[int] = []
    for number in range(50):
        spool.put(HitKind.CLICK, b"x", partial(released.append, number))

    assert spool.shed[HitKind.CLICK] >= 30
    go.set()
    await eventually(lambda: len(released) == 50)
