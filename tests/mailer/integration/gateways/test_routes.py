"""Gateways over the API: setting them up, what is refused, and who may."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from common.contracts.mailer import MailerActionRecordedV1
from tests.support.bus import stated
from tests.support.gateways import a_gateway, a_process, made
from tests.support.signing import Place, a_place

Clone = Callable[[str], str]


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    async with a_place(clone("mailer")) as found:
        yield found


async def actions(place: Place) -> list[str]:
    return [fact.action for fact in await stated(place.resources, MailerActionRecordedV1)]


async def test_the_deployments_gateway_is_always_there_and_cannot_be_changed(place: Place) -> None:
    async with place.administrator() as client:
        (shown,) = (await client.get("/api/v1/gateways")).json()["items"]
        assert (shown["id"], shown["origin"], shown["state"]) == ("default", "configuration", "ok")
        for answer in (
            await client.patch("/api/v1/gateways/default", json={"connections": 1}),
            await client.delete("/api/v1/gateways/default"),
        ):
            assert (answer.status_code, answer.json()["type"]) == (409, "urn:tutti:problem:gateway-of-deployment")


async def test_a_gateway_is_made_shown_changed_and_removed_and_each_is_on_record(place: Place) -> None:
    gateway = await made(place, sender_domains=["Bücher.Example.", "b.example", "b.example"], rate_per_hour=10)
    assert gateway["sender_domains"] == ["b.example", "xn--bcher-kva.example"]
    path = f"/api/v1/gateways/{gateway['id']}"
    async with place.administrator() as client:
        seen = await client.get(path)
        assert seen.json() == gateway
        changed = await client.patch(
            path, json={"rate_per_hour": None, "weight": 3}, headers={"If-Match": seen.headers["ETag"]}
        )
        assert (changed.json()["rate_per_hour"], changed.json()["weight"], changed.json()["revision"]) == (None, 3, 2)
        late = await client.patch(path, json={"weight": 4}, headers={"If-Match": seen.headers["ETag"]})
        assert late.status_code == 412
        assert (await client.delete(path, headers={"If-Match": changed.headers["ETag"]})).status_code == 204
        assert (await client.get(path)).status_code == 404
    assert await actions(place) == ["gateway.create", "gateway.change", "gateway.delete"]


async def test_a_change_of_nothing_changes_nothing(place: Place) -> None:
    gateway = await made(place)
    async with place.administrator() as client:
        same = await client.patch(f"/api/v1/gateways/{gateway['id']}", json={"name": "Relay", "port": 25})
        assert same.json() == gateway
    assert await actions(place) == ["gateway.create"]


async def test_the_same_request_twice_makes_one_gateway(place: Place) -> None:
    async with place.administrator() as client:
        headers = {"Idempotency-Key": "once"}
        answers = [await client.post("/api/v1/gateways", json=a_gateway(), headers=headers) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert len((await client.get("/api/v1/gateways")).json()["items"]) == 2


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"host": ""}, "/host"),
    ({"host": "a b"}, "/host"),
    ({"host": "300.0.0.1"}, "/host"),
    ({"host": "x\r\nMAIL"}, "/host"),
    ({"port": 0}, "/port"),
    ({"port": 65_536}, "/port"),
    ({"name": ""}, "/name"),
    ({"name": "  "}, "/name"),
    ({"tls": "maybe"}, "/tls"),
    ({"helo": "no name!"}, "/helo"),
    ({"sender_domains": ["ok.example", "not a domain"]}, "/sender_domains/1"),
    ({"sender_domains": "all"}, "/sender_domains"),
    ({"weight": 0}, "/weight"),
    ({"connections": 0}, "/connections"),
    ({"messages_per_connection": 0}, "/messages_per_connection"),
    ({"rate_per_second": 0}, "/rate_per_second"),
    ({"rate_per_second": -1}, "/rate_per_second"),
    ({"rate_per_hour": 0.5}, "/rate_per_hour"),
    ({"rate_per_hour": 0}, "/rate_per_hour"),
    ({"password": "only"}, "/user"),
    ({"user": "a\x00b"}, "/user"),
    ({"colour": "red"}, "/colour"),
)


async def test_bad_values_are_refused_by_name(place: Place) -> None:
    async with place.administrator() as client:
        for changes, pointer in BAD:
            answer = await client.post("/api/v1/gateways", json=a_gateway(**changes))
            assert answer.status_code == 422, (changes, answer.text)
            assert pointer in [error["pointer"] for error in answer.json()["errors"]], changes
        assert len((await client.get("/api/v1/gateways")).json()["items"]) == 1


async def test_names_are_used_once_in_whatever_case(place: Place) -> None:
    await made(place)
    async with place.administrator() as client:
        answer = await client.post("/api/v1/gateways", json=a_gateway(name="RELAY"))
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:tutti:problem:gateway-name-taken")


@pytest.mark.parametrize("gateway_id", ["nonsense", "01a20349-e98b-7f92-952d-b88402136eba", "%00"])
async def test_there_is_nothing_behind_an_unknown_id(place: Place, gateway_id: str) -> None:
    async with place.administrator() as client:
        path = f"/api/v1/gateways/{gateway_id}"
        answers = [
            await client.get(path),
            await client.patch(path, json={}),
            await client.delete(path),
            await client.post(f"{path}/check"),
            await client.post(f"{path}/pause", json={"reason": "why not"}),
            await client.post(f"{path}/resume"),
            await client.get(f"{path}/traffic"),
        ]
        assert {answer.status_code for answer in answers} == {404}


async def test_nobody_else_may(place: Place) -> None:
    gateway = await made(place)
    path = f"/api/v1/gateways/{gateway['id']}"
    async with place.callers.as_account("authorize_jobs", "see_reports") as client:
        answers = [
            await client.get("/api/v1/gateways"),
            await client.post("/api/v1/gateways", json=a_gateway(name="Other")),
            await client.patch(path, json={"weight": 2}),
            await client.post(f"{path}/check"),
            await client.post(f"{path}/pause", json={"reason": "no"}),
            await client.get(f"{path}/traffic"),
            await client.put("/api/v1/destination-limits/d.example", json={"connections": 1}),
        ]
        assert {answer.status_code for answer in answers} == {403}
    async with place.callers.anonymous() as client:
        assert (await client.get(path)).status_code == 401


async def test_pausing_is_said_and_obeyed_by_every_process_and_resuming_too(place: Place) -> None:
    gateway = await made(place, sender_domains=["news.example"])
    process = a_process(place)
    await process.refresh()
    line = process.choose("news.example", 1, "live")
    assert line is not None
    path = f"/api/v1/gateways/{gateway['id']}"
    async with place.administrator() as client:
        paused = (await client.post(f"{path}/pause", json={"reason": "maintenance at noon"})).json()
        assert (paused["state"], paused["problem"]) == ("paused", "maintenance at noon")
        await process.refresh()
        assert not line.is_usable
        assert process.choose("news.example", 1, "live") is None
        assert process.problem("news.example") == "the mail gateway Relay cannot be used: maintenance at noon"
        assert (await client.post(f"{path}/pause", json={"reason": " "})).status_code == 422
        assert (await client.post(f"{path}/resume")).json()["state"] == "ok"
    await process.refresh()
    assert process.choose("news.example", 1, "live") is line
    assert (await actions(place))[1:] == ["gateway.pause", "gateway.resume"]


async def test_limits_of_destinations_are_set_shown_and_removed(place: Place) -> None:
    async with place.administrator() as client:
        path = "/api/v1/destination-limits/Gmail.COM"
        made_now = (await client.put(path, json={"connections": 2})).json()
        assert (made_now["name"], made_now["connections"], made_now["rate_per_second"]) == ("gmail.com", 2, None)
        again = await client.put(path, json={"rate_per_second": 1.5}, headers={"If-Match": '"1"'})
        assert (again.json()["connections"], again.json()["revision"]) == (None, 2)
        assert (await client.put(path, json={"connections": 3}, headers={"If-Match": '"1"'})).status_code == 412
        listed = (await client.get("/api/v1/destination-limits")).json()["items"]
        assert [each["name"] for each in listed] == ["gmail.com"]
        assert (await client.delete(path)).status_code == 204
        assert (await client.delete(path)).status_code == 404
        for name, body in (("not a domain", {"connections": 1}), ("d.example", {}), ("d.example", {"connections": 0})):
            assert (await client.put(f"/api/v1/destination-limits/{name}", json=body)).status_code == 422
