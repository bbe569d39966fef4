"""`python -m tests.soak.wire_commands`: hostile messages to hostile addresses through the real conversation.

    python -m tests.soak.wire_commands [--messages N] [--seed N]

Each composed message goes through a connection of its own mode (one by one, pipelined, chunked). What the client wrote
is read in three dialects, one strict and two lenient: each must see one MAIL, one RCPT and one end of data a message
and nothing else, and the server must have got exactly the octets that were composed. The last line is JSON; exits with
1 when anything differs.
"""

import argparse
import asyncio
import sys
from itertools import cycle

from mailer.composing.service import Composed
from mailer.transport.connection import Connection
from mailer.transport.service import Extensions, Target, Transaction, Watchdog
from tests.soak.result import Result
from tests.support.feeding import Pile
from tests.support.hostile import Letter, Letters
from tests.support.smtp_dialects import heard
from tests.support.smtp_model import ModelServer, ModelTransport
from tests.support.smtp_peer import Dialect

PEOPLE = 50
_DIALECTS: tuple[Dialect, ...] = ("strict", "lenient-LF", "lenient-CR")
_MODES = (
    Extensions(smtputf8=True, eight_bit=True),
    Extensions(pipelining=True, smtputf8=True, eight_bit=True),
    Extensions(pipelining=True, chunking=True, smtputf8=True, eight_bit=True),
)


def commands(messages: int, seed: int = 1) -> Result:
    """Send at least so many."""
    return asyncio.run(_storm(messages, seed))


async def _storm(messages: int, seed: int) -> Result:
    result = Result("wire commands", {"messages": messages, "seed": seed, "dialects": list(_DIALECTS)})
    sent = refused_here = 0
    modes, letters = cycle(_MODES), Letters(seed)
    while sent < messages:
        letter = letters.draw()
        batch = _composed(letter)
        pile, octets, accepted = await _conversation(batch, next(modes))
        refused_here += len(batch) - len(accepted)
        sent += len(accepted)
        expected = [(each.rcpt_to, each.data) for each in batch if each.rcpt_to in pile.accepted]
        result.expect(accepted == expected, f"seed {letter.seed}: what arrived is not what was composed")
        result.expect(not pile.breaks, f"seed {letter.seed}: the conversation broke")
        for dialect in _DIALECTS:
            seen = heard(octets, dialect)
            ends = seen["."] + seen["BDAT"]
            counts = {seen["MAIL"], seen["RCPT"], ends, len(accepted)}
            result.expect(len(counts) == 1, f"seed {letter.seed}, {dialect}: {dict(seen)} for {len(accepted)} messages")
            result.expect(seen["?"] == 0, f"seed {letter.seed}, {dialect}: {seen['?']} lines that are no command")
    result.numbers = {"sent": sent, "refused_here": refused_here, "letters_refused": letters.refused}
    result.wrong = result.wrong[:20]
    return result


def _composed(letter: Letter) -> list[Transaction]:
    people = [letter.hostile.recipient(ordinal) for ordinal in range(1, PEOPLE + 1)]
    made = letter.message.compose_batch(people, letter.message.tokens(people))
    unlike = {each.rcpt_to: each for each in made if isinstance(each, Composed)}
    return [
        Transaction(
            each.mail_from.encode(), each.rcpt_to.encode("utf-8", "surrogatepass"), each.data, each.needs_smtputf8,
            each.is_8bit,
        )
        for each in unlike.values()
    ]  # fmt: skip


async def _conversation(batch: list[Transaction], offered: Extensions) -> tuple[Pile, bytes, list[tuple[bytes, bytes]]]:
    server, pile = ModelServer(), Pile.of(batch)
    transport = ModelTransport(server)
    connection = Connection(pile, Target("model", messages_per_connection=PEOPLE, chunking=True), offered, Watchdog())
    connection.connection_made(transport)
    connection.wake()
    while server.heard or server.said or pile.waiting:
        while server.work():
            pass
        said = bytes(server.said)
        server.said.clear()
        connection.data_received(said)
        await asyncio.sleep(0)
    connection.abort("done")
    return pile, bytes(transport.written), server.accepted


def main() -> int:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    result = commands(asked.messages, asked.seed)
    result.say()
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
