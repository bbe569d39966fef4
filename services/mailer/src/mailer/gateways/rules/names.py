"""Names of domains and hosts: as they are written, and whose they are."""

import re
from ipaddress import ip_address

import idna

_RESERVED = frozenset({"test", "example", "invalid", "localhost", "local", "internal", "onion", "arpa"})
_EXAMPLES = frozenset({"example.com", "example.net", "example.org"})
# Second levels under which registries of countries register, wherever a country has a second level.
_REGISTRY_LABELS = frozenset(
    {"ac", "ad", "co", "com", "ed", "edu", "gob", "gouv", "gov", "gv", "id", "ltd", "me", "mil", "ne", "net", "nhs"}
    | {"nom", "or", "org", "plc", "sch", "web"}
)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
MAX_NAME = 253


def domain_of(address: str) -> str:
    """The part behind the last @, in lower case."""
    return address[address.rfind("@") + 1 :].lower()


def ascii_domain(text: str) -> str:
    """A domain as the wire writes it. Raises ValueError with a reason in plain words."""
    stripped = text.strip().rstrip(".").lower()
    if not stripped:
        raise ValueError("must not be empty")
    try:
        name = idna.encode(stripped, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise ValueError("is not a domain name") from None
    if len(name) > MAX_NAME or not _HOST.fullmatch(name) or "." not in name:
        raise ValueError("is not a domain name")
    return name


def ascii_host(text: str) -> str:
    """A host name or an IP address as a connection is opened to it. Raises ValueError with a reason."""
    stripped = text.strip().strip("[]").rstrip(".").lower()
    if re.fullmatch(r"[0-9.]+", stripped) or ":" in stripped:
        return _ip_address(stripped)
    try:
        name = idna.encode(stripped, uts46=True).decode("ascii") if not stripped.isascii() else stripped
    except idna.IDNAError:
        raise ValueError("is not a host name") from None
    if not name or len(name) > MAX_NAME or not _HOST.fullmatch(name):
        raise ValueError("is not a host name")
    return name


def _ip_address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("is not an IP address") from None


def is_public(domain: str) -> bool:
    """Whether asking the domain name system about a domain can tell anything."""
    if "." not in domain or domain.startswith("["):
        return False
    return domain.rpartition(".")[2] not in _RESERVED and registrable(domain) not in _EXAMPLES


def registrable(host: str) -> str:
    """The part of a name that somebody registered: `aspmx.l.google.com` is google.com's.

    Without a list of public suffixes: under the top level of a country, a second level that registries use counts
    to the suffix. A wrong guess groups a few small hosts too much or too little, and nothing else.
    """
    labels = host.rstrip(".").lower().split(".")
    if len(labels) <= 2:
        return ".".join(labels)
    is_national = len(labels[-1]) == 2 and labels[-2] in _REGISTRY_LABELS
    return ".".join(labels[-3 if is_national else -2 :])
