"""What came back, as mailer's table of each delivery, put together to one."""

from collections.abc import AsyncIterator, Sequence

from common.http import httpx
from lui.clients.neighbour import Neighbour, NeighbourRefused

_TIMEOUT = httpx.Timeout(connect=2, read=60, write=10, pool=5)
_END = b"\r\n"


class MailerBouncesClient(Neighbour):
    """mailer's downloads of bounces, asked in the name of the caller whose short-lived `token` it is."""

    name = "mailer"

    async def bounces_csv(
        self, delivery_ids: Sequence[str], *, token: str, classes: Sequence[str], reasons: bool
    ) -> AsyncIterator[bytes]:
        """One table over several deliveries, as it comes. Raises Unavailable, NeighbourRefused."""
        params: list[tuple[str, str | int | float | bool | None]] = [
            ("reasons", str(reasons).lower()),
            *(("class", name) for name in classes),
        ]
        for number, delivery_id in enumerate(delivery_ids):
            path = f"{self._base_url}/api/v1/deliveries/{delivery_id}/bounces.csv"
            headers = {"Authorization": f"Bearer {token}"}
            try:
                async with self._http.stream("GET", path, params=params, headers=headers, timeout=_TIMEOUT) as reply:
                    if not reply.is_success:
                        raise NeighbourRefused(f"{self.name} answered {reply.status_code}", component=self.name)
                    async for piece in _without_header(reply) if number else reply.aiter_bytes():
                        yield piece
            except httpx.TransportError as error:
                raise self._away() from error


async def _without_header(reply: httpx.Response) -> AsyncIterator[bytes]:
    held, is_header = b"", True
    async for piece in reply.aiter_bytes():
        if not is_header:
            yield piece
            continue
        held += piece
        if _END in held:
            is_header = False
            yield held.split(_END, 1)[1]
