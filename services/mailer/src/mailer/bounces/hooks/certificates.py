"""Certificates that SNS signs with: fetched from Amazon only, small, quickly, and kept for a day."""

import asyncio
import time
from collections import OrderedDict

from common.http import httpx
from common.observability.logging import get_logger

log = get_logger()
_MAX_OCTETS = 32 * 1024
_SECONDS = 5.0
_KEPT_SECONDS = 86_400.0
_FAILED_SECONDS = 30.0
_MAX_KEPT = 16


class Certificates:
    """Asks only for addresses that `ses.Notice.may_be_ours` let through; follows no redirect."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._kept: OrderedDict[str, tuple[float, bytes | None]] = OrderedDict()
        self._lock = asyncio.Lock()

    async def get(self, url: str) -> bytes | None:
        """The certificate in PEM; None when it cannot be had now."""
        # One at a time: many requests with invented addresses must not become many requests of ours.
        async with self._lock:
            until, known = self._kept.get(url, (0.0, None))
            if time.monotonic() < until:
                return known
            found = await self._fetch(url)
            self._kept[url] = (time.monotonic() + (_KEPT_SECONDS if found else _FAILED_SECONDS), found)
            while len(self._kept) > _MAX_KEPT:
                self._kept.popitem(last=False)
            return found

    async def confirm(self, url: str) -> bool:
        """Say yes to a subscription that was offered."""
        return await self._fetch(url) is not None

    async def _fetch(self, url: str) -> bytes | None:
        try:
            async with asyncio.timeout(_SECONDS), self._http.stream("GET", url, follow_redirects=False) as reply:
                if not reply.is_success:
                    return None
                found = bytearray()
                async for piece in reply.aiter_bytes():
                    found += piece
                    if len(found) > _MAX_OCTETS:
                        return None
                return bytes(found)
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            log.warning("amazon does not answer", error=type(error).__name__)
            return None
