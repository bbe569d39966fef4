"""Which strings are addresses we write to (RFC 5321, section 4.1.2; no quoted local parts, no address literals)."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

MAX_ADDRESS_LENGTH = 254
"""Octets, RFC 5321 section 4.5.3.1.3 less the angle brackets (erratum 1690)."""
MAX_LOCAL_LENGTH = 64

# Everything this matches is valid; what it does not match is looked at by the slower, exact check.
_PLAIN = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


class NotAnAddress(ValueError):
    """Says in plain words why a string is no address."""


def checked_address(text: str) -> str:
    """The address in `text`, ready for an SMTP envelope: surrounding blanks gone, its domain in ASCII.

    Raises NotAnAddress.
    """
    address = text.strip(" \t")
    # In octets or in characters of a script that takes four: neither check below is asked about more.
    if len(address) > 4 * MAX_ADDRESS_LENGTH:
        raise NotAnAddress("the address is too long")
    if _PLAIN.fullmatch(address) and len(address) <= MAX_ADDRESS_LENGTH and address.index("@") <= MAX_LOCAL_LENGTH:
        return address
    return _oddly_written(address)


def _oddly_written(address: str) -> str:
    if not address:
        raise NotAnAddress("the address is empty")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in address):
        raise NotAnAddress("the address holds a control character")
    if "@" not in address:
        raise NotAnAddress("the address has no @")
    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError as error:
        raise NotAnAddress(_in_our_words(str(error))) from error
    if found.ascii_email is None:
        raise NotAnAddress("letters outside ASCII before the @ cannot be delivered everywhere")
    if found.ascii_email.index("@") > MAX_LOCAL_LENGTH or len(found.ascii_email) > MAX_ADDRESS_LENGTH:
        raise NotAnAddress("the address is too long")
    return found.ascii_email


def _in_our_words(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def address_key(address: str) -> str:
    """What two spellings of the same mailbox share: letter case does not count."""
    return address.lower()
