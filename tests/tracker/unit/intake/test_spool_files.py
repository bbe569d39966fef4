from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.support.builders.tracker import a_hit
from tracker.intake.spool.folder import IntakeFolder, NoFolderFree
from tracker.intake.spool.frames import frame, intact_length, read_frames
from tracker.intake.spool.record import Hit, HitKind, UnreadableRecord, decode
from tracker.intake.spool.segment import Segment, recover

TEXT = some.text(some.characters(min_codepoint=32, max_codepoint=255, blacklist_categories=["Cc"]), max_size=256)


@given(
    some.builds(
        Hit,
        kind=some.sampled_from(HitKind),
        delivery_number=some.integers(1, 2**32 - 1),
        subject=some.integers(0, 2**48 - 1),
        link_number=some.integers(0, 99_999),
        at_ms=some.integers(0, 2**42),
        method=some.sampled_from(["GET", "HEAD"]),
        agent=TEXT,
        network=some.sampled_from(["", "203.0.113.0/24"]),
    )
)
def test_a_record_says_what_the_hit_was(hit: Hit) -> None:
    assert decode(hit.encode().decode()) == hit


def test_a_record_without_its_last_columns_or_with_later_ones_can_be_read() -> None:
    whole = a_hit().encode().decode()

    assert decode("1\to\t1\t3\t0\t1795338000000\tGET\tmail").network == ""
    assert decode(whole + "\tsomething new") == a_hit()


@pytest.mark.parametrize(
    "line", ["", "2\to\t1\t3\t0\t1\tGET\t\t", "1\to\t1", "1\tx\t1\t3\t0\t1\tGET", "1\to\tone\t3\t0\t1\tGET"]
)
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(UnreadableRecord):
        decode(line)


@given(
    payloads=some.lists(some.binary(min_size=1, max_size=200)),
    torn=some.integers(0, 10_000),
    blank=some.integers(0, 64),
)
def test_whatever_is_cut_off_what_is_left_is_whole(payloads: list[bytes], torn: int, blank: int) -> None:
    data = b"".join(map(frame, payloads))
    cut = data[: torn % (len(data) + 1)] + bytes(blank)
    left = [payload for _, payload in read_frames(cut)]

    assert left == payloads[: len(left)]
    assert intact_length(cut) == sum(len(frame(payload)) for payload in left)


@given(
    payloads=some.lists(some.binary(min_size=1, max_size=50), min_size=1),
    where=some.integers(0),
    bit=some.integers(0, 7),
)
def test_a_flipped_bit_ends_the_file_there(payloads: list[bytes], where: int, bit: int) -> None:
    data = bytearray(b"".join(map(frame, payloads)))
    data[where % len(data)] ^= 1 << bit
    left = [payload for _, payload in read_frames(bytes(data))]

    assert len(left) < len(payloads)
    assert left == payloads[: len(left)]


@pytest.fixture
def folder(tmp_path: Path) -> IntakeFolder:
    return IntakeFolder.claim(tmp_path)


def test_a_torn_tail_is_cut_off_and_what_is_whole_stays(folder: IntakeFolder) -> None:
    segment = Segment.create(folder.segments, "spool", 0, 1 << 20)
    segment.append(frame(b"whole"))
    with segment.path.open("r+b") as file:
        file.seek(segment.end)
        file.write(frame(b"torn")[:-1])

    dropped = recover(folder.segments)

    assert dropped == len(frame(b"torn")) - 1
    assert [payload for _, payload in read_frames(segment.path.read_bytes())][1:] == [b"whole"]
    assert segment.path.stat().st_size == segment.end


def test_processes_do_not_share_a_folder_and_a_free_one_keeps_its_identity(tmp_path: Path) -> None:
    first, second = IntakeFolder.claim(tmp_path), IntakeFolder.claim(tmp_path)
    assert (first.path.name, second.path.name) == ("intake-0", "intake-1")
    assert first.instance_id != second.instance_id

    first.release()
    again = IntakeFolder.claim(tmp_path)

    assert (again.path, again.instance_id) == (first.path, first.instance_id)


def test_a_folder_left_behind_is_adopted_only_when_it_holds_something(tmp_path: Path) -> None:
    mine, other = IntakeFolder.claim(tmp_path), IntakeFolder.claim(tmp_path)
    (other.segments / "spool-00000000.seg").write_bytes(frame(b"x"))
    assert IntakeFolder.take_orphan(mine.path) is None  # it lives

    other.release()
    orphan = IntakeFolder.take_orphan(mine.path)

    assert orphan is not None
    assert orphan.path == other.path
    orphan.release()
    (other.segments / "spool-00000000.seg").unlink()
    assert IntakeFolder.take_orphan(mine.path) is None


def test_there_is_an_end_to_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.intake.spool.folder._MAX_PROCESSES", 1)
    taken = IntakeFolder.claim(tmp_path)

    with pytest.raises(NoFolderFree):
        IntakeFolder.claim(tmp_path)
    taken.release()
