"""Setting gateways up, changing and removing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.contracts.problem import Invalid
from common.http.etags import Precondition
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SmtpSettings
from mailer.gateways import repository
from mailer.gateways.errors import GatewayNameTaken, GatewayNotFound, GatewayOfDeployment
from mailer.gateways.models import GatewayRow
from mailer.gateways.rules.names import ascii_domain, ascii_host
from mailer.gateways.schemas import GatewayChangesIn, GatewayIn, GatewayOut
from mailer.gateways.service.audit import record
from mailer.gateways.service.line import DEFAULT_ID
from mailer.gateways.service.pauses import go_on
from mailer.gateways.service.shown import get_gateway
from mailer.gateways.service.stored import password_purpose
from mailer.sealing import Sealer

_WHERE_AND_WHO = frozenset({"host", "port", "user", "password", "tls", "helo"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What setting up gateways needs of the deployment."""

    smtp: SmtpSettings
    sealer: Sealer


async def create_gateway(uow: UnitOfWork, new: GatewayIn, *, desk: Desk, by: str) -> GatewayOut:
    """Store a gateway; processes use it within seconds. Raises Invalid, GatewayNameTaken, SealingNotConfigured."""
    values = _checked(new.model_dump(exclude={"password"}))
    row = GatewayRow(id=new_id(), sealed_password=None, revision=1, created_at=uow.now, updated_at=uow.now, **values)
    await _require_free(uow, row.name, row.id)
    if new.password is not None:
        _seal(row, new.password.get_secret_value(), desk.sealer)
    _require_whole(row)
    uow.session.add(row)
    await uow.session.flush()
    record(uow, "gateway.create", row.id, by=by, detail={"host": row.host, "port": row.port, "tls": row.tls})
    return await get_gateway(uow, desk.smtp, row.id)


@dataclass(frozen=True, slots=True)
class Edit:
    """Which gateway is changed, by whom, and which version of it they saw."""

    gateway_id: str
    expected: Precondition
    by: str


async def change_gateway(uow: UnitOfWork, edit: Edit, asked: GatewayChangesIn, *, desk: Desk) -> GatewayOut:
    """Give a gateway other values. What it paused for by itself is over when its connection settings change."""
    row = await _stored(uow, edit)
    fields = asked.model_fields_set
    values = _checked(asked.model_dump(include=fields - {"password"}))
    differs = {name for name, value in values.items() if getattr(row, name) != value}
    if "host" in differs and row.sealed_password is not None and "password" not in fields:
        # Else whoever may name a host could have the password of another one sent there.
        raise Invalid(("/password", f"enter it again: it was kept for {row.host}"))
    if "name" in differs:
        await _require_free(uow, values["name"], row.id)
    for name, value in values.items():
        setattr(row, name, value)
    if "password" in fields:
        differs.add("password")
        _seal(row, asked.password.get_secret_value() if asked.password is not None else None, desk.sealer)
    _require_whole(row)
    if differs:
        row.revision += 1
        row.updated_at = uow.now
        record(uow, "gateway.change", row.id, by=edit.by, detail={"fields": " ".join(sorted(differs))})
        if differs & _WHERE_AND_WHO:
            await _forgive(uow, row.id)
    await uow.session.flush()
    return await get_gateway(uow, desk.smtp, row.id)


async def delete_gateway(uow: UnitOfWork, edit: Edit) -> None:
    """Remove a gateway with all that was known about it; its mail takes another one."""
    row = await _stored(uow, edit)
    await repository.remove(uow.session, row.id)
    record(uow, "gateway.delete", row.id, by=edit.by, detail={"host": row.host, "port": row.port})


async def _stored(uow: UnitOfWork, edit: Edit) -> GatewayRow:
    if edit.gateway_id == DEFAULT_ID:
        raise GatewayOfDeployment("Change MAILER_SMTP__… where mailer is deployed and start it again")
    row = await repository.gateway(uow.session, edit.gateway_id, for_update=True)
    if row is None:
        raise GatewayNotFound("It may have been removed", gateway_id=edit.gateway_id)
    edit.expected.require(row.revision)
    return row


async def _require_free(uow: UnitOfWork, name: str, gateway_id: str) -> None:
    if await repository.is_name_taken(uow.session, name, gateway_id):
        raise GatewayNameTaken(f"Another gateway is called {name}")


async def _forgive(uow: UnitOfWork, gateway_id: str) -> None:
    state = (await repository.states(uow.session)).get(gateway_id)
    if state is not None and state.pause_code == "configuration":
        await go_on(uow, gateway_id)


def _seal(row: GatewayRow, password: str | None, sealer: Sealer) -> None:
    if not password:
        row.sealed_password = None
        return
    row.sealed_password = sealer.seal(password.encode(), purpose=password_purpose(row.id, row.host))


def _require_whole(row: GatewayRow) -> None:
    if row.sealed_password is not None and not row.user:
        raise Invalid(("/user", "a password needs a user name"))


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Names as the wire writes them. Raises Invalid with everything that is wrong."""
    found, errors = dict(values), []
    for field, check in (("host", ascii_host), ("helo", ascii_host)):
        if field in found and (found[field] or field == "host"):
            try:
                found[field] = check(found[field])
            except ValueError as error:
                errors.append((f"/{field}", str(error)))
    if "name" in found:
        found["name"] = found["name"].strip()
    domains = []
    for number, domain in enumerate(found.get("sender_domains", ())):
        try:
            domains.append(ascii_domain(domain))
        except ValueError as error:
            errors.append((f"/sender_domains/{number}", str(error)))
    if errors:
        raise Invalid(*errors)
    if "sender_domains" in found:
        found["sender_domains"] = sorted(set(domains))
    return found
