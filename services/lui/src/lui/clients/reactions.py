"""Who reacted to a delivery, as tracker and mailer know it: one bit a recipient."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from common.http import httpx
from common.http.client import service_auth
from lui.clients.neighbour import Neighbour
from lui.config import LuiSettings

Kind = Literal["open", "click", "action"]
_TIMEOUT = httpx.Timeout(connect=2, read=30, write=10, pool=5)
_MOST_OCTETS = 64 * 1024 * 1024
"""Half a billion recipients: more than any audience has."""


class _Bitsets(Neighbour):
    async def _bits(self, path: str, auth: httpx.Auth, params: Sequence[tuple[str, str]] = ()) -> bytes:
        """The octets; none for a delivery that the neighbour does not know. Raises Unavailable, NeighbourRefused."""
        found = bytearray()
        url = self._base_url + path
        try:
            async with self._http.stream("GET", url, params=list(params), auth=auth, timeout=_TIMEOUT) as reply:
                if reply.status_code == httpx.codes.NOT_FOUND:
                    return b""
                self._require_success(reply)
                async for piece in reply.aiter_bytes():
                    found += piece
                    if len(found) > _MOST_OCTETS:
                        raise self._away()
        except httpx.TransportError as error:
            raise self._away() from error
        return bytes(found)


class TrackerReactions(_Bitsets):
    """tracker's answer to who opened, clicked or acted."""

    name = "tracker"

    def __init__(self, http: httpx.AsyncClient, settings: LuiSettings) -> None:
        super().__init__(http, str(settings.tracker_url))
        self._auth = service_auth(settings, "tracker")

    async def reacted(self, delivery_number: int, kind: Kind, numbers: Sequence[int], *, judged: str | None) -> bytes:
        """Bit n, least significant first, is ordinal n. `numbers` of links or action tags; none: any."""
        params = [("kind", kind), *(("link", str(number)) for number in numbers)]
        params += [("judged", judged)] if judged else []
        return await self._bits(f"/internal/v1/deliveries/{delivery_number}/reacted", self._auth, params)


class MailerReactions(_Bitsets):
    """mailer's answer to whose messages came back."""

    name = "mailer"

    def __init__(self, http: httpx.AsyncClient, settings: LuiSettings) -> None:
        super().__init__(http, str(settings.mailer_url))
        self._auth = service_auth(settings, "mailer")

    async def bounced(self, delivery_id: str) -> bytes:
        """Bit n, least significant first, is ordinal n."""
        return await self._bits(f"/internal/v1/deliveries/{delivery_id}/bounced", self._auth)


@dataclass(frozen=True)
class Reactions:
    """Both who know."""

    tracker: TrackerReactions
    mailer: MailerReactions
