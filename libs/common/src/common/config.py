"""Configuration: what a deployment tells a service, read once from the environment and passed down."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BaseModel, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

_FILE = "_FILE"


class _SecretFiles(EnvSettingsSource):
    """`<PREFIX><FIELD>_FILE=/path` stands for the variable without `_FILE`, holding what the file holds."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        suffix = _FILE.lower()
        for name, value in super()._load_env_vars().items():
            plain = name.lower()
            if value is None or not plain.startswith(self.env_prefix.lower()) or not plain.endswith(suffix):
                continue
            target = plain.removesuffix(suffix)
            field = target.removeprefix(self.env_prefix.lower()).split("__")[0]
            if field in self.settings_cls.model_fields:
                found[target] = Path(value).read_text(encoding="utf-8").strip()
        return found


class ServiceSettings(BaseSettings):
    """What every service is told; a service subclasses it with its own prefix.

    >>> class HubSettings(ServiceSettings):
    ...     model_config = SettingsConfigDict(env_prefix="HUB_")

    Nested groups are written `MAILER_SMTP__HOST`; any field can be read from a file by adding `_FILE`.
    """

    model_config = SettingsConfigDict(frozen=True, env_nested_delimiter="__", extra="ignore", env_file=None)

    database_url: SecretStr
    """`postgresql+psycopg://…`, the service's own role."""
    migrate_database_url: SecretStr | None = None
    """The role that owns the schema; the service's own role when not given."""
    database_pool_size: Annotated[int, Field(ge=1, le=200)] = 10
    nats_url: str
    nats_user: str = ""
    nats_password: SecretStr = SecretStr("")
    nats_subject_prefix: Annotated[str, Field(pattern=r"^[a-z0-9_]*$")] = ""
    """Goes in front of subjects, streams and durables, so that installations can share a server."""
    nats_replicas: Annotated[int, Field(ge=1, le=5)] = 1
    http_host: str = "127.0.0.1"
    http_port: int
    hub_url: str
    service_private_key: SecretStr
    """Base64url of the 32 octets of this service's Ed25519 private key."""
    service_public_keys: dict[str, str] = {}
    """The services that may call this one: name to base64url of the 32 octets of their public key."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console", "auto"] = "auto"
    data_dir: Path = Path("data")

    @property
    def service(self) -> str:
        """The service's name, which is also its schema, its NATS user and the owner of its facts."""
        return str(self.model_config.get("env_prefix", "")).rstrip("_").lower()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code wins, then files, then the environment."""
        del dotenv_settings, file_secret_settings
        return init_settings, _SecretFiles(settings_cls), env_settings

    @classmethod
    def for_openapi(cls) -> Self:
        """Placeholders instead of an environment: enough to build the application and describe it, never to serve."""
        required = {name: _placeholder(field) for name, field in cls.model_fields.items() if field.is_required()}
        return cast(Self, cls.model_construct(**required))


class TokenKeySettings(ServiceSettings):
    """For the services that mint or read tokens in links and addresses."""

    token_keys: SecretStr
    """Master keys in base64url, separated by commas, newest first; each at least 32 octets."""

    def master_keys(self) -> list[bytes]:
        """The keys as `common.contracts.signed_token.TokenKeys` wants them."""
        return [decode_key(text) for text in self.token_keys.get_secret_value().split(",") if text.strip()]


def decode_key(text: str) -> bytes:
    """The octets of a key written in base64url, with or without padding. Raises ValueError without quoting it."""
    stripped = text.strip().rstrip("=")
    try:
        return base64.b64decode(stripped + "=" * (-len(stripped) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a key is not base64url") from None


def _placeholder(field: FieldInfo) -> Any:
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_construct(
            **{name: _placeholder(inner) for name, inner in kind.model_fields.items() if inner.is_required()}
        )
    if kind is SecretStr:
        return SecretStr("A" * 43)
    if kind is int:
        return 0
    return Path("placeholder") if kind is Path else "http://placeholder.invalid"
