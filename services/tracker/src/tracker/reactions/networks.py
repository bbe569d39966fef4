"""Whose network an address belongs to, where its owner publishes that and the list is short. Never looked up anywhere.

A list is here only with the place where it is published. These are not, though they are often named:

- Apple's Private Relay, and the proxies that load pictures for Mail, leave through networks of its partners: a long
  list that changes (developer.apple.com, "Prepare your network or web server for iCloud Private Relay"). The name of
  the program tells Mail Privacy Protection (`privacy.agents`); behind Private Relay there is a person with a browser.
- Google's image proxy says its name, and no networks of its own are published.
- Safe Links, Proofpoint, Mimecast and others publish the servers that mail comes from. Links are looked at from
  elsewhere, mostly from clouds that others rent as well; lists that go round name no source.

What is not here stays `unknown`, and other rules have to see what it does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network

UNKNOWN = "unknown"
NETWORKS_VERSION = "2026-11"
"""When the lists were compared with what is published. A change of them is a new set of rules (`rules`)."""


@dataclass(frozen=True, slots=True)
class Published:
    """A network with its owner, as somebody publishes it."""

    network: str
    owner: str
    source: str


_EXCHANGE = (
    "learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges, Exchange Online, *.mail.protection"
)
PUBLISHED = (
    # All of it; people's devices are not in it, its proxies are only in part.
    Published("17.0.0.0/8", "apple", "whois.arin.net, NET-17-0-0-0-1, APPLE-WWNET: assigned as a whole"),
    # Of its mail filter in the United States; its other instances are not told apart from rented clouds.
    Published("209.222.80.0/21", "barracuda", "campus.barracuda.com, Email Gateway Defense, IP Analysis - Inbound"),
    # Exchange Online Protection, the mail filter before Microsoft's mailboxes.
    Published("40.92.0.0/15", "microsoft_mail", _EXCHANGE),
    Published("40.107.0.0/16", "microsoft_mail", _EXCHANGE),
    Published("52.100.0.0/14", "microsoft_mail", _EXCHANGE),
    Published("104.47.0.0/17", "microsoft_mail", _EXCHANGE),
)
_BY_FIRST_OCTET: dict[str, list[tuple[IPv4Network, str]]] = {}
for _each in PUBLISHED:
    _BY_FIRST_OCTET.setdefault(_each.network.partition(".")[0], []).append((IPv4Network(_each.network), _each.owner))


def network_classes(networks: Iterable[str]) -> list[str]:
    """Of each network; most belong to nobody known, which is seen at their first octet."""
    known = _BY_FIRST_OCTET
    return [
        UNKNOWN if network and network[: network.find(".")] not in known else network_class(network)
        for network in networks
    ]


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
