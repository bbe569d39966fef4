"""The unit of work of a request. There are two aliases, `Work` and `Read`, and nobody writes another."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from common.config import ServiceSettings
from common.http.access_token import BearerVerifier
from common.http.idempotency import reserve
from common.messaging.unit_of_work import MessagingTables, UnitOfWork, UnitOfWorkFactory
from common.observability.health import Health

_RESPONSE = "tutti.response"


class AppResources(Protocol):
    """What an application needs to be given; `common.service.resources.Resources` is it."""

    @property
    def settings(self) -> ServiceSettings:
        """The configuration."""

    @property
    def uow(self) -> UnitOfWorkFactory:
        """Opens transactions."""

    @property
    def tables(self) -> MessagingTables:
        """The service's tables of the chassis."""

    @property
    def bearer(self) -> BearerVerifier:
        """Knows callers by their tokens."""

    @property
    def health(self) -> Health:
        """What being ready takes."""


class Route(APIRoute):
    """A route whose answer is known to its unit of work before the commit, so that it can be kept for a repeat."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Note the answer in the request's scope."""
        handle = super().get_route_handler()

        async def noting(request: Request) -> Response:
            response = await handle(request)
            request.scope[_RESPONSE] = response
            return response

        return noting


async def open_unit_of_work(request: Request) -> AsyncIterator[UnitOfWork]:
    """A unit of work that commits after the route returned and before its answer leaves."""
    resources: AppResources = request.app.state.resources
    caller = getattr(request.state, "caller", None)
    async with resources.uow() as uow:
        # Without a known caller nobody could tell whose answer would be given to whom.
        reservation = (
            await reserve(uow, request, resources.tables.idempotency, caller.account_id) if caller is not None else None
        )
        yield uow
        if reservation is not None:
            await uow.session.flush()
            await reservation.keep(uow, request.scope.get(_RESPONSE))


async def open_reader(request: Request) -> AsyncIterator[UnitOfWork]:
    """A read-only unit of work; `emit` refuses."""
    resources: AppResources = request.app.state.resources
    async with resources.uow.reader() as uow:
        yield uow


# The scope matters: by default what follows `yield` runs after the answer was sent, and a failing commit
# would come too late to say so.
Work = Annotated[UnitOfWork, Depends(open_unit_of_work, scope="function")]
Read = Annotated[UnitOfWork, Depends(open_reader, scope="function")]
