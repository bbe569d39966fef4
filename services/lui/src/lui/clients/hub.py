"""What lui asks of hub over HTTP, with the fields it reads of the replies."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict

from common.contracts.problem import Problem
from common.http import httpx
from common.http.client import service_auth
from lui.clients.neighbour import Neighbour
from lui.config import LuiSettings


class WrongCredentials(Problem):
    """hub does not know the account, or not with this password; it does not say which."""

    status, slug, title = 401, "wrong-credentials", "The account or the password is wrong"


class SlowDown(Problem):
    """Too many wrong passwords in a short time."""

    status, slug, title = 429, "slow-down", "Too many attempts"


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Session(_Reply):
    """A session of an account at hub."""

    session_token: str


class AccessToken(_Reply):
    """A short-lived token made for a session."""

    access_token: str
    expires_at: AwareDatetime

    def expires_before(self, instant: datetime) -> bool:
        """Whether it is worth nothing at `instant`."""
        return self.expires_at <= instant


class Standing(_Reply):
    """What an account may do now."""

    id: str
    name: str
    group_id: str | None
    rights: frozenset[str]
    closed: bool


class HubClient(Neighbour):
    """hub's HTTP interface. Every call raises `Unavailable` when hub does not answer in time."""

    name = "hub"

    def __init__(self, http: httpx.AsyncClient, settings: LuiSettings) -> None:
        super().__init__(http, settings.hub_url)
        self._service_auth = service_auth(settings, "hub")

    async def sign_in(self, *, account: str, group: str | None, password: str, address: str | None) -> Session:
        """Begin a session for somebody at the network address given. Raises WrongCredentials, SlowDown."""
        body = {"account": account, "password": password} | ({"group": group} if group else {})
        # hub slows guesses down by address, too; without it all browsers would share ours.
        headers = {"X-Forwarded-For": address} if address else {}
        reply = await self._send("POST", "/api/v1/sessions", json=body, headers=headers, accept=(401, 403, 422, 429))
        if reply.status_code == httpx.codes.TOO_MANY_REQUESTS:
            wait = reply.headers.get("Retry-After", "")
            raise SlowDown(
                "Wait a little before you try again", retry_after_seconds=int(wait) if wait.isdecimal() else 5
            )
        if not reply.is_success:
            raise WrongCredentials("Check the account, the group and the password")
        return Session.model_validate_json(reply.content)

    async def exchange(self, session_token: str) -> AccessToken | None:
        """A short-lived token for the session's account; None when the session is over."""
        reply = await self._send(
            "POST", "/api/v1/token-exchange", headers=_bearer(session_token), accept=(401, 403, 404)
        )
        return AccessToken.model_validate_json(reply.content) if reply.is_success else None

    async def standing(self, account_id: str) -> Standing | None:
        """What an account may do now, for what is done in its name; None when there is none."""
        path = f"/internal/v1/accounts/{account_id}"
        reply = await self._send("GET", path, auth=self._service_auth, accept=(404,))
        return Standing.model_validate_json(reply.content) if reply.is_success else None

    async def sign_out(self, session_token: str) -> None:
        """End the session; one that is over already is no mistake."""
        await self._send("DELETE", "/api/v1/sessions/current", headers=_bearer(session_token), accept=(401, 403, 404))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
