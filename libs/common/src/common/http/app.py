"""The application of a service: problems, health, metrics, correlation, limits, OpenAPI, and a right on every route."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from common.config import ServiceSettings
from common.http import problems
from common.http.bearer import CallerResolver, declared_rights, public
from common.http.idempotency import HEADER as IDEMPOTENCY
from common.http.idempotency import Replayed
from common.http.work import AppResources, Route
from common.observability import metrics
from common.observability.correlation import HEADER as CORRELATION
from common.observability.correlation import correlated

OPENAPI_PATH = "/api/v1/openapi.json"
MAX_BODY = 1_048_576
_SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


def create_app(  # noqa: PLR0913 - the first two are what every application has, the others are named
    settings: ServiceSettings,
    resources: AppResources,
    *,
    title: str,
    routers: Sequence[APIRouter],
    caller_resolver: CallerResolver | None = None,
    body_limits: Mapping[str, int] | None = None,
) -> FastAPI:
    """The application around `routers`. Raises UndeclaredRight when a route does not declare exactly one right.

    `body_limits` maps the beginning of a path to the octets a body there may have; elsewhere it is 1 MiB.
    """

    @asynccontextmanager
    async def lifespan(started: FastAPI) -> AsyncIterator[None]:
        list(declared_rights(started.routes))  # again: routes may have been added since
        yield

    app = FastAPI(
        title=title, version="1", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan,
        redirect_slashes=False,
    )  # fmt: skip
    app.state.settings = settings
    app.state.resources = resources
    app.state.caller_resolver = caller_resolver
    for router in (_operations(), *routers):
        _remember_answers(router)
        app.include_router(router)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    problems.install(app)
    app.add_exception_handler(Replayed, _replay)
    list(declared_rights(app.routes))
    app.add_middleware(_Edge, body_limits=dict(body_limits or {}))
    return app


def _remember_answers(router: APIRouter) -> None:
    """A plain route becomes one whose answer can be kept for an Idempotency-Key; its handler is not built yet."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(inner, APIRouter):
            _remember_answers(inner)
        elif type(route) is APIRoute:
            route.__class__ = Route


async def _replay(_request: Request, replayed: Exception) -> Response:
    response: Response = replayed.response  # type: ignore[attr-defined]
    return response


def _operations() -> APIRouter:
    router = APIRouter(dependencies=[public()])

    @router.get("/health/live", tags=["operations"])
    async def live() -> dict[str, bool]:
        """The process turns."""
        return {"live": True}

    @router.get("/health/ready", tags=["operations"], response_model=None)
    async def ready(request: Request, response: Response) -> dict[str, Any]:
        """Everything needed to do work is there; else 503 and the reasons."""
        report: dict[str, Any] = await request.app.state.resources.health.report()
        response.status_code = 200 if report["ready"] else 503
        return report

    @router.get("/metrics", include_in_schema=False)
    async def numbers() -> Response:
        """Prometheus' text format."""
        return Response(metrics.render(), media_type=metrics.CONTENT_TYPE)

    @router.get(OPENAPI_PATH, include_in_schema=False)
    async def description(request: Request) -> dict[str, Any]:
        """The description of this API (OpenAPI 3.1)."""
        document: dict[str, Any] = request.app.openapi()
        return document

    return router


def _described(app: FastAPI) -> dict[str, Any]:
    """OpenAPI with our problem in place of the framework's validation error, and the right each operation needs."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for foreign in ("HTTPValidationError", "ValidationError"):
            schemas.pop(foreign, None)
        schemas["Problem"] = problems.SCHEMA
        for context, right in declared_rights(app.routes):
            for method in context.methods or ():
                operation = document["paths"].get(context.path_format, {}).get(method.lower())
                if operation is not None:
                    _describe(operation, method, right)
        app.openapi_schema = document
    return app.openapi_schema


def _describe(operation: dict[str, Any], method: str, right: str) -> None:
    operation["x-right"] = right
    responses = operation["responses"]
    usual = {"401": "Sign in first", "403": "You may not do this"} if right != "public" else {}
    if "422" in responses:
        usual["422"] = responses["422"]["description"].replace("Validation Error", "Some fields are not right")
    for status, description in usual.items():
        known = responses.get(status, {})
        responses[status] = {"description": description, **known, "content": problems.REFERENCE}
    if method == "POST" and right != "public":
        parameter = {"name": IDEMPOTENCY, "in": "header", "required": False, "schema": {"type": "string"}}
        operation.setdefault("parameters", []).append(parameter)


class _Edge:
    """Around everything: correlation id, body limit, security headers, the time it took; and the last resort."""

    def __init__(self, app: ASGIApp, body_limits: Mapping[str, int]) -> None:
        self._app = app
        self._limits = sorted(body_limits.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"correlation-id"), None)
        with correlated(given) as correlation_id:
            await self._serve(scope, receive, send, correlation_id)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, correlation_id: str) -> None:
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name.lower() for name, _ in message["headers"]}
                extra = [header for header in _SECURITY_HEADERS if header[0] not in present]
                extra.append((CORRELATION.lower().encode(), correlation_id.encode()))
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        try:
            await self._app(scope, _limited(receive, self._limit(scope)), sending)
        except Exception as error:
            if status:  # too late for another answer: the connection breaks, which is how the client learns
                raise
            await problems.answer_for(Request(scope), error)(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            taken = time.perf_counter() - started
            metrics.HTTP_REQUESTS.labels(scope["method"], route, str(status)).observe(taken)

    def _limit(self, scope: Scope) -> int:
        return next((limit for start, limit in self._limits if scope["path"].startswith(start)), MAX_BODY)


def _limited(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, f"A body here may have {limit} octets")
        return message

    return receiving
