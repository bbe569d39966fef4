"""A flat program as steps that hand out many pieces at a time.

Everything a message can hold for a recipient lies in one list, the pool: values, their encoded forms, tokens, and
behind them the constants. A stretch without conditions is then one call that picks its pieces from the pool, and
a condition chooses between two such calls, so the work per piece is done by the interpreter's own C code. No text
of an author's becomes code of ours.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from mailer.composing.errors import MergeFailed
from mailer.composing.merge.program import MAX_OUTPUT, Kind, Op, as_text

Pool = list[Any]
Step = Callable[[Pool], Iterable[str]]
TOO_LONG = f"the merged message is longer than {MAX_OUTPUT // 1024 // 1024} MB"


class Constants:
    """The constant pieces of a message, each once, behind everything that differs by recipient."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._positions: dict[str, int] = {}

    def position(self, text: str) -> int:
        """Where in the pool a constant lies."""
        return self._positions.setdefault(text, self._first + len(self._positions))

    def pieces(self) -> list[str]:
        """All of them, in the order of their positions."""
        return list(self._positions)


def steps_of(ops: Sequence[Op], constants: Constants, length_position: int) -> list[Step]:
    """The steps of a program. At `length_position` it counts how much was made outside the pool."""
    return _Assembler(ops, constants, length_position).block(0, len(ops))


def whole(steps: Sequence[Step]) -> Step:
    """One step that does what many do."""
    if not steps:
        return lambda _: ()
    if len(steps) == 1:
        return steps[0]
    every = tuple(steps)

    def run(pool: Pool) -> Iterable[str]:
        out: list[str] = []
        for step in every:
            out.extend(step(pool))
        return out

    return run


class _Assembler:
    def __init__(self, ops: Sequence[Op], constants: Constants, length_position: int) -> None:
        self._ops = ops
        self._constants = constants
        self._length_position = length_position

    def block(self, at: int, end: int) -> list[Step]:
        """The steps of a stretch of ops that no jump leaves or enters."""
        steps: list[Step] = []
        run = _Run(self._constants)
        while at < end:
            op = self._ops[at]
            at += 1
            if op.kind is Kind.CONSTANT:
                run.constant(op.text)
            elif op.kind is Kind.SLOT and op.column is not None:
                run.slot(op.column)
            elif op.kind is not Kind.JUMP:
                steps += run.ended()
                if op.kind is Kind.JUMP_UNLESS:
                    choice, at = self._choice(at - 1)
                    steps.append(choice)
                else:
                    steps.append(_assigned(op) if op.kind is Kind.ASSIGN else self._computed(op))
        return [*steps, *run.ended()]

    def _choice(self, at: int) -> tuple[Step, int]:
        """The step of an `if` with all its branches, and where it ends."""
        branches: list[tuple[Op, Step]] = []
        end: int | None = None
        while True:
            test = self._ops[at]
            closing = self._ops[test.target - 1]
            goes_on = closing.kind is Kind.JUMP and test.target - 1 > at and closing.target >= test.target
            body_end = test.target - 1 if goes_on else test.target
            branches.append((test, whole(self.block(at + 1, body_end))))
            if not goes_on or closing.target == test.target:
                return _chosen(branches, whole([])), test.target
            end = closing.target
            at = test.target
            if not self._is_next_branch(at, end):
                return _chosen(branches, whole(self.block(at, end))), end

    def _is_next_branch(self, at: int, end: int) -> bool:
        """Whether what follows is another branch of the same choice: `elsif`, or an `else` that is one `if`."""
        test = self._ops[at]
        if test.kind is not Kind.JUMP_UNLESS:
            return False
        closing = self._ops[test.target - 1]
        return closing.kind is Kind.JUMP and closing.target == end and test.target <= end

    def _computed(self, op: Op) -> Step:
        evaluate, encode, length = op.evaluate, op.encode, self._length_position

        def step(pool: Pool) -> Iterable[str]:
            piece = encode(as_text(evaluate(pool)))
            pool[length] += len(piece)
            if pool[length] > MAX_OUTPUT:
                raise MergeFailed(TOO_LONG)
            return (piece,)

        return step


class _Run:
    """A stretch of constants and simple slots being gathered."""

    def __init__(self, constants: Constants) -> None:
        self._constants = constants
        self._texts: list[str] = []
        self._positions: list[int] = []

    def constant(self, text: str) -> None:
        if text:
            self._texts.append(text)

    def slot(self, position: int) -> None:
        self._close()
        self._positions.append(position)

    def _close(self) -> None:
        if self._texts:
            self._positions.append(self._constants.position("".join(self._texts)))
            self._texts.clear()

    def ended(self) -> list[Step]:
        """The step of what was gathered, or none; a new stretch begins."""
        self._close()
        positions, self._positions = self._positions, []
        if not positions:
            return []
        if len(positions) == 1:
            # Of one position alone the getter would give the piece itself, not a tuple of it.
            return [itemgetter(slice(positions[0], positions[0] + 1))]
        return [itemgetter(*positions)]


def _assigned(op: Op) -> Step:
    evaluate, target = op.evaluate, op.target

    def step(pool: Pool) -> Iterable[str]:
        pool[target] = evaluate(pool)
        return ()

    return step


def _chosen(branches: Sequence[tuple[Op, Step]], otherwise: Step) -> Step:
    if len(branches) > 1:
        tests = tuple((test.evaluate, body) for test, body in branches)

        def first_of_many(pool: Pool) -> Iterable[str]:
            for fits, body in tests:
                if fits(pool):
                    return body(pool)
            return otherwise(pool)

        return first_of_many
    test, body = branches[0]
    if test.compares is None:
        evaluate = test.evaluate
        return lambda pool: body(pool) if evaluate(pool) else otherwise(pool)
    position, text, wanted = test.compares
    equal, different = (body, otherwise) if wanted else (otherwise, body)
    return lambda pool: equal(pool) if pool[position] == text else different(pool)
