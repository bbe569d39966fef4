"""Standing still and going on: by an administrator's word, or because of what receivers and their people say."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from common.messaging.unit_of_work import UnitOfWork
from mailer.gateways import metrics, repository
from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.complaints import EVERYBODY, WINDOW_DAYS, Record, too_many
from mailer.gateways.rules.names import domain_of
from mailer.gateways.service.audit import record
from mailer.gateways.service.line import DEFAULT_ID

BY_ITSELF = "service:mailer"


async def write_pause(uow: UnitOfWork, gateway_id: str, pause: Pause) -> None:
    """Tell every process that something stopped by itself."""
    metrics.PAUSES.labels(gateway_id, pause.code).inc()
    if pause.destination is None:
        await pause_gateway(uow, gateway_id, pause.code, pause.reason)
    else:
        until = None if pause.seconds is None else uow.now + timedelta(seconds=pause.seconds)
        values = {
            "gateway_id": gateway_id,
            "destination": pause.destination,
            "code": pause.code,
            "reason": pause.reason,
            "paused_at": uow.now,
            "until": until,
        }
        await repository.write_destination_pause(uow.session, values)
    detail = {"code": pause.code, "destination": pause.destination}
    record(uow, "gateway.stop", gateway_id, by=BY_ITSELF, detail=detail)


async def pause_gateway(uow: UnitOfWork, gateway_id: str, code: str, reason: str) -> None:
    """Have every process stand still."""
    values = {"pause_code": code, "pause_reason": reason, "paused_at": uow.now}
    await repository.write_state(uow.session, gateway_id, values)


async def go_on(uow: UnitOfWork, gateway_id: str) -> None:
    """End the pause of a gateway and of its destinations, and count blocks and complaints anew."""
    values = {"pause_code": None, "pause_reason": None, "paused_at": None}
    await repository.write_state(uow.session, gateway_id, values)
    await repository.clear_problem(uow.session, gateway_id)
    await repository.end_destination_pauses(uow.session, gateway_id)
    await repository.forget_days(uow.session, gateway_id)


async def note_complaints(uow: UnitOfWork, addresses: Sequence[str]) -> None:
    """People called a message spam, one address for each; what gets too many stops."""
    since = (uow.now - timedelta(days=WINDOW_DAYS)).date()
    domains = {domain_of(address) for address in addresses}
    groups = await repository.mx_groups(uow.session, domains, uow.now)
    counted = Counter(groups.get(domain, domain) for domain in map(domain_of, addresses))
    for destination, count in sorted(counted.items()):
        gateway_id = await _used_for(uow, destination, since)
        day = uow.now.date()
        await repository.add_to_day(uow.session, day, gateway_id, {destination: count}, complaints=True)
    records = [Record(*row) for row in await repository.complained(uow.session, since, EVERYBODY)]
    known = await repository.destination_pauses(uow.session, uow.now)
    paused = {(row.gateway_id, row.destination) for row in known}
    states = await repository.states(uow.session)
    stopped = {gateway_id for gateway_id, state in states.items() if state.pause_code is not None}
    for gateway_id, pause in too_many(records, paused, stopped):
        await write_pause(uow, gateway_id, pause)


async def _used_for(uow: UnitOfWork, destination: str, since: date) -> str:
    """The gateway that most likely carried a message to a destination."""
    for name in (destination, EVERYBODY):
        found = await repository.busiest_gateway(uow.session, name, since)
        if found is not None:
            return found
    return DEFAULT_ID
