"""Messages to be signed: of random shape, as ours and as nobody's."""

import base64
import random
from collections.abc import Sequence
from datetime import UTC, datetime

from mailer.signing.keys import SigningKey
from mailer.signing.signer import Identity, Signer

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_WORDS = (
    b"tutti",
    b"w=C3=A4lt",
    b"=20",
    b"<td>",
    b"\t",
    b"  ",
    b"   \t ",
    b"x" * 40,
    b"https://example.org/",
    b" ",
    b"|",
)
_REQUIRED = (b"From", b"To", b"Subject", b"Date", b"Message-ID", b"List-Unsubscribe", b"List-Unsubscribe-Post")
_OTHERS = (b"Reply-To", b"MIME-Version", b"Content-Type", b"List-Id", b"X-Mailer", b"Received", b"To", b"Subject")
_FOLDS = (b"\r\n ", b"\r\n\t", b"\r\n  \t")


def both_keys() -> list[Identity]:
    """An RSA and an Ed25519 key of one domain."""
    return [
        Identity(SigningKey.generate("rsa-2048"), "example.org", "r2026", "news.example.org"),
        Identity(SigningKey.generate("ed25519"), "example.org", "e2026", "news.example.org"),
    ]


def records_of(identities: Sequence[Identity]) -> dict[str, str]:
    """Their TXT records by name."""
    kinds = {"rsa-2048": "rsa", "ed25519": "ed25519"}
    return {
        f"{each.selector}._domainkey.{each.domain}": (
            f"v=DKIM1; k={kinds[each.key.algorithm]}; p={base64.b64encode(each.key.public_octets()).decode()}"
        )
        for each in identities
    }


def signer_of(identities: Sequence[Identity]) -> Signer:
    """Signs at one fixed moment."""
    return Signer(identities, MOMENT)


def random_message(chance: random.Random, colons: Sequence[bytes] = (b": ", b":", b":\t")) -> tuple[bytes, bytes]:
    """Headers and body with white space, folds and repetitions wherever they may be."""
    names = [*_REQUIRED, *chance.choices(_OTHERS, k=chance.randrange(6))]
    chance.shuffle(names)
    headers = b"".join(_header(chance, name, colons) for name in names)
    return headers, b"".join(_line(chance) for _ in range(chance.randrange(40)))


def _header(chance: random.Random, name: bytes, colons: Sequence[bytes]) -> bytes:
    value = b"v"
    for _ in range(chance.randrange(8)):
        value += chance.choice((b" ", b"  ", b"\t", chance.choice(_FOLDS))) + chance.choice(
            (b"value", b"<a@b>", b"x:y;")
        )
    written = chance.choice((name, name.lower(), name.upper()))
    return written + chance.choice(colons) + value + chance.choice((b"", b" ", b"\t")) + b"\r\n"


def _line(chance: random.Random) -> bytes:
    return b"".join(chance.choices(_WORDS, k=chance.randrange(6))) + b"\r\n"
