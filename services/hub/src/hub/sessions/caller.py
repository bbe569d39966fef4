"""Who is calling hub itself: it knows its accounts and needs to ask nobody."""

from fastapi import Request
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from common.http.access_token import Caller
from common.http.service_token import TYPE
from common.http.work import AppResources
from hub.sessions import service
from hub.sessions.tokens import API_TOKEN_PREFIX, SESSION_TOKEN_PREFIX

_LONGEST = 8_192


async def resolve_caller(request: Request) -> Caller | None:
    """The caller by session token, API token or access token, as the account is at this moment.

    None when there is no bearer token, or one of another service. Raises `CredentialRefused`.
    """
    token = bearer_token(request)
    if token is None or _is_of_service(token):
        return None
    resources: AppResources = request.app.state.resources
    async with resources.uow.reader() as uow:
        if token.startswith((SESSION_TOKEN_PREFIX, API_TOKEN_PREFIX)):
            presented = await service.present(uow, token)
        else:
            presented = await service.present_access_token(uow, token)
    request.state.presented = presented
    return Caller(
        account_id=presented.account.id,
        account_name=presented.account.name,
        group_id=presented.account.group_id,
        rights=frozenset(right.value for right in presented.rights),
        is_service=False,
        token=token,
        group_name=presented.account.group_name,
        epoch=presented.account.auth_epoch,
    )


def bearer_token(request: Request) -> str | None:
    """The bearer token of a request (RFC 6750, section 2.1), or None."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and 0 < len(token) <= _LONGEST else None


def _is_of_service(token: str) -> bool:
    try:
        return extract_compact(token.encode()).headers().get("typ") == TYPE
    except (JoseError, ValueError):
        return False
