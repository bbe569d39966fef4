"""Reports out of a directory: each once, whatever lies in it and whenever the process dies."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mailer.bounces.intake import Poisoned
from mailer.bounces.maildir import MaildirWatcher
from tests.support.builders.coming_back import Returns, returns
from tests.support.builders.reports import a_dsn

Clone = Callable[[str], str]


@asynccontextmanager
async def _world(url: str, folder: Path) -> AsyncIterator[tuple[Returns, MaildirWatcher, str]]:
    async with returns(url, bounces={"maildir": folder}) as world:
        delivery_id = await world.deliver()
        yield world, MaildirWatcher(world.intake, folder), delivery_id


def _put(folder: Path, name: str, octets: bytes) -> Path:
    """As a mail system does: written elsewhere, then moved."""
    (folder / "tmp").mkdir(exist_ok=True)
    (folder / "new").mkdir(exist_ok=True)
    (folder / "tmp" / name).write_bytes(octets)
    return (folder / "tmp" / name).rename(folder / "new" / name)


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def _to(world: Returns, ordinal: int) -> bytes:
    return f"Delivered-To: {world.return_path(ordinal)}\r\n".encode()


async def test_messages_are_taken_in_and_kept_as_seen(clone: Clone, tmp_path: Path) -> None:
    async with _world(clone("mailer"), tmp_path) as (world, watcher, delivery_id):
        for ordinal in (1, 2):
            _put(tmp_path, f"1.{ordinal}.host", _to(world, ordinal) + a_dsn())
        assert await watcher.look() is False
        assert await world.mailer.counts(delivery_id) == {"sent": 1, "bounced": 2}
        assert _names(tmp_path / "new") == []
        assert _names(tmp_path / "cur") == ["1.1.host:2,S", "1.2.host:2,S"]


async def test_a_crash_between_commit_and_move_changes_nothing_twice(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _world(clone("mailer"), tmp_path) as (world, watcher, delivery_id):
        _put(tmp_path, "1.host", _to(world, 1) + a_dsn())
        with monkeypatch.context() as broken:
            broken.setattr(watcher, "_move", _die)
            with pytest.raises(KeyboardInterrupt):
                await watcher.look()
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        assert _names(tmp_path / "new") == ["1.host"]
        await watcher.look()
        assert _names(tmp_path / "cur") == ["1.host:2,S"]
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        assert len(await world.mailer.rows("SELECT 1 FROM mailer.bounce_reports")) <= 1


def _die(*_: object) -> None:
    raise KeyboardInterrupt


async def test_what_is_no_plain_file_or_too_large_is_put_aside(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailer.bounces.maildir.MAX_MESSAGE", 10_000)
    async with _world(clone("mailer"), tmp_path) as (world, watcher, delivery_id):
        _put(tmp_path, "1.large", b"x" * 20_000)
        (tmp_path / "new" / "2.link").symlink_to("/etc/hostname")
        os.mkfifo(tmp_path / "new" / "3.pipe")
        _put(tmp_path, "4.good", _to(world, 1) + a_dsn())
        await watcher.look()
        assert _names(tmp_path / "quarantine") == ["1.large", "2.link", "3.pipe"]
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        await world.intake.flush()
        [source] = await world.mailer.rows("SELECT received_count, quarantined_count FROM mailer.bounce_sources")
        assert tuple(source) == (1, 3)


async def test_poison_goes_to_the_quarantine_and_the_queue_keeps_moving(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _world(clone("mailer"), tmp_path) as (world, watcher, delivery_id):
        found = world.intake.found

        async def fragile(source: tuple[str, str], message: bytes) -> object:
            if b"poison" in message:
                raise Poisoned("it cannot be taken in")
            return await found(source, message)

        monkeypatch.setattr(world.intake, "found", fragile)
        _put(tmp_path, "1.bad", b"poison")
        _put(tmp_path, "2.good", _to(world, 1) + a_dsn())
        await watcher.look()
        assert _names(tmp_path / "quarantine") == ["1.bad"]
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}


async def test_whatever_octets_come_nothing_breaks(clone: Clone, tmp_path: Path) -> None:
    async with _world(clone("mailer"), tmp_path) as (world, watcher, delivery_id):
        for number, octets in enumerate((b"", b"\0" * 1_000, b"\xff\xfe" * 500, b"--\n" * 9_000, b"From: \r\n\r" * 99)):
            _put(tmp_path, f"{number}.odd", _to(world, 1) + octets)
        await watcher.look()
        assert _names(tmp_path / "new") == []
        assert await world.mailer.counts(delivery_id) == {"sent": 3}


async def test_what_was_kept_long_enough_is_removed_and_the_quarantine_stays(clone: Clone, tmp_path: Path) -> None:
    async with _world(clone("mailer"), tmp_path) as (_, watcher, _id):
        await watcher.look()
        for folder, name in (("cur", "1.old:2,S"), ("cur", "2.new:2,S"), ("quarantine", "3.old")):
            (tmp_path / folder / name).write_bytes(b"x")
            if "old" in name:
                os.utime(tmp_path / folder / name, (1_000_000, 1_000_000))
        watcher.tidy(30)
        assert _names(tmp_path / "cur") == ["2.new:2,S"]
        assert _names(tmp_path / "quarantine") == ["3.old"]
