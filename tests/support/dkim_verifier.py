"""A second opinion on signatures, written from RFC 6376 and RFC 8463 alone: octet by octet, and slow on purpose.

It shares no line with the product, and the mathematics is done by the `openssl` command.
"""

import base64
import hashlib
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Records = Mapping[str, str]
"""TXT records by name."""
Check = Callable[[bytes, bytes, bytes], bool]
"""SubjectPublicKeyInfo in DER, what was signed, the signature."""
_ED25519_PREFIX = bytes.fromhex("302a300506032b6570032100")
_REQUIRED = ("v", "a", "b", "bh", "d", "h", "s")


class Invalid(Exception):
    """The signature does not hold; the text says why."""


@dataclass(frozen=True)
class Signature:
    """What a valid signature says."""

    algorithm: str
    domain: str
    selector: str
    identity: str
    time: int | None
    covered: tuple[str, ...]


def fields_of(message: bytes) -> tuple[list[tuple[str, bytes]], bytes]:
    """Header fields as they stand in the message, with their names, and the body."""
    block, _, body = message.partition(b"\r\n\r\n")
    fields: list[bytes] = []
    for line in (block + b"\r\n").splitlines(keepends=True):
        if line[:1] in {b" ", b"\t"} and fields:
            fields[-1] += line
        else:
            fields.append(line)
    return [(field.split(b":", 1)[0].decode("ascii").strip(" \t").lower(), field) for field in fields], body


def relaxed_header(field: bytes) -> bytes:
    """RFC 6376, 3.4.2, step by step."""
    name, _, value = field.partition(b":")
    value = value.replace(b"\r\n", b"")
    value = re.sub(rb"[ \t]+", b" ", value)
    return name.strip(b" \t").lower() + b":" + value.strip(b" ") + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376, 3.4.4, line by line."""
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def signatures_in(message: bytes) -> list[bytes]:
    """The signature fields, first one first."""
    return [field for name, field in fields_of(message)[0] if name == "dkim-signature"]


def verify(message: bytes, signature: bytes, records: Records, check: Check) -> Signature:
    """What `signature` says, if it holds. Raises Invalid."""
    tags = _tags(signature.partition(b":")[2])
    missing = [name for name in _REQUIRED if name not in tags]
    if missing or tags["v"] != "1":
        raise Invalid(f"tags are missing or of another version: {missing}")
    if tags.get("c") != "relaxed/relaxed" or "l" in tags:
        raise Invalid("only relaxed/relaxed over the whole body is known here")
    domain, identity = tags["d"].lower(), tags.get("i", "@" + tags["d"])
    if not ("." + identity.rpartition("@")[2].lower()).endswith("." + domain):
        raise Invalid("the identity is not of the signing domain")
    fields, body = fields_of(message)
    if base64.b64decode(_solid(tags["bh"])) != hashlib.sha256(relaxed_body(body)).digest():
        raise Invalid("the body was altered")
    covered = tuple(name.strip().lower() for name in tags["h"].split(":"))
    if "from" not in covered:
        raise Invalid("From is not covered")
    signed = _covered(fields, covered) + relaxed_header(_emptied(signature)).removesuffix(b"\r\n")
    public = _public_key(records, f"{tags['s']}._domainkey.{domain}", tags["a"])
    what = hashlib.sha256(signed).digest() if tags["a"] == "ed25519-sha256" else signed
    if not check(public, what, base64.b64decode(_solid(tags["b"]))):
        raise Invalid("the signature does not fit the headers")
    moment = int(tags["t"]) if "t" in tags else None
    return Signature(tags["a"], domain, tags["s"], identity, moment, covered)


def _covered(fields: list[tuple[str, bytes]], covered: tuple[str, ...]) -> bytes:
    left = [field for field in fields if field[0] != "dkim-signature"]
    out = b""
    for name in covered:
        for position in range(len(left) - 1, -1, -1):
            if left[position][0] == name:
                out += relaxed_header(left.pop(position)[1])
                break
    return out


def _emptied(signature: bytes) -> bytes:
    head, _, tail = signature.partition(b":")
    return head + b":" + re.sub(rb"(^|;)([ \t\r\n]*b[ \t\r\n]*=)[^;]*", rb"\1\2", tail)


def _tags(text: bytes) -> dict[str, str]:
    tags: dict[str, str] = {}
    for each in text.decode("ascii").split(";"):
        if each.strip():
            name, _, value = each.partition("=")
            if name.strip() in tags:
                raise Invalid("a tag comes twice")
            tags[name.strip()] = value.strip()
    return tags


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def _public_key(records: Records, name: str, algorithm: str) -> bytes:
    if name not in records:
        raise Invalid(f"there is no record {name}")
    tags = _tags(records[name].encode())
    kind = tags.get("k", "rsa")
    if tags.get("v", "DKIM1") != "DKIM1" or not tags.get("p") or not algorithm.startswith(kind):
        raise Invalid("the record is of no use for this signature")
    key = base64.b64decode(_solid(tags["p"]))
    return _ED25519_PREFIX + key if kind == "ed25519" else key


def openssl_check(public: bytes, what: bytes, signature: bytes) -> bool:
    """The mathematics, by the command `openssl`."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("key.der", "what", "signature")]
        for path, octets in zip(paths, (public, what, signature), strict=True):
            path.write_bytes(octets)
        key, data, signed = map(str, paths)
        if public.startswith(_ED25519_PREFIX):
            command = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-keyform", "DER", "-rawin", "-in", data]
            command += ["-sigfile", signed]
        else:
            command = ["dgst", "-sha256", "-verify", key, "-keyform", "DER", "-signature", signed, data]
        done = subprocess.run(["openssl", *command], check=False, capture_output=True, timeout=20)  # noqa: S603, S607
    return done.returncode == 0
