"""Turning what a caller keeps (session token, API token) into what services believe (access token)."""

from dataclasses import dataclass
from typing import Any

from joserfc.jwk import KeySet

from common.http.access_token import AUDIENCE, read_access_token
from common.http.service_token import TokenRefused
from common.messaging.unit_of_work import UnitOfWork
from hub.accounts import service as accounts
from hub.accounts.record import AccountRecord
from hub.accounts.rules import in_order
from hub.sessions import rules
from hub.sessions.errors import CredentialRefused
from hub.sessions.keys import read_claims, sign_claims
from hub.sessions.models import ApiToken, Session
from hub.sessions.records import AccessToken, Presented
from hub.sessions.repository import ApiTokenRepository, SessionRepository
from hub.sessions.sealing import Sealer
from hub.sessions.service.signing_keys import published_keys, signing_pair
from hub.sessions.tokens import API_TOKEN_PREFIX, SESSION_TOKEN_PREFIX, is_well_formed, token_hash


@dataclass(frozen=True)
class Exchange:
    """What minting needs: who issues, and the key to the signing keys."""

    issuer: str
    sealer: Sealer


async def present(uow: UnitOfWork, token: str) -> Presented:
    """Who a session token or API token stands for, now. Raises `CredentialRefused`."""
    if is_well_formed(token, SESSION_TOKEN_PREFIX):
        row = await SessionRepository(uow.session).with_hash(token_hash(token))
        return await _by_session(uow, row)
    if is_well_formed(token, API_TOKEN_PREFIX):
        found = await ApiTokenRepository(uow.session).with_hash(token_hash(token))
        return await _by_api_token(uow, found)
    raise CredentialRefused("This is no token of this installation")


async def present_access_token(uow: UnitOfWork, token: str) -> Presented:
    """Who an access token stands for. Raises `CredentialRefused`.

    Stricter than the other services can be: a session that has ended, an account that was closed or changed since the
    token was minted end it here at once and not after 120 seconds.
    """
    keys = KeySet.import_key_set({"keys": await published_keys(uow)})
    try:
        caller = read_access_token(token, keys, uow.now)
    except TokenRefused:
        raise CredentialRefused("This access token is not one of ours, or has expired") from None
    account = await _open_account(uow, caller.account_id)
    if caller.epoch != account.auth_epoch:
        raise CredentialRefused("The account was changed since this access token was made")
    rights = in_order(caller.rights & set(account.rights))
    session_id = read_claims(token).get("sid")
    if session_id is None:
        return Presented(account, rights)
    presented = await _by_session(uow, await SessionRepository(uow.session).get(str(session_id)))
    return Presented(account, rights, session_id=presented.session_id)


async def exchange_token(uow: UnitOfWork, token: str, exchange: Exchange) -> AccessToken:
    """An access token of 120 seconds for a session token or an API token; counts as its use. `CredentialRefused`."""
    presented = await present(uow, token)
    await _note_use(uow, presented)
    expires_at = uow.now.replace(microsecond=0) + rules.ACCESS_TOKEN_LIFETIME
    pair = await signing_pair(uow, exchange.sealer)
    claims = {
        "iss": exchange.issuer,
        "aud": AUDIENCE,
        "iat": int(uow.now.timestamp()),
        "exp": int(expires_at.timestamp()),
        **_claims(presented),
    }
    return AccessToken(sign_claims(pair, claims), expires_at)


def _claims(presented: Presented) -> dict[str, Any]:
    account = presented.account
    claims: dict[str, Any] = {
        "sub": account.id,
        "name": account.name,
        "group_id": account.group_id,
        "group_name": account.group_name,
        "rights": [right.value for right in presented.rights],
        "epoch": account.auth_epoch,
    }
    if presented.session_id is not None:
        claims["sid"] = presented.session_id
    return claims


async def _by_session(uow: UnitOfWork, row: Session | None) -> Presented:
    if row is None:
        raise CredentialRefused("This session is over")
    account = await _open_account(uow, row.account_id)
    alive = rules.is_session_alive(last_used_at=row.last_used_at, expires_at=row.expires_at, now=uow.now)
    if not alive or row.auth_epoch != account.auth_epoch:
        raise CredentialRefused("This session is over")
    return Presented(account, account.rights, session_id=row.id)


async def _by_api_token(uow: UnitOfWork, row: ApiToken | None) -> Presented:
    if row is None or (row.expires_at is not None and row.expires_at <= uow.now):
        raise CredentialRefused("This API token is unknown, revoked or expired")
    account = await _open_account(uow, row.account_id)
    return Presented(account, in_order(set(row.scopes) & set(account.rights)), api_token_id=row.id)


async def _open_account(uow: UnitOfWork, account_id: str) -> AccountRecord:
    account = await accounts.find_record(uow, account_id)
    if account is None or account.closed:
        raise CredentialRefused("This account is closed")
    return account


async def _note_use(uow: UnitOfWork, presented: Presented) -> None:
    # Conditional in the statement, so that a hundred requests a minute write one row a minute.
    since = uow.now - rules.TOUCH_INTERVAL
    if presented.session_id is not None:
        await SessionRepository(uow.session).note_used(presented.session_id, uow.now, unless_since=since)
    if presented.api_token_id is not None:
        await ApiTokenRepository(uow.session).note_used(presented.api_token_id, uow.now, unless_since=since)
