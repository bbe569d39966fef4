"""What composing needs of somebody who signs."""

from typing import Protocol


class Signer(Protocol):
    """Signs one delivery's messages; pure and thread-safe, the same octets for the same message every time."""

    @property
    def max_length(self) -> int:
        """The most octets that `sign` returns."""

    def sign(self, header_block: bytes, body: bytes, /) -> bytes:
        """The header lines to put in front of `header_block`.

        Each line of the block ends in CRLF and there is no empty one; the body is what follows the empty line.
        """
