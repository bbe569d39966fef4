"""What each tracking level may keep of a hit; applied before anything is written, so that no later step can forget it.

| level     | who                 | when            | asking program    | network     |
|-----------|---------------------|-----------------|-------------------|-------------|
| blind     | nobody              | hour (UTC)      | family only       | nothing     |
| unique    | pseudonym           | millisecond     | family only       | nothing     |
| anonymous | pseudonym           | millisecond     | family only       | nothing     |
| personal  | ordinal             | millisecond     | user agent, 256   | /24 or /48  |

At `off` nothing is tracked, so nothing is kept.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from common.contracts.lui import TrackingLevel
from tracker.privacy.agents import family_of

MAX_AGENT_LENGTH = 256
"""Characters of a user agent that are kept at `personal`."""
HOUR_MS = 3_600_000
QUARTER_HOUR_MS = 900_000
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)))


def permits_subject(level: TrackingLevel, subject: int) -> bool:
    """Whether a token with this subject can have been minted at this level: 0 stands for nobody."""
    return level is not TrackingLevel.OFF and (subject == 0) == (level is TrackingLevel.BLIND)


def permits_personal_targets(level: TrackingLevel) -> bool:
    """Whether links may carry a target of their own per recipient; elsewhere it would tell recipients apart."""
    return level in (TrackingLevel.UNIQUE, TrackingLevel.PERSONAL)


def counts_people(level: TrackingLevel) -> bool:
    """Whether "how many different people" can be answered."""
    return level in (TrackingLevel.UNIQUE, TrackingLevel.PERSONAL)


def kept_time(level: TrackingLevel, at_ms: int) -> int:
    """Milliseconds since 1970 as they may be kept."""
    return at_ms - at_ms % HOUR_MS if level is TrackingLevel.BLIND else at_ms


def tally_period_ms(level: TrackingLevel) -> int:
    """Width of a tally's period; a quarter of an hour divides every time zone's offset in use."""
    return HOUR_MS if level is TrackingLevel.BLIND else QUARTER_HOUR_MS


def kept_agent(level: TrackingLevel, user_agent: bytes) -> str:
    """What may be kept of a User-Agent header: bounded and without control characters, or just its family."""
    # The cut comes first: a hostile header must not cost more than an honest one.
    text = user_agent[: 4 * MAX_AGENT_LENGTH].decode("latin-1").translate(_CONTROLS).strip()
    return text[:MAX_AGENT_LENGTH] if level is TrackingLevel.PERSONAL else family_of(text)


def kept_network(level: TrackingLevel, address: str) -> str:
    """The network of an IP address (IPv4 /24, IPv6 /48) at `personal`, else an empty string."""
    if level is not TrackingLevel.PERSONAL:
        return ""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))
