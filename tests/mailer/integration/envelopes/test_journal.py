"""What a killed process was told and could not write down any more is not sent again."""

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from common.ids import new_id
from mailer.composing.service import Recipient
from mailer.envelopes.journal import RECORDS, Journal
from mailer.envelopes.work import Chunk, Item, Lease
from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings
from tests.support.smtp import a_sink
from tests.support.wait import eventually, settled

Clone = Callable[[str], str]


def _item(lease: Lease, ordinal: int) -> Item:
    job: Any = None
    return Item(Chunk(lease, job), Recipient(ordinal, f"person{ordinal}@example.org", []), 0, 0)


def _lease(number: int = 1) -> Lease:
    return Lease(new_id(), number, 1, 1, None, was_abandoned=False)


def _journal(folder: Path) -> Journal:
    journal = Journal(folder, new_id())
    journal.open()
    return journal


def test_another_process_finds_what_one_left(tmp_path: Path) -> None:
    left, lease, other = _journal(tmp_path), _lease(), _lease(7)
    for ordinal in (1, 500, 1000):
        left.accepted(_item(lease, ordinal))
    left.accepted(_item(other, 3))
    successor = _journal(tmp_path)
    assert successor.left_of(lease) == {1, 500, 1000}
    assert successor.left_of(other) == {3}
    assert successor.left_of(_lease()) == set()
    assert left.left_of(lease) == set()


def test_only_the_oldest_are_written_over(tmp_path: Path) -> None:
    left, lease = _journal(tmp_path), _lease()
    for ordinal in range(1, RECORDS + 11):
        left.accepted(_item(lease, ordinal))
    assert _journal(tmp_path).left_of(lease) == set(range(11, RECORDS + 11))


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    left, lease = _journal(tmp_path), _lease()
    left.accepted(_item(lease, 1))
    left.close()
    assert list(tmp_path.iterdir()) == []
    left.accepted(_item(lease, 2))


def test_without_a_folder_there_is_no_journal_and_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    journal = _journal(tmp_path / "file")
    journal.accepted(_item(_lease(), 1))
    assert journal.left_of(_lease()) == set()


async def test_what_was_accepted_and_not_recorded_is_not_sent_again(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lui, audience = FakeLui(), an_audience(30)
    async with a_sink() as sink:
        settings = mailer_settings(clone("mailer"), sink.port)
        with monkeypatch.context() as patched:
            # As if it were killed before any answer reaches the database.
            patched.setattr("mailer.envelopes.gate.Gate.record", lambda *_: None)
            async with a_mailer(settings, lui) as first:
                delivery_id = await first.deliver(lui.offer(audience))
                await eventually(lambda: len(sink.received) == len(audience.addresses))
                await settled(lambda: len(sink.received))
                await first.crash()
        async with a_mailer(settings, lui) as second:
            await second.finished(delivery_id)
            assert (await second.counts(delivery_id)) == {"sent": 30}
        assert sink.copies == {}


def test_a_full_disk_means_no_journal_and_not_the_end_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(*_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", is_full)
    journal = _journal(tmp_path)
    journal.accepted(_item(_lease(), 1))
    assert _journal(tmp_path).left_of(_lease()) == set()


def _make_old(journal: Journal) -> None:
    yesterday = time.time() - 25 * 3600
    os.utime(journal._file, (yesterday, yesterday))


def test_what_was_left_a_day_ago_goes_and_what_a_quiet_process_keeps_stays(tmp_path: Path) -> None:
    quiet, left, lease = _journal(tmp_path), _journal(tmp_path), _lease()
    for journal in (quiet, left):
        _make_old(journal)
    quiet.keep()
    successor = _journal(tmp_path)
    quiet.accepted(_item(lease, 1))
    left.accepted(_item(lease, 2))
    assert successor.left_of(lease) == {1}


async def test_a_sender_with_nothing_to_do_keeps_its_journal(clone: Clone) -> None:
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), FakeLui()) as mailer:
        file = mailer.sender.journal._file
        await eventually(file.exists)
        _make_old(mailer.sender.journal)
        await eventually(lambda: time.time() - file.stat().st_mtime < 3600)
