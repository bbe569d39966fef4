"""lui's internal pages, with reply models of our own: only the fields that are read here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from common.config import ServiceSettings
from common.http import httpx
from common.http.client import service_auth

MAX_CONTENT = 4 * 1024 * 1024
MAX_PAGE = 64 * 1024 * 1024


class LuiAway(Exception):
    """lui does not answer, or not now; to be asked again."""


class LuiRefused(Exception):
    """lui answers, and what is asked for is not there or makes no sense; asking again will not help."""


@dataclass(frozen=True, slots=True)
class RecipientsPage:
    """A page of a frozen audience."""

    items: Sequence[tuple[int, str, list[str]]]
    following: int | None
    """The ordinal to ask behind, or None at the end."""


class LuiClient:
    """Asks lui as mailer."""

    def __init__(self, settings: ServiceSettings, client: httpx.AsyncClient, lui_url: str) -> None:
        self._client = client
        self._base = f"{lui_url.rstrip('/')}/internal/v1/deliveries"
        self._auth = service_auth(settings, "lui")

    async def content(self, delivery_id: str) -> dict[str, Any]:
        """The content document exactly as served, so that its digest can be compared. Raises LuiAway, LuiRefused."""
        document = await self._get(f"{self._base}/{delivery_id}/content", {}, MAX_CONTENT)
        if not isinstance(document, dict):
            raise LuiRefused("lui served no content document")
        return document

    async def recipients(self, delivery_id: str, *, after: int, limit: int) -> RecipientsPage:
        """Recipients behind an ordinal. Raises LuiAway, LuiRefused."""
        query = {"after": str(after), "limit": str(limit)}
        page = await self._get(f"{self._base}/{delivery_id}/recipients", query, MAX_PAGE)
        try:
            items = [
                (int(ordinal), str(address), [str(value) for value in values])
                for ordinal, address, values in page["items"]
            ]
            following = page["next"]
        except (KeyError, TypeError, ValueError):
            raise LuiRefused("lui served a page of recipients that makes no sense") from None
        return RecipientsPage(items, None if following is None else int(following))

    async def notice(self, notice_id: str) -> dict[str, Any]:
        """What a notice says, exactly as served. Raises LuiAway, LuiRefused."""
        url = f"{self._base.removesuffix('/deliveries')}/notices/{notice_id}"
        document = await self._get(url, {}, MAX_CONTENT)
        if not isinstance(document, dict):
            raise LuiRefused("lui served no notice")
        return document

    async def file(self, sha256: str, size: int) -> bytes:
        """The octets of a file, of which not one more is read than it shall have. Raises LuiAway, LuiRefused."""
        url = f"{self._base.removesuffix('/deliveries')}/files/{sha256}"
        octets = bytearray()
        try:
            async with self._client.stream("GET", url, auth=self._auth) as response:
                _require_found(response)
                async for chunk in response.aiter_bytes():
                    octets += chunk
                    if len(octets) > size:
                        raise LuiRefused("lui served more than the file has")
        except httpx.HTTPError as error:
            raise LuiAway(type(error).__name__) from None
        return bytes(octets)

    async def _get(self, url: str, query: dict[str, str], limit: int) -> Any:
        try:
            response = await self._client.get(url, params=query, auth=self._auth)
        except httpx.HTTPError as error:
            raise LuiAway(type(error).__name__) from None
        _require_found(response)
        if len(response.content) > limit:
            raise LuiRefused("lui served more than a page may hold")
        try:
            return orjson.loads(response.content)
        except orjson.JSONDecodeError:
            raise LuiRefused("lui served something that is not JSON") from None


def _require_found(response: httpx.Response) -> None:
    if response.status_code in {404, 410, 422}:
        raise LuiRefused(f"lui answered {response.status_code}")
    if response.status_code != 200:
        raise LuiAway(f"lui answered {response.status_code}")
