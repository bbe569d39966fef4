"""Signing in, and what a caller may do about their own sessions, tokens and password."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse

from common.contracts.problem import Unavailable
from common.http.bearer import public, signed_in
from common.http.paging import Page, Paging, page_of
from common.http.problems import problems
from common.http.work import Read, Work
from hub.positions import instant_and_id
from hub.sessions import service
from hub.sessions.dependencies import AddressDep, CounterDep, CredentialDep, PresentedDep
from hub.sessions.errors import (
    ApiTokenNotFound,
    CredentialRefused,
    PasswordRefused,
    SessionNotFound,
    SignInRefused,
    TooManyApiTokens,
    TooManyAttempts,
)
from hub.sessions.schemas import (
    AccessTokenOut,
    ApiTokenIn,
    ApiTokenOut,
    JwksOut,
    MeOut,
    NewApiTokenOut,
    OwnPasswordIn,
    SessionOut,
    SignedInOut,
    SignInIn,
)

router = APIRouter(prefix="/api/v1")
_NO_STORE = {"Cache-Control": "no-store"}


@router.post(
    "/sessions",
    status_code=201,
    tags=["sessions"],
    dependencies=[public()],
    responses=problems(SignInRefused, TooManyAttempts, Unavailable),
)
async def sign_in(
    body: SignInIn,
    counter: CounterDep,
    address: AddressDep,
    response: Response,
    user_agent: Annotated[str | None, Header()] = None,
) -> SignedInOut:
    """Begin a session: 30 minutes after its last use, and 12 hours after its beginning, it is over.

    Wrong passwords make the next attempt wait (429 with `Retry-After`), never longer than a minute.
    """
    attempt = service.SignInAttempt(body.account, body.group, body.password, address, user_agent)
    response.headers.update(_NO_STORE)
    return SignedInOut.of(await service.sign_in(counter.desk, attempt))


@router.get("/sessions", tags=["sessions"], dependencies=[signed_in()])
async def list_sessions(read: Read, by: PresentedDep) -> Page[SessionOut]:
    """The caller's living sessions, last used first; always one page."""
    return Page(items=[SessionOut.of(session) for session in await service.list_sessions(read, by=by)], next=None)


@router.delete(
    "/sessions/current",
    status_code=204,
    tags=["sessions"],
    dependencies=[signed_in()],
    responses=problems(SessionNotFound),
)
async def end_current_session(work: Work, by: PresentedDep) -> None:
    """Sign out."""
    await service.end_session(work, by.session_id, by=by)


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    tags=["sessions"],
    dependencies=[signed_in()],
    responses=problems(SessionNotFound),
)
async def end_session(session_id: UUID, work: Work, by: PresentedDep) -> None:
    """End one of the caller's sessions."""
    await service.end_session(work, str(session_id), by=by)


@router.post("/token-exchange", tags=["tokens"], dependencies=[public()], responses=problems(CredentialRefused))
async def exchange_token(
    work: Work, counter: CounterDep, credential: CredentialDep, response: Response
) -> AccessTokenOut:
    """An access token for the session token or API token in the Authorization header."""
    response.headers.update(_NO_STORE)
    return AccessTokenOut.of(await service.exchange_token(work, credential, counter.exchange))


@router.get("/jwks", tags=["tokens"], dependencies=[public()])
async def list_keys(read: Read) -> JwksOut:
    """The keys that verify access tokens."""
    return JwksOut(keys=await service.published_keys(read))


@router.get("/me", tags=["me"], dependencies=[signed_in()])
async def get_me(by: PresentedDep) -> MeOut:
    """Who the caller is, and what they may do with what they presented."""
    return MeOut.of(by)


@router.post(
    "/me/password",
    status_code=204,
    tags=["me"],
    dependencies=[signed_in()],
    responses=problems(PasswordRefused, TooManyAttempts, Unavailable),
)
async def change_own_password(body: OwnPasswordIn, counter: CounterDep, address: AddressDep, by: PresentedDep) -> None:
    """Replace the caller's password; all their sessions end but this one."""
    change = service.PasswordChange(body.present_password, body.new_password, address)
    await service.change_own_password(counter.desk, change, by=by)


@router.get("/api-tokens", tags=["tokens"], dependencies=[signed_in()])
async def list_api_tokens(read: Read, by: PresentedDep, paging: Paging) -> Page[ApiTokenOut]:
    """The caller's API tokens, newest first, expired ones included."""
    position = instant_and_id(paging)
    listed = await service.list_api_tokens(read, by=by, after=position, limit=paging.limit + 1)
    found, following = page_of(listed, paging, lambda token: (token.created_at, token.id))
    return Page(items=[ApiTokenOut.of(token) for token in found], next=following)


@router.post(
    "/api-tokens",
    status_code=201,
    tags=["tokens"],
    dependencies=[signed_in()],
    response_model=NewApiTokenOut,
    responses=problems(TooManyApiTokens),
)
async def create_api_token(body: ApiTokenIn, work: Work, by: PresentedDep) -> Response:
    """Make an API token of the caller's account. The token itself is in this answer and nowhere else."""
    new = service.NewApiToken(body.name, body.scopes, body.expires_at)
    api_token, made = await service.create_api_token(work, new, by=by)
    answer = NewApiTokenOut(**ApiTokenOut.of(made).model_dump(), api_token=api_token)
    # A stream is not kept for the Idempotency-Key: the database must not hold a usable token, not even for a day.
    # Who repeats the request learns that it was carried out.
    octets = iter([answer.model_dump_json().encode()])
    return StreamingResponse(octets, 201, _NO_STORE, media_type="application/json")


@router.delete(
    "/api-tokens/{token_id}",
    status_code=204,
    tags=["tokens"],
    dependencies=[signed_in()],
    responses=problems(ApiTokenNotFound),
)
async def revoke_api_token(token_id: UUID, work: Work, by: PresentedDep) -> None:
    """Make an API token of the caller worthless at once."""
    await service.revoke_api_token(work, str(token_id), by=by)
