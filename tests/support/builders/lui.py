"""lui for tests: the whole application on a database of its own, neighbours that answer, and jobs in every state."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import FastAPI

from common.http import httpx
from common.http.client import open_client
from common.ids import new_id
from common.service.resources import Resources
from lui.app import build
from lui.config import LuiSettings
from lui.tables import MESSAGING
from lui.worker import SUBSCRIPTIONS
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.http import Callers, StubHub, encode_key, make_settings, resources_for

ADA, GROUP = new_id(), new_id()
EVERYTHING = ("create_jobs", "authorize_jobs", "see_recipients", "see_reports")
PASSWORD = "correct horse battery"
PEOPLE = (
    "email;name;city\nada@example.org;Ada;London\ngrace@example.org;Grace;New York\nalan@example.org;Alan;Wilmslow\n"
)
CONTENT = {
    "subject": "Hello {{ name }}",
    "html": '<p>Hi {{ name }}, see <a href="https://example.org/a">this</a> or <a href="https://example.org/b">that</a></p>',
}
SENDER = {"address": "news@example.org", "name": "Example News"}
_FIELD = re.compile(r"{{\s*(\w+)")
_LINK = re.compile(r'href="([^"]+)"')


@dataclass
class Neighbours:
    """hub and mailer as far as lui asks them; what was asked is kept."""

    hub: StubHub
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    asked: list[httpx.Request] = field(default_factory=list)
    preflight: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"problems": [], "warnings": []})
    """What mailer says about a mailing that is to be authorized."""

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """What the neighbour of that host says."""
        self.asked.append(request)
        name = request.url.host.partition(".")[0]
        if name in self.away:
            return httpx.Response(503, request=request)
        body = json.loads(request.content) if request.content else {}
        status, reply = self._hub(request, body) if name == "hub" else self._mailer(request.url.path, body)
        return httpx.Response(status, json=reply, request=request)

    def _hub(self, request: httpx.Request, body: dict[str, Any]) -> tuple[int, Any]:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if request.url.path == "/api/v1/sessions":
            if body["password"] != PASSWORD:
                return 401, {"detail": "no"}
            token = f"session-{new_id()}"
            self.sessions[token] = {"rights": EVERYTHING, "account_id": ADA, "name": body["account"]}
            return 201, {"session_token": token, "account": {}}
        if request.method == "DELETE":
            self.sessions.pop(bearer, None)
            return 204, None
        if bearer not in self.sessions:
            return 401, {"detail": "over"}
        access = self.hub.token(**self.sessions[bearer])
        expires = self.hub.clock().timestamp() + 120
        return 200, {"access_token": access, "expires_at": expires}

    def _mailer(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        if path.endswith("/preflight"):
            return 200, self.preflight
        return (200, check(body)) if path.endswith("/check") else (200, preview(body))


def check(body: dict[str, Any]) -> dict[str, Any]:
    """As mailer's content check answers, for the simplest of content."""
    html, text = body["html"], body["text"]
    alternative = re.sub(r"<[^>]+>", "", html) if text is None and html else None
    fields, errors = [], []
    for part in ("subject", "html", "text"):
        for number, line in enumerate((body[part] or "").splitlines(), start=1):
            for name in _FIELD.findall(line):
                fields.append({"name": name, "part": part})
                if body["columns"] is not None and name not in body["columns"]:
                    errors.append({"part": part, "line": number, "column": 1, "detail": f"there is no column {name}"})
    links = [
        {"number": number, "part": "html", "url": url, "alias": None, "personal": "{{" in url}
        for number, url in enumerate(_LINK.findall(html or ""), start=1)
    ]
    return {
        "merge_fields": fields,
        "links": links,
        "text_alternative": alternative,
        "errors": errors,
        "warnings": [],
    }


def preview(body: dict[str, Any]) -> dict[str, Any]:
    """As mailer's preview answers, for the simplest of content."""
    values = dict(zip(body["columns"], body["recipient"][2], strict=True))

    def merged(part: str | None) -> str | None:
        return part and re.sub(r"{{\s*(\w+)\s*}}", lambda found: values[found[1]], part)

    headers = [["To", body["recipient"][1]], ["From", body["sender"]["address"]]]
    return {
        "subject": merged(body["subject"]),
        "html": merged(body["html"]),
        "text": merged(body["text"]),
        "headers": headers,
    }


