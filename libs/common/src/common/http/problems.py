"""Every failure leaves as problem details (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from common.contracts.problem import NAMESPACE, Invalid, Problem, Unavailable
from common.db.engine import is_unreachable
from common.http import httpx
from common.observability.correlation import current_correlation_id
from common.observability.logging import get_logger

log = get_logger()
MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = 5
_BUSY = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available: the same request may well succeed in a moment."""

SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "Problem details, RFC 9457; `type` is stable, `title` and `detail` are for people.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
    "additionalProperties": True,
}
REFERENCE = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can raise these problems."""
    described: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        entry = described.setdefault(kind.status, {"description": "", "content": REFERENCE, "x-problems": []})
        entry["x-problems"].append(NAMESPACE + kind.slug)
        entry["description"] = "; ".join(filter(None, (entry["description"], kind.title)))
    return described


def install(app: FastAPI) -> None:
    """Answer what routes raise on purpose; everything else reaches the edge, which calls `answer_for`."""

    async def expected(request: Request, error: Exception) -> Response:
        return _answer(request, _as_problem(error))

    for kind in (Problem, RequestValidationError, HTTPException, httpx.TransportError):
        app.add_exception_handler(kind, expected)


def answer_for(request: Request, error: Exception) -> Response:
    """The response that says `error`; an unexpected one is logged and its text stays inside."""
    return _answer(request, _as_problem(error), cause=error)


def _answer(request: Request, problem: Problem, *, cause: Exception | None = None) -> Response:
    status = problem.status
    # The route's pattern, not the path: a path may hold a recipient's token.
    route = getattr(request.scope.get("route"), "path", "unmatched")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request failed", problem=problem.slug, status=status, route=route, exc_info=cause)
    else:
        log.info("request refused", problem=problem.slug, status=status, route=route)
    headers = dict(getattr(problem, "headers", None) or {})
    if problem.retry_after_seconds is not None:
        headers["Retry-After"] = str(problem.retry_after_seconds)
    return JSONResponse(problem.document(request.url.path), status, headers, media_type=MEDIA_TYPE)


def _as_problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return _invalid(error.errors())
    if isinstance(error, HTTPException):
        return _of_status(error)
    if isinstance(error, httpx.TransportError) or is_unreachable(error):
        return Unavailable("A part that is needed to answer is away", retry_after_seconds=_RETRY_SECONDS)
    if getattr(getattr(error, "orig", None), "sqlstate", None) in _BUSY:
        return Unavailable("Someone else is changing the same thing", retry_after_seconds=1)
    return Problem("An unexpected error; its id helps to find it in the logs", correlation_id=current_correlation_id())


def _invalid(errors: Sequence[Any]) -> Problem:
    unreadable = next((error for error in errors if error["type"] == "json_invalid"), None)
    if unreadable:
        return Unreadable(f"The body is not JSON: {unreadable['ctx']['error']} at position {unreadable['loc'][-1]}")
    return Invalid(*((pointer(error["loc"]), str(error["msg"])) for error in errors))


def pointer(location: Sequence[str | int]) -> str:
    """A JSON Pointer (RFC 6901) for where pydantic found a mistake; what is not in the body keeps its place's name."""
    parts = location[1:] if location and location[0] == "body" else location
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


class Unreadable(Problem):
    """The request cannot be parsed at all."""

    status, slug, title = 400, "unreadable", "The request cannot be read"


def _of_status(error: HTTPException) -> Problem:
    """A problem for what the framework itself refuses: unknown path, wrong method, body too large."""
    phrase = HTTPStatus(error.status_code).phrase
    problem = Problem(error.detail or phrase)
    # An instance's attributes, because these have no class of their own.
    made: Any = problem
    made.status, made.slug, made.title = error.status_code, phrase.lower().replace(" ", "-").replace("'", ""), phrase
    made.headers = error.headers
    return problem
