"""Who is calling from a browser: the session cookie, exchanged at hub and remembered for a minute."""

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta

from fastapi import Request

from common.http.access_token import BearerVerifier
from common.http.bearer import Caller
from lui.access.errors import CrossSiteRequest
from lui.access.rules import SAFE_METHODS, comes_from_elsewhere
from lui.clients.hub import HubClient
from lui.config import LuiSettings

COOKIE = "tutti_session"
_REMEMBERED = timedelta(seconds=60)
_MOST_REMEMBERED = 10_000
# A token that is passed on must still be good when it arrives.
_SPARE = timedelta(seconds=10)


class SessionCallers:
    """Finds the caller of a request that carries a session cookie; one for the life of an application."""

    def __init__(self, settings: LuiSettings, hub: HubClient, bearer: BearerVerifier) -> None:
        self._settings = settings
        self._hub = hub
        self._bearer = bearer
        self._known: OrderedDict[bytes, tuple[datetime, Caller]] = OrderedDict()

    async def resolve(self, request: Request) -> Caller | None:
        """The caller; None without a cookie, with an ended session, or where a bearer token says who it is.

        Raises CrossSiteRequest, and Unavailable when hub is needed and away.
        """
        token = request.cookies.get(COOKIE)
        if token is None or "authorization" in request.headers:
            return None
        if request.method not in SAFE_METHODS:
            self.require_own_origin(request)
        return await self.caller_of(token, now=request.app.state.resources.clock())

    def require_own_origin(self, request: Request) -> None:
        """Raises CrossSiteRequest when another site made the browser send this."""
        elsewhere = comes_from_elsewhere(
            origin=request.headers.get("origin"),
            fetch_site=request.headers.get("sec-fetch-site"),
            host=request.headers.get("host"),
            app_url=str(self._settings.app_url),
        )
        if elsewhere:
            raise CrossSiteRequest("Open the application itself and try again there")

    async def caller_of(self, session_token: str, *, now: datetime) -> Caller | None:
        """The account of a session; None when the session is over."""
        key = _key(session_token)
        kept = self._known.get(key)
        if kept is not None and kept[0] > now:
            self._known.move_to_end(key)
            return kept[1]
        self._known.pop(key, None)
        fresh = await self._hub.exchange(session_token)
        if fresh is None:
            return None
        caller = await self._bearer.verify(fresh.access_token)
        self._known[key] = (min(now + _REMEMBERED, fresh.expires_at - _SPARE), caller)
        if len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return caller

    def forget(self, session_token: str) -> None:
        """Ask hub again the next time."""
        self._known.pop(_key(session_token), None)


def _key(session_token: str) -> bytes:
    # Not the token itself: a dump of this process' memory should not hand out sessions.
    return hashlib.sha256(session_token.encode()).digest()
