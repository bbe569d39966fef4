"""Whose network an address belongs to, where its owner publishes that and the list is short. Never looked up anywhere.

Collected in November 2026 from what the owners or the registries publish. Most networks, those of proxies and scanners
included, cannot be told like this: they stay `unknown`, and other rules have to see what they do.
"""

from ipaddress import IPv4Network

UNKNOWN = "unknown"
_PUBLISHED = (
    # Assigned to Apple as a whole; people's devices are not in it, its proxies are only in part.
    ("17.0.0.0/8", "apple"),
    # Barracuda's mail filter, as its guide for firewalls says.
    ("209.222.80.0/21", "barracuda"),
    # Exchange Online Protection, the mail filter before Microsoft's mailboxes, as its list of endpoints says.
    ("40.92.0.0/15", "microsoft_mail"),
    ("40.107.0.0/16", "microsoft_mail"),
    ("52.100.0.0/14", "microsoft_mail"),
    ("104.47.0.0/17", "microsoft_mail"),
)
_BY_FIRST_OCTET: dict[str, list[tuple[IPv4Network, str]]] = {}
for _network, _owner in _PUBLISHED:
    _BY_FIRST_OCTET.setdefault(_network.partition(".")[0], []).append((IPv4Network(_network), _owner))


def network_class(network: str) -> str:
    """The owner of a network as it is kept (/24 or /48); `unknown` for most, empty where none is kept."""
    if not network:
        return ""
    known = _BY_FIRST_OCTET.get(network.partition(".")[0])
    if known is None:
        return UNKNOWN
    try:
        parsed = IPv4Network(network)
    except ValueError:
        return UNKNOWN
    return next((owner for published, owner in known if parsed.subnet_of(published)), UNKNOWN)
