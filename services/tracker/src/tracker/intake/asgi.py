"""Intake as a branch in front of another ASGI application, which never sees its paths."""

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.intake.handler import Visit, is_intake
from tracker.intake.service import IntakeService


class IntakeBranch:
    """Answers intake's paths, passes on everything else."""

    def __init__(self, app: ASGIApp, *, intake: IntakeService, now_ms: Callable[[], int]) -> None:
        self._app = app
        self._intake = intake
        self._now_ms = now_ms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: nothing is read of its body, nothing of its query."""
        if scope["type"] != "http" or not is_intake(scope["path"]):
            await self._app(scope, receive, send)
            return
        reply = await self._intake.answer(self._visit(scope))
        headers = list(reply.headers)
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else reply.body
        await send({"type": "http.response.body", "body": body})

    def _visit(self, scope: Scope) -> Visit:
        raw = scope.get("raw_path") or scope["path"].encode()
        client = scope.get("client")
        return Visit(
            method=scope["method"].encode("latin-1"),
            path=raw.partition(b"?")[0],
            headers=scope["headers"],
            peer=client[0] if client else "",
            at_ms=self._now_ms(),
        )
