"""Where links lead, kept beside the process: an append-only file, so that redirects need no other service.

The file is read once at the start for its index; a delivery's links are parsed when they are first asked for and
kept for as long as they are among the most recently used.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import orjson

from common.contracts.lui import TrackingLevel
from tracker.intake.replies import Reply, redirect
from tracker.intake.spool.frames import HEAD_LENGTH, frame, intact_length, read_frames
from tracker.privacy import rules

_KEPT_PARSED = 1024


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """One link of a delivery; `reply` is None for a personal one, whose target comes sealed in the link."""

    personal: bool
    reply: Reply | None


@dataclass(frozen=True)
class DeliveryLinks:
    """What intake must know of a delivery."""

    level: TrackingLevel
    opens: bool
    targets: dict[int, LinkTarget]
    cookie_seconds: int | None = None
    """How long the cookie for actions lives, 0 for as long as the browser; None: none is set."""

    def level_for(self, subject: int) -> TrackingLevel | None:
        """The level that holds for whom a token names, or None when no such token can have been minted."""
        return self.for_somebody if subject else self.for_nobody

    @cached_property
    def for_somebody(self) -> TrackingLevel | None:
        """For a recipient who may be known."""
        return rules.handled_as(self.level, 1) if rules.permits_subject(self.level, 1) else None

    @cached_property
    def for_nobody(self) -> TrackingLevel | None:
        """For one who is nobody in the token."""
        return rules.handled_as(self.level, 0) if rules.permits_subject(self.level, 0) else None


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """A delivery's links as they are stored: `position` grows by one with every plan of the installation."""

    position: int
    delivery_number: int
    level: TrackingLevel
    opens: bool
    links: tuple[tuple[int, str, bool], ...]
    """Number, target, personal."""
    cookie_seconds: int | None = None


class Links(Protocol):
    """What the handler asks of a link table."""

    def get(self, delivery_number: int) -> DeliveryLinks | None:
        """The delivery's links, or None when it is not known here."""


class LinkTable:
    """The file, its index, and what was parsed of it lately. The last entry of a delivery holds."""

    def __init__(self, path: Path) -> None:
        self.position = 0
        """Of the newest entry."""
        self._end = 0
        self._index: dict[int, int] = {}
        self._parsed: OrderedDict[int, DeliveryLinks] = OrderedDict()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._load()

    def __len__(self) -> int:
        return len(self._index)

    def get(self, delivery_number: int) -> DeliveryLinks | None:
        """The delivery's links, or None when it is not known here."""
        links = self._parsed.get(delivery_number)
        if links is not None:
            self._parsed.move_to_end(delivery_number)
            return links
        at = self._index.get(delivery_number)
        if at is None:
            return None
        links = self._parsed[delivery_number] = _links(_entry(self._read(at)))
        if len(self._parsed) > _KEPT_PARSED:
            self._parsed.popitem(last=False)
        return links

    def add(self, entries: Sequence[LinkEntry]) -> None:
        """Append entries durably. Raises OSError, and then knows no more than before."""
        data, starts, at = bytearray(), [], self._end
        for entry in entries:
            starts.append(at + len(data))
            data += frame(_encode(entry))
        written = 0
        while written < len(data):
            written += os.pwrite(self._file, memoryview(data)[written:], at + written)
        os.fdatasync(self._file)
        self._end = at + len(data)
        for entry, start in zip(entries, starts, strict=True):
            self._index[entry.delivery_number] = start
            self._parsed.pop(entry.delivery_number, None)
            self.position = entry.position

    def rewind(self) -> None:
        """Take over every plan once more, from the first; what is known stays known."""
        self.position = 0

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _load(self) -> None:
        data = bytearray()
        while block := os.pread(self._file, 1 << 20, len(data)):
            data += block
        for at, payload in read_frames(data):
            entry = _entry(payload)
            self._index[entry.delivery_number] = at
            self.position = entry.position
        self._end = intact_length(data)
        os.ftruncate(self._file, self._end)

    def _read(self, at: int) -> bytes:
        head = os.pread(self._file, HEAD_LENGTH, at)
        length = int.from_bytes(head[:4], "little")
        return os.pread(self._file, length, at + HEAD_LENGTH)


def _encode(entry: LinkEntry) -> bytes:
    return orjson.dumps(
        [entry.position, entry.delivery_number, entry.level, entry.opens, entry.links, entry.cookie_seconds]
    )


def _entry(payload: bytes) -> LinkEntry:
    position, number, level, opens, links, *later = orjson.loads(payload)
    targets = tuple((n, url, own) for n, url, own in links)
    return LinkEntry(position, number, TrackingLevel(level), opens, targets, later[0] if later else None)


def _links(entry: LinkEntry) -> DeliveryLinks:
    targets = {
        number: LinkTarget(personal, None if personal else redirect(url)) for number, url, personal in entry.links
    }
    return DeliveryLinks(entry.level, entry.opens, targets, entry.cookie_seconds)
