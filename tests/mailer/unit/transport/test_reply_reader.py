"""Replies come out the same however the octets were cut; what is no reply is never taken for one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.transport.reply_reader import MAX_LINE, MAX_REPLY, ReplyReader, reply_of
from mailer.transport.rules import Reply

STREAM = b"250 ok\r\n354 go on\r\n250-a\r\n250-b\r\n250 c\r\n421\r\n550-\r\n550\r\n250 \x00\xff\r\n250 bare\n"
MEANING = [
    Reply(250, "ok"),
    Reply(354, "go on"),
    Reply(250, "a b c"),
    Reply(421, ""),
    Reply(550, ""),
    Reply(250, "\ufffd"),
    Reply(250, "bare"),
]
texts = st.binary(max_size=40).map(lambda text: text.replace(b"\n", b"").replace(b"\r", b""))
codes = st.integers(200, 599)


def _read(*pieces: bytes) -> tuple[list[Reply], str | None]:
    reader, replies = ReplyReader(), []
    for piece in pieces:
        replies += [reply_of(code, text) for code, text in reader.feed(piece)]
    return replies, reader.fault


def test_replies_are_the_same_in_one_piece_in_octets_and_cut_anywhere_in_two_or_three() -> None:
    assert _read(STREAM) == (MEANING, None)
    assert _read(*(STREAM[n : n + 1] for n in range(len(STREAM)))) == (MEANING, None)
    for first in range(len(STREAM)):
        for second in range(first, len(STREAM)):
            assert _read(STREAM[:first], STREAM[first:second], STREAM[second:]) == (MEANING, None)


@given(st.lists(st.tuples(codes, st.lists(texts, min_size=1, max_size=4)), max_size=6), st.data())
def test_any_replies_survive_any_cut(said: list[tuple[int, list[bytes]]], data: st.DataObject) -> None:
    stream = b"".join(
        b"".join(b"%d-%b\r\n" % (code, line) for line in lines[:-1]) + b"%d %b\r\n" % (code, lines[-1])
        for code, lines in said
    )
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    pieces = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    whole, fault = _read(stream)
    assert _read(*pieces) == (whole, fault)
    assert [reply.code for reply in whole] == [code for code, _ in said]
    assert not any(unicodedata.category(character) == "Cc" for reply in whole for character in reply.text)


@given(st.binary(max_size=300), st.data())
def test_garbage_means_the_same_however_it_is_cut_and_never_breaks_the_reader(
    octets: bytes, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(octets)))
    assert _read(octets) == _read(octets[:cut], octets[cut:])


@pytest.mark.parametrize(
    "garbage",
    [
        b"\r\n",
        b"25\r\n",
        b"2500 x\r\n",
        b"199 x\r\n",
        b"600 x\r\n",
        b" 250 x\r\n",
        b"250\tx\r\n",
        b"250-a\r\n251 b\r\n",
        b"250-a\r\nHTTP/1.1\r\n",
        b"x" * (MAX_LINE + 1),
        b"250 " + b"x" * MAX_LINE + b"\r\n",
        b"250-x\r\n" * MAX_REPLY,
    ],
)
def test_what_is_no_reply_is_a_fault_and_what_came_before_it_still_counts(garbage: bytes) -> None:
    replies, fault = _read(b"250 ok\r\n" + garbage + b"250 too late\r\n")
    assert replies[:1] == [Reply(250, "ok")]
    assert fault is not None
    assert Reply(250, "too late") not in replies


def test_a_reply_of_a_megabyte_is_not_kept() -> None:
    reader = ReplyReader()
    for _ in range(1_000):
        reader.feed(b"x" * 1_000)
    assert reader.fault is not None
    assert reader.is_between_replies


def test_half_a_reply_is_noticed() -> None:
    reader = ReplyReader()
    assert reader.is_between_replies
    reader.feed(b"25")
    assert not reader.is_between_replies
    reader.feed(b"0-more\r\n")
    assert not reader.is_between_replies
    reader.feed(b"250 done\r\n")
    assert reader.is_between_replies
