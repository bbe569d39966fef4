"""What a deployment tells mailer."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from common.config import TokenKeySettings, decode_key
from common.contracts.mailer import BounceClass
from mailer.notice_settings import NoticeSettings

_SEALING_KEY_LENGTH = 32


class SmtpSettings(BaseModel):
    """The gateway that mail is handed to, and how long each phase may take (RFC 5321, 4.5.3.2 allows more)."""

    model_config = ConfigDict(frozen=True)

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    user: str = ""
    password: SecretStr = SecretStr("")
    tls: Literal["none", "opportunistic", "required", "verified"] = "opportunistic"
    """Never; when offered; encrypted or nothing; encrypted with a certificate proven for the host, or nothing."""
    connections: Annotated[int, Field(ge=1, le=500)] = 20
    rate_per_second: Annotated[float, Field(gt=0)] | None = None
    rate_per_hour: Annotated[int, Field(ge=1)] | None = None
    """Like `connections` for the installation, however many processes send."""
    helo: str = "localhost"
    messages_per_connection: Annotated[int, Field(ge=1)] = 500
    idle_seconds: Annotated[float, Field(gt=0)] = 15.0
    connect_seconds: Annotated[float, Field(gt=0)] = 30.0
    command_seconds: Annotated[float, Field(gt=0)] = 120.0
    data_seconds: Annotated[float, Field(gt=0)] = 120.0
    """For the server to take the next 64 KB of a message."""
    dot_seconds: Annotated[float, Field(gt=0)] = 300.0
    """From the final dot to the answer; a short one makes duplicates (RFC 1047)."""


class SendingSettings(BaseModel):
    """How envelopes are claimed, tried again and given up."""

    model_config = ConfigDict(frozen=True)

    lease_seconds: Annotated[int, Field(ge=2)] = 60
    renew_seconds: Annotated[float, Field(gt=0)] = 10.0
    prefetched_chunks: Annotated[int, Field(ge=1, le=20)] = 2
    settle_seconds: Annotated[float, Field(gt=0)] = 1.0
    retry_minutes: tuple[float, ...] = (5, 15, 30, 60, 120, 240)
    """Between attempts after a temporary refusal; the last one repeats until an envelope expires."""
    expire_hours: Annotated[float, Field(gt=0)] = 72.0
    doubt_minutes: Annotated[float, Field(ge=0)] = 15.0
    """How long an envelope rests whose connection broke after the final dot, before its one repetition."""


class DnsSettings(BaseModel):
    """Whom the domain name system is asked through, how long, and how often signing keys' records are looked at."""

    model_config = ConfigDict(frozen=True)

    name_servers: tuple[str, ...] = ()
    """`192.0.2.1`, `192.0.2.1:53` or `[2001:db8::1]:53`; the machine's own when there are none."""
    timeout_seconds: Annotated[float, Field(gt=0, le=30)] = 5.0
    """For one question, with all its repetitions."""
    check_minutes: Annotated[float, Field(gt=0)] = 60.0

    @field_validator("name_servers")
    @classmethod
    def _be_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            server_address(text)
        return value


def server_address(text: str) -> tuple[str, int]:
    """IP address and port of a name server as it is configured. Raises ValueError."""
    host, port = text.strip(), ""
    if host.startswith("["):
        host, _, rest = host[1:].partition("]")
        port = rest.removeprefix(":")
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    return str(ip_address(host)), int(port or 53)


NEVER_THE_PERSON = frozenset(
    {
        BounceClass.POLICY,
        BounceClass.GREYLISTED,
        BounceClass.RATE_LIMITED,
        BounceClass.CONTENT_REFUSED,
        BounceClass.MESSAGE_TOO_LARGE,
        BounceClass.PROTOCOL,
    }
)
"""What a server holds against the sender or the message; it says nothing about who was to get it."""


class SuppressionSettings(BaseModel):
    """What makes an address one that is not written to any more."""

    model_config = ConfigDict(frozen=True)

    at_once: tuple[BounceClass, ...] = (
        BounceClass.UNKNOWN_MAILBOX,
        BounceClass.MAILBOX_DISABLED,
        BounceClass.UNKNOWN_DOMAIN,
    )
    """Classes of which one permanent report is enough."""
    streak_classes: tuple[BounceClass, ...] = (
        BounceClass.UNKNOWN_MAILBOX,
        BounceClass.MAILBOX_DISABLED,
        BounceClass.MAILBOX_FULL,
        BounceClass.UNKNOWN_DOMAIN,
        BounceClass.NETWORK,
    )
    """Classes that count when they are not permanent, or not enough at once."""
    streak_count: Annotated[int, Field(ge=1)] = 3
    """So many mailings in a row, with none between that got through …"""
    streak_days: Annotated[float, Field(ge=0)] = 14.0
    """… over at least so many days."""
    streak_gap_hours: Annotated[float, Field(ge=0)] = 24.0
    """Mailings closer together than this count as one; 0 counts each."""
    anomaly_share: Annotated[float, Field(gt=0, le=1)] = 0.3
    """Reports of permanent failure for this part of a delivery …"""
    anomaly_minutes: Annotated[float, Field(gt=0)] = 15.0
    """… within so long stop the suppressing until somebody looked."""
    anomaly_least: Annotated[int, Field(ge=1)] = 200
    """Fewer reports than this are never unusual."""

    @field_validator("at_once", "streak_classes")
    @classmethod
    def _about_the_person(cls, classes: tuple[BounceClass, ...]) -> tuple[BounceClass, ...]:
        blamed = [name.value for name in classes if name in NEVER_THE_PERSON]
        if blamed:
            raise ValueError(f"{', '.join(blamed)}: says nothing about the recipient and never suppresses one")
        return classes


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class ImapSettings(BaseModel):
    """A mailbox that reports are fetched from."""

    model_config = ConfigDict(frozen=True)

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 993
    tls: Literal["none", "starttls", "implicit"] = "implicit"
    """Certificates are always verified; `none` is for a mailbox on this machine."""
    ca_file: Path | None = None
    """Certificates to trust instead of the system's."""
    user: str
    password: SecretStr
    folder: str = "INBOX"
    done_folder: str = ""
    """Where messages go that were taken in; without one they stay and are marked as seen."""
    quarantine_folder: str = "Quarantine"
    poll_seconds: Annotated[float, Field(gt=0)] = 60.0
    timeout_seconds: Annotated[float, Field(gt=0)] = 30.0
    batch: Annotated[int, Field(ge=1, le=500)] = 50

    @model_validator(mode="after")
    def _no_password_in_clear(self) -> Self:
        if self.tls == "none" and not _is_this_machine(self.host):
            raise ValueError("without TLS the password would cross the network in clear: use implicit or starttls")
        return self


