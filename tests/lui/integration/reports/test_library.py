"""Saved reports: who sees, changes and shares what, and results that stay as they were."""

from collections.abc import Callable
from typing import Any

import pytest

from common.contracts.lui import LuiActionRecordedV1
from common.http import httpx
from common.ids import new_id
from tests.lui.integration.deliveries.world import GROUP, OWNER, Asked, World
from tests.lui.integration.reports.counting import Desk, Reacted
from tests.support.bus import stated
from tests.support.http import Callers

MATE = new_id()
ROLES = ("nobody", "owner", "mate", "stranger", "without the right")


def as_role(callers: Callers, role: str) -> httpx.AsyncClient:
    clients: dict[str, Callable[[], httpx.AsyncClient]] = {
        "nobody": callers.anonymous,
        "owner": lambda: callers.as_account("create_jobs", "see_reports", account_id=OWNER, group_id=GROUP),
        "mate": lambda: callers.as_account("see_reports", account_id=MATE, group_id=GROUP),
        "stranger": lambda: callers.as_account("see_reports", group_id=new_id()),
        "without the right": lambda: callers.as_account("create_jobs", account_id=OWNER, group_id=GROUP),
    }
    return clients[role]()


async def made(client: httpx.AsyncClient, path: str, body: Any = None, **headers: str) -> Any:
    reply = await client.post(f"/api/v1/{path}", json=body, headers=headers)
    assert reply.status_code == 201, reply.text
    return reply.json()


def a_report(job_id: str, **given: Any) -> dict[str, Any]:
    query = {"type": "sum", "sources": [{"event": "clicks", "job_ids": [job_id]}]}
    return {"title": "Clicks", "query": query, **given}


EXPECTED = {
    # sharing: role -> read, change, share, delete
    "private": {"owner": (200, 200, 200, 204), "mate": (404, 404, 404, 404), "stranger": (404, 404, 404, 404)},
    "group": {"owner": (200, 200, 200, 204), "mate": (200, 403, 403, 403), "stranger": (404, 404, 404, 404)},
    "group_edit": {"owner": (200, 200, 200, 204), "mate": (200, 200, 403, 403), "stranger": (404, 404, 404, 404)},
}


@pytest.mark.parametrize("sharing", EXPECTED)
async def test_a_report_is_seen_changed_and_shared_by_whom_it_was_shared_with(world: World, sharing: str) -> None:
    expected = EXPECTED[sharing] | {"nobody": (401,) * 4, "without the right": (403,) * 4}
    async with as_role(world.callers, "owner") as owner:
        job = await made(owner, "jobs", {"title": "Recall"})
        folder = await made(owner, "report-folders", {"name": "Spring", "sharing": sharing})
        report = await made(owner, "reports", a_report(job["id"], sharing=sharing, folder_id=folder["id"]))
        kept = await made(owner, f"reports/{report['id']}/snapshots")
    for role in sorted(ROLES, key=lambda each: each == "owner"):  # the owner deletes, so comes last
        read, change, share, delete = expected[role]
        async with as_role(world.callers, role) as client:
            listed = await client.get("/api/v1/reports")
            if listed.status_code == 200:
                assert [each["id"] for each in listed.json()["items"]] == ([report["id"]] if read == 200 else [])
            for path in (
                f"reports/{report['id']}",
                f"reports/{report['id']}/result",
                f"reports/{report['id']}/result.csv",
                f"reports/{report['id']}/snapshots",
                f"report-snapshots/{kept['id']}",
                f"report-snapshots/{kept['id']}.csv",
            ):
                assert (await client.get(f"/api/v1/{path}")).status_code == read, (role, path)
            other = "group" if sharing == "private" else "private"
            for path in (f"reports/{report['id']}", f"report-folders/{folder['id']}"):
                title = {"title": "Other"} if path.startswith("reports") else {"name": "Other"}
                assert (await client.patch(f"/api/v1/{path}", json=title)).status_code == change, (role, path)
                assert (await client.patch(f"/api/v1/{path}", json={"sharing": other})).status_code == share, role
                assert (await client.delete(f"/api/v1/{path}")).status_code == delete, (role, path)
    done = {fact.action for fact in await stated(world.resources, LuiActionRecordedV1)}
    assert {f"report.{verb}" for verb in ("create", "change", "keep", "delete")} <= done
    assert {"report_folder.create", "report_folder.delete"} <= done


async def test_a_kept_result_gives_the_very_same_numbers_whatever_happens_later(desk: Desk) -> None:
    client, counting = desk.client, desk.counting
    delivery = await desk.world.a_delivery(Asked(job_id=desk.job_id))
    counting.reactions = [Reacted(delivery.id)]
    report = await made(client, "reports", a_report(desk.job_id))
    kept = await made(client, f"reports/{report['id']}/snapshots")
    before = (await client.get(f"/api/v1/report-snapshots/{kept['id']}")).json()
    table = (await client.get(f"/api/v1/report-snapshots/{kept['id']}.csv")).content
    counting.reactions += [Reacted(delivery.id, subject=2)] * 5
    counting.rules_version = 3
    now = (await client.get(f"/api/v1/reports/{report['id']}/result")).json()
    assert (now["series"][0]["total"], now["rules_version"]) == (6, 3)
    assert (await client.delete(f"/api/v1/jobs/{desk.job_id}")).status_code == 204
    assert (await client.delete(f"/api/v1/reports/{report['id']}")).status_code == 204
    counting.is_away = True
    after = (await client.get(f"/api/v1/report-snapshots/{kept['id']}")).json()
    assert after["result"] == before["result"]
    assert after["snapshot"] == {**before["snapshot"], "report_id": None}
    assert (after["result"]["series"][0]["total"], after["result"]["rules_version"]) == (1, 2)
    assert (await client.get(f"/api/v1/report-snapshots/{kept['id']}.csv")).content == table


