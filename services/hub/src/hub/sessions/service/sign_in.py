"""Signing in with a name and a password."""

from dataclasses import dataclass

from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from hub.accounts import service as accounts
from hub.accounts.passwords import Passwords
from hub.accounts.record import AccountRecord
from hub.actions import Action, Target, record
from hub.sessions import rules, slow_down
from hub.sessions.errors import SignInRefused
from hub.sessions.models import Session
from hub.sessions.records import SignedIn
from hub.sessions.repository import SessionRepository
from hub.sessions.sealing import Sealer
from hub.sessions.slow_down import AttemptLabels
from hub.sessions.tokens import new_session_token, token_hash

_SESSIONS_AN_ACCOUNT = 50


@dataclass(frozen=True)
class SignInDesk:
    """What checking a password needs."""

    units: UnitOfWorkFactory
    passwords: Passwords
    sealer: Sealer


@dataclass(frozen=True)
class SignInAttempt:
    """Who says to be whom, from where."""

    account: str
    group: str | None
    password: str
    address: str
    user_agent: str | None


async def sign_in(desk: SignInDesk, attempt: SignInAttempt) -> SignedIn:
    """Begin a session. Raises `SignInRefused`, `TooManyAttempts`, `Unavailable`.

    Three units of work instead of one: the attempt must count even though its answer is a refusal, and no
    connection is held while the password is computed.
    """
    labels = slow_down.labels(desk.sealer, account=attempt.account, group=attempt.group, address=attempt.address)
    async with desk.units() as uow:
        await slow_down.count_attempt(uow, labels)
    async with desk.units.reader() as uow:
        found = await accounts.find_for_sign_in(uow, attempt.account, attempt.group)
    account, stored = found if found is not None else (None, None)
    checked = await desk.passwords.check(attempt.password, stored)
    async with desk.units() as uow:
        if checked.right and account is not None and stored is not None:
            await slow_down.forgive(uow, labels)
            await accounts.note_sign_in(uow, account.id, old_hash=stored, new_hash=checked.rehash)
            return await _begin(uow, account, attempt.user_agent)
        record(uow, Action("session.refuse", None, _target(account)))
    raise SignInRefused("The name or the password is not right")


async def confirm_password(desk: SignInDesk, account: AccountRecord, password: str, *, address: str) -> bool:
    """Whether the password is the account's; slowed down by the same counters as signing in."""
    labels = slow_down.labels(desk.sealer, account=account.name, group=account.group_name, address=address)
    async with desk.units() as uow:
        await slow_down.count_attempt(uow, labels)
    async with desk.units.reader() as uow:
        stored = await accounts.stored_password(uow, account.id)
    right = (await desk.passwords.check(password, stored)).right
    if right:
        await _forgive(desk.units, labels)
    return right


async def _forgive(units: UnitOfWorkFactory, labels: AttemptLabels) -> None:
    async with units() as uow:
        await slow_down.forgive(uow, labels)


async def _begin(uow: UnitOfWork, account: AccountRecord, user_agent: str | None) -> SignedIn:
    token = new_session_token()
    session = Session(
        id=new_id(),
        account_id=account.id,
        token_hash=token_hash(token),
        # Of the account as it was when its password was checked: one changed meanwhile leaves a session that is over.
        auth_epoch=account.auth_epoch,
        user_agent=None if user_agent is None else user_agent[:200],
        created_at=uow.now,
        last_used_at=uow.now,
        expires_at=uow.now + rules.ABSOLUTE_LIMIT,
    )
    sessions = SessionRepository(uow.session)
    await sessions.remove_all_but(account.id, newest=_SESSIONS_AN_ACCOUNT - 1)
    sessions.add(session)
    record(uow, Action("session.start", account.id, Target("session", session.id, account.group_id)))
    return SignedIn(token, session.expires_at, account)


def _target(account: AccountRecord | None) -> Target:
    # What was typed instead of a name is not written down: it may be a password in the wrong field.
    return Target("account", "unknown") if account is None else Target("account", account.id, account.group_id)
