"""Carrying one request to a neighbour and its answer back, as they stream."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from common.contracts.problem import Unavailable
from common.http import httpx
from common.observability.logging import get_logger
from lui.passthrough import rules

log = get_logger()

TIMEOUT = httpx.Timeout(connect=2, read=60, write=60, pool=5)
"""Seconds. Between two pieces of an answer: longer than the silence between heartbeats of an event stream."""
RETRY_AFTER_SECONDS = 5


@dataclass(frozen=True)
class Onward:
    """One request as the neighbour shall get it."""

    service: rules.ServiceName
    base_url: str
    method: str
    path: bytes
    """With its query, percent-encoded."""
    headers: rules.Headers
    body: AsyncIterator[bytes] | bytes | None


class PassedBack(StreamingResponse):
    """The neighbour's answer; its connection is given back however the sending ends."""

    def __init__(self, reply: httpx.Response, headers: rules.Headers) -> None:
        super().__init__(reply.aiter_raw(), status_code=reply.status_code)
        self.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self._reply = reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self.give_back()

    async def give_back(self) -> None:
        """Return the connection, sent or not."""
        with anyio.CancelScope(shield=True):
            await self._reply.aclose()


async def pass_on(http: httpx.AsyncClient, onward: Onward) -> PassedBack:
    """The neighbour's answer, whatever it says. Raises Unavailable when there is none in time."""
    base = httpx.URL(onward.base_url)
    url = base.copy_with(raw_path=base.raw_path.rstrip(b"/") + onward.path)
    request = http.build_request(onward.method, url, headers=onward.headers, content=onward.body, timeout=TIMEOUT)
    request.headers.pop("cookie", None)  # what one answer may have left in the shared client is nobody else's
    try:
        reply = await http.send(request, stream=True, follow_redirects=False)
    except httpx.TransportError as error:
        log.warning("neighbour does not answer", component=onward.service, error=type(error).__name__)
        raise Unavailable(
            f"{onward.service} does not answer at the moment",
            retry_after_seconds=RETRY_AFTER_SECONDS,
            component=onward.service,
        ) from error
    return PassedBack(reply, rules.returning_headers(reply.headers.multi_items(), onward.service, onward.base_url))
