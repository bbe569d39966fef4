"""Who may see what: every route, every role, own and foreign deliveries."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from common.contracts.lui import DeliveryRequestedV1
from common.http import httpx
from common.ids import new_id
from tests.support.builders.tracker import a_request
from tests.support.bus import HandBus
from tests.support.http import Callers, resources_for
from tracker.app import bare_app, reports_app
from tracker.config import TrackerSettings
from tracker.tables import MESSAGING

OWNER, MATE, STRANGER = new_id(), new_id(), new_id()
GROUP, OTHER_GROUP = new_id(), new_id()
PUBLIC = ("/api/v1/deliveries/{id}/report", "/api/v1/deliveries/{id}/over-time?interval=day")
INTERNAL = ("/internal/v1/report?delivery_id={id}", "/internal/v1/report/over-time?interval=day&delivery_id={id}")
QUESTIONS = tuple(f"/internal/v1/reports/{name}" for name in ("count", "people", "reactions", "sums"))


def client_of(callers: Callers, role: str) -> httpx.AsyncClient:
    clients: dict[str, Callable[[], httpx.AsyncClient]] = {
        "nobody": callers.anonymous,
        "owner": lambda: callers.as_account("see_reports", account_id=OWNER),
        "owner without the right": lambda: callers.as_account("create_jobs", account_id=OWNER),
        "mate": lambda: callers.as_account("see_reports", account_id=MATE, group_id=GROUP),
        "stranger": lambda: callers.as_account("see_reports", account_id=STRANGER),
        "other group": lambda: callers.as_account("see_reports", account_id=STRANGER, group_id=OTHER_GROUP),
        "administrator": lambda: callers.as_account("administer_installation", account_id=STRANGER),
        "lui": lambda: callers.as_service("lui"),
        "mailer": lambda: callers.as_service("mailer"),
    }
    return clients[role]()


EXPECTED = {
    # role: (public, own delivery or the group's), (public, deleted), (internal)
    "nobody": (401, 401, 401),
    "owner": (200, 404, 403),
    "owner without the right": (403, 403, 403),
    "mate": (200, 404, 403),
    "stranger": (404, 404, 403),
    "other group": (404, 404, 403),
    "administrator": (403, 403, 403),
    "lui": (403, 403, 200),
    "mailer": (403, 403, 403),
}


@pytest.fixture
async def request_of_group(bus: HandBus) -> DeliveryRequestedV1:
    made = a_request(1, owner_id=OWNER, group_id=GROUP)
    await bus.deliver(made)
    return made


@pytest.mark.parametrize("role", EXPECTED)
async def test_every_role_gets_exactly_what_it_may(
    callers: Callers, request_of_group: DeliveryRequestedV1, role: str
) -> None:
    seen, gone, internal = EXPECTED[role]
    async with client_of(callers, role) as client:
        for path in PUBLIC:
            assert (await client.get(path.format(id=request_of_group.delivery_id))).status_code == seen, path
            assert (await client.get(path.format(id=new_id()))).status_code == gone, path
        for path in INTERNAL:
            assert (await client.get(path.format(id=request_of_group.delivery_id))).status_code == internal, path


@pytest.mark.parametrize("role", EXPECTED)
async def test_only_lui_asks_whole_questions(callers: Callers, role: str) -> None:
    async with client_of(callers, role) as client:
        for path in QUESTIONS:
            body: dict[str, list[str]] = {"delivery_ids": []} if path.endswith("sums") else {"sources": []}
            assert (await client.post(path, json=body)).status_code == EXPECTED[role][2], path


async def test_without_a_group_nobody_shares_one(bus: HandBus, callers: Callers) -> None:
    alone = a_request(1, owner_id=OWNER, group_id=None)
    await bus.deliver(alone)
    async with callers.as_account("see_reports", account_id=STRANGER, group_id=None) as client:
        response = await client.get(f"/api/v1/deliveries/{alone.delivery_id}/report")

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:tutti:problem:delivery-not-found"


def paths(app: FastAPI) -> set[str]:
    return set(app.openapi()["paths"])


async def test_the_matrix_above_has_every_route_of_reports(settings: TrackerSettings) -> None:
    async with resources_for(settings, MESSAGING) as resources:
        asked = {path.partition("?")[0].replace("{id}", "{delivery_id}") for path in (*PUBLIC, *INTERNAL)}
        described = paths(reports_app(settings, resources))
        about_reports = {path for path in described if "report" in path or "over-time" in path}
        assert about_reports == asked | set(QUESTIONS)


async def test_what_the_world_can_reach_has_no_reports(settings: TrackerSettings) -> None:
    async with resources_for(settings, MESSAGING) as resources:
        assert paths(bare_app(settings, resources)) == {"/health/live", "/health/ready"}
