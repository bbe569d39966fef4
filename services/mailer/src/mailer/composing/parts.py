"""One part of a message from its source to a program, before anything of it is encoded."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mailer.composing.links import Place, address_of
from mailer.composing.markup import Edit, Html
from mailer.composing.merge import Kind, Layout, Op, Scope, compile_template
from mailer.composing.plain_text import Text

Target = Callable[[Place], Sequence[Op] | None]
"""What stands in the message for a place linked to; None leaves it exactly as its author wrote it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part whose constants and slots nothing has encoded yet."""

    kind: Literal["html", "text"]
    ops: tuple[Op, ...]
    fields: frozenset[str]

    @property
    def plain(self) -> tuple[Op, ...]:
        """The program of the text itself, as a preview shows it and as base64 holds it."""
        if self.kind == "text":
            return self.ops
        return tuple(_escaping(op) for op in self.ops)

    @property
    def constants(self) -> str:
        """Everything in it that is the same for all recipients, whichever condition it stands under."""
        return "".join(op.text for op in self.ops if op.kind is Kind.CONSTANT)


def compile_html(part: Html, layout: Layout, target: Target, pixel: Sequence[Op]) -> Part:
    """Compile an HTML part; slots are to be escaped. Raises ContentFaulty."""
    inserts = {part.pixel_at: pixel} if pixel else {}
    return _compile(_Source("html", part.source, part.edits, inserts), layout, target)


def compile_text(part: Text, layout: Layout, target: Target) -> Part:
    """Compile a text part; slots go in as they are. Raises ContentFaulty."""
    return _compile(_Source("text", part.source, part.edits, {}), layout, target)


def _escaping(op: Op) -> Op:
    if op.kind is not Kind.SLOT or op.is_escaped:
        return op
    return replace(op, encode=html.escape, column=None)


@dataclass(frozen=True, slots=True)
class _Source:
    """A part's text and what changes in it."""

    kind: Literal["html", "text"]
    text: str
    edits: Sequence[Edit]
    inserts: dict[int, Sequence[Op]]


def _compile(source: _Source, layout: Layout, target: Target) -> Part:
    mark = _free_mark(source.text)
    spliced, slots = _splice(source, mark, target)
    program = compile_template(spliced, source.kind, layout)
    return Part(source.kind, tuple(_with_slots(program.ops, mark, slots)), program.fields)


def _splice(source: _Source, mark: str, target: Target) -> tuple[str, list[Sequence[Op]]]:
    pieces: list[str] = []
    slots: list[Sequence[Op]] = []
    changes = [
        *((edit.start, edit.end, edit) for edit in source.edits),
        *((position, position, None) for position in source.inserts),
    ]
    at = 0
    for start, end, edit in sorted(changes, key=lambda change: change[:2]):
        if edit is not None and edit.place is None:
            pieces.append(source.text[at:start])
            at = end
            continue
        ops = source.inserts[start] if edit is None or edit.place is None else target(edit.place)
        if ops is not None:
            pieces += (source.text[at:start], f"{mark}{len(slots)}.")
            slots.append(ops)
            at = end
    return "".join([*pieces, source.text[at:]]), slots


def _free_mark(source: str) -> str:
    """A word that does not occur in the source; the same one every time."""
    number = 0
    while f"slot{number}-" in source:
        number += 1
    return f"slot{number}-"


def _with_slots(ops: Iterable[Op], mark: str, slots: list[Sequence[Op]]) -> list[Op]:
    """Put the slots' ops where their marks stand, and move the jumps accordingly."""
    pattern = re.compile(re.escape(mark) + r"([0-9]+)\.")
    out: list[Op] = []
    moved: list[int] = []
    for op in ops:
        moved.append(len(out))
        if op.kind is not Kind.CONSTANT:
            out.append(op)
            continue
        pieces = pattern.split(op.text)
        for position, piece in enumerate(pieces):
            if position % 2:
                out.extend(slots[int(piece)])
            elif piece:
                out.append(Op(Kind.CONSTANT, text=piece))
    moved.append(len(out))
    return [replace(op, target=moved[op.target]) if op.kind in {Kind.JUMP, Kind.JUMP_UNLESS} else op for op in out]


def untracked(place: Place, layout: Layout) -> Sequence[Op] | None:
    """The address merged, or None when there is nothing to merge. Raises ContentFaulty."""
    program = compile_template(place.url, place.part, layout)
    return None if program.constant is not None else [Op(Kind.SLOT, evaluate=address_of(program))]


def merged_address(place: Place, layout: Layout) -> Callable[[Scope], str]:
    """The function that merges a personal link's address. Raises ContentFaulty."""
    return address_of(compile_template(place.url, place.part, layout))
