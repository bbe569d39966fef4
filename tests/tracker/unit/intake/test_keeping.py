"""What the spool's thread does with groups: when segments end, and what stands in them ahead of the records."""

from pathlib import Path

import pytest

from tracker.intake.spool.frames import read_frames
from tracker.intake.spool.keeping import Keeper, Place
from tracker.intake.spool.record import HitKind
from tracker.intake.spool.segment import Segment, recover

HOUR = 3600.0


class Hours:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1_000 * HOUR

    def __call__(self) -> float:
        return self.now


def a_keeper(folder: Path, hours: Hours, *, segment_size: int = 1 << 20) -> Keeper:
    return Keeper(Place(folder, "one", segment_size, 0, lambda _: 1 << 40, hours))


def keep(keeper: Keeper, *lines: bytes) -> None:
    assert not keeper.keep([(HitKind.CLICK, line, lambda: None) for line in lines])


def lines_of(path: Path) -> list[bytes]:
    return [payload for _, payload in read_frames(path.read_bytes())][1:]  # the first is the segment's name


def test_the_first_group_after_a_full_hour_begins_a_new_segment(tmp_path: Path) -> None:
    hours = Hours()
    keeper = a_keeper(tmp_path, hours)
    keep(keeper, b"first")
    hours.now += HOUR - 1
    keep(keeper, b"in the same hour")
    hours.now += 1
    keep(keeper, b"in the next")

    before, after = sorted(tmp_path.iterdir())
    assert lines_of(before) == [b"first", b"in the same hour"]
    assert lines_of(after) == [b"in the next"]
    assert before.stat().st_size < 200 < after.stat().st_size  # sealed, so that the forwarder lets go of it


@pytest.mark.parametrize("segment_size", [4096, 100_000, 1 << 20])
def test_a_segment_holds_its_records_and_zeros_wherever_it_breaks_off(tmp_path: Path, segment_size: int) -> None:
    keeper = a_keeper(tmp_path, Hours(), segment_size=segment_size)
    wanted = [b"%d" % number + b"x" * 300 for number in range(1_000)]
    for at in range(0, len(wanted), 7):
        keep(keeper, *wanted[at : at + 7])
    last = max(tmp_path.iterdir())
    assert not last.read_bytes()[keeper.durable.end :].strip(b"\0")

    recover(tmp_path)  # as after a crash
    assert [line for path in sorted(tmp_path.iterdir()) for line in lines_of(path)] == wanted


def test_after_a_failed_write_nothing_is_written_ahead_any_more(tmp_path: Path) -> None:
    segment = Segment.create(tmp_path, "one", 0, 1 << 20)
    segment._drop_tail()
    segment.append(b"record")

    assert segment.path.stat().st_size == segment.end  # the last of the disk is for hits
    segment.abandon()
