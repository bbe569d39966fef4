"""Who is calling, and may they: each route declares exactly one right, else `create_app` refuses to start."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute

from common.contracts.problem import Problem
from common.http.access_token import BearerVerifier, Caller, Unauthenticated

__all__ = [
    "Caller",
    "CallerDep",
    "CallerResolver",
    "Forbidden",
    "Unauthenticated",
    "current_caller",
    "declared_rights",
    "public",
    "requires",
    "service_only",
    "signed_in",
]

CallerResolver = Callable[[Request], Awaitable[Caller | None]]
"""Finds the caller in another way than a bearer token (a session cookie); None: there is none, try the token."""


class Forbidden(Problem):
    """The caller is known and lacks a right."""

    status, slug, title = 403, "forbidden", "You may not do this"


class UndeclaredRight(RuntimeError):
    """A route declares no right, or more than one."""


async def current_caller(request: Request) -> Caller:
    """Who is calling. Raises Unauthenticated."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        resolver: CallerResolver | None = request.app.state.caller_resolver
        known = (await resolver(request) if resolver else None) or await _by_token(request)
        request.state.caller = known
    return known


async def _by_token(request: Request) -> Caller:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("An Authorization header with a bearer token is needed")
    verifier: BearerVerifier = request.app.state.resources.bearer
    return await verifier.verify(token.strip())


CallerDep = Annotated[Caller, Depends(current_caller)]


def requires(right: str) -> Any:
    """The caller has `right`: `dependencies=[requires("create_jobs")]`."""

    async def check(caller: CallerDep) -> None:
        if not caller.may(right):
            raise Forbidden(f"This needs the right {right}", right=right)

    return _declared(check, right)


def signed_in() -> Any:
    """Any account, whatever its rights."""

    async def check(caller: CallerDep) -> None:
        if caller.is_service:
            raise Forbidden("This is for accounts", right="signed_in")

    return _declared(check, "signed_in")


def service_only(*names: str) -> Any:
    """One of these services, speaking for itself."""

    async def check(caller: CallerDep) -> None:
        if not caller.is_service or caller.account_name not in names:
            raise Forbidden("This is for other services", right="service")

    return _declared(check, "service:" + ",".join(sorted(names)))


def public() -> Any:
    """Anyone, without saying who they are."""

    async def check() -> None:
        return None

    return _declared(check, "public")


def declared_rights(routes: Sequence[BaseRoute]) -> Iterator[tuple[RouteContext, str]]:
    """Every route with its right. Raises UndeclaredRight."""
    for context in iter_route_contexts(routes):
        if not isinstance(context.original_route, APIRoute):
            raise UndeclaredRight(f"{context.path}: only API routes can declare a right; mounts have none")
        found = sorted(_rights(context.dependant))
        if len(found) != 1:
            raise UndeclaredRight(f"{sorted(context.methods or ())} {context.path} declares {found or 'no right'}")
        yield context, found[0]


def _rights(dependant: Dependant) -> Iterator[str]:
    for each in dependant.dependencies:
        right = getattr(each.call, "declared_right", None)
        if right is not None:
            yield right
        yield from _rights(each)


def _declared(check: Callable[..., Awaitable[None]], right: str) -> Any:
    marked: Any = check
    marked.declared_right = right
    return Depends(check)
