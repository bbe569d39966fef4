"""A message compiled for one charset: one list of steps from its first header to its last text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import Any

from mailer.composing import mime
from mailer.composing.files import File
from mailer.composing.identity import Identity
from mailer.composing.merge import Constants, Kind, Op, Pool, path_of, steps_of, whole
from mailer.composing.parts import Part
from mailer.composing.places import Places
from mailer.composing.quoted_printable import values_in
from mailer.composing.wire import encoded, joined, shifted

_SUSPICIOUS = 4_096
"""Characters of values from which on the length of a message is counted before it is made."""
_A_VALUE = 40
"""Octets one slot is taken for in an estimate."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a message consists of, whichever charset it is sent in."""

    places: Places
    headers: Sequence[Op]
    lines: Sequence[tuple[int, tuple[Op, ...]]]
    """Texts merged for headers: where in the pool each goes, and its program."""
    parts: Sequence[Part]
    files: Sequence[File]
    identity: Identity


class Compiled:
    """A plan in one charset."""

    def __init__(self, plan: Plan, charset: str) -> None:
        places = plan.places
        self._length = places.length
        constants = Constants(places.first_constant)
        parts = [encoded(part, charset, places, constants) for part in plan.parts]
        frame = mime.frame(parts, plan.files, plan.identity)
        ops = [*plan.headers, *shifted(frame.ops, len(plan.headers))]
        self._step = path_of(_merged(ops), constants) or whole(steps_of(ops, constants, places.length))
        self._lines = [(position, whole(steps_of(line, constants, places.length))) for position, line in plan.lines]
        self._constants = constants.pieces()
        self.tail = frame.tail
        self._forms = values_in(charset).__getitem__
        self._read = _reader(places.used)
        slots = sum(op.kind is Kind.SLOT for op in ops)
        self.size_estimate = sum(len(op.text) for op in ops) + _A_VALUE * slots + len(frame.tail)

    def pool(self, head: list[Any], values: Sequence[str]) -> Pool:
        """Everything the steps pick from. Raises UnicodeEncodeError when a value is not in the charset."""
        return [*head, *chain.from_iterable(map(self._forms, self._read(values))), *self._constants]

    def lines(self, pool: Pool, values_length: int) -> list[tuple[int, str]]:
        """The texts merged for headers, with the places they are for."""
        if values_length > _SUSPICIOUS:
            return [(position, joined(step(pool))) for position, step in self._lines]
        return [(position, "".join(step(pool))) for position, step in self._lines]

    def text(self, pool: Pool, values_length: int) -> str:
        """The message up to its tail. Raises MergeFailed and UnicodeEncodeError."""
        pieces = self._step(pool)
        if values_length > _SUSPICIOUS or pool[self._length] > _SUSPICIOUS:
            return joined(pieces)
        return "".join(pieces)


def _merged(ops: Sequence[Op]) -> list[Op]:
    """Constants that always stand together as one; an op that is jumped to begins a new one."""
    landed = {op.target for op in ops if op.kind in {Kind.JUMP, Kind.JUMP_UNLESS}}
    out: list[Op] = []
    moved: list[int] = []
    for at, op in enumerate(ops):
        if op.kind is Kind.CONSTANT and at not in landed and out and out[-1].kind is Kind.CONSTANT:
            out[-1] = replace(out[-1], text=out[-1].text + op.text)
            moved.append(len(out) - 1)
        else:
            moved.append(len(out))
            out.append(op)
    moved.append(len(out))
    return [replace(op, target=moved[op.target]) if op.kind in {Kind.JUMP, Kind.JUMP_UNLESS} else op for op in out]


def _reader(positions: Sequence[int]) -> Any:
    if len(positions) == 1:
        return itemgetter(slice(positions[0], positions[0] + 1))
    return itemgetter(*positions) if positions else lambda _: ()
