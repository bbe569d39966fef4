"""A crowd of servers that take a message and say nothing holds up nobody and costs little."""

import asyncio
import os

import psutil

from mailer.transport.service import Opener, Transaction
from tests.support.feeding import Pile, a_target, connected, messages
from tests.support.smtp_peer import Peer, a_peer, on
from tests.support.wait import eventually

CROWD = 200
LARGE = b"Subject: x\r\n\r\n" + (b"x" * 76 + b"\r\n") * 400
MOST_MEGABYTES = 60


def _megabytes() -> float:
    size: int = psutil.Process(os.getpid()).memory_info().rss
    return size / 2**20


async def test_many_silent_servers_hold_up_nobody_and_are_all_in_doubt() -> None:
    async with (
        a_peer(Peer(features=("PIPELINING",), script=on(".", b"", "silence"))) as silent,
        a_peer(Peer(features=("PIPELINING",))) as willing,
    ):
        before = _megabytes()
        crowd = Pile.of(Transaction(b"a@b.test", b"%d@slow.test" % n, LARGE) for n in range(CROWD * 2))
        opener = Opener(a_target(silent.port))
        slow = await asyncio.gather(*(opener.open(crowd) for _ in range(CROWD)))
        for connection in slow:
            connection.wake()
        await eventually(lambda: silent.count("DATA") == CROWD, 30)
        others = Pile.of(messages(500))
        await connected(willing, others)
        await eventually(lambda: len(others.accepted) == 500)
        assert crowd.closings == []
        assert _megabytes() - before < MOST_MEGABYTES
        for connection in slow:
            connection.abort("enough")
    assert sum(each.in_doubt for each in crowd.breaks.values()) == CROWD
