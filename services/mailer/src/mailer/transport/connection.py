"""The conversation on a connection that is already greeted, encrypted and signed in.

A state machine in the callbacks of the protocol: no task, no future and no lock per message. Where the server offers
PIPELINING, the end of one message and the commands of the next leave in one write (RFC 2920, 3.1): one round trip a
message. With CHUNKING several whole messages are under way at once.

What is in doubt after a break: exactly the messages whose last octet was handed to the system. A message longer than
`BLOCK` is handed over block by block, its end with the last one only.
"""

from collections import deque
from typing import Final, TypeAlias

from mailer.transport.blocks import BLOCK
from mailer.transport.commands import chunk_commands, mail_command, rcpt_command
from mailer.transport.flight import Flight
from mailer.transport.line import Line
from mailer.transport.reply_reader import ReplyReader, reply_of
from mailer.transport.supply import Supply
from mailer.transport.target import Target
from mailer.transport.transactions import Answer, Extensions, FeederOf, Transaction
from mailer.transport.watchdog import Watchdog

DEPTH: Final = 4  # messages under way with CHUNKING; BLOCK octets at most
_QUIT_SECONDS: Final = 2.0

# What a reply is awaited for. The first three are the quick ones: 2yz means nothing is to be done.
_MAIL, _RCPT, _RSET, _DATA, _DOT, _BDAT, _QUIT = range(7)
_VERBS: Final = ("MAIL", "RCPT", "RSET", "DATA", ".", ".", "QUIT")
_ENDS: Final = (_DOT, _BDAT)
_ENVELOPE: Final = (_MAIL, _RCPT, _DATA)
_CHUNK: Final = (_MAIL, _RCPT, _BDAT)


Feeder: TypeAlias = FeederOf["Connection"]


