"""What each tracking level may keep of a hit; applied before anything is written, so that no later step can forget it.

| level     | who                 | when            | asking program    | network     |
|-----------|---------------------|-----------------|-------------------|-------------|
| blind     | nobody              | hour (UTC)      | family only       | nothing     |
| unique    | pseudonym           | hour (UTC)      | family only       | nothing     |
| anonymous | profile, pseudonym  | hour (UTC)      | family only       | nothing     |
| personal  | ordinal             | millisecond     | user agent, 256   | /24 or /48  |

A recipient who did not consent has the subject 0 and is treated as at blind, whatever the level of the delivery.
At `off` nothing is tracked, so nothing is kept.
"""

import socket
from functools import lru_cache

from common.contracts.lui import TrackingLevel
from tracker.privacy.agents import family_of

MAX_AGENT_LENGTH = 256
"""Characters of a user agent that are kept at `personal`."""
HOUR_MS = 3_600_000
QUARTER_HOUR_MS = 900_000
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)))
_MAPPED = bytes(10) + b"\xff\xff"
_IPV6_KEPT = 6


def permits_subject(level: TrackingLevel, subject: int) -> bool:
    """Whether a token with this subject can have been minted at this level: 0 stands for nobody, at every level."""
    return level is not TrackingLevel.OFF and (subject == 0 or level is not TrackingLevel.BLIND)


def handled_as(level: TrackingLevel, subject: int) -> TrackingLevel:
    """The level that holds for one recipient: whoever is nobody in the token is treated as at blind."""
    return level if subject or level is TrackingLevel.OFF else TrackingLevel.BLIND


def permits_personal_targets(level: TrackingLevel) -> bool:
    """Whether links may carry a target of their own per recipient; elsewhere it would tell recipients apart."""
    return level in (TrackingLevel.UNIQUE, TrackingLevel.PERSONAL)


def counts_people(level: TrackingLevel) -> bool:
    """Whether "how many different people" can be answered."""
    return level in (TrackingLevel.UNIQUE, TrackingLevel.PERSONAL)


def tells_who(level: TrackingLevel) -> bool:
    """Whether "who reacted" can be answered, and so used to choose recipients."""
    return level is TrackingLevel.PERSONAL


def kept_time(level: TrackingLevel, at_ms: int) -> int:
    """Milliseconds since 1970 as they may be kept: anything finer could be laid beside the times of delivery."""
    return at_ms if level is TrackingLevel.PERSONAL else at_ms - at_ms % HOUR_MS


def tally_period_ms(level: TrackingLevel) -> int:
    """Width of a tally's period; a quarter of an hour divides every time zone's offset in use."""
    return QUARTER_HOUR_MS if level is TrackingLevel.PERSONAL else HOUR_MS


def kept_agent(level: TrackingLevel, user_agent: bytes) -> str:
    """What may be kept of a User-Agent header: bounded and without control characters, or just its family."""
    # The cut comes first: a hostile header must not cost more than an honest one.
    text = _cleaned(user_agent[: 4 * MAX_AGENT_LENGTH])
    return text[:MAX_AGENT_LENGTH] if level is TrackingLevel.PERSONAL else family_of(text)


def kept_network(level: TrackingLevel, address: str) -> str:
    """The network of an IP address (IPv4 /24, IPv6 /48) at `personal`, else an empty string."""
    return _network_of(address) if level is TrackingLevel.PERSONAL else ""


@lru_cache(maxsize=1024)
def _network_of(address: str) -> str:
    try:
        return _ipv4_network(socket.inet_pton(socket.AF_INET, address))
    except (OSError, ValueError):
        return _ipv6_network(address.partition("%")[0])


@lru_cache(maxsize=4096)
def _cleaned(user_agent: bytes) -> str:
    return user_agent.decode("latin-1").translate(_CONTROLS).strip()


def _ipv4_network(packed: bytes) -> str:
    return f"{packed[0]}.{packed[1]}.{packed[2]}.0/24"


def _ipv6_network(address: str) -> str:
    try:
        packed = socket.inet_pton(socket.AF_INET6, address)
    except (OSError, ValueError):
        return ""
    if packed.startswith(_MAPPED):
        return _ipv4_network(packed[len(_MAPPED) :])
    return socket.inet_ntop(socket.AF_INET6, packed[:_IPV6_KEPT] + bytes(16 - _IPV6_KEPT)) + "/48"
