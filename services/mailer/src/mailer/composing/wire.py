"""A part in its charset and transfer encoding: quoted-printable in pieces, or base64 where that is shorter."""

import re
from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mailer.composing.errors import MergeFailed
from mailer.composing.merge import MAX_OUTPUT, TOO_LONG, Constants, Encode, Kind, Op, Pool, steps_of, whole
from mailer.composing.parts import Part
from mailer.composing.places import Places
from mailer.composing.quoted_printable import Values, encode, octets_of, values_in

Transfer = Literal["quoted-printable", "base64"]
_NEWLINE = re.compile(r"\r\n|\r|\n")
_LINE = 76
_OCTETS_OF_A_LINE = 57


@dataclass(frozen=True, slots=True)
class Encoded:
    """A part ready to be framed; constants of its ops are octets of the wire."""

    kind: Literal["html", "text"]
    ops: tuple[Op, ...]
    charset: str
    transfer: Transfer


def transfer_of(part: Part, charset: str) -> Transfer:
    """What makes the part's constants shorter; ties go to the one that people can read."""
    text = part.constants
    in_base64 = -(-len(octets_of(text, charset)) // _OCTETS_OF_A_LINE) * (_LINE + 2)
    return "base64" if in_base64 < len(encode(text, charset)) else "quoted-printable"


def encoded(part: Part, charset: str, places: Places, constants: Constants) -> Encoded:
    """The part in a charset that its constants fit in."""
    transfer = transfer_of(part, charset)
    if transfer == "base64":
        return Encoded(part.kind, _in_base64(part, charset, places, constants), charset, transfer)
    return Encoded(part.kind, _quoted(part, charset, places), charset, transfer)


def _quoted(part: Part, charset: str, places: Places) -> tuple[Op, ...]:
    values = values_in(charset)
    is_html = part.kind == "html"
    bound: list[Op] = []
    for op in part.ops:
        if op.kind is Kind.CONSTANT:
            bound.append(replace(op, text=encode(op.text, charset)))
        elif op.kind is Kind.SLOT:
            escapes = is_html and not op.is_escaped
            position = None if op.column is None else places.form(op.column, in_html=escapes)
            bound.append(replace(op, encode=_remembering(values, in_html=escapes), column=position))
        else:
            bound.append(op)
    return _ended(bound)


def _remembering(values: Values, *, in_html: bool) -> Encode:
    which = int(in_html)
    return lambda text: values[text][which]


def _ended(ops: Sequence[Op]) -> tuple[Op, ...]:
    """With a hard line break at the end: the last octet of an encoded part may not be a soft one (RFC 2045, 6.7)."""
    can_skip_last = any(op.target == len(ops) for op in ops if op.kind in {Kind.JUMP, Kind.JUMP_UNLESS})
    if ops and not can_skip_last and ops[-1].text.endswith("\r\n") and not ops[-1].text.endswith("=\r\n"):
        return tuple(ops)
    return (*ops, Op(Kind.CONSTANT, text="\r\n"))


def _in_base64(part: Part, charset: str, places: Places, constants: Constants) -> tuple[Op, ...]:
    # Three octets make four characters across every seam, so such a part is encoded whole for each recipient.
    body = whole(steps_of(part.plain, constants, places.length))

    def evaluate(pool: Pool) -> str:
        return base64_lines(octets_of(_NEWLINE.sub("\r\n", joined(body(pool))), charset))

    return (Op(Kind.SLOT, evaluate=evaluate),)


def joined(pieces: Iterable[str]) -> str:
    """The pieces as one text. Raises MergeFailed before making one that is too long."""
    every = list(pieces)
    if sum(map(len, every)) > MAX_OUTPUT:
        raise MergeFailed(TOO_LONG)
    return "".join(every)


def base64_lines(octets: bytes) -> str:
    """Base64 in lines of 76 columns, each ended."""
    text = b2a_base64(octets, newline=False).decode("ascii")
    return "".join([f"{text[at : at + _LINE]}\r\n" for at in range(0, len(text), _LINE)])


def shifted(ops: Iterable[Op], offset: int) -> list[Op]:
    """Ops that stand `offset` later than they did."""
    return [replace(op, target=op.target + offset) if op.kind in {Kind.JUMP, Kind.JUMP_UNLESS} else op for op in ops]
