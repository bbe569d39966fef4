"""A report's data as it is read: all of a short one, the beginning of a long one, and always the true end."""

import asyncio
import tracemalloc

import pytest

from mailer.bounces.clipping import KEPT, Clipping

LIMIT = 25 * 1024 * 1024
_LINE = 64 * 1024


def _given(*pieces: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=_LINE)
    for piece in pieces:
        reader.feed_data(piece)
    reader.feed_eof()
    return reader


async def _come(reader: asyncio.StreamReader, pieces: list[bytes]) -> None:
    """As from a network: a piece whenever the former ones were read."""
    for piece in pieces:
        reader.feed_data(piece)
        await asyncio.sleep(0)
    reader.feed_eof()


async def _read(clipping: Clipping) -> bytes:
    """As aiosmtpd reads: one dot off every piece that begins with one, until a piece that is the end."""
    pieces = []
    while (piece := await clipping.readuntil(b"\r\n")) != b".\r\n":
        assert len(piece) <= _LINE
        pieces.append(piece[1:] if piece.startswith(b".") else piece)
    return b"".join(pieces)


@pytest.mark.parametrize(
    ("wire", "message"),
    [
        (b"one\r\ntwo\r\n.\r\n", b"one\r\ntwo\r\n"),
        (b"..dot\r\n...\r\n..\r\n.\r\n", b".dot\r\n..\r\n.\r\n"),
        (b".\r\n", b""),
        (b"\r\n\r\n.\r\n", b"\r\n\r\n"),
        (b"a.\r\n.b\r\n.\r\n", b"a.\r\nb\r\n"),
        (b"bare\nline\n.\ngoes on\r\n.\r\n", b"bare\nline\n.\ngoes on\r\n"),
    ],
)
async def test_a_short_message_is_read_as_it_was_meant(wire: bytes, message: bytes) -> None:
    reader = _given(wire, b"QUIT\r\n")
    assert await _read(Clipping(reader, LIMIT)) == message
    assert await reader.readline() == b"QUIT\r\n"


async def test_dots_are_taken_off_wherever_pieces_are_cut() -> None:
    lines = [b".%d" % number + b"x" * (number % 200) for number in range(3_000)]
    wire = b"".join(b"." + line + b"\r\n" for line in lines)
    read = await _read(Clipping(_given(wire, b".\r\n"), LIMIT))
    assert read == b"".join(line + b"\r\n" for line in lines)


async def test_of_a_long_message_the_beginning_is_kept_and_the_end_is_found() -> None:
    reader = asyncio.StreamReader(limit=_LINE)
    coming = asyncio.create_task(
        _come(reader, [b"Subject: back\r\n\r\n", *[(b"x" * 200 + b"\r\n") * 250] * 80, b".\r\nQUIT\r\n"])
    )
    clipping = Clipping(reader, LIMIT)
    tracemalloc.start()
    read = await _read(clipping)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    await coming
    assert read.startswith(b"Subject: back\r\n")
    assert KEPT <= len(read) <= KEPT + _LINE
    assert most < 8 * KEPT
    assert not clipping.is_too_long
    assert await reader.readline() == b"QUIT\r\n"


async def test_what_is_longer_than_any_report_is_known_to_be() -> None:
    clipping = Clipping(_given(*[b"x" * 998 + b"\r\n"] * 200, b".\r\n"), limit=100_000)
    await _read(clipping)
    assert clipping.is_too_long


async def test_the_rest_of_a_line_that_was_too_long_is_no_end() -> None:
    reader = _given(b"y" * (_LINE + 10) + b"\r\n", b".\r\n")
    clipping = Clipping(reader, LIMIT)
    with pytest.raises(asyncio.LimitOverrunError) as refused:
        await clipping.readuntil(b"\r\n")
    taken = await clipping.read(refused.value.consumed)
    rest = await clipping.readuntil(b"\r\n")
    assert taken + rest == b"y" * (_LINE + 10) + b"\r\n"
    assert await clipping.readuntil(b"\r\n") == b".\r\n"
