"""Mail addresses: taken apart by the grammar of RFC 5321, 4.1.2, and put together again from what was understood.

Nothing that did not pass here reaches a command or a header, so no octet of an address can end either.
"""

import re
from functools import lru_cache

from common.contracts.mailer import BounceClass
from mailer.composing.errors import MergeFailed

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf'{_ATOM}(?:\.{_ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])*"')
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_PLAIN = re.compile(
    rf"({_ATOM}(?:\.{_ATOM})*)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?)"
)


def normalized(address: str) -> str:
    """The address as it goes on the wire, its domain in ASCII (RFC 5890). Raises MergeFailed with `address_syntax`."""
    match = _PLAIN.fullmatch(address)
    if match and len(match.group(1)) <= 64 and len(address) <= 254:
        return address
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > 64:
        raise _unusable()
    ascii_domain = to_ascii(domain)
    if len(local) + len(ascii_domain) > 253:
        raise _unusable()
    return f"{local}@{ascii_domain}"


@lru_cache(maxsize=4096)
def to_ascii(domain: str) -> str:
    """A domain in ASCII. Raises MergeFailed with `address_syntax`."""
    try:
        encoded = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        raise _unusable() from None
    if len(encoded) > 253 or not all(_LABEL.fullmatch(label) for label in encoded.split(".")):
        raise _unusable()
    return encoded


def _unusable() -> MergeFailed:
    return MergeFailed("the address is not one that mail can be sent to", BounceClass.ADDRESS_SYNTAX)
