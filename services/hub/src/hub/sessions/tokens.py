"""The opaque tokens of sessions and integrations: how they are made, told apart and stored."""

import hashlib
import secrets
import zlib

API_TOKEN_PREFIX = "tutti_"  # noqa: S105 -- what every token starts with is no secret
SESSION_TOKEN_PREFIX = "session_"  # noqa: S105

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_LENGTH = 43  # 256 bits
_CHECKSUM_LENGTH = 6


def new_api_token() -> str:
    """`tutti_`, 43 random letters and digits, 6 of checksum: one word for a double click, known to secret scanners."""
    return _with_checksum(API_TOKEN_PREFIX + _random())


def new_session_token() -> str:
    """`session_` and the same; it never leaves the servers that keep it on behalf of a browser."""
    return _with_checksum(SESSION_TOKEN_PREFIX + _random())


def is_well_formed(token: str, prefix: str) -> bool:
    """Whether a token of that kind has its length and its checksum; what does not is refused without a query."""
    length = len(prefix) + _SECRET_LENGTH + _CHECKSUM_LENGTH
    if len(token) != length or not token.startswith(prefix) or not token.isascii():
        return False
    return _with_checksum(token[:-_CHECKSUM_LENGTH]) == token


def token_hash(token: str) -> bytes:
    """What is stored of a token. It is random and long: a plain SHA-256 of it cannot be turned round."""
    return hashlib.sha256(token.encode()).digest()


def hint(token: str) -> str:
    """The last four characters, by which its owner recognises a token in a list."""
    return token[-4:]


def _random() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_LENGTH))


def _with_checksum(body: str) -> str:
    value, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM_LENGTH):
        value, digit = divmod(value, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return body + digits
