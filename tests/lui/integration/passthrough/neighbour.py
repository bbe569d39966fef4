"""A neighbour that tells what reached it, and lui's passthrough in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import SecretStr

from common.clock import utc_now
from common.http import httpx
from common.http.access_token import Caller, Unauthenticated
from common.http.app import create_app
from common.http.client import open_client
from common.observability.health import Health
from lui.config import LuiSettings

ADA = Caller("ada", "ada", None, frozenset(), is_service=False, token="short-lived-of-ada")


def lui_settings(**changes: Any) -> LuiSettings:
    """Valid settings of a lui without engines."""
    given: dict[str, Any] = {
        "database_url": "postgresql+psycopg://nobody@127.0.0.1:1/none",
        "nats_url": "nats://127.0.0.1:1",
        "http_port": 8080,
        "hub_url": "http://hub.test",
        "mailer_url": "http://mailer.test",
        "tracker_url": "http://tracker.test",
        "app_url": "http://lui.test",
        "public_url": "http://pages.test",
        "service_private_key": SecretStr("A" * 43),
        "token_keys": SecretStr("A" * 43),
    }
    return LuiSettings(**(given | changes))


class OnlyAda:
    """Knows one token."""

    async def verify(self, token: str) -> Caller:
        if token != "tutti_ada":
            raise Unauthenticated("not one of ours")
        return ADA


@dataclass
class Things:
    """As much of lui's resources as a route without a database needs."""

    settings: LuiSettings
    http: httpx.AsyncClient
    bearer: Any = field(default_factory=OnlyAda)
    health: Health = field(default_factory=lambda: Health({}))
    clock: Any = utc_now
    uow: Any = None
    tables: Any = None


@dataclass
class Neighbour:
    """Every request that arrived, and an answer that tries to misbehave."""

    seen: list[Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        async def answer(request: Request) -> Response:
            self.seen.append(request)
            self.bodies.append(await request.body())
            headers = {"Set-Cookie": "stolen=1; Path=/", "ETag": '"7"', "Access-Control-Allow-Origin": "*"}
            return Response(b'{"answered":true}', 418, headers, "application/json")

        return app


@asynccontextmanager
async def a_lui(
    routers: list[APIRouter], *, neighbour: httpx.AsyncBaseTransport, **changes: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of lui made of `routers`; whatever lui calls is answered by `neighbour`."""
    settings = lui_settings(**changes)
    async with open_client(settings, neighbour) as outgoing:
        app = create_app(settings, Things(settings, outgoing), title="lui", routers=routers)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://lui.test") as client:
            yield client
