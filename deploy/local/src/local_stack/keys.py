"""Every secret of one stack, made once and kept in its folder."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from local_stack.files import write_private
from local_stack.layout import SERVICES, StackError

_LATER = {"mailer_encryption_key"}
"""Keys that stacks of an older release do not have; nothing was made with them yet, so they are added and kept."""


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _password() -> str:
    return secrets.token_urlsafe(24)


def _password_each() -> dict[str, str]:
    return {service: _password() for service in SERVICES}


def _private_key_each() -> dict[str, str]:
    return {service: _base64url(Ed25519PrivateKey.generate().private_bytes_raw()) for service in SERVICES}


@dataclass(frozen=True)
class Keys:
    """Passwords and keys by service; keys are base64url without padding."""

    postgres_password: str = field(default_factory=_password)
    database_passwords: dict[str, str] = field(default_factory=_password_each)
    nats_passwords: dict[str, str] = field(default_factory=_password_each)
    service_private_keys: dict[str, str] = field(default_factory=_private_key_each)
    hub_encryption_key: str = field(default_factory=lambda: _base64url(secrets.token_bytes(32)))
    mailer_encryption_key: str = field(default_factory=lambda: _base64url(secrets.token_bytes(32)))
    token_key: str = field(default_factory=lambda: _base64url(secrets.token_bytes(32)))

    def service_public_keys(self) -> dict[str, str]:
        """What each service proves itself with, for everybody to know."""
        return {
            service: _base64url(Ed25519PrivateKey.from_private_bytes(_decode(key)).public_key().public_bytes_raw())
            for service, key in self.service_private_keys.items()
        }


def load_or_create(path: Path) -> Keys:
    """The keys of the stack whose file this is; made on its first start.

    Raises `StackError` when the file is there but cannot be read: new keys would make every link already
    sent worthless and lock the services out of their databases, so they are never made silently.
    """
    if not path.exists():
        keys = Keys()
        write_private(path, json.dumps(asdict(keys), indent=2))
        return keys
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        keys = Keys(**found)
    except (ValueError, TypeError) as problem:
        raise StackError(
            f"{path} is damaged ({problem}); restore it, or start afresh with `tutti reset --yes`"
        ) from problem
    if _LATER - found.keys():
        write_private(path, json.dumps(asdict(keys), indent=2))
    return keys
