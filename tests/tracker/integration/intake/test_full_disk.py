"""A disk that is really full: everybody is led on, opens are given up before clicks, and nothing goes uncounted."""

import asyncio
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builders.tracker import KEYS, a_token, a_visit, an_entry
from tests.support.wait import eventually
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.spool.reading import SpoolReader
from tracker.intake.spool.record import HitKind, decode
from tracker.intake.spool.writer import SpoolLimits

DISK, RESERVE, SEGMENT = 4 << 20, 1 << 20, 64 << 10
LIMITS = SpoolLimits(segment_size=SEGMENT, reserve=RESERVE)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    folder, mount = tmp_path / "disk", shutil.which("mount")
    folder.mkdir()
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("a small file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607


class Recipients:
    """They open and click, and remember how often they were answered."""

    def __init__(self, process: IntakeProcess) -> None:
        self._process = process
        self.answered: Counter[HitKind] = Counter()

    async def open(self, count: int) -> None:
        await asyncio.gather(*[self._ask(HitKind.OPEN, f"/o/{a_token()}.gif", 200) for _ in range(count)])

    async def click(self, count: int) -> None:
        await asyncio.gather(*[self._ask(HitKind.CLICK, f"/c/{a_token()}/1", 302) for _ in range(count)])

    async def _ask(self, kind: HitKind, path: str, status: int) -> None:
        assert (await self._process.service.answer(a_visit(path))).status == status
        self.answered[kind] += 1


def fill(disk: Path, *, leaving: int) -> Path:
    """Something else takes the disk."""
    ballast = disk / "ballast"
    status = os.statvfs(disk)
    with ballast.open("wb") as file:
        file.write(b"x" * max(0, status.f_bavail * status.f_frsize - leaving))
    return ballast


def recorded(process: IntakeProcess) -> Counter[HitKind]:
    reader, kinds = SpoolReader(process.folder), Counter[HitKind]()
    while batch := reader.next_batch():
        kinds.update(decode(line.partition("\t")[2]).kind for line in batch.lines)
        reader.advance(batch)
    return kinds


async def test_opens_are_given_up_first_then_clicks_and_nothing_goes_uncounted(disk: Path) -> None:
    process = IntakeProcess.open(IntakeOptions(disk / "data", KEYS, LIMITS))
    process.links.add([an_entry()])
    recipients = Recipients(process)
    await recipients.open(50)
    await recipients.click(50)
    assert process.spool.shed.total() == 0

    ballast = fill(disk, leaving=RESERVE // 2)

    async def opens_are_shed() -> bool:
        await recipients.open(5)
        return process.spool.shed[HitKind.OPEN] > 0

    await eventually(opens_are_shed)
    await recipients.click(200)
    assert process.spool.shed[HitKind.CLICK] == 0

    ballast.unlink()
    ballast = fill(disk, leaving=0)

    async def clicks_are_shed() -> bool:
        await recipients.click(200)
        return process.spool.shed[HitKind.CLICK] > 0

    await eventually(clicks_are_shed)
    assert process.spool.is_shedding
    assert await process.check() is not None
    await recipients.open(20)

    ballast.unlink()
    given_up = process.spool.shed.copy()

    async def opens_are_kept() -> bool:
        before = process.spool.shed.total()
        await recipients.open(5)
        return process.spool.shed.total() == before

    await eventually(opens_are_kept)
    await recipients.click(100)
    assert process.spool.shed[HitKind.CLICK] == given_up[HitKind.CLICK]
    await process.close()

    assert recorded(process) + process.spool.shed == recipients.answered


async def test_on_a_full_disk_a_process_starts_and_leads_on(disk: Path) -> None:
    process = IntakeProcess.open(IntakeOptions(disk / "data", KEYS, LIMITS))
    process.links.add([an_entry()])
    await Recipients(process).click(10)
    await process.close()
    fill(disk, leaving=0)

    again = IntakeProcess.open(IntakeOptions(disk / "data", KEYS, LIMITS))
    recipients = Recipients(again)
    await recipients.click(30)
    await again.close()

    assert again.spool.shed[HitKind.CLICK] == 30
    assert recorded(again) == {HitKind.CLICK: 10}


async def test_a_plan_that_finds_no_room_is_not_known_and_takes_nothing_with_it(disk: Path) -> None:
    process = IntakeProcess.open(IntakeOptions(disk / "data", KEYS, LIMITS))
    process.links.add([an_entry(1)])
    ballast = fill(disk, leaving=0)
    large = [(number, "https://example.org/" + "x" * 1_000, False) for number in range(1, 101)]
    with pytest.raises(OSError, match="No space left"):
        process.links.add([an_entry(2, links=large, position=2)])
    assert (process.links.position, process.links.get(2)) == (1, None)

    ballast.unlink()
    process.links.add([an_entry(2, links=large, position=2)])
    await process.close()

    again = IntakeProcess.open(IntakeOptions(disk / "data", KEYS, LIMITS))
    assert again.links.position == 2
    assert again.links.get(2) is not None
    await again.close()
