"""Octets with their length in front, over a pipe."""

from typing import IO

_LENGTH_OCTETS = 4


def write_frame(pipe: IO[bytes], octets: bytes) -> None:
    """Write and flush. Raises OSError when nobody reads any more."""
    pipe.write(len(octets).to_bytes(_LENGTH_OCTETS, "big") + octets)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes:
    """The next octets. Raises EOFError when nobody writes any more."""
    return _exactly(pipe, int.from_bytes(_exactly(pipe, _LENGTH_OCTETS), "big"))


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    octets = pipe.read(count)
    if len(octets) < count:
        raise EOFError
    return octets