async def test_a_kept_result_that_names_recipients_needs_the_right_to_see_them_and_has_a_bound(desk: Desk) -> None:
    delivery = await desk.world.a_delivery(Asked(job_id=desk.job_id))
    desk.counting.reactions = [Reacted(delivery.id, subject=2)]
    body = a_report(desk.job_id)
    body["query"]["type"] = "recipients"
    report = await made(desk.client, "reports", body)
    kept = await made(desk.client, f"reports/{report['id']}/snapshots")
    path = f"/api/v1/report-snapshots/{kept['id']}"
    assert "r2@example.net" in (await desk.client.get(path)).text
    async with desk.world.owner("see_reports") as curious:
        assert (await curious.get(path)).status_code == 403
        assert (await curious.get(path + ".csv")).status_code == 403
        assert (await curious.post(f"/api/v1/reports/{report['id']}/snapshots")).status_code == 403
    desk.counting.crowd = 30_000
    refused = await desk.client.post(f"/api/v1/reports/{report['id']}/snapshots")
    assert (refused.status_code, "20,000" in refused.json()["detail"]) == (422, True)


async def test_who_looked_at_an_older_version_changes_nothing(client: httpx.AsyncClient, job_id: str) -> None:
    report = await made(client, "reports", a_report(job_id))
    path = f"/api/v1/reports/{report['id']}"
    tag = (await client.get(path)).headers["etag"]
    changed = await client.patch(path, json={"title": "New"}, headers={"If-Match": tag})
    assert changed.headers["etag"] != tag
    for refused in (
        await client.patch(path, json={"title": "Old"}, headers={"If-Match": tag}),
        await client.delete(path, headers={"If-Match": tag}),
    ):
        assert refused.status_code == 412
    assert (await client.get(path)).json()["title"] == "New"


async def test_asking_twice_with_one_key_saves_one_report_and_a_copy_is_ones_own(
    client: httpx.AsyncClient, job_id: str
) -> None:
    key = {"Idempotency-Key": new_id()}
    first, second = [await made(client, "reports", a_report(job_id, sharing="group"), **key) for _ in range(2)]
    assert first == second
    copy = await made(client, f"reports/{first['id']}/copy", {"title": "Mine"})
    assert (copy["query"], copy["title"], copy["sharing"]) == (first["query"], "Mine", "private")
    listed = (await client.get("/api/v1/reports", params={"limit": 1})).json()
    assert [each["id"] for each in listed["items"]] == [copy["id"]]
    following = (await client.get("/api/v1/reports", params={"limit": 1, "after": listed["next"]})).json()
    assert ([each["id"] for each in following["items"]], following["next"]) == ([first["id"]], None)


async def test_reports_are_searched_by_title_also_beyond_the_first_page(client: httpx.AsyncClient, job_id: str) -> None:
    folder = await made(client, "report-folders", {"name": "Spring"})
    for title in ("The 100% Summer", "Winter", "Summer again", "Spring"):
        given = {"folder_id": folder["id"]} if title == "Spring" else {}
        await made(client, "reports", a_report(job_id, title=title, **given))

    async def titles(**wanted: Any) -> list[str]:
        found: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = (await client.get("/api/v1/reports", params={"limit": 1, **wanted, **after})).json()
            found += [each["title"] for each in page["items"]]
            if page["next"] is None:
                return found
            after = {"after": page["next"]}

    assert await titles(search="sUMMER ") == ["Summer again", "The 100% Summer"]
    assert await titles(search="0%") == ["The 100% Summer"]
    assert await titles(search="Spring", folder_id=folder["id"]) == ["Spring"]
    assert await titles(folder_id="none") == ["Summer again", "Winter", "The 100% Summer"]
    refused = await client.get("/api/v1/reports", params={"search": "x" * 201})
    assert refused.status_code == 422


async def test_what_is_in_a_folder_of_somebody_elses_is_in_no_folder_for_the_others(world: World, job_id: str) -> None:
    async with as_role(world.callers, "owner") as owner, as_role(world.callers, "mate") as mate:
        folder = await made(owner, "report-folders", {"name": "Mine alone"})
        await made(owner, "reports", a_report(job_id, folder_id=folder["id"], sharing="group"))
        seen = [
            (await who.get("/api/v1/reports", params={"folder_id": "none"})).json()["items"] for who in (owner, mate)
        ]
    assert [len(items) for items in seen] == [0, 1]


async def test_reports_of_a_deleted_folder_fall_back_to_none(client: httpx.AsyncClient, job_id: str) -> None:
    folder = await made(client, "report-folders", {"name": "Spring"})
    report = await made(client, "reports", a_report(job_id, folder_id=folder["id"]))
    assert [each["name"] for each in (await client.get("/api/v1/report-folders")).json()["items"]] == ["Spring"]
    listed = (await client.get("/api/v1/reports", params={"folder_id": folder["id"]})).json()["items"]
    assert [each["id"] for each in listed] == [report["id"]]
    assert (await client.delete(f"/api/v1/report-folders/{folder['id']}")).status_code == 204
    assert (await client.get(f"/api/v1/reports/{report['id']}")).json()["folder_id"] is None
    refused = await client.post("/api/v1/reports", json=a_report(job_id, folder_id=folder["id"]))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/folder_id")


async def test_what_cannot_be_asked_cannot_be_saved(client: httpx.AsyncClient, job_id: str) -> None:
    body = a_report(job_id)
    body["query"]["sources"][0] |= {"event": "opens", "links": ["home"]}
    assert (await client.post("/api/v1/reports", json=body)).status_code == 422
