"""Intake as a branch in front of another ASGI application, which never sees its paths."""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.intake.handler import is_intake
from tracker.intake.replies import TOO_LARGE, Reply
from tracker.intake.service import IntakeService
from tracker.intake.visit import HeaderList, Visit

MAX_HEADERS = 8 << 10


class IntakeBranch:
    """Answers intake's paths, passes on everything else; `close` runs when the server has answered everything."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        intake: IntakeService,
        now_ms: Callable[[], int],
        close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._app = app
        self._intake = intake
        self._now_ms = now_ms
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the server."""
        if scope["type"] == "http" and is_intake(scope["path"]):
            await self._answer(scope, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, self._closing(send))
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, send: Send) -> None:
        """Nothing is read of the body, nothing of the query."""
        reply = await self._reply(scope, HeaderList(scope["headers"]))
        await send({"type": "http.response.start", "status": reply.status, "headers": list(reply.headers)})
        body = b"" if scope["method"] == "HEAD" else reply.body
        await send({"type": "http.response.body", "body": body})

    async def _reply(self, scope: Scope, headers: HeaderList) -> Reply:
        if headers.size() > MAX_HEADERS:
            return TOO_LARGE
        raw, client = scope.get("raw_path") or scope["path"].encode(), scope.get("client")
        method, path, peer = scope["method"].encode("latin-1"), raw.partition(b"?")[0], client[0] if client else ""
        return await self._intake.answer(Visit(method, path, headers, peer, self._now_ms()))

    def _closing(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"].startswith("lifespan.shutdown.") and self._close is not None:
                await self._close()  # before the server hears that it may go
            await send(message)

        return sending
