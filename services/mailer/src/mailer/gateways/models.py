"""Gateways as stored settings, what is known about them, and what processes tell each other about their traffic."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, Double, Integer, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id, TimestampMixin
from mailer.base import Base


class GatewayRow(TimestampMixin, Base):
    """An SMTP server that mail is handed to, beside the deployment's own."""

    __tablename__ = "gateways"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str]
    host: Mapped[str]
    port: Mapped[int]
    user: Mapped[str]
    sealed_password: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Readable with the deployment's key only, and only for this gateway and host."""
    tls: Mapped[str]
    helo: Mapped[str]
    sender_domains: Mapped[list[str]]
    """Domains of senders whose mail takes this gateway and none that names no domain; empty: everybody's."""
    weight: Mapped[int]
    connections: Mapped[int]
    messages_per_connection: Mapped[int]
    rate_per_second: Mapped[float | None] = mapped_column(Double)
    rate_per_hour: Mapped[int | None]
    is_enabled: Mapped[bool]
    revision: Mapped[int] = mapped_column(server_default=text("1"))

    __table_args__ = (CheckConstraint("tls IN ('none','opportunistic','required','verified')", name="tls"),)


class GatewayStateRow(Base):
    """What happened to a gateway; `default` is the deployment's own."""

    __tablename__ = "gateway_states"

    gateway_id: Mapped[str] = mapped_column(primary_key=True)
    pause_code: Mapped[str | None]
    pause_reason: Mapped[str | None]
    paused_at: Mapped[datetime | None]
    max_size: Mapped[int | None] = mapped_column(BigInteger)
    """SIZE of its last EHLO, in octets."""
    size_seen_at: Mapped[datetime | None]


class GatewayUsageRow(Base):
    """How much of an hour's messages processes took, used or not."""

    __tablename__ = "gateway_usage"

    gateway_id: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    used: Mapped[int] = mapped_column(Integer)


class GatewayTrafficRow(Base):
    """What one process does with one gateway, a few seconds old."""

    __tablename__ = "gateway_traffic"

    process: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    gateway_id: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[datetime]
    connections_open: Mapped[int]
    rate_per_second: Mapped[float] = mapped_column(Double)
    problem: Mapped[str | None]
    destinations: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    slowness: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class DestinationLimitRow(Base):
    """What an administrator allows a destination at each gateway."""

    __tablename__ = "destination_limits"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    connections: Mapped[int | None]
    rate_per_second: Mapped[float | None] = mapped_column(Double)
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    updated_at: Mapped[datetime]


class DestinationPauseRow(Base):
    """A destination that a gateway leaves alone, and why; without an end until somebody resumes the gateway."""

    __tablename__ = "destination_pauses"

    gateway_id: Mapped[str] = mapped_column(primary_key=True)
    destination: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    reason: Mapped[str]
    paused_at: Mapped[datetime]
    until: Mapped[datetime | None]


class DestinationDayRow(Base):
    """What a destination accepted through a gateway in a day, and how many of its people complained."""

    __tablename__ = "destination_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    gateway_id: Mapped[str] = mapped_column(primary_key=True)
    destination: Mapped[str] = mapped_column(primary_key=True)
    accepted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    complaints: Mapped[int] = mapped_column(server_default=text("0"))


class MxGroupRow(Base):
    """Whose servers take a domain's mail, as the domain name system said."""

    __tablename__ = "mx_groups"

    domain: Mapped[str] = mapped_column(primary_key=True)
    destination: Mapped[str]
    """The domain itself when there is no answer to go by."""
    expires_at: Mapped[datetime]
