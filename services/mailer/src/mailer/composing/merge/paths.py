"""A program whose conditions are few: for each way through it one pick of all its pieces.

Conditions have no effects and never fail, so all of them are asked first; their answers name a way, and a way is one
`itemgetter` over the pool, made when it is first taken. That saves most of what running steps costs.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from mailer.composing.merge.program import Evaluate, Kind, Op
from mailer.composing.merge.steps import Constants, Pool, Step

_MOST_TESTS = 8
_PLAIN = frozenset({Kind.CONSTANT, Kind.JUMP, Kind.JUMP_UNLESS})
_Test = tuple[int, str] | Evaluate


def path_of(ops: Sequence[Op], constants: Constants) -> Step | None:
    """One step for a whole program, or None when it computes something or has too many conditions."""
    if any(op.kind not in _PLAIN and (op.kind is not Kind.SLOT or op.column is None) for op in ops):
        return None
    tests = list(dict.fromkeys(_test(op) for op in ops if op.kind is Kind.JUMP_UNLESS))
    positions = [constants.position(op.text) if op.kind is Kind.CONSTANT else op.column for op in ops]
    if len(tests) > _MOST_TESTS or sum(position is not None for position in positions) < 2:
        return None
    ways = _Ways(ops, positions, tests)
    asked = tuple(_asking(test) for test in tests)

    def step(pool: Pool) -> Sequence[str]:
        picked: Sequence[str] = ways[tuple([test(pool) for test in asked])](pool)
        return picked

    return step


def _test(op: Op) -> _Test:
    return op.evaluate if op.compares is None else op.compares[:2]


def _asking(test: _Test) -> Evaluate:
    if not isinstance(test, tuple):
        return lambda pool: bool(test(pool))
    position, text = test
    return lambda pool: pool[position] == text


class _Ways(dict[tuple[Any, ...], Any]):
    """By the answers of all tests the getter of the pieces on that way."""

    def __init__(self, ops: Sequence[Op], positions: Sequence[int | None], tests: Sequence[_Test]) -> None:
        super().__init__()
        self._ops = ops
        self._positions = positions
        self._numbers = {test: number for number, test in enumerate(tests)}

    def __missing__(self, answers: tuple[bool, ...]) -> Any:
        picked: list[int] = []
        at = 0
        while at < len(self._ops):
            op, position = self._ops[at], self._positions[at]
            at += 1
            if op.kind is Kind.JUMP:
                at = op.target
            elif op.kind is Kind.JUMP_UNLESS:
                wanted = True if op.compares is None else op.compares[2]
                if answers[self._numbers[_test(op)]] is not wanted:
                    at = op.target
            elif position is not None:
                picked.append(position)
        # Of one position alone the getter would give the piece itself, not a tuple of it.
        many = (
            itemgetter(*picked)
            if len(picked) > 1
            else itemgetter(slice(picked[0], picked[0] + 1) if picked else slice(0))
        )
        self[answers] = many
        return many
