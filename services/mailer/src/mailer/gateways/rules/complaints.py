"""When so many people call our mail spam that sending on would harm everybody."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from mailer.gateways.rules.breaker import Pause

EVERYBODY = ""
"""Stands for all destinations of a gateway together."""
WINDOW_DAYS = 7
MAX_SHARE = 0.003
MIN_COMPLAINTS = 5
"""Fewer are chance: one complaint about a hundred messages says nothing about the next hundred."""
DESTINATION_PAUSE_SECONDS = 24 * 3600.0


class Record(NamedTuple):
    """What a destination accepted through a gateway in the window, and how many of its people complained."""

    gateway_id: str
    destination: str
    accepted: int
    complaints: int


def too_many(
    records: Sequence[Record], paused: Collection[tuple[str, str]], stopped: Collection[str]
) -> Iterator[tuple[str, Pause]]:
    """What has to stop; what stands still already is left alone and does not count against the rest."""
    accepted = {each.gateway_id: each.accepted for each in records if each.destination == EVERYBODY}
    complaints: dict[str, int] = defaultdict(int)
    for each in records:
        if each.destination == EVERYBODY:
            continue
        stands_still = (each.gateway_id, each.destination) in paused
        if not stands_still and not _is_too_much(each.accepted, each.complaints):
            complaints[each.gateway_id] += each.complaints
            continue
        accepted[each.gateway_id] = accepted.get(each.gateway_id, 0) - each.accepted
        if not stands_still:
            reason = _because(f"people at {each.destination}", each.accepted, each.complaints)
            yield each.gateway_id, Pause(each.destination, "complaints", reason, DESTINATION_PAUSE_SECONDS)
    for gateway_id, count in complaints.items():
        total = max(accepted.get(gateway_id, 0), 0)
        if gateway_id not in stopped and _is_too_much(total, count):
            yield gateway_id, Pause(None, "complaints", _because("recipients of all kinds", total, count))


def _is_too_much(accepted: int, complaints: int) -> bool:
    return complaints >= MIN_COMPLAINTS and complaints > accepted * MAX_SHARE


def _because(who: str, accepted: int, complaints: int) -> str:
    return (
        f"{complaints} complaints by {who} about {accepted} messages in {WINDOW_DAYS} days, "
        f"more than {MAX_SHARE * 100:g} %"
    )
