"""What the database says about gateways, read at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SmtpSettings
from mailer.gateways import repository
from mailer.gateways.models import GatewayRow
from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.destination import Limit
from mailer.gateways.service.line import GatewaySettings
from mailer.sealing import SealBroken, Sealer
from mailer.transport.service import Target, TlsPolicy


@dataclass(frozen=True, slots=True)
class Picture:
    """Settings, limits and pauses in force."""

    gateways: Mapping[str, GatewaySettings]
    pauses: Mapping[str, tuple[str | None, str | None]]
    """Code and reason, by gateway."""
    destination_pauses: Mapping[str, Mapping[str, Pause]]
    limits: Mapping[str, Limit]
    """Of destinations, for the installation."""


async def read_picture(uow: UnitOfWork, smtp: SmtpSettings, sealer: Sealer) -> Picture:
    """Everything a process must know; patience with servers is the deployment's for all of them."""
    rows = await repository.gateways(uow.session)
    states = await repository.states(uow.session)
    paused: dict[str, dict[str, Pause]] = {}
    for each in await repository.destination_pauses(uow.session, uow.now):
        seconds = None if each.until is None else (each.until - uow.now).total_seconds()
        by_name = paused.setdefault(each.gateway_id, {})
        by_name[each.destination] = Pause(each.destination, each.code, each.reason, seconds)
    return Picture(
        {row.id: settings_of(row, smtp, sealer) for row in rows},
        {name: (row.pause_code, row.pause_reason) for name, row in states.items() if row.pause_code is not None},
        paused,
        {row.name: Limit(row.connections, row.rate_per_second) for row in await repository.limits(uow.session)},
    )


def settings_of(row: GatewayRow, smtp: SmtpSettings, sealer: Sealer) -> GatewaySettings:
    """A stored gateway, ready to be connected to; one whose password cannot be read says so and is not used."""
    password, broken_because = "", None
    if row.sealed_password is not None:
        try:
            password = sealer.open(row.sealed_password, purpose=password_purpose(row.id, row.host)).decode()
        except SealBroken as error:
            broken_because = f"its password cannot be read: {error}"
    target = replace(
        Target.of(smtp),
        host=row.host,
        port=row.port,
        tls=cast(TlsPolicy, row.tls),
        user=row.user,
        password=password,
        helo=row.helo or smtp.helo,
        messages_per_connection=row.messages_per_connection,
    )
    return GatewaySettings(
        id=row.id,
        name=row.name,
        target=target,
        sender_domains=frozenset(row.sender_domains),
        weight=row.weight,
        connections=row.connections,
        rate_per_second=row.rate_per_second,
        rate_per_hour=row.rate_per_hour,
        is_enabled=row.is_enabled,
        revision=row.revision,
        broken_because=broken_because,
    )


def password_purpose(gateway_id: str, host: str) -> str:
    """What a sealed password is for: moved to another gateway, or to another host, it opens nothing."""
    return f"gateway/{gateway_id}/{host}/password"
