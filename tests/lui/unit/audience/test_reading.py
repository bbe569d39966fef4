import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lui.audience.reading import ParseSettings, Unreadable, known_encoding, rows, text_lines

COMMA = ParseSettings("utf-8", ",", '"', header=False)


def cells(octets: bytes, settings: ParseSettings = COMMA, piece: int = 1 << 20) -> list[tuple[int, list[str]]]:
    pieces = [octets[at : at + piece] for at in range(0, len(octets), piece)]
    return list(rows(pieces, settings))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("piece", [1, 2, 3, 1000])
def test_lines_end_as_any_system_ends_them_wherever_pieces_are_cut(end: str, piece: int) -> None:
    octets = end.join(["a,ä", '"b\nb",c', "", "d,e"]).encode()
    assert [row for _, row in cells(octets, piece=piece)] == [["a", "ä"], ["b\nb", "c"], ["d", "e"]]


def test_records_know_the_line_they_begin_in() -> None:
    assert [line for line, _ in cells(b'a\n"b\nb"\n\nc\n')] == [1, 2, 5]


def test_adjacent_leading_and_trailing_separators_make_empty_columns() -> None:
    assert cells(b",a,,b,\n")[0][1] == ["", "a", "", "b", ""]


def test_a_doubled_quote_is_one_quote() -> None:
    assert cells(b'"say ""hi""",x')[0][1] == ['say "hi"', "x"]


def test_without_a_quote_quotes_are_text() -> None:
    assert cells(b'"a",b', ParseSettings("utf-8", ",", None, header=False))[0][1] == ['"a"', "b"]


def test_a_form_feed_or_a_line_separator_belongs_to_its_value() -> None:
    assert cells("a\x0cb\u2028c,d\n".encode())[0][1] == ["a\x0cb\u2028c", "d"]


@pytest.mark.parametrize(
    ("octets", "encoding", "line"),
    [
        (b"a\nb\n\xff\n", "utf-8", 3),
        (b"a\nb\xe4\n", "ascii", 2),
        ("a\nb\n".encode("utf-16-le"), "utf-8", 1),
        (b"a\n\x81", "cp1252", 2),
    ],
)
def test_the_wrong_encoding_is_refused_at_its_line(octets: bytes, encoding: str, line: int) -> None:
    with pytest.raises(Unreadable) as raised:
        cells(octets, ParseSettings(encoding, ",", '"', header=False))
    assert (raised.value.setting, raised.value.line) == ("encoding", line)


def test_a_quote_that_never_ends_is_found_at_its_beginning() -> None:
    with pytest.raises(Unreadable, match="closing quote") as raised:
        cells(b'a,b\n"open,' + b"x,y\n" * 100_000)
    assert (raised.value.setting, raised.value.line) == ("quote", 2)


@pytest.mark.parametrize("bomb", [b"a," * 10_000_000, b"x" * 30_000_000, b'a,b\n"' + b"\n" * 20_000_000])
def test_bombs_are_refused_quickly_and_small(bomb: bytes) -> None:
    started = time.perf_counter()
    pieces = (bomb[at : at + (1 << 20)] for at in range(0, len(bomb), 1 << 20))
    tracemalloc.start()
    with pytest.raises(Unreadable):
        list(rows(pieces, COMMA))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.perf_counter() - started < 2
    assert peak < 40_000_000


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match="501 columns"):
        cells(b"a\n" + b"," * 500)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("UTF8", "utf-8"),
        ("latin-1", "iso8859-1"),
        ("windows-1252", "cp1252"),
        ("utf-7", None),
        ("zip", None),
        ("\0", None),
    ],
)
def test_only_encodings_of_text_are_known(name: str, known: str | None) -> None:
    assert known_encoding(name) == known


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
            min_size=2,
            max_size=4,
        ),
        max_size=6,
    ),
    st.integers(1, 7),
)
def test_what_was_written_is_read(table: list[list[str]], piece: int) -> None:
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in table)
    assert [row for _, row in cells(text.encode(), piece=piece)] == table


def test_an_empty_file_has_no_lines() -> None:
    assert list(text_lines([], "utf-8")) == []
