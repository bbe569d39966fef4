"""Stopping by itself: a destination, or the whole gateway, that refuses too much because of who we are."""

import re
from collections import deque
from dataclasses import dataclass

from mailer.gateways.rules.destination import MAX_BLOCKS, WINDOW, Destination

DESTINATION_PAUSE_SECONDS = 4 * 3600.0
"""A destination that blocks us is tried again after this time even when nobody looks."""
_SHOWN = 160
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


@dataclass(frozen=True, slots=True)
class Pause:
    """Something stands still; without a destination the whole gateway. `seconds` None: until somebody resumes it."""

    destination: str | None
    code: str
    reason: str
    seconds: float | None = None


class Breaker:
    """Counts refusals by policy among the last thousand messages of a gateway, and of each of its destinations."""

    def __init__(self) -> None:
        self._blocks: deque[tuple[int, Destination]] = deque()

    def blocked(self, found: Destination, ended: int, said: str) -> Pause | None:
        """A message was refused because of who we are; what has to stop because of that."""
        if found.blocked():
            # What is paused already must not stop the others.
            self._blocks = deque(entry for entry in self._blocks if entry[1] is not found)
            return Pause(found.name, "blocks", _because(found.name, said), DESTINATION_PAUSE_SECONDS)
        self._blocks.append((ended, found))
        while self._blocks[0][0] <= ended - WINDOW:
            self._blocks.popleft()
        if len(self._blocks) <= MAX_BLOCKS:
            return None
        self._blocks.clear()
        return Pause(None, "blocks", _because("receivers of all kinds", said))

    def forget(self) -> None:
        """Start counting anew."""
        self._blocks.clear()


def _because(who: str, said: str) -> str:
    return (
        f"more than {MAX_BLOCKS} of the last {WINDOW} messages were refused for reasons of policy by {who}; "
        f"the last answer: {_ADDRESS.sub('…', said)[:_SHOWN]}"
    )
