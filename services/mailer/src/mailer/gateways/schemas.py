"""HTTP bodies about gateways."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr

# No character that could end a line of a conversation, or that PostgreSQL does not hold.
Line = Annotated[str, Field(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Password = Annotated[SecretStr, Field(max_length=1_000)]
Port = Annotated[int, Field(ge=1, le=65_535)]
Tls = Literal["none", "opportunistic", "required", "verified"]
Weight = Annotated[int, Field(ge=1, le=1_000)]
Connections = Annotated[int, Field(ge=1, le=500)]
PerConnection = Annotated[int, Field(ge=1, le=1_000_000)]
PerSecond = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
PerHour = Annotated[int, Field(ge=1, le=2_000_000_000)]
Domains = Annotated[list[Line], Field(max_length=1_000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GatewayIn(_Body):
    """A new gateway; limits are for the installation, however many processes send."""

    name: Name
    host: Line
    port: Port = 25
    user: Line = ""
    password: Password | None = None
    """Never shown again."""
    tls: Tls = "verified"
    helo: Line = ""
    """What we call ourselves; the deployment's word when it is empty."""
    sender_domains: Domains = []
    """Mail of these senders takes this gateway; none: everybody's who has no gateway of their own."""
    weight: Weight = 1
    connections: Connections = 10
    messages_per_connection: PerConnection = 500
    rate_per_second: PerSecond | None = None
    rate_per_hour: PerHour | None = None
    is_enabled: bool = True


class GatewayChangesIn(_Body):
    """New values; a field that is left out stays as it is. `password` null forgets it."""

    name: Name = ""
    host: Line = ""
    port: Port = 25
    user: Line = ""
    password: Password | None = None
    tls: Tls = "verified"
    helo: Line = ""
    sender_domains: Domains = []
    weight: Weight = 1
    connections: Connections = 10
    messages_per_connection: PerConnection = 500
    rate_per_second: PerSecond | None = None
    rate_per_hour: PerHour | None = None
    is_enabled: bool = True


class GatewayOut(BaseModel):
    """A gateway; `problem` says in plain words why it does not work."""

    id: str
    name: str
    host: str
    port: int
    user: str
    has_password: bool
    tls: Tls
    helo: str
    sender_domains: list[str]
    weight: int
    connections: int
    messages_per_connection: int
    rate_per_second: float | None
    rate_per_hour: int | None
    is_enabled: bool
    origin: Literal["configuration", "stored"]
    state: Literal["ok", "failing", "paused", "off"]
    problem: str | None
    max_size: int | None
    """Octets of the largest message it takes, as far as it said."""
    revision: int
    updated_at: AwareDatetime | None
    """Null for the deployment's own."""


class PauseIn(_Body):
    """Why a gateway is to stand still."""

    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]


class CheckStepOut(BaseModel):
    """One step of opening a connection."""

    name: Literal["connect", "tls", "sign_in", "extensions"]
    ok: bool
    detail: str


class ExtensionsOut(BaseModel):
    """What the server offers."""

    pipelining: bool
    chunking: bool
    size: int | None
    eight_bit: bool
    smtputf8: bool


class CheckOut(BaseModel):
    """What happened when a connection was really opened; steps after a failed one were not tried."""

    ok: bool
    steps: list[CheckStepOut]
    extensions: ExtensionsOut | None


class DestinationOut(BaseModel):
    """What a destination is given now."""

    name: str
    concurrency: int
    limit: int
    backoff_until: AwareDatetime | None
    reason: str | None


class SlownessOut(BaseModel):
    """A reason why things do not go faster."""

    code: str
    destination: str | None
    detail: str
    until: AwareDatetime | None


class TrafficOut(BaseModel):
    """What all processes together do with a gateway; a few seconds old. `as_of` null: no process sends."""

    as_of: AwareDatetime | None
    connections_open: int
    rate_per_second: float
    used_this_hour: int
    """Taken by processes; what they hold and have not used yet is included."""
    destinations: list[DestinationOut]
    slowness: list[SlownessOut]


class DestinationLimitIn(_Body):
    """At each gateway, for the installation; null: no limit."""

    connections: Connections | None = None
    rate_per_second: PerSecond | None = None


class DestinationLimitOut(BaseModel):
    """What a destination is allowed: a domain, or whoever runs its mail servers."""

    name: str
    connections: int | None
    rate_per_second: float | None
    revision: int
    updated_at: AwareDatetime
