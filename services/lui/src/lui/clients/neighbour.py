"""How lui calls another service: failures of the neighbour become one problem with a time to come back."""

from collections.abc import Collection
from typing import Any, ClassVar

from common.contracts.problem import Invalid, Problem, Unavailable
from common.http import httpx

RETRY_AFTER_SECONDS = 5
UNPROCESSABLE = 422


class NeighbourRefused(Problem):
    """A neighbour answered 4xx to a call that was ours to get right."""

    status, slug, title = 502, "neighbour-refused", "A part of the system refused our request"


class Neighbour:
    """One other service at `base_url`; subclasses give it a name and its calls."""

    name: ClassVar[str]

    def __init__(self, http: httpx.AsyncClient, base_url: str) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")

    async def _send(self, method: str, path: str, *, accept: Collection[int] = (), **options: Any) -> httpx.Response:
        """The reply, when it is 2xx or in `accept`. Raises Unavailable when there is none, or a 429 or 5xx."""
        try:
            reply = await self._http.request(method, self._base_url + path, **options)
        except httpx.TransportError as error:
            raise self._away() from error
        if reply.status_code not in accept:
            self._require_success(reply)
        return reply

    def _require_success(self, reply: httpx.Response) -> None:
        """Raises Unavailable for a 429 or 5xx, and NeighbourRefused for what else is no success."""
        if reply.is_success:
            return
        if reply.status_code == httpx.codes.TOO_MANY_REQUESTS or reply.is_server_error:
            raise self._away()
        raise NeighbourRefused(f"{self.name} answered {reply.status_code}", component=self.name)

    def _away(self) -> Unavailable:
        return Unavailable(
            f"{self.name} does not answer at the moment", retry_after_seconds=RETRY_AFTER_SECONDS, component=self.name
        )


def refusal_of(reply: httpx.Response) -> Invalid:
    """The neighbour's 422 as ours: its errors point into what our own caller sent."""
    document = reply.json()
    errors = [(str(error["pointer"]), str(error["detail"])) for error in document.get("errors", [])]
    return Invalid(*errors, detail=str(document["detail"]))
