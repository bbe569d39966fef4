"""Gateways, their traffic and the reasons for slowness, as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SmtpSettings
from mailer.gateways import repository
from mailer.gateways.errors import GatewayNotFound
from mailer.gateways.models import GatewayRow, GatewayStateRow, GatewayTrafficRow
from mailer.gateways.schemas import DestinationOut, GatewayOut, SlownessOut, Tls, TrafficOut
from mailer.gateways.service.line import DEFAULT_ID

FRESH = timedelta(seconds=15)
"""What a process said longer ago is not true any more."""
_MAX_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PaceReason:
    """Why mail does not go faster, and where."""

    code: str
    gateway_id: str
    gateway: str
    destination: str | None
    detail: str
    until: datetime | None


async def list_gateways(uow: UnitOfWork, smtp: SmtpSettings) -> list[GatewayOut]:
    """The deployment's own first, then the stored ones, the oldest first."""
    states = await repository.states(uow.session)
    problems = await _problems(uow)
    rows = await repository.gateways(uow.session)
    found = [_default(smtp, states.get(DEFAULT_ID), problems.get(DEFAULT_ID))]
    return found + [_stored(row, states.get(row.id), problems.get(row.id)) for row in rows]


async def get_gateway(uow: UnitOfWork, smtp: SmtpSettings, gateway_id: str) -> GatewayOut:
    """One gateway. Raises GatewayNotFound."""
    found = next((each for each in await list_gateways(uow, smtp) if each.id == gateway_id), None)
    if found is None:
        raise GatewayNotFound("It may have been removed", gateway_id=gateway_id)
    return found


async def get_traffic(uow: UnitOfWork, smtp: SmtpSettings, gateway_id: str) -> TrafficOut:
    """What all processes do with a gateway. Raises GatewayNotFound."""
    await get_gateway(uow, smtp, gateway_id)
    rows = await repository.traffic(uow.session, uow.now - FRESH, gateway_id)
    return TrafficOut(
        as_of=max((row.as_of for row in rows), default=None),
        connections_open=sum(row.connections_open for row in rows),
        rate_per_second=round(sum(row.rate_per_second for row in rows), 3),
        used_this_hour=await repository.used_this_hour(uow.session, gateway_id),
        destinations=_destinations(rows),
        slowness=_slowness(rows),
    )


async def pace_reasons(uow: UnitOfWork, smtp: SmtpSettings, sender_domain: str) -> list[PaceReason]:
    """Why mail of a sender does not go faster: the reasons of all gateways it may take."""
    rows = await repository.traffic(uow.session, uow.now - FRESH)
    candidates = await _candidates(uow, smtp, sender_domain)
    found = []
    for gateway in candidates:
        said = [row for row in rows if row.gateway_id == gateway.id]
        found += [
            PaceReason(each.code, gateway.id, gateway.name, each.destination, each.detail, each.until)
            for each in _slowness(said)
        ]
        if gateway.state == "paused" and not said:
            found.append(PaceReason("gateway_paused", gateway.id, gateway.name, None, gateway.problem or "", None))
    return found


async def _candidates(uow: UnitOfWork, smtp: SmtpSettings, sender_domain: str) -> list[GatewayOut]:
    """Gateways that are switched on and that a sender's mail may take."""
    present = [each for each in await list_gateways(uow, smtp) if each.is_enabled]
    named = [each for each in present if sender_domain.lower() in each.sender_domains]
    return named or [each for each in present if not each.sender_domains]


async def size_limit(uow: UnitOfWork, sender_domain: str) -> int | None:
    """Octets of the largest message that every gateway of a sender takes; None: not known."""
    sizes = await repository.sizes(uow.session)
    present = [row for row in await repository.gateways(uow.session) if row.is_enabled]
    named = [row.id for row in present if sender_domain.lower() in row.sender_domains]
    candidates = named or [DEFAULT_ID, *(row.id for row in present if not row.sender_domains)]
    return min((sizes[each] for each in candidates if each in sizes), default=None)


async def _problems(uow: UnitOfWork) -> dict[str, str]:
    """Gateways through which no process gets anything."""
    working: set[str] = set()
    found: dict[str, str] = {}
    for row in await repository.traffic(uow.session, uow.now - FRESH):
        if row.problem is None:
            working.add(row.gateway_id)
        else:
            found[row.gateway_id] = row.problem
    return {gateway_id: problem for gateway_id, problem in found.items() if gateway_id not in working}


def _default(smtp: SmtpSettings, state: GatewayStateRow | None, problem: str | None) -> GatewayOut:
    return GatewayOut(
        id=DEFAULT_ID,
        name=f"{smtp.host}:{smtp.port}",
        host=smtp.host,
        port=smtp.port,
        user=smtp.user,
        has_password=bool(smtp.password.get_secret_value()),
        tls=smtp.tls,
        helo=smtp.helo,
        sender_domains=[],
        weight=1,
        connections=smtp.connections,
        messages_per_connection=smtp.messages_per_connection,
        rate_per_second=smtp.rate_per_second,
        rate_per_hour=smtp.rate_per_hour,
        is_enabled=True,
        origin="configuration",
        revision=1,
        updated_at=None,
        **_condition(True, state, problem),
    )


def _stored(row: GatewayRow, state: GatewayStateRow | None, problem: str | None) -> GatewayOut:
    return GatewayOut(
        id=row.id,
        name=row.name,
        host=row.host,
        port=row.port,
        user=row.user,
        has_password=row.sealed_password is not None,
        tls=cast(Tls, row.tls),
        helo=row.helo,
        sender_domains=row.sender_domains,
        weight=row.weight,
        connections=row.connections,
        messages_per_connection=row.messages_per_connection,
        rate_per_second=row.rate_per_second,
        rate_per_hour=row.rate_per_hour,
        is_enabled=row.is_enabled,
        origin="stored",
        revision=row.revision,
        updated_at=row.updated_at,
        **_condition(row.is_enabled, state, problem),
    )


def _condition(is_enabled: bool, state: GatewayStateRow | None, problem: str | None) -> dict[str, Any]:  # noqa: FBT001
    paused = state.pause_reason if state is not None and state.pause_code is not None else None
    size = {"max_size": state.max_size if state is not None else None}
    if not is_enabled:
        return {"state": "off", "problem": None, **size}
    if paused is not None:
        return {"state": "paused", "problem": paused, **size}
    return {"state": "failing" if problem else "ok", "problem": problem, **size}


def _destinations(rows: Sequence[GatewayTrafficRow]) -> list[DestinationOut]:
    found: dict[str, DestinationOut] = {}
    for said in (DestinationOut.model_validate(each) for row in rows for each in row.destinations):
        known = found.setdefault(said.name, said)
        if known is not said:
            known.concurrency += said.concurrency
            known.limit += said.limit
            known.reason = known.reason or said.reason
            known.backoff_until = _later(known.backoff_until, said.backoff_until)
    return sorted(found.values(), key=lambda each: (-each.concurrency, each.name))[:_MAX_SHOWN]


def _slowness(rows: Sequence[GatewayTrafficRow]) -> list[SlownessOut]:
    found: dict[tuple[str, str | None], SlownessOut] = {}
    for said in (SlownessOut.model_validate(each) for row in rows for each in row.slowness):
        known = found.setdefault((said.code, said.destination), said)
        known.until = _later(known.until, said.until)
    return list(found.values())[:_MAX_SHOWN]


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((each for each in (one, other) if each is not None), default=None)
