"""The HTTP client towards other services: every wait ends, reads are repeated, the correlation id goes along."""

import asyncio
import random
from typing import Any

from common.config import ServiceSettings
from common.http import httpx
from common.http.service_token import ServiceAuth
from common.observability.correlation import HEADER, current_correlation_id

TRIES = 3
_FIRST_WAIT_SECONDS = 0.1
_LONGEST_WAIT_SECONDS = 2.0
_REPEATABLE = frozenset({"GET", "HEAD"})
_PASSING = frozenset({502, 503, 504})


class _Client(httpx.AsyncClient):
    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send; a GET or HEAD that meets an absent neighbour is tried up to three times within about two seconds."""
        request.headers.setdefault(HEADER, current_correlation_id())
        tries = TRIES if request.method in _REPEATABLE else 1
        for tried in range(1, tries + 1):
            try:
                response = await super().send(request, **options)
            except httpx.TransportError:
                if tried == tries:
                    raise
            else:
                if tried == tries or response.status_code not in _PASSING:
                    return response
                await response.aclose()
            # Jitter, so that callers who failed together do not come back together.
            wait = min(_LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS * 4 ** (tried - 1))
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - not a secret
        raise AssertionError("the last try returns or raises")


def open_client(settings: ServiceSettings, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A client; close it with the resources. `transport` is for tests."""
    return _Client(
        timeout=httpx.Timeout(10.0, connect=2.0, pool=5.0),
        limits=httpx.Limits(max_connections=50, max_keepalive_connections=20),
        headers={"User-Agent": f"tutti-{settings.service}"},
        follow_redirects=False,
        transport=transport,
        # What the environment says about proxies must not send internal traffic elsewhere.
        trust_env=False,
    )


def service_auth(settings: ServiceSettings, audience: str) -> httpx.Auth:
    """For `client.get(url, auth=service_auth(settings, "lui"))`: this service speaks for itself to `audience`."""
    return ServiceAuth(settings, audience)