class Connection(Line):
    """Takes transactions from its feeder for as long as there are any; `wake` it for the first one."""

    def __init__(self, feeder: Feeder, target: Target, extensions: Extensions, watchdog: Watchdog) -> None:
        super().__init__(watchdog)
        self.extensions = extensions
        self._feeder = feeder
        self._target = target
        self._supply = Supply(self, feeder, extensions, target.messages_per_connection)
        self._supply.on_more = self.wake
        self._reader = ReplyReader()
        self._awaited: deque[int] = deque()
        self._opening: Transaction | None = None  # its envelope left, the end of its message did not
        self._batch: list[Transaction] = []  # taken, and about to leave
        self._flight = Flight()  # their ends left
        self._commands: deque[tuple[int, bytes]] = deque()  # still to be said, one at a time
        self._may_send_message = False  # said at the end of what came: nothing may stand behind it
        self._is_envelope_awaited = self._needs_reset = False
        self._is_busy = self._is_over = False
        self._can_chunk = target.chunking and extensions.chunking and extensions.pipelining

    @property
    def message_count(self) -> int:
        """Transactions begun."""
        return self._supply.taken

    @property
    def is_idle(self) -> bool:
        """Nothing under way, and ready for more."""
        return not (self._awaited or self._is_envelope_awaited or self._opening or self._is_over)

    def wake(self) -> None:
        """There may be something to take."""
        if not self._is_busy:
            self._is_busy = True
            self._advance()
            self._is_busy = False

    def drain(self) -> None:
        """Finish what is under way, then take leave."""
        self._supply.is_draining = True
        self.wake()

    def abort(self, reason: str) -> None:
        """Give the connection up at once."""
        self._end(reason)

    # What the server says

    def data_received(self, data: bytes) -> None:
        """Replies, or a part of one."""
        self._is_busy = True
        replies = self._reader.feed(data)
        if replies:
            self.last_activity = self._loop.time()
        for code, text in replies:
            if self._is_over:
                return
            self._hear(code, text)
        if self._reader.fault is not None:
            self._end(self._reader.fault)
        elif self._may_send_message and not self._is_over:
            self._may_send_message = False
            self._send_message()
        else:
            self._advance()
        self._is_busy = False

    def _hear(self, code: int, text: bytes) -> None:
        awaited = self._awaited
        if not awaited or self._may_send_message:
            self._hear_unasked(code, text)
            return
        what = awaited.popleft()
        if code < 300 and what <= _RSET:
            if self._commands:
                self._say_next()
        elif what in _ENDS:
            self._hear_end(code, text)
        elif code == 354 and what == _DATA:
            self._is_envelope_awaited = False
            self._may_send_message = True
        elif what == _QUIT:
            self._end(None)
        elif code < 400:
            self._end("the server answers out of step")
        else:
            self._hear_refusal(what, code, text)

    def _hear_end(self, code: int, text: bytes) -> None:
        """The answer to a message: the only one that settles a doubt."""
        if 300 <= code < 400:
            self._end("the server answers out of step")
            return
        transaction = self._flight.land()
        self._needs_reset = self._needs_reset or (code >= 400 and self._can_chunk)  # RFC 3030, 2
        if transaction is not None:
            self._feeder.ended(self, transaction, Answer(".", reply_of(code, text)))
        if code == 421:
            self._end_by_server(code, text)

    def _hear_refusal(self, what: int, code: int, text: bytes) -> None:
        self._commands.clear()
        if what == _DATA or not self._awaited:
            self._is_envelope_awaited = False
        self._needs_reset = True
        if what == _RSET:
            self._end(f"the server does not begin afresh: {code} {reply_of(code, text).text}")
            return
        transaction, self._opening = self._opening, None
        if transaction is None and self._awaited and self._awaited[-1] == _BDAT:
            # Replies come in order, so it is the oldest; its octets are on their way.
            transaction = self._flight.settle_oldest()
        if transaction is not None:
            self._feeder.ended(self, transaction, Answer(_VERBS[what], reply_of(code, text)))
        if code == 421:
            self._end_by_server(code, text)

    def _hear_unasked(self, code: int, text: bytes) -> None:
        """Between messages, or before the end of one: a farewell, a refusal ahead of time, or nonsense."""
        if code >= 400 and self._opening is not None and not self._is_envelope_awaited:
            transaction, self._opening = self._opening, None
            self._feeder.ended(self, transaction, Answer("DATA", reply_of(code, text)))
        if code == 421:
            self._end_by_server(code, text)
        else:
            self._end("the server answered before it was asked")

    def _end_by_server(self, code: int, text: bytes) -> None:
        self._end(f"the server closes the connection: {code} {reply_of(code, text).text}")

    # What is said to the server

    def _advance(self) -> None:
        """Begin whatever can begin now."""
        if self._is_over or self._is_quitting or self._is_envelope_awaited or self._opening is not None:
            return
        if self._can_chunk:
            self._fill()
        elif self.extensions.pipelining or not self._awaited:
            transaction = self._supply.take()
            if transaction is not None:
                self._say_envelope(b"", transaction)
        if not self._awaited and not self._is_over and self._supply.is_exhausted:
            self._take_leave()

    def _say_envelope(self, before: bytes, transaction: Transaction) -> None:
        """MAIL, RCPT and DATA: in one write behind `before`, or one by one."""
        self._opening, self._is_envelope_awaited = transaction, True
        mail, rcpt = mail_command(transaction, self.extensions), rcpt_command(transaction)
        reset, self._needs_reset = self._needs_reset, False
        if self.extensions.pipelining:
            if reset:
                self._awaited.append(_RSET)
            self._awaited.extend(_ENVELOPE)
            self._write(b"".join((before, b"RSET\r\n" if reset else b"", mail, rcpt, b"DATA\r\n")))
            return
        self._commands.extend(((_MAIL, mail), (_RCPT, rcpt), (_DATA, b"DATA\r\n")))
        if reset:
            self._commands.appendleft((_RSET, b"RSET\r\n"))
        self._say_next()

    def _say_next(self) -> None:
        what, command = self._commands.popleft()
        self._awaited.append(what)
        self._write(command)

    def _send_message(self) -> None:
        """The server is ready for the message. Without a recipient it is an empty one, for nobody (RFC 2920, 3.1)."""
        if not self._reader.is_between_replies:
            self._end("the server answered before the end of the message")
            return
        data = b"" if self._opening is None else self._opening.data
        if len(data) <= BLOCK:
            self._send_end(data)
        else:
            self._blocks.send(data)

    def _send_end(self, rest: bytes) -> None:
        """The last octets of a message with the commands of the next one behind them."""
        self._is_busy = True
        following = self._supply.take() if self.extensions.pipelining and not self._can_chunk else None
        self._is_busy = False
        if self._is_over:
            return
        self._flight.add(self._opening)
        self._opening = None
        self._awaited.append(_DOT)
        if following is None:
            self._write(rest + b".\r\n")
        else:
            self._say_envelope(rest + b".\r\n", following)

    def _fill(self) -> None:
        """With CHUNKING: as many whole messages as may be under way, in one write. A long one goes alone, by DATA."""
        batch, octets = self._batch, self._flight.octets
        while len(self._flight) + len(batch) < DEPTH:
            transaction = self._supply.take()
            if transaction is None:
                break
            octets += len(transaction.data)
            if octets > BLOCK and not self._awaited and not batch:
                self._say_envelope(b"", transaction)
                return
            if octets > BLOCK:
                self._supply.held = transaction
                break
            batch.append(transaction)
        if batch:
            self._say_chunks(batch)

    def _say_chunks(self, batch: list[Transaction]) -> None:
        pieces: list[bytes] = []
        for transaction in batch:
            if self._awaited or self._needs_reset:
                # Whatever becomes of the one before, this one begins afresh.
                pieces.append(b"RSET\r\n")
                self._awaited.append(_RSET)
                self._needs_reset = False
            self._awaited.extend(_CHUNK)
            self._flight.add(transaction)
            pieces += (*chunk_commands(transaction, self.extensions), transaction.data)
        batch.clear()
        self._write(b"".join(pieces))

    def _take_leave(self) -> None:
        self._is_quitting = True
        self._awaited.append(_QUIT)
        self._write(b"QUIT\r\n")

    # How it ends

    def look(self, now: float) -> None:
        """Give up what is over its time; the watchdog calls this."""
        quiet, patience = now - self.last_activity, self._target.timeouts
        if self._is_quitting:
            if quiet > _QUIT_SECONDS:
                self._end(None)
        elif self._blocks.is_under_way:
            if quiet > patience.data:
                self._end("the server did not take the message in time")
        elif not self._awaited:
            if quiet > self._target.idle_seconds:
                self._take_leave()
        elif quiet > (patience.dot if self._awaited[0] in _ENDS else patience.command):
            self._end("the server did not answer in time")

    def _end(self, reason: str | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._supply.is_closed = True
        doubtful = self._flight.clear()
        certain = [each for each in (self._opening, *self._batch, self._supply.held) if each is not None]
        self._batch.clear()
        self._awaited.clear()
        self._opening = self._supply.held = None
        self._hang_up(politely=reason is None)
        for each in doubtful:
            self._feeder.broken(self, each, reason or "", in_doubt=True)
        for each in certain:
            self._feeder.broken(self, each, reason or "", in_doubt=False)
        self._feeder.closed(self, reason)