class HookSettings(BaseModel):
    """Secrets that providers prove themselves with; a provider without one is not listened to."""

    model_config = ConfigDict(frozen=True)

    generic_secret: SecretStr = SecretStr("")
    ses_topics: tuple[str, ...] = ()
    """ARNs of the SNS topics that may report; their subscription is confirmed when it is offered."""
    postmark_user: str = ""
    postmark_password: SecretStr = SecretStr("")
    mailgun_key: SecretStr = SecretStr("")
    """Mailgun's HTTP webhook signing key."""
    sendgrid_key: str = ""
    """The verification key of SendGrid's signed event webhook (base64 of the public key)."""
    accept_seconds: Annotated[float, Field(gt=0)] = 300.0
    """How old a signed request may be."""
    per_second: Annotated[float, Field(gt=0)] = 50.0
    """Requests a second and provider; more are told to come back."""


class BounceSettings(BaseModel):
    """Where reports come from besides SMTP, and how long they count and are kept."""

    model_config = ConfigDict(frozen=True)

    lmtp_host: str = "127.0.0.1"
    lmtp_port: Annotated[int, Field(ge=0, le=65535)] = 0
    """0 for none."""
    connections: Annotated[int, Field(ge=1, le=1_000)] = 25
    """Open connections of each receiver; more are turned away until one ends."""
    maildir: Path | None = None
    maildir_seconds: Annotated[float, Field(gt=0)] = 5.0
    imap: ImapSettings | None = None
    hooks: HookSettings = HookSettings()
    count_for_days: Annotated[float, Field(gt=0)] = 30.0
    """A report on an older delivery changes nothing."""
    keep_days: Annotated[float, Field(ge=0)] = 30.0
    """How long reports are kept as they came, sealed; 0 keeps none."""
    unmatched_kept: Annotated[int, Field(ge=0)] = 10_000
    """At most so many reports that belong to no envelope of ours."""


class MailerSettings(TokenKeySettings):
    """Deploy-time configuration, prefix `MAILER_`."""

    model_config = SettingsConfigDict(env_prefix="MAILER_", hide_input_in_errors=True)

    lui_url: str
    tracker_public_url: str
    unsubscribe_url: str
    """Base of lui's public pages."""
    bounce_domain: str = "localhost"
    """The domain of return paths; its MX leads to the bounce receiver."""
    bounce_host: str = "127.0.0.1"
    bounce_port: int = 0
    """Where the bounce receiver listens; 0 for none."""
    smtp: SmtpSettings
    sending: SendingSettings = SendingSettings()
    bounces: BounceSettings = BounceSettings()
    suppression: SuppressionSettings = SuppressionSettings()
    notices: NoticeSettings = NoticeSettings()
    rehearsal_days: Annotated[float, Field(gt=0)] = 14.0
    """How long it is kept what a rehearsal saw; its samples are whole messages to people."""
    file_days: Annotated[float, Field(gt=0)] = 30.0
    """How long files of messages are kept after the last delivery that names them; a retry fetches them again."""
    dns: DnsSettings = DnsSettings()
    encryption_key: SecretStr = SecretStr("")
    """32 octets in base64url that seal private keys and passwords; several for a change of key, newest first, separated
    by commas. Without it nothing can be kept that must be sealed, and everything else works."""

    @field_validator("encryption_key")
    @classmethod
    def _hold_keys(cls, value: SecretStr) -> SecretStr:
        _sealing_keys(value)
        return value

    def sealing_keys(self) -> list[bytes]:
        """The keys that seal (the first) and open (all)."""
        return _sealing_keys(self.encryption_key)

    @property
    def notice_address(self) -> str:
        """Whom notices are from."""
        return self.notices.address or f"notices@{self.bounce_domain}"

    @property
    def retry_waits(self) -> tuple[timedelta, ...]:
        """The schedule of attempts."""
        return tuple(timedelta(minutes=minutes) for minutes in self.sending.retry_minutes)


def _sealing_keys(secret: SecretStr) -> list[bytes]:
    keys = [decode_key(text) for text in secret.get_secret_value().split(",") if text.strip()]
    if any(len(key) != _SEALING_KEY_LENGTH for key in keys):
        raise ValueError("each key is 32 octets in base64url")
    return keys
