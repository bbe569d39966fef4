"""DKIM signatures (RFC 6376, RFC 8463): a pure function of the message, the keys and the delivery's moment."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mailer.signing.canonical import relaxed_body, relaxed_headers
from mailer.signing.keys import SigningKey

SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"sender",
    b"cc",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"list-id",
    b"list-help",
    b"list-subscribe",
    b"list-post",
    b"list-owner",
    b"list-archive",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"feedback-id",
)
"""Each is named once more than it is there, so that none of these can be added to a signed message (RFC 6376, 8.15)."""
_WIDTH = 72
_HASH_LENGTH = 44
_PLANS = 64


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: a key under its domain and selector, for the domain of the sender's address."""

    key: SigningKey
    domain: str
    selector: str
    from_domain: str
    """The same as `domain`, or below it."""


class Signer:
    """Signs the messages of one delivery. Thread-safe; the same octets for the same message in every process."""

    def __init__(self, identities: Sequence[Identity], at: datetime) -> None:
        self._heads = [(each.key, _head(each, int(at.timestamp()))) for each in identities]
        self._plans: dict[tuple[bytes, ...], _Plan] = {}

    @property
    def max_length(self) -> int:
        """Octets that `sign` adds at most, when no signed header is there more than three times."""
        names = _folded([name for name in SIGNED for _ in range(4)])
        signatures = (_encoded_length(key.signature_length) for key, _ in self._heads)
        return sum(
            len(head) + len(names) + _HASH_LENGTH + length + 24
            for (_, head), length in zip(self._heads, signatures, strict=True)
        )

    def sign(self, headers: bytes, body: bytes) -> bytes:
        """The signatures as headers to be put in front of `headers`.

        `headers` are complete lines with CRLF, without the empty line that ends them; `body` is what follows it.
        """
        found = relaxed_headers(headers)
        plan = self._plan(tuple([name for name, _ in found]))
        covered = hashlib.sha256(b"".join([found[position][1] + b"\r\n" for position in plan.positions]))
        body_hash = b64encode(hashlib.sha256(relaxed_body(body)).digest())
        out = []
        for key, folded, relaxed in plan.fields:
            digest = covered.copy()
            # The signature's own header with an empty b=, and no line break at the end (RFC 6376, 3.7).
            digest.update(b"%b bh=%b; b=" % (relaxed, body_hash))
            signature = _broken(b64encode(key.sign(digest.digest())))
            out.append(b"%b\r\n bh=%b;\r\n b=%b\r\n" % (folded, body_hash, signature))
        return b"".join(out)

    def _plan(self, present: tuple[bytes, ...]) -> "_Plan":
        """What to do with a message that has these headers; all messages of a delivery have the same."""
        known = self._plans.get(present)
        if known is None:
            positions: list[int] = []
            names: list[bytes] = []
            for name in SIGNED:
                places = [place for place, each in enumerate(present) if each == name]
                # The last one of a name first (RFC 6376, 5.4.2).
                positions += reversed(places)
                names += [name] * (len(places) + 1)
            known = _Plan(positions, [_field(key, head + _folded(names) + b";") for key, head in self._heads])
            if len(self._plans) < _PLANS:
                self._plans[present] = known
        return known


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which headers are covered, and each signature's header up to `h=`, as it is written and as it is hashed."""

    positions: list[int]
    fields: list[tuple[SigningKey, bytes, bytes]]


def _field(key: SigningKey, folded: bytes) -> tuple[SigningKey, bytes, bytes]:
    return key, folded, relaxed_headers(folded)[0][1]


def _head(identity: Identity, moment: int) -> bytes:
    return (
        f"DKIM-Signature: v=1; a={identity.key.tag.decode()}; c=relaxed/relaxed;\r\n"
        f" d={identity.domain};\r\n s={identity.selector};\r\n t={moment}; i=@{identity.from_domain};\r\n h="
    ).encode("ascii")


def _folded(names: Sequence[bytes]) -> bytes:
    out, width = [names[0]], 3 + len(names[0])
    for name in names[1:]:
        if width + 1 + len(name) > _WIDTH:
            out.append(b":\r\n  " + name)
            width = 2 + len(name)
        else:
            out.append(b":" + name)
            width += 1 + len(name)
    return b"".join(out)


def _broken(text: bytes) -> bytes:
    return b"\r\n  ".join([text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)])


def _encoded_length(octets: int) -> int:
    length = (octets + 2) // 3 * 4
    return length + 4 * (length // _WIDTH)
