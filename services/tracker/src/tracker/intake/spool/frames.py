"""Frames in an append-only file: length, CRC-32 of the payload, payload; a torn tail shows by itself."""

import struct
import zlib
from collections.abc import Iterator

_HEAD = struct.Struct("<II")
HEAD_LENGTH = _HEAD.size
MAX_PAYLOAD = 1 << 20


def frame(payload: bytes) -> bytes:
    """The payload as it stands in a file. A payload is never empty: zeros mean that nothing was written yet."""
    if not 0 < len(payload) <= MAX_PAYLOAD:
        raise ValueError(f"a frame holds 1 to {MAX_PAYLOAD} octets, not {len(payload)}")
    return _HEAD.pack(len(payload), zlib.crc32(payload)) + payload


def read_frames(data: bytes | bytearray | memoryview, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Whole frames from `start` as (offset of the frame, payload), up to the first that is torn or blank."""
    at = start
    while at + HEAD_LENGTH <= len(data):
        length, crc = _HEAD.unpack_from(data, at)
        end = at + HEAD_LENGTH + length
        if not 0 < length <= MAX_PAYLOAD or end > len(data):
            return
        payload = bytes(data[at + HEAD_LENGTH : end])
        if zlib.crc32(payload) != crc:
            return
        yield at, payload
        at = end


def intact_length(data: bytes | bytearray | memoryview) -> int:
    """Where the last whole frame ends."""
    end = 0
    for at, payload in read_frames(data):
        end = at + HEAD_LENGTH + len(payload)
    return end
