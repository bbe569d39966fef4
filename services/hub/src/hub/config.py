"""What a deployment tells hub."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, IPvAnyNetwork, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from common.config import ServiceSettings, decode_key

_KEY_LENGTH = 32


class HubSettings(ServiceSettings):
    """Environment of hub: the common variables with the prefix `HUB_`, and these."""

    model_config = SettingsConfigDict(env_prefix="HUB_")

    encryption_key: SecretStr
    """32 octets in base64url that seal what must not be readable in a copy of the database; several for a change of
    key, newest first, separated by commas."""
    issuer: str = "tutti"
    """What access tokens say who made them; the same in every service of an installation."""
    credentials_file: Path | None = None
    """Where the first administrator's name, password and API token are written (mode 0600). Without it nobody is made
    at start, and `hub create-admin` is the way in."""
    trusted_proxies: list[IPvAnyNetwork] = Field(
        default_factory=lambda: [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    )
    """Networks whose `X-Forwarded-For` is believed: of lui, which signs browsers in, and of a reverse proxy."""
    passwords_at_once: Annotated[int, Field(ge=1, le=64)] = 2
    """How many passwords are computed at the same time; each takes 19 MiB and one core."""

    @field_validator("encryption_key")
    @classmethod
    def _hold_keys(cls, value: SecretStr) -> SecretStr:
        _keys(value)
        return value

    def encryption_keys(self) -> list[bytes]:
        """The keys that seal (the first) and open (all)."""
        return _keys(self.encryption_key)


def _keys(secret: SecretStr) -> list[bytes]:
    keys = [decode_key(text) for text in secret.get_secret_value().split(",")]
    if any(len(key) != _KEY_LENGTH for key in keys):
        raise ValueError("each key is 32 octets in base64url")
    return keys
