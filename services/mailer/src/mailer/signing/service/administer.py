"""What administrators do with signing keys; each change is stated for the audit trail in its own transaction."""

import asyncio

from common.contracts.mailer import MailerActionRecordedV1
from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.http.paging import PageParams, page_of
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from mailer.dns import Resolver
from mailer.sealing import Sealer
from mailer.signing import rules
from mailer.signing.errors import KeyExists, KeyInUse, KeyNotFound, RecordNotFound
from mailer.signing.keys import KeyUnusable, SigningKey
from mailer.signing.models import DkimKeyRow
from mailer.signing.repository import KeyRepository
from mailer.signing.rules import KeyState, RecordState
from mailer.signing.schemas import DkimKeyIn, DkimKeyOut, RecordCheckOut, RecordOut
from mailer.signing.service.records import look_up_row, note


async def create_key(uow: UnitOfWork, asked: DkimKeyIn, sealer: Sealer, *, by: Caller) -> DkimKeyOut:
    """A pending key, generated or imported. Raises Invalid, KeyExists, SealingNotConfigured."""
    domain, selector = _names(asked)
    repository = KeyRepository(uow.session)
    if await repository.taken(domain, selector):
        raise KeyExists(f"{domain} has a key under the selector {selector}; take another selector", domain=domain)
    # In a thread: making an RSA key takes long enough to be noticed by everybody else.
    key = await asyncio.to_thread(_make, asked)
    key_id = new_id()
    row = DkimKeyRow(
        id=key_id,
        domain=domain,
        selector=selector,
        algorithm=key.algorithm,
        state=KeyState.PENDING.value,
        public_key=key.public_octets(),
        sealed_private_key=sealer.seal(key.octets(), purpose=rules.purpose(key_id, domain, selector)),
        dns_state=RecordState.UNKNOWN.value,
        created_at=uow.now,
    )
    repository.add(row)
    await uow.session.flush()
    _record(uow, "create", row, by, is_imported=asked.private_key is not None)
    return shown(row)


def _names(asked: DkimKeyIn) -> tuple[str, str]:
    try:
        domain = rules.normalized_domain(asked.domain)
    except ValueError as error:
        raise Invalid(("/domain", f"{asked.domain!r} {error}")) from None
    try:
        return domain, rules.normalized_selector(asked.selector, domain)
    except ValueError as error:
        raise Invalid(("/selector", f"a selector {error}")) from None


def _make(asked: DkimKeyIn) -> SigningKey:
    if asked.private_key is None:
        return SigningKey.generate(asked.algorithm)
    try:
        key = SigningKey.from_pem(asked.private_key.get_secret_value())
    except KeyUnusable as error:
        raise Invalid(("/private_key", str(error))) from None
    if key.algorithm != asked.algorithm:
        raise Invalid(("/algorithm", f"the key is {key.algorithm}, not {asked.algorithm}"))
    return key


async def list_keys(uow: UnitOfWork, params: PageParams) -> tuple[list[DkimKeyOut], str | None]:
    """Keys by domain and selector."""
    position = params.position()
    after = (str(position[0]), str(position[1])) if position and len(position) == 2 else None
    rows = await KeyRepository(uow.session).page(after=after, limit=params.limit + 1)
    kept, following = page_of(rows, params, lambda row: [row.domain, row.selector])
    return [shown(row) for row in kept], following


async def show_key(uow: UnitOfWork, key_id: str) -> DkimKeyOut:
    """A key. Raises KeyNotFound."""
    return shown(await _found(uow, key_id))


async def check_key(uow: UnitOfWork, key_id: str, resolver: Resolver) -> DkimKeyOut:
    """Look at the record now. Raises KeyNotFound."""
    row = await _found(uow, key_id)
    note(row, await look_up_row(resolver, row), uow.now)
    return shown(row)


async def activate_key(
    uow: UnitOfWork, key_id: str, resolver: Resolver, even_though: str | None, *, by: Caller
) -> DkimKeyOut:
    """Sign with this key from now on; the domain's other key of its kind is retired.

    Raises KeyNotFound, and RecordNotFound when receivers would not find the key, unless `even_though` says the same.
    """
    row = await _found(uow, key_id)
    judgement = await look_up_row(resolver, row)
    if judgement.state is not RecordState.FOUND and even_though != judgement.state.value:
        raise RecordNotFound(
            f"Receivers would not trust this key: {judgement.reason}",
            record=judgement.state.value,
            found=judgement.found,
        )
    note(row, judgement, uow.now)
    if row.state != KeyState.ACTIVE:
        before = await KeyRepository(uow.session).active_for_update(row.domain, row.algorithm)
        if before is not None:
            _retire(uow, before, by)
            await uow.session.flush()
        row.state, row.activated_at, row.retired_at = KeyState.ACTIVE.value, uow.now, None
        _record(uow, "activate", row, by, record=judgement.state.value)
    return shown(row)


async def retire_key(uow: UnitOfWork, key_id: str, *, by: Caller) -> DkimKeyOut:
    """Sign nothing new with this key. Raises KeyNotFound."""
    row = await _found(uow, key_id, for_update=True)
    if row.state != KeyState.RETIRED:
        _retire(uow, row, by)
    return shown(row)


def _retire(uow: UnitOfWork, row: DkimKeyRow, by: Caller) -> None:
    row.state, row.retired_at = KeyState.RETIRED.value, uow.now
    _record(uow, "retire", row, by)


async def delete_key(uow: UnitOfWork, key_id: str, *, by: Caller) -> None:
    """Remove a key; while a delivery that began with it can go on it is kept, out of sight.

    Raises KeyNotFound, KeyInUse.
    """
    row = await _found(uow, key_id, for_update=True)
    if not rules.may_delete(KeyState(row.state)):
        raise KeyInUse("The key signs messages: retire it first", key_id=row.id)
    repository = KeyRepository(uow.session)
    _record(uow, "delete", row, by)
    if await repository.uses_of_key(row.id):
        row.deleted_at = uow.now
    else:
        await repository.remove(row.id)


async def _found(uow: UnitOfWork, key_id: str, *, for_update: bool = False) -> DkimKeyRow:
    row = await KeyRepository(uow.session).get(key_id, for_update=for_update)
    if row is None:
        raise KeyNotFound(f"There is no signing key {key_id}", key_id=key_id)
    return row


def shown(row: DkimKeyRow) -> DkimKeyOut:
    """A key without what nobody may see."""
    value = rules.record_value(row.algorithm, row.public_key)
    state = KeyState(row.state)
    return DkimKeyOut.model_validate(
        {
            "id": row.id,
            "domain": row.domain,
            "selector": row.selector,
            "algorithm": row.algorithm,
            "state": state.value,
            "record": RecordOut(
                name=rules.record_name(row.domain, row.selector),
                type="TXT",
                value=value,
                strings=rules.strings_of(value),
                needed_until=rules.record_needed_until(state, row.retired_at),
            ),
            "dns": RecordCheckOut.model_validate(
                {
                    "state": row.dns_state,
                    "checked_at": row.dns_checked_at,
                    "found": row.dns_found,
                    "reason": row.dns_reason,
                }
            ),
            "created_at": row.created_at,
            "activated_at": row.activated_at,
            "retired_at": row.retired_at,
        }
    )


def _record(uow: UnitOfWork, verb: str, row: DkimKeyRow, by: Caller, **detail: str | bool) -> None:
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=f"dkim_key.{verb}",
            target_type="dkim_key",
            target_id=row.id,
            detail={"domain": row.domain, "selector": row.selector, "algorithm": row.algorithm, **detail},
            correlation_id=uow.correlation_id,
        )
    )
