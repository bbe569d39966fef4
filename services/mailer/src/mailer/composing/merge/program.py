"""The flat program that a template becomes, and the one loop that runs it.

A program has no loops and no calls: each op runs at most once, so it ends after at most `len(ops)` steps whatever
the recipient's values are. Encoders are bound into the ops beforehand, which is how one template serves the wire
(quoted-printable, escaped) and the preview (plain).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from mailer.composing.errors import MergeFailed

Value = str | int | float | bool | None
Scope = list[Value]
"""A recipient's values by position: columns first, then what `assign` made."""
Evaluate = Callable[[Scope], Value]
Encode = Callable[[str], str]

MAX_OUTPUT = 10 * 1024 * 1024


class Kind(Enum):
    """What an op does."""

    CONSTANT = "constant"
    SLOT = "slot"
    JUMP_UNLESS = "jump_unless"
    JUMP = "jump"
    ASSIGN = "assign"


def _nothing(_: Scope) -> Value:
    return None


def _unchanged(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Op:
    """One step; which fields it uses depends on its kind."""

    kind: Kind
    text: str = ""
    evaluate: Evaluate = _nothing
    encode: Encode = _unchanged
    target: int = 0
    """Where a jump goes, or the position of an assignment in the scope."""
    is_escaped: bool = False
    """The author escaped this slot with a filter; it must not happen twice."""
    column: int | None = None
    """Where a slot's value lies when it is a recipient's value and nothing else: text, the same all through."""
    compares: tuple[int, str, bool] | None = None
    """What a jump's test is when it only asks whether a column equals a text: position, text, and which answer
    goes on."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled template."""

    ops: tuple[Op, ...]
    fields: frozenset[str]
    """Names of the columns it reads, as its author wrote them."""

    @property
    def constant(self) -> str | None:
        """The text when it is the same for everybody, else None."""
        if any(op.kind is not Kind.CONSTANT for op in self.ops):
            return None
        return "".join(op.text for op in self.ops)


def as_text(value: Value) -> str:
    """How Liquid prints a value."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def run(ops: Sequence[Op], scope: Scope, out: list[str]) -> None:
    """Run a program; the pieces are appended to `out`. Raises MergeFailed when they grow beyond MAX_OUTPUT."""
    at, end, length = 0, len(ops), 0
    while at < end:
        op = ops[at]
        at += 1
        kind = op.kind
        if kind is Kind.CONSTANT:
            out.append(op.text)
        elif kind is Kind.SLOT:
            piece = op.encode(as_text(op.evaluate(scope)))
            length += len(piece)
            if length > MAX_OUTPUT:
                raise MergeFailed("the merged message is longer than 10 MB")
            out.append(piece)
        elif kind is Kind.JUMP_UNLESS:
            if not op.evaluate(scope):
                at = op.target
        elif kind is Kind.JUMP:
            at = op.target
        else:
            scope[op.target] = op.evaluate(scope)
