"""Finding, changing, copying and deleting jobs, and whose they are."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from common.contracts.lui import LuiActionRecordedV1
from common.http import httpx
from common.ids import new_id
from tests.support.builders.lui import (
    ADA,
    CONTENT,
    GROUP,
    SENDER,
    STEPS,
    TRACKING,
    Lui,
    a_job,
    a_prepared_job,
    a_tested_job,
    act,
    an_authorized_job,
    lui_under_test,
    ok,
    put,
    recipients,
)
from tests.support.bus import stated


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def titles(client: httpx.AsyncClient, query: str = "") -> list[str]:
    return [job["title"] for job in (await ok(await client.get(f"/api/v1/jobs{query}")))["items"]]


async def test_jobs_of_a_day_are_lettered_as_they_are_made(lui: Lui) -> None:
    async with lui.ada() as ada, lui.stranger() as other:
        made = [(await a_job(client))["system_id"] for client in (ada, other, ada)]
        assert made == ["261122A", "261122B", "261122C"]
        lui.clock.advance(days=1)
        assert (await a_job(lui.ada()))["system_id"] == "261123A"


async def test_the_list_is_newest_first_in_pages(lui: Lui) -> None:
    async with lui.ada() as ada:
        for title in "abcde":
            await a_job(ada, title=title)
            lui.clock.advance(seconds=1)
        seen: list[str] = []
        after = ""
        while True:
            page = await ok(await ada.get(f"/api/v1/jobs?limit=2{after}"))
            seen += [job["title"] for job in page["items"]]
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        assert seen == list("edcba")


async def test_the_list_is_filtered_by_stage_and_title(lui: Lui) -> None:
    async with lui.ada() as ada:
        for title in ("Spring Recall", "autumn recall", "100% off_"):
            await a_job(ada, title=title)
        await an_authorized_job(ada)
        assert await titles(ada, "?stage=processing") == ["Recall"]
        assert await titles(ada, "?title=RECALL&stage=open") == ["autumn recall", "Spring Recall"]
        assert await titles(ada, "?title=%25") == ["100% off_"]
        assert await titles(ada, "?title=f_") == ["100% off_"]


@pytest.mark.parametrize(
    "query",
    ["stage=x", "stage=open' OR 1=1 --", "limit=0", "limit=x", "after=nonsense", "after=W10", "limit=501"],
)
async def test_only_what_a_filter_knows_is_taken(lui: Lui, query: str) -> None:
    async with lui.ada() as ada:
        reply = await ada.get(f"/api/v1/jobs?{query}")
        assert reply.status_code in ({200, 422} if query == "after=W10" else {422}), reply.text


@pytest.mark.parametrize("payload", ["'; DROP TABLE lui.jobs; --", "\\", "%' OR '1'='1", '"', "\x00"])
async def test_a_title_is_a_title_whatever_it_says(lui: Lui, payload: str) -> None:
    async with lui.ada() as ada:
        reply = await ada.get("/api/v1/jobs", params={"title": payload})
        assert reply.status_code in {200, 422}
        assert (await a_job(ada))["title"] == "Recall"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/title"),
        ({"title": ""}, "/title"),
        ({"title": "  "}, "/title"),
        ({"title": "a\nb"}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"title": "a", "prefix": "with blank"}, "/prefix"),
        ({"title": "a", "stage": "delivered"}, "/stage"),
    ],
)
async def test_a_job_that_cannot_be_is_pointed_at(lui: Lui, body: dict[str, Any], pointer: str) -> None:
    async with lui.ada() as ada:
        problem = await ok(await ada.post("/api/v1/jobs", json=body), 422)
        assert [error["pointer"] for error in problem["errors"]] == [pointer]


async def test_a_job_is_renamed_but_only_by_who_saw_it_last(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada, prefix="A1")
        path = f"/api/v1/jobs/{job['id']}"
        changed = await ok(await ada.patch(path, json={"title": "New"}, headers={"If-Match": job["etag"]}))
        assert (changed["title"], changed["prefix"]) == ("New", "A1")
        await ok(await ada.patch(path, json={"title": "Newer"}, headers={"If-Match": job["etag"]}), 412)
        reply = await ada.patch(path, json={"prefix": None})
        assert (await ok(reply))["reference"] == job["system_id"]
        assert reply.headers["etag"] == reply.json()["etag"]


async def test_a_step_is_changed_only_by_who_saw_it_last(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        first = job["steps"]["sender"]["etag"]
        job = await put(ada, job, "sender", SENDER, **{"If-Match": first})
        path = f"/api/v1/jobs/{job['id']}/sender"
        await ok(await ada.put(path, json=SENDER, headers={"If-Match": first}), 412)
        reply = await ada.get(path)
        assert reply.headers["etag"] == job["steps"]["sender"]["etag"]
        job = await put(ada, job, "schedule", {"mode": "trigger"})
        await put(ada, job, "sender", SENDER, **{"If-Match": reply.headers["etag"]})
        await ok(await ada.put(path, json=SENDER, headers={"If-Match": job["etag"]}), 412)


async def test_the_jobs_own_tag_guards_its_steps_too(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        job = await put(ada, job, "sender", SENDER, **{"If-Match": job["etag"]})
        await put(ada, job, "schedule", {"mode": "trigger"}, **{"If-Match": job["etag"]})


async def test_a_copy_has_the_steps_but_not_the_word(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        copy = await act(ada, job, "copy", 201, {"title": "Again"})
        assert (copy["title"], copy["stage"], copy["deliveries"], copy["authorization"]) == ("Again", "open", [], None)
        states = {name: step["state"] for name, step in copy["steps"].items()}
        assert states["content"] == states["recipients"] == states["sender"] == "done"
        assert (states["test"], states["authorize"]) == ("available", "locked")
        assert (await act(ada, job, "copy", 201))["title"] == job["title"]


async def test_a_job_is_deleted_unless_it_is_on_its_way(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        path = f"/api/v1/jobs/{job['id']}"
        await ok(await ada.delete(path, headers={"If-Match": '"1"'}), 412)
        await ok(await ada.delete(path, headers={"If-Match": job["etag"]}), 204)
        await ok(await ada.get(path), 404)
        sent = await an_authorized_job(ada)
        assert (await ok(await ada.delete(f"/api/v1/jobs/{sent['id']}"), 409))["stage"] == "processing"


async def test_the_same_key_makes_one_job(lui: Lui) -> None:
    async with lui.ada() as ada:
        made = [
            await ok(await ada.post("/api/v1/jobs", json={"title": "Once"}, headers={"Idempotency-Key": "k"}), 201)
            for _ in range(3)
        ]
        assert len({job["id"] for job in made}) == 1
        assert await titles(ada) == ["Once"]


async def test_what_a_step_holds_is_read_back(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        path = f"/api/v1/jobs/{job['id']}"
        content = await ok(await ada.get(f"{path}/content"))
        assert content["subject"] == CONTENT["subject"]
        assert content["text_alternative"] == "Hi {{ name }}, see this or that"
        assert [(link["id"], link["url"]) for link in content["links"]] == [
            ("1", "https://example.org/a"),
            ("2", "https://example.org/b"),
        ]
        assert {field["name"] for field in content["merge_fields"]} == {"name"}
        assert (await ok(await ada.get(f"{path}/tracking")))["links"] is None
        assert await ok(await ada.get(f"{path}/sender")) == {
            **SENDER,
            "reply_to": None,
            "bounces": {"mode": "automatic"},
        }
        assert (await ok(await ada.get(f"{path}/schedule")))["mode"] == "immediate"


async def test_a_step_nobody_filled_in_is_not_there(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        for step in STEPS:
            problem = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/{step}"), 404)
            assert problem["type"] == "urn:tutti:problem:step-not-defined"


def every_call(job_id: str) -> list[tuple[str, str, Any]]:
    path = f"/api/v1/jobs/{job_id}"
    bodies = {
        "recipients": recipients(new_id()),
        "content": CONTENT,
        "tracking": TRACKING,
        "sender": SENDER,
        "schedule": {"mode": "trigger"},
    }
    actions = ("authorize", "revoke", "trigger", "pause", "resume", "stop", "retry", "reopen", "close")
    return [
        ("GET", path, None),
        ("PATCH", path, {"title": "x"}),
        ("DELETE", path, None),
        ("POST", f"{path}/copy", None),
        *(("GET", f"{path}/{step}", None) for step in STEPS),
        *(("PUT", f"{path}/{step}", body) for step, body in bodies.items()),
        *(("GET", f"{path}/recipients/{name}.csv", None) for name in ("accepted", "duplicates", "rejected")),
        ("POST", f"{path}/preview", {}),
        ("POST", f"{path}/tests", {"addresses": ["t@example.org"]}),
        ("POST", f"{path}/tests/{new_id()}/accept", None),
        ("POST", f"{path}/tests/{new_id()}/reject", None),
        *(("POST", f"{path}/{action}", None) for action in actions),
    ]


async def test_to_others_a_job_is_not_there(lui: Lui) -> None:
    async with lui.ada(group_id=GROUP) as ada:
        job = await a_tested_job(ada)
    for client in (lui.stranger(), lui.stranger(group_id=new_id())):
        async with client as stranger:
            assert await titles(stranger) == []
            for method, path, body in every_call(job["id"]):
                reply = await stranger.request(method, path, json=body)
                assert reply.status_code == 404, (method, path, reply.text)
                assert reply.json()["type"] == "urn:tutti:problem:job-not-found", (method, path)


async def test_the_group_sees_and_works_on_each_others_jobs(lui: Lui) -> None:
    async with lui.ada(group_id=GROUP) as ada, lui.stranger(group_id=GROUP) as colleague:
        job = await a_tested_job(ada)
        assert await titles(colleague) == ["Recall"]
        job = await act(colleague, job, "authorize")
        assert job["owner"]["id"] == ADA
        assert job["authorization"]["authorized_by"]["id"] != ADA


async def test_every_call_needs_its_right(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
    calls = every_call(job["id"])
    async with lui.callers.anonymous() as nobody:
        for method, path, body in calls:
            assert (await nobody.request(method, path, json=body)).status_code == 401, (method, path)
    async with lui.ada("see_reports") as reader:
        for method, path, body in calls:
            reply = await reader.request(method, path, json=body)
            open_to_all = method == "GET" and "recipients" not in path
            assert (reply.status_code == 403) is not open_to_all, (method, path, reply.status_code)
    async with lui.ada("create_jobs") as preparer:
        for _, path, _ in calls[-9:]:
            assert (await preparer.post(path)).status_code == 403, path
        assert "authorize" not in (await ok(await preparer.get(f"/api/v1/jobs/{job['id']}")))["allowed_actions"]


async def test_an_id_that_is_none_is_not_there(lui: Lui) -> None:
    async with lui.ada() as ada:
        for job_id in ("1", "x' OR '1'='1", new_id().replace("-", "")):
            await ok(await ada.get(f"/api/v1/jobs/{job_id}"), 404)


async def test_everything_that_is_done_is_on_record(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
    done = [fact for fact in await stated(lui.resources, LuiActionRecordedV1) if fact.target_type == "job"]
    assert [fact.action for fact in done] == [
        "job.create",
        *(f"job.define_{step}" for step in STEPS),
        "job.test",
        "job.test_accepted",
        "job.authorize",
    ]
    assert {fact.target_id for fact in done} == {job["id"]}
    assert {fact.actor_id for fact in done} == {ADA}
    assert not any("@" in str(value) for fact in done for value in fact.detail.values())
