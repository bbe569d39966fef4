"""Makes guessing passwords slow, in rows of PostgreSQL so that it holds over all processes of hub."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from common.messaging.unit_of_work import UnitOfWork
from hub.groups.rules import name_key
from hub.sessions import rules
from hub.sessions.errors import TooManyAttempts
from hub.sessions.repository import SlowDownRepository
from hub.sessions.sealing import Sealer

_V6_SUBSCRIBER_PREFIX = 64


@dataclass(frozen=True)
class AttemptLabels:
    """What an attempt counts against; labels tell neither account nor address to who reads the database."""

    account: str
    account_at_address: str
    address: str


def labels(sealer: Sealer, *, account: str, group: str | None, address: str) -> AttemptLabels:
    """The labels for signing in to an account, which need not exist, from a network address."""
    who = (name_key(account), "" if group is None else name_key(group))
    where = network_of(address)
    return AttemptLabels(
        account=sealer.label("account", *who),
        account_at_address=sealer.label("account at address", *who, where),
        address=sealer.label("address", where),
    )


def network_of(address: str) -> str:
    """The part of an address that one subscriber has: all of an IPv4 address, the first 64 bits of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _V6_SUBSCRIBER_PREFIX), strict=False))
    return str(parsed)


async def count_attempt(uow: UnitOfWork, attempt: AttemptLabels) -> None:
    """Count an attempt before its password is looked at; raises `TooManyAttempts`, counting nothing, if it must wait.

    Counting first keeps a thousand guesses sent at once from being looked at together.
    """
    stored = SlowDownRepository(uow.session)
    label = await _delay_label(stored, attempt, uow.now)
    await stored.lock(label)
    await stored.lock(attempt.address)
    delay = await stored.delay(label)
    bucket = (await stored.bucket(attempt.address) or rules.full_bucket(uow.now)).at(uow.now)
    ready_at = max(bucket.ready_at(), uow.now if delay is None else delay.ready_at())
    if ready_at > uow.now:
        seconds = rules.wait_seconds(ready_at, uow.now)
        raise TooManyAttempts(f"Wait {seconds} s and try again", retry_after_seconds=seconds)
    await stored.store_delay(label, rules.count_attempt(delay, uow.now))
    await stored.store_bucket(attempt.address, bucket.taken())


async def forgive(uow: UnitOfWork, attempt: AttemptLabels) -> None:
    """Take an attempt back, and the failures before it, because its password was right; the address is familiar now."""
    stored = SlowDownRepository(uow.session)
    label = await _delay_label(stored, attempt, uow.now)
    await stored.lock(label)
    await stored.lock(attempt.address)
    await stored.forget_delay(label)
    bucket = await stored.bucket(attempt.address)
    if bucket is not None:
        await stored.store_bucket(attempt.address, bucket.at(uow.now).returned())
    await stored.note_familiar(attempt.account_at_address, uow.now)


async def _delay_label(stored: SlowDownRepository, attempt: AttemptLabels, now: datetime) -> str:
    # Where the account was used before it has a delay of its own, so that nobody elsewhere can keep its owner out.
    since = now - rules.FAMILIAR_FOR
    familiar = await stored.is_familiar(attempt.account_at_address, since=since)
    return attempt.account_at_address if familiar else attempt.account
