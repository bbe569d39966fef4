"""Whether this is the installation that was told to send, or a copy of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

RESTORED = (
    "nothing is sent: this database was restored or copied. When no other installation sends what is in it, "
    "an administrator arms it"
)
FAILED_OVER = (
    "nothing is sent: another database server has taken over. When it has everything that the former one had, "
    "an administrator arms it"
)
MOVED = (
    "nothing is sent from this machine: it is not one of those known, and none of them is there. When no other "
    "installation sends what is in this database, an administrator arms it"
)


@dataclass(frozen=True, slots=True)
class Generation:
    """What tells a database cluster from its copies."""

    system_identifier: str
    """Made by initdb: another one after a dump was restored."""
    timeline: int
    """Another one after a restore to a point in time, and after a replica took over."""


@dataclass(frozen=True, slots=True)
class Machines:
    """The machines known to send, when each was last seen, and when it was first looked at by this process."""

    armed: Mapping[str, datetime]
    at_first_look: Mapping[str, datetime]

    @property
    def one_is_alive(self) -> bool:
        """Whether one of them was seen again since we look: a copied row never moves."""
        return any(seen > self.at_first_look.get(machine, seen) for machine, seen in self.armed.items())


def why_held(known: Generation, now: Generation, mine: str, machines: Machines) -> str | None:
    """In plain words why nothing may be sent; None when it may. `mine` is empty where machines have no id."""
    if known.system_identifier != now.system_identifier:
        return RESTORED
    if known.timeline != now.timeline:
        return FAILED_OVER
    if not mine or not machines.armed or mine in machines.armed or machines.one_is_alive:
        return None
    return MOVED
