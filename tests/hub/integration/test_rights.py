"""Who may call what, generated from the routes: a new route is in here without anybody thinking of it."""

import json
import re
from pathlib import Path
from typing import Any

from common.http import httpx
from common.http.bearer import declared_rights
from common.http.service_token import mint_service_token
from tests.support.builders.hub import EVERYTHING, HubUnderTest
from tests.support.http import StubHub, speaker_settings

DESCRIPTION = json.loads((Path(__file__).parents[3] / "services/hub/openapi.json").read_text())
OPERATIONS = [
    (method.upper(), path, operation["x-right"])
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
]
PUBLIC = {
    ("POST", "/api/v1/sessions"),
    ("POST", "/api/v1/token-exchange"),
    ("GET", "/api/v1/jwks"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
}
PROTECTED = [(method, path, right) for method, path, right in OPERATIONS if (method, path) not in PUBLIC]
INTERNAL = {"/internal/v1/accounts/{account_id}"}
REFUSED = (401, "application/problem+json")
NEEDS_A_RIGHT = [each for each in PROTECTED if each[2] != "signed_in" and each[1] not in INTERNAL]


async def call(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    filled = re.sub(r"\{\w+\}", "01a20000-0000-7000-8000-000000000000", path)
    body: dict[str, Any] | None = {} if method in ("POST", "PUT", "PATCH") else None
    return await client.request(method, filled, json=body)


def test_every_route_declares_a_right_and_few_are_public(hub: HubUnderTest) -> None:
    declared = {
        (method, context.path): right
        for context, right in declared_rights(hub.app.routes)
        for method in context.methods or ()
    }
    public = {route for route, right in declared.items() if right == "public"}
    assert public == {*PUBLIC, ("GET", "/metrics"), ("GET", "/api/v1/openapi.json")}
    assert {path for (_, path), right in declared.items() if right == "service:lui"} == INTERNAL
    assert set(declared.values()) - {"public", "signed_in", "service:lui"} <= {right.value for right in EVERYTHING}


async def test_without_a_good_token_nothing_answers(hub: HubUnderTest) -> None:
    ada = await hub.an_account("ada", rights=EVERYTHING)
    expired, foreign = await hub.access_token(await hub.session_token(ada)), StubHub(hub.clock)
    hub.clock.advance(minutes=3)
    ended = await hub.session_token(ada)
    await hub.bearing(ended).delete("/api/v1/sessions/current")
    clients = {
        "none": hub.anonymous(),
        "expired": hub.bearing(expired),
        "signed with a foreign key": hub.bearing(foreign.token(rights=EVERYTHING, account_id=ada.id)),
        "of a session that ended": hub.bearing(ended),
        "one character off": hub.bearing(ended[:-1] + ("a" if ended[-1] != "a" else "b")),
        "made up": hub.bearing("tutti_nonsense"),
    }
    for method, path, _ in PROTECTED:
        for token, client in clients.items():
            reply = await call(client, method, path)
            assert (reply.status_code, reply.headers["Content-Type"]) == REFUSED, (method, path, token)
            assert reply.headers["WWW-Authenticate"] == "Bearer"


async def test_all_other_rights_together_are_not_enough(hub: HubUnderTest) -> None:
    everything = await hub.an_account("everything", rights=EVERYTHING)
    for right in {right for _, _, right in NEEDS_A_RIGHT}:
        others = [each.value for each in EVERYTHING if each.value != right]
        api_token = await hub.api_token(everything, others)
        clients = {
            "session": await hub.as_account(f"all but {right}", *others),
            "API token": hub.bearing(api_token),
            "access token": hub.bearing(await hub.access_token(api_token)),
        }
        for method, path, _ in [each for each in NEEDS_A_RIGHT if each[2] == right]:
            for token, client in clients.items():
                reply = await call(client, method, path)
                assert (reply.status_code, reply.json().get("right")) == (403, right), (method, path, token)


async def test_the_one_right_is_enough(hub: HubUnderTest) -> None:
    for right in {right for _, _, right in NEEDS_A_RIGHT}:
        client = await hub.as_account(f"only {right}", right)
        for method, path, _ in [each for each in NEEDS_A_RIGHT if each[2] == right]:
            reply = await call(client, method, path)
            assert reply.status_code in (200, 404, 422), (method, path)


async def test_another_service_is_no_account(hub: HubUnderTest) -> None:
    for method, path, _ in [each for each in PROTECTED if each[1] not in INTERNAL]:
        token = mint_service_token(speaker_settings("lui"), "hub", hub.clock)
        assert (await call(hub.bearing(token), method, path)).status_code == 403, (method, path)


def test_the_committed_description_is_the_one_the_code_gives(hub: HubUnderTest) -> None:
    assert hub.app.openapi() == DESCRIPTION, "run `hub openapi > services/hub/openapi.json`"
