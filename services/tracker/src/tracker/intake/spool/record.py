"""One hit as it is kept: a tab-separated line.

version, kind, delivery number, subject, link number, milliseconds since 1970, method, agent, network.
A later version may add columns at the end; fewer than nine mean that the last ones are empty.
"""

from dataclasses import dataclass
from enum import StrEnum

_VERSION = "1"
_REQUIRED = 7
_OPTIONAL = 2


class HitKind(StrEnum):
    """What was asked for; the value is the first letter of the path."""

    OPEN = "o"
    CLICK = "c"
    ACTION = "a"


_BEGINNINGS = {kind: f"{_VERSION}\t{kind}\t" for kind in HitKind}


class UnreadableRecord(ValueError):
    """A line is not a record of a version known here."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answered request, reduced to what the delivery's level may keep (`tracker.privacy.rules`)."""

    kind: HitKind
    delivery_number: int
    subject: int
    """Who, as the token says: 0 at blind, else a pseudonym or an ordinal."""
    link_number: int
    """0 for an open; for an action the number of its tag."""
    at_ms: int
    method: str
    agent: str
    network: str

    def encode(self) -> bytes:
        """Its line."""
        numbers = (self.delivery_number, self.subject, self.link_number, self.at_ms)
        return line_of(self.kind, numbers, (self.method, self.agent, self.network))


def line_of(kind: HitKind, numbers: tuple[int, int, int, int], texts: tuple[str, str, str]) -> bytes:
    """A hit's columns as a line in UTF-8; the texts hold no control characters, so a tab is always a border."""
    delivery_number, subject, link_number, at_ms = numbers
    method, agent, network = texts
    return (
        f"{_BEGINNINGS[kind]}{delivery_number}\t{subject}\t{link_number}\t{at_ms}\t{method}\t{agent}\t{network}"
    ).encode()


def decode(line: str) -> Hit:
    """The hit of a line; raises UnreadableRecord."""
    version, *columns = line.split("\t")
    if version != _VERSION or len(columns) < _REQUIRED - 1:
        raise UnreadableRecord(f"version {version!r}, {len(columns) + 1} columns")
    kind, delivery, subject, link, at_ms, method, agent, network, *_ = (*columns, *[""] * _OPTIONAL)
    try:
        return Hit(HitKind(kind), int(delivery), int(subject), int(link), int(at_ms), method, agent, network)
    except ValueError as error:
        raise UnreadableRecord(str(error)) from error
