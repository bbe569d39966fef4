"""Pausing gateways by hand, and limits of destinations."""

from common.contracts.problem import Invalid
from common.http.etags import Precondition
from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SmtpSettings
from mailer.gateways import repository
from mailer.gateways.errors import DestinationLimitNotFound
from mailer.gateways.models import DestinationLimitRow
from mailer.gateways.rules.names import ascii_domain
from mailer.gateways.schemas import DestinationLimitIn, DestinationLimitOut, GatewayOut
from mailer.gateways.service.audit import record
from mailer.gateways.service.pauses import go_on, pause_gateway
from mailer.gateways.service.shown import get_gateway


async def pause(uow: UnitOfWork, smtp: SmtpSettings, gateway_id: str, reason: str, *, by: str) -> GatewayOut:
    """Have every process stand still within seconds, until somebody resumes. Raises GatewayNotFound."""
    await get_gateway(uow, smtp, gateway_id)
    await pause_gateway(uow, gateway_id, "administrator", reason.strip())
    record(uow, "gateway.pause", gateway_id, by=by, detail={})
    return await get_gateway(uow, smtp, gateway_id)


async def resume(uow: UnitOfWork, smtp: SmtpSettings, gateway_id: str, *, by: str) -> GatewayOut:
    """Go on, with the gateway and with every destination it left alone. Raises GatewayNotFound."""
    await get_gateway(uow, smtp, gateway_id)
    await go_on(uow, gateway_id)
    record(uow, "gateway.resume", gateway_id, by=by, detail={})
    return await get_gateway(uow, smtp, gateway_id)


async def list_limits(uow: UnitOfWork) -> list[DestinationLimitOut]:
    """All that were set, by name."""
    return [_shown(row) for row in await repository.limits(uow.session)]


async def set_limit(
    uow: UnitOfWork, name: str, asked: DestinationLimitIn, *, expected: Precondition, by: str
) -> DestinationLimitOut:
    """Allow a destination so much. Raises Invalid, PreconditionFailed."""
    domain = _named(name)
    if asked.connections is None and asked.rate_per_second is None:
        raise Invalid(("/connections", "set a number of connections, a rate, or both"))
    known = await repository.limit(uow.session, domain)
    if known is not None:
        expected.require(known.revision)
    values = {**asked.model_dump(), "updated_at": uow.now}
    await repository.write_limit(uow.session, domain, values)
    record(uow, "destination_limit.set", domain, by=by, detail=asked.model_dump(include={"connections"}))
    return next(each for each in await list_limits(uow) if each.name == domain)


async def remove_limit(uow: UnitOfWork, name: str, *, expected: Precondition, by: str) -> None:
    """Allow a destination what the gateways allow. Raises DestinationLimitNotFound, PreconditionFailed."""
    domain = _named(name)
    known = await repository.limit(uow.session, domain)
    if known is None:
        raise DestinationLimitNotFound("It may have been removed", name=domain)
    expected.require(known.revision)
    await repository.remove_limit(uow.session, domain)
    record(uow, "destination_limit.remove", domain, by=by, detail={})


def _named(name: str) -> str:
    try:
        return ascii_domain(name)
    except ValueError as error:
        raise Invalid(("/name", str(error))) from None


def _shown(row: DestinationLimitRow) -> DestinationLimitOut:
    return DestinationLimitOut(
        name=row.name,
        connections=row.connections,
        rate_per_second=row.rate_per_second,
        revision=row.revision,
        updated_at=row.updated_at,
    )
