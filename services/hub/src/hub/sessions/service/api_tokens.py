"""API tokens: made for a program, listed by their owner, revoked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from common.contracts.problem import Invalid
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from hub.accounts.record import AccountRecord
from hub.accounts.rights import Right
from hub.accounts.rules import chosen_rights, in_order
from hub.actions import Action, Target, record
from hub.groups.rules import clean_name
from hub.sessions.errors import ApiTokenNotFound, TooManyApiTokens
from hub.sessions.models import ApiToken
from hub.sessions.records import ApiTokenRecord, Presented
from hub.sessions.repository import ApiTokenRepository
from hub.sessions.tokens import hint, new_api_token, token_hash

_TOKENS_AN_ACCOUNT = 100


@dataclass(frozen=True)
class NewApiToken:
    """What its owner says about a token that is to be; no `scopes` means all the rights they have."""

    name: str
    scopes: Collection[str] | None = None
    expires_at: datetime | None = None


async def create_api_token(uow: UnitOfWork, new: NewApiToken, *, by: Presented) -> tuple[str, ApiTokenRecord]:
    """Make a token for the caller's account; the token itself is told this once.

    Raises `Invalid` at `/name`, `/scopes` (also for a right the caller lacks) and `/expires_at`, `TooManyApiTokens`.
    """
    scopes = _chosen_scopes(new.scopes, by.rights)
    if new.expires_at is not None and new.expires_at <= uow.now:
        raise Invalid(("/expires_at", "This instant has passed"))
    name = clean_name(new.name, pointer="/name")
    if await ApiTokenRepository(uow.session).count(by.account.id) >= _TOKENS_AN_ACCOUNT:
        raise TooManyApiTokens(f"An account has at most {_TOKENS_AN_ACCOUNT} API tokens; revoke one first")
    checked = NewApiToken(name, scopes, new.expires_at)
    return issue_api_token(uow, checked, owner=by.account)


def issue_api_token(uow: UnitOfWork, new: NewApiToken, *, owner: AccountRecord) -> tuple[str, ApiTokenRecord]:
    """Keep a token with what `new` says, which was checked before; the token and how it appears in lists."""
    token = new_api_token()
    row = ApiToken(
        id=new_id(),
        account_id=owner.id,
        name=new.name,
        token_hash=token_hash(token),
        hint=hint(token),
        scopes=[right.value for right in in_order(new.scopes or ())],
        created_at=uow.now,
        expires_at=new.expires_at,
        last_used_at=None,
    )
    ApiTokenRepository(uow.session).add(row)
    detail = {"scopes": " ".join(row.scopes)}
    record(uow, Action("api_token.create", owner.id, Target("api_token", row.id, owner.group_id), dict(detail)))
    return token, _as_record(row)


async def list_api_tokens(
    uow: UnitOfWork, *, by: Presented, after: tuple[datetime, str] | None, limit: int
) -> list[ApiTokenRecord]:
    """The API tokens of the caller's account, newest first, expired ones included."""
    rows = await ApiTokenRepository(uow.session).page(by.account.id, after=after, limit=limit)
    return [_as_record(row) for row in rows]


async def revoke_api_token(uow: UnitOfWork, token_id: str, *, by: Presented) -> None:
    """Make a token worthless at once. Raises `ApiTokenNotFound`, for someone else's as well."""
    if await ApiTokenRepository(uow.session).remove(by.account.id, token_id) is None:
        raise ApiTokenNotFound("You have no such API token")
    record(uow, Action("api_token.revoke", by.account.id, Target("api_token", token_id, by.account.group_id)))


def _chosen_scopes(wanted: Collection[str] | None, held: Collection[Right]) -> tuple[Right, ...]:
    if wanted is None:
        return in_order(held)
    chosen = chosen_rights(wanted, pointer="/scopes")
    missing = [right for right in chosen if right not in held]
    if missing:
        raise Invalid(("/scopes", "A token can do no more than you; you lack " + ", ".join(missing)))
    return chosen


def _as_record(row: ApiToken) -> ApiTokenRecord:
    return ApiTokenRecord(
        id=row.id,
        name=row.name,
        hint=row.hint,
        scopes=in_order(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
