"""Which envelope a message is about: only a token of ours says so, never an address in its text."""

import re
from email import policy
from email.parser import BytesHeaderParser

from common.contracts.signed_token import LOCAL_PART_TOKEN, ActionToken, Purpose, TokenKeys

_LOCAL = re.compile(rf"([bu])\+({LOCAL_PART_TOKEN})", re.IGNORECASE)
_PURPOSES = {"b": Purpose.RETURN_PATH, "u": Purpose.UNSUBSCRIBE}
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To")
_SOFT_BREAK = re.compile(rb"=\r?\n")
_HEADER_OCTETS = 64 * 1024
_SEARCHED_OCTETS = 1024 * 1024
_MAX_CANDIDATES = 50


class TokenReader:
    """Reads tokens out of addresses, and out of whatever a message brings back."""

    def __init__(self, domain: str, keys: TokenKeys) -> None:
        self._domain = domain.lower()
        self._keys = keys
        named = re.escape(domain)
        self._anywhere = re.compile(rf"([bu])\+({LOCAL_PART_TOKEN})@{named}(?![\w.-])".encode(), re.IGNORECASE)

    def of_address(self, address: str) -> ActionToken | None:
        """The verified token of an address of ours, or None."""
        local, _, found = address.strip().strip("<>").rpartition("@")
        match = _LOCAL.fullmatch(local)
        if match is None or found.lower() != self._domain:
            return None
        return self._verified(match.group(1), match.group(2))

    def of_word(self, word: str) -> ActionToken | None:
        """The verified token of what stands before the @ of an address of ours, whatever stands behind it."""
        match = _LOCAL.fullmatch(word.strip().strip("<>").partition("@")[0])
        return None if match is None else self._verified(match.group(1), match.group(2))

    def addressed(self, message: bytes) -> ActionToken | None:
        """The token of the address a stored message was delivered to."""
        head = BytesHeaderParser(policy=policy.compat32).parsebytes(message[:_HEADER_OCTETS])
        for name in _ADDRESSED:
            for value in head.get_all(name, [])[:10]:
                for word in str(value)[:2_000].replace(",", " ").split():
                    token = self.of_address(word)
                    if token is not None:
                        return token
        return None

    def named_in(self, octets: bytes) -> ActionToken | None:
        """The first verified token anywhere: in the return path or the headers of the message that is sent back.

        Guesses cost one MAC each, and only so many are tried.
        """
        # A report in quoted-printable breaks long lines wherever it likes.
        searched = _SOFT_BREAK.sub(b"", octets[:_SEARCHED_OCTETS])
        for number, match in enumerate(self._anywhere.finditer(searched)):
            if number >= _MAX_CANDIDATES:
                return None
            token = self._verified(match.group(1).decode(), match.group(2).decode())
            if token is not None:
                return token
        return None

    def _verified(self, kind: str, text: str) -> ActionToken | None:
        token = self._keys.read_local_part(text.lower())
        return token if token is not None and token.purpose is _PURPOSES[kind.lower()] else None
