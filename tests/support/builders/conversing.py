"""What conversations over one connection have in common."""

import pytest

from mailer.transport.service import Connection
from tests.support.feeding import Pile, connected
from tests.support.smtp_peer import Peer
from tests.support.wait import eventually

PIPELINED = ("PIPELINING", "8BITMIME", "SIZE 1000000")


CHUNKED = (*PIPELINED, "CHUNKING")


LONG = b"Subject: long\r\n\r\n" + (b"x" * 76 + b"\r\n") * 3_000


MODES = pytest.mark.parametrize(
    "features", [("8BITMIME",), PIPELINED, CHUNKED], ids=["one-by-one", "pipelined", "chunked"]
)


async def sent_over(peer: Peer, pile: Pile, **more: object) -> Connection:
    """Give all of the pile to one connection, and let it take leave."""
    connection = await connected(peer, pile, chunking=True, **more)  # type: ignore[arg-type]
    await eventually(lambda: not pile.waiting or pile.is_closed)
    connection.drain()
    await eventually(lambda: pile.is_closed)
    assert len(pile.taken) == len(pile.answers) + len(pile.breaks)
    return connection