@dataclass
class Lui:
    """The application, its clock, its neighbours, and who calls it."""

    app: FastAPI
    resources: Resources
    clock: FixedClock
    hub: StubHub
    neighbours: Neighbours
    callers: Callers
    bus: HandBus

    def ada(self, *rights: str, group_id: str | None = None) -> httpx.AsyncClient:
        """The account that owns what is made here, with every right unless some are named."""
        return self.callers.as_account(*(rights or EVERYTHING), account_id=ADA, group_id=group_id)

    def stranger(self, *rights: str, group_id: str | None = None) -> httpx.AsyncClient:
        """Somebody else."""
        return self.callers.as_account(*(rights or EVERYTHING), group_id=group_id)


@asynccontextmanager
async def lui_under_test(database_url: str, **settings: Any) -> AsyncIterator[Lui]:
    """lui with all its routes."""
    clock = FixedClock()
    hub = StubHub(clock)
    neighbours = Neighbours(hub)
    given = {
        "app_url": "http://testserver",
        "public_url": "http://pages.test",
        "mailer_url": "http://mailer.test",
        "tracker_url": "http://tracker.test",
        "token_keys": encode_key(b"a master key of lui's own tests!"),
    }
    configured = make_settings(LuiSettings, database_url=database_url, **{**given, **settings})
    transport = httpx.MockTransport(neighbours.answer)
    async with resources_for(configured, MESSAGING, hub, clock) as opened, open_client(configured, transport) as http:
        resources = replace(opened, http=http)
        app = build(configured, resources, "all")
        callers = Callers(app, configured, hub)
        yield Lui(app, resources, clock, hub, neighbours, callers, HandBus(resources, SUBSCRIPTIONS))


async def ok(reply: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert reply.status_code == status, f"{reply.status_code}: {reply.text[:2000]}"
    return reply.json() if reply.content else None


async def upload(client: httpx.AsyncClient, content: str | bytes = PEOPLE, name: str = "people.csv") -> Any:
    """An uploaded file, as it is answered."""
    octets = content.encode() if isinstance(content, str) else content
    return await ok(await client.post("/api/v1/uploads", files={"file": (name, octets)}), 201)


async def a_job(client: httpx.AsyncClient, **changes: Any) -> Any:
    """A new, empty job."""
    return await ok(await client.post("/api/v1/jobs", json={"title": "Recall", **changes}), 201)


def recipients(upload_id: str, **changes: Any) -> dict[str, Any]:
    """A valid recipients step."""
    return {
        "source": {"type": "upload", "upload_id": upload_id},
        "address_column": "email",
        "name_column": "name",
        "usage": "merge",
        "duplicates": {"by": "address"},
        **changes,
    }


TRACKING = {"level": "personal", "opens": True, "clicks": "all"}
IMMEDIATE = {"mode": "immediate"}
STEPS = ("recipients", "content", "tracking", "sender", "schedule")


async def put(client: httpx.AsyncClient, job: Any, step: str, body: Any, **headers: str) -> Any:
    """The job after a step was filled in."""
    return await ok(await client.put(f"/api/v1/jobs/{job['id']}/{step}", json=body, headers=headers))


async def act(client: httpx.AsyncClient, job: Any, action: str, status: int = 200, body: Any = None) -> Any:
    """The answer to an action on a job."""
    return await ok(await client.post(f"/api/v1/jobs/{job['id']}/{action}", json=body), status)


async def a_prepared_job(
    client: httpx.AsyncClient, *, schedule: Any = None, steps: Sequence[str] = STEPS, people: str = PEOPLE
) -> Any:
    """A job whose steps are filled in."""
    job = await a_job(client)
    bodies = {
        "recipients": recipients((await upload(client, people))["id"]),
        "content": CONTENT,
        "tracking": TRACKING,
        "sender": SENDER,
        "schedule": schedule or IMMEDIATE,
    }
    for step in steps:
        job = await put(client, job, step, bodies[step])
    return job


async def a_tested_job(client: httpx.AsyncClient, *, schedule: Any = None) -> Any:
    """A job that only needs somebody's word."""
    job = await a_prepared_job(client, schedule=schedule)
    test = await act(client, job, "tests", 202, {"addresses": ["tester@example.org"]})
    return await act(client, job, f"tests/{test['id']}/accept")


async def an_authorized_job(client: httpx.AsyncClient, *, schedule: Any = None) -> Any:
    """A job somebody gave their word for."""
    return await act(client, await a_tested_job(client, schedule=schedule), "authorize")
