"""The built-in receiver: real SMTP on a loopback socket, with the answers of a script, delivering to nobody.

A connection says in EHLO which rehearsal it belongs to; what names none gets no further.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from mailer.rehearsal.rules import REPLIES, SAMPLE_OCTETS, SAMPLES, Answer, Lot, Sample, Script, kept

_ADDRESS = re.compile(rb"<([^>]*)>")
_END = b"\r\n.\r\n"
_MAX_LINE = 4_096
_FEATURES = (
    b"250-rehearsal\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
    b"250-ENHANCEDSTATUSCODES\r\n250 SIZE 104857600\r\n"
)
_OK = b"250 2.0.0 Rehearsed\r\n"


@dataclass
class Run:
    """One rehearsal in this process: bounded, whatever its number of recipients."""

    script: Script
    answers: Counter[str] = field(default_factory=Counter)
    """Given since they were last written down."""
    samples: list[Sample] = field(default_factory=list)
    has_new_samples: bool = False
    _sent_away: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._sent_away = bytearray(self.script.memory_bits // 8)

    def answer(self, lot: Lot) -> Answer:
        """What an envelope gets this time: who was sent away once is accepted."""
        if lot.answer in {Answer.GREYLIST, Answer.DROP_AFTER_DOT}:
            place, bit = lot.bit >> 3, 1 << (lot.bit & 7)
            if self._sent_away[place] & bit:
                return Answer.ACCEPT
            self._sent_away[place] |= bit
        return lot.answer

    def offer(self, sample: Sample) -> None:
        """Keep a message when it is among the lowest ranks."""
        if self._is_full and sample.rank >= self.samples[-1].rank:
            return
        if all(each.rank != sample.rank for each in self.samples):
            self.samples = kept([*self.samples, sample])
            self.has_new_samples = self.has_new_samples or sample in self.samples

    @property
    def _is_full(self) -> bool:
        return len(self.samples) >= SAMPLES or sum(len(each.data) for each in self.samples) >= SAMPLE_OCTETS


Find = Callable[[str], Run | None]
"""The rehearsal that an EHLO names, or None."""


class Receiver(asyncio.Protocol):
    """One connection: commands in order, whether they come one by one or all at once."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._run: Run | None = None
        self._buffer = bytearray()
        self._lot: Lot | None = None
        self._answer = Answer.ACCEPT
        self._rcpt_to: bytes | None = None
        self._in_data = False
        self._searched = 0
        self._is_waiting = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(b"220 rehearsal ESMTP\r\n")

    def connection_lost(self, _exc: Exception | None) -> None:
        """Forget."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Work off what came."""
        self._buffer += data
        if not self._in_data and len(self._buffer) > _MAX_LINE and b"\n" not in self._buffer:
            self._end()
            return
        self._work()

    def _work(self) -> None:
        answers = bytearray()
        while not self._is_waiting and self._transport is not None:
            if not (self._take_message(answers) if self._in_data else self._take_command(answers)):
                break
        if answers and self._transport is not None:
            self._transport.write(bytes(answers))

    def _take_command(self, answers: bytearray) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        answers += self._command(line[:4].upper(), line)
        return True

    def _command(self, verb: bytes, line: bytes) -> bytes:
        if verb == b"EHLO":
            self._run = self._find(line[5:].decode("ascii", "replace").strip())
            return _FEATURES if self._run else b"550 5.7.1 This is no mail server\r\n"
        if verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self._end)
            return b"221 2.0.0 Bye\r\n"
        if self._run is None:
            return b"503 5.5.1 Say EHLO first\r\n"
        if verb == b"RCPT":
            return self._rcpt(self._run, line)
        return self._data() if verb == b"DATA" else self._other(verb)

    def _data(self) -> bytes:
        self._in_data, self._searched = self._rcpt_to is not None, 0
        return b"354 Go on\r\n" if self._in_data else b"554 5.5.1 Nobody to send to\r\n"

    def _other(self, verb: bytes) -> bytes:
        if verb in {b"NOOP", b"RSET", b"MAIL"}:
            self._rcpt_to = None
            return _OK
        return b"500 5.5.1 What\r\n"

    def _rcpt(self, run: Run, line: bytes) -> bytes:
        found = _ADDRESS.search(line)
        if found is None:
            return b"501 5.1.3 No address\r\n"
        self._lot = run.script.lot(found.group(1))
        self._answer = run.answer(self._lot)
        run.answers[self._answer.value] += 1
        reply = REPLIES.get(self._answer)
        if reply is not None:
            return reply
        self._rcpt_to = found.group(1)
        return _OK

    def _take_message(self, answers: bytearray) -> bool:
        end = self._buffer.find(_END, max(self._searched - len(_END), 0))
        if end < 0:
            self._searched = len(self._buffer)
            return False
        message = bytes(self._buffer[: end + 2])
        del self._buffer[: end + len(_END)]
        self._in_data = False
        if self._answer is Answer.DROP_AFTER_DOT:
            self._end()
            return False
        self._keep(message)
        self._rcpt_to = None
        if self._answer is Answer.SLOW and self._run is not None:
            self._is_waiting = True
            asyncio.get_running_loop().call_later(self._run.script.shares.slow_seconds, self._late)
        else:
            answers += _OK
        return True

    def _keep(self, message: bytes) -> None:
        if self._run is not None and self._lot is not None and self._rcpt_to is not None:
            data = message.replace(b"\r\n..", b"\r\n.") if b"\r\n.." in message else message
            self._run.offer(Sample(self._lot.rank, self._rcpt_to.decode("utf-8", "replace"), data))

    def _late(self) -> None:
        self._is_waiting = False
        if self._transport is not None:
            self._transport.write(_OK)
            self._work()

    def _end(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None
