from pathlib import Path

import pytest

from common.contracts.lui import TrackingLevel
from tests.support.builders.tracker import an_entry
from tracker.intake import link_table
from tracker.intake.link_table import LinkTable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "links"


def location(table: LinkTable, number: int, link: int = 1) -> bytes | None:
    links = table.get(number)
    reply = links.targets[link].reply if links else None
    return dict(reply.headers)[b"location"] if reply else None


def test_links_outlive_the_process(file: Path) -> None:
    table = LinkTable(file)
    table.add(
        [
            an_entry(1, position=1),
            an_entry(7, TrackingLevel.BLIND, [(1, "https://example.org/seven", False)], position=2),
        ]
    )
    table.close()

    again = LinkTable(file)

    assert (again.position, len(again)) == (2, 2)
    assert location(again, 7) == b"https://example.org/seven"
    assert location(again, 1) == b"https://example.org/1"
    assert again.get(2) is None


def test_a_torn_tail_is_forgotten_and_asked_for_again(file: Path) -> None:
    table = LinkTable(file)
    table.add([an_entry(1, position=1), an_entry(2, position=2)])
    table.close()
    file.write_bytes(file.read_bytes()[:-3])

    again = LinkTable(file)
    assert (again.position, again.get(2)) == (1, None)
    again.add([an_entry(2, position=2)])

    assert location(LinkTable(file), 2) == b"https://example.org/1"


def test_the_last_entry_of_a_delivery_holds(file: Path) -> None:
    table = LinkTable(file)
    table.add([an_entry(1, links=[(1, "https://example.org/old", False)])])
    assert location(table, 1) == b"https://example.org/old"
    table.add([an_entry(1, links=[(1, "https://example.org/new", False)], position=2)])

    assert location(table, 1) == b"https://example.org/new"
    assert location(LinkTable(file), 1) == b"https://example.org/new"


def test_links_that_are_not_in_memory_are_read_from_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_table, "_KEPT_PARSED", 2)
    table = LinkTable(file)
    table.add(
        [
            an_entry(number, links=[(1, f"https://example.org/{number}", False)], position=number)
            for number in range(1, 9)
        ]
    )

    for number in (*range(1, 9), *range(1, 9)):
        assert location(table, number) == b"https://example.org/%d" % number
    assert len(table._parsed) == 2


def test_a_file_larger_than_one_read_is_loaded_whole(file: Path) -> None:
    table = LinkTable(file)
    links = [(number, "https://example.org/" + "x" * 1900, False) for number in range(1, 301)]
    table.add([an_entry(number, links=links, position=number) for number in range(1, 6)])
    table.close()

    again = LinkTable(file)

    assert (again.position, len(again)) == (5, 5)
    assert location(again, 5, 300) is not None
