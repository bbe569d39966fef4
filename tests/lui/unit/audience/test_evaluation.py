from datetime import date
from typing import Any

import pytest

from common.contracts.digest import RecipientsDigest
from lui.audience.copy_text import copy_array, copy_value
from lui.audience.evaluation import BLOCK_ROWS, Block, Evaluation, Outcome, Selection, given_block, without_header
from lui.audience.rules.columns import columns_of_header
from lui.audience.schemas import DuplicatesBy, Usage

MONTH = date(2026, 11, 1)
COLUMNS = columns_of_header(["email", "name", "city"])


def evaluated(rows: list[list[str]], **changes: Any) -> tuple[Outcome, list[Block]]:
    selection = Selection(**{"columns": COLUMNS, "address": 0, "name": 1, "usage": Usage.MERGE, **changes})
    blocks: list[Block] = []
    records = ((line, list(row)) for line, row in enumerate(rows, start=2))
    return Evaluation(selection, month=MONTH, snapshot_id="s").run(records, blocks.append), blocks


def test_rows_are_accepted_in_order_with_ordinals_without_gaps() -> None:
    outcome, blocks = evaluated([["a@example.org", "Ada", "x"], ["bad", "B", "y"], ["c@example.org", "C", "z"]])
    assert (outcome.accepted, outcome.duplicates, outcome.rejected) == (2, 0, 1)
    assert blocks[0].recipients.splitlines() == [
        '2026-11-01\ts\t1\t2\ta@example.org\t{"a@example.org","Ada","x"}',
        '2026-11-01\ts\t2\t4\tc@example.org\t{"c@example.org","C","z"}',
    ]
    assert blocks[0].asides.startswith("2026-11-01\ts\trejected\t3\tthe address has no @\t")


def test_the_digest_is_over_what_is_kept() -> None:
    outcome, _ = evaluated([["a@example.org", "Ada", "x"], ["b@example.org", "Bob", "y"]])
    expected = RecipientsDigest()
    expected.add(1, "a@example.org", ["a@example.org", "Ada", "x"])
    expected.add(2, "b@example.org", ["b@example.org", "Bob", "y"])
    assert outcome.digest == expected.hexdigest()


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({}, 4),
        ({"duplicates": DuplicatesBy.ADDRESS}, 2),
        ({"duplicates": DuplicatesBy.COLUMNS, "duplicate_columns": (1,)}, 2),
        ({"duplicates": DuplicatesBy.COLUMNS, "duplicate_columns": (1, 2)}, 3),
    ],
)
def test_of_the_same_the_first_one_wins(changes: dict[str, Any], accepted: int) -> None:
    rows = [
        ["a@example.org", "Ada", "x"],
        ["A@EXAMPLE.org", "Ada", "y"],
        ["b@example.org", "Bob", "x"],
        ["b@example.org", "Bob", "x"],
    ]
    outcome, blocks = evaluated(rows, **changes)
    assert (outcome.accepted, outcome.duplicates) == (accepted, 4 - accepted)
    if outcome.duplicates:
        assert "same as line " in blocks[0].asides


def test_ragged_rows_are_rejected_with_line_and_reason() -> None:
    outcome, blocks = evaluated([["a@example.org", "Ada"], ["b@example.org", "Bob", "x", "y"]])
    assert outcome.rejected == 2
    assert [line.split("\t")[3:5] for line in blocks[0].asides.splitlines()] == [
        ["2", "2 columns instead of 3"],
        ["3", "4 columns instead of 3"],
    ]


def test_a_value_nobody_could_read_is_rejected_by_its_column() -> None:
    _, blocks = evaluated([["a@example.org", "x" * 20_001, "z"]])
    assert "name is longer than 20,000 characters" in blocks[0].asides
    assert len(blocks[0].asides) < 2_000


def test_bulk_keeps_address_and_name_only() -> None:
    _, blocks = evaluated([["a@example.org", "Ada", "secret"]], usage=Usage.BULK)
    assert blocks[0].recipients.endswith('{"a@example.org","Ada"}\n')
    _, nameless = evaluated([["a@example.org", "Ada", "secret"]], usage=Usage.BULK, name=None)
    assert nameless[0].recipients.endswith('{"a@example.org"}\n')


def test_blocks_are_bounded() -> None:
    rows = [[f"a{number}@example.org", "x", "y"] for number in range(2 * BLOCK_ROWS + 1)]
    _, blocks = evaluated(rows)
    assert [block.recipients.count("\n") for block in blocks] == [BLOCK_ROWS, BLOCK_ROWS, 1]


def test_given_recipients_make_the_same_rows() -> None:
    outcome, blocks = evaluated([["a@example.org", "Ada", "x"]])
    block, given = given_block([("a@example.org", ["a@example.org", "Ada", "x"])], month=MONTH, snapshot_id="s")
    assert given == outcome
    assert block.recipients.split("\t")[4:] == blocks[0].recipients.split("\t")[4:]


def test_a_header_is_no_recipient() -> None:
    records = [(1, ["email"]), (2, ["a@example.org"])]
    assert list(without_header(iter(records), header=True)) == records[1:]
    assert list(without_header(iter(records), header=False)) == records


@pytest.mark.parametrize(
    ("value", "written"), [("plain", "plain"), ("a\tb", "a\\tb"), ("a\\b", "a\\\\b"), ("a\r\nb", "a\\r\\nb")]
)
def test_a_value_survives_copy(value: str, written: str) -> None:
    assert copy_value(value) == written


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([], "{}"),
        (["a", "b"], '{"a","b"}'),
        ([""], '{""}'),
        (["NULL"], '{"NULL"}'),
        (['say "hi"'], '{"say \\\\"hi\\\\""}'),
        (["a\\b"], '{"a\\\\\\\\b"}'),
        (['","'], '{"\\\\",\\\\""}'),
        (["a\tb"], '{"a\\tb"}'),
    ],
)
def test_an_array_survives_copy(values: list[str], written: str) -> None:
    assert copy_array(values) == written
