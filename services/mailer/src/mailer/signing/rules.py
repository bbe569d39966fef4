"""Names, records and states of signing keys; what a domain name system says judged against what it should say."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import idna

RECORD_NEEDED_FOR = timedelta(days=14)
"""After a key was retired: three days of attempts, five in a gateway's queue, and receivers who look late."""
_STRING_LENGTH = 255
_NAME_LENGTH = 253
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_KINDS = {"rsa-2048": "rsa", "ed25519": "ed25519"}
_SHOWN = 600


class KeyState(StrEnum):
    """What a key is used for."""

    PENDING = "pending"
    """It signs nothing; its record can be published."""
    ACTIVE = "active"
    """It signs what is requested from now on."""
    RETIRED = "retired"
    """It signs nothing new; deliveries that began with it end with it."""


class RecordState(StrEnum):
    """What the domain name system says about a key's record."""

    FOUND = "found"
    MISSING = "missing"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """Nobody could be asked, or nobody answered."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found and what that means, in plain words."""

    state: RecordState
    found: str | None
    reason: str | None


def normalized_domain(text: str) -> str:
    """A domain in ASCII and lower case. Raises ValueError saying what is wrong."""
    domain = text.strip().rstrip(".").lower()
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise ValueError("is no domain name") from None
    labels = domain.split(".")
    if len(labels) < 2 or len(domain) > _NAME_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("is no domain name")
    return domain


def normalized_selector(text: str, domain: str) -> str:
    """A selector in lower case that makes a name DNS can hold. Raises ValueError."""
    selector = text.strip().lower()
    if not selector or not all(_LABEL.fullmatch(label) for label in selector.split(".")):
        raise ValueError("is letters, digits and hyphens, for example s2026")
    if len(record_name(domain, selector)) > _NAME_LENGTH:
        raise ValueError("makes a name longer than 253 characters with this domain")
    return selector


def domain_of(address: str) -> str | None:
    """The domain of an address in ASCII, or None when there is none to sign for."""
    try:
        return normalized_domain(address.rpartition("@")[2])
    except ValueError:
        return None


def signing_domains(from_domain: str) -> list[str]:
    """The domains whose keys may sign for a sender, nearest first: alignment may be relaxed (RFC 7489, 3.1.1)."""
    labels = from_domain.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def record_name(domain: str, selector: str) -> str:
    """Where the record stands (RFC 6376, 3.6.2.1)."""
    return f"{selector}._domainkey.{domain}"


def record_value(algorithm: str, public_key: bytes) -> str:
    """What the record says."""
    return f"v=DKIM1; k={_KINDS[algorithm]}; p={b64encode(public_key).decode()}"


def strings_of(value: str) -> list[str]:
    """The value in the strings that a TXT record is made of (RFC 1035, 3.3.14)."""
    return [value[at : at + _STRING_LENGTH] for at in range(0, len(value), _STRING_LENGTH)]


def judge(found: Sequence[str], algorithm: str, public_key: bytes, *, is_below: bool = False) -> Judgement:
    """Whether a verifier would find the key. `is_below`: it also signs for senders in domains below its own."""
    records = [text for text in found if _looks_like_a_key(text)]
    if not records:
        reason = "there is a TXT record at this name, but none is a DKIM key" if found else "there is no TXT record"
        return Judgement(RecordState.MISSING, _shown(found), reason)
    if len(records) > 1:
        return Judgement(RecordState.DIFFERENT, _shown(records), "there is more than one key at this name")
    difference = _difference(records[0], algorithm, public_key, is_below=is_below)
    return Judgement(RecordState.DIFFERENT if difference else RecordState.FOUND, _shown(records), difference)


def _looks_like_a_key(text: str) -> bool:
    tags = _tags(text)
    return bool(tags) and ("p" in tags or tags.get("v") == "DKIM1")


def _difference(text: str, algorithm: str, public_key: bytes, *, is_below: bool) -> str | None:
    tags = _tags(text)
    if tags.get("v", "DKIM1") != "DKIM1":
        return "the record is of another version than DKIM1"
    if not tags.get("p"):
        return "the record says that the key was revoked (p= is empty)"
    if tags.get("k", "rsa") != _KINDS[algorithm]:
        return f"the record is for the algorithm {tags.get('k', 'rsa')}, the key is {_KINDS[algorithm]}"
    try:
        published = b64decode("".join(tags["p"].split()), validate=True)
    except (NotBase64, ValueError):
        return "p= is not base64"
    if published != public_key:
        return "the record holds another public key"
    return _restriction(tags, is_below=is_below)


def _restriction(tags: dict[str, str], *, is_below: bool) -> str | None:
    if "h" in tags and "sha256" not in [each.strip() for each in tags["h"].split(":")]:
        return "the record does not allow SHA-256 (h=)"
    if not {"*", "email"}.intersection(each.strip() for each in tags.get("s", "*").split(":")):
        return "the record is not for e-mail (s=)"
    if is_below and "s" in [each.strip() for each in tags.get("t", "").split(":")]:
        return "the record does not allow senders in domains below (t=s)"
    return None


def _tags(text: str) -> dict[str, str]:
    tags: dict[str, str] = {}
    for each in text.split(";"):
        name, equals, value = each.partition("=")
        if equals:
            tags.setdefault(name.strip(), value.strip())
    return tags


def _shown(found: Sequence[str]) -> str | None:
    return " | ".join(found)[:_SHOWN] if found else None


def record_needed_until(state: KeyState, retired_at: datetime | None) -> datetime | None:
    """Until when the record of a retired key has to stay: messages it signed are still on their way."""
    return retired_at + RECORD_NEEDED_FOR if state is KeyState.RETIRED and retired_at is not None else None


def may_delete(state: KeyState) -> bool:
    """An active key has to be retired first."""
    return state is not KeyState.ACTIVE


def purpose(key_id: str, domain: str, selector: str) -> str:
    """What a private key is sealed for: put into another row it does not open."""
    return f"dkim/{key_id}/{domain}/{selector}"


def chosen(candidates: Sequence[tuple[str, str]], from_domain: str) -> str | None:
    """The domain whose keys sign: the nearest one that has any. `candidates` are (domain, key id)."""
    having: Collection[str] = {domain for domain, _ in candidates}
    return next((domain for domain in signing_domains(from_domain) if domain in having), None)
