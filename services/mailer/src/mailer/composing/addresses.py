"""Mail addresses: taken apart by the grammar of RFC 5321, 4.1.2, and put together again from what was understood.

Nothing that did not pass here reaches a command or a header, so no octet of an address can end either. A domain
goes out in ASCII (IDNA 2008 after the mapping of UTS 46); a local part beyond ASCII needs SMTPUTF8 (RFC 6531, 3.3).
"""

import re
import unicodedata
from functools import lru_cache

import idna

from common.contracts.mailer import BounceClass
from mailer.composing.errors import MergeFailed

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf'{_ATOM}(?:\.{_ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])*"')
_ATOMS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_SHORT_DOMAIN = 253 - 64
_REMEMBERED = 16_384
_met: set[str] = set()
"""Domains in ASCII that were found right and short enough for any local part."""


def normalized(address: str) -> str:
    """The address as it goes on the wire, its domain in ASCII. Raises MergeFailed with `address_syntax`."""
    local, at, domain = address.rpartition("@")
    # People share domains: most of the time the only question is whether the left side is plain.
    if domain in _met and len(local) <= 64 and _ATOMS.fullmatch(local):
        return address
    if not at or not _is_local_part(local):
        raise _unusable()
    ascii_domain = to_ascii(domain)
    if len(local.encode()) + len(ascii_domain) > 253:
        raise _unusable()
    if domain == ascii_domain and len(domain) <= _SHORT_DOMAIN:
        _remember(domain)
    return f"{local}@{ascii_domain}"


def _remember(domain: str) -> None:
    if len(_met) >= _REMEMBERED:
        _met.clear()
    _met.add(domain)


def _is_local_part(local: str) -> bool:
    if local.isascii():
        return len(local) <= 64 and _LOCAL.fullmatch(local) is not None
    # Letters, marks, digits, punctuation and symbols may stand where an atom's characters may; nothing else.
    if any(unicodedata.category(each)[0] not in "LMNPS" for each in local if not each.isascii()):
        return False
    as_ascii = "".join(each if each.isascii() else "x" for each in local)
    return len(local.encode()) <= 64 and _ATOMS.fullmatch(as_ascii) is not None


@lru_cache(maxsize=4096)
def to_ascii(domain: str) -> str:
    """A domain in ASCII. Raises MergeFailed with `address_syntax`."""
    try:
        encoded = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:  # idna's own errors are such
        raise _unusable() from None
    if len(encoded) > 253 or not all(_LABEL.fullmatch(label) for label in encoded.split(".")):
        raise _unusable()
    return encoded


def _unusable() -> MergeFailed:
    return MergeFailed("the address is not one that mail can be sent to", BounceClass.ADDRESS_SYNTAX)
