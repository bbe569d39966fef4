"""Whole questions over jobs: who may ask what, what is said of what is gone, and whose names are shown to whom."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from common.contracts.lui import TrackedLinkV1, TrackingLevel, TrackingPlanV1
from common.http import httpx
from common.ids import new_id
from tests.lui.integration.deliveries.world import PLAN, Asked, World
from tests.lui.integration.reports.counting import CountingTracker, Desk, Reacted

HOSTILE_AGENT = '=HYPERLINK("https://evil.example","click")'


def a_query(*job_ids: str, kind: str = "sum", event: str = "clicks", **given: Any) -> dict[str, Any]:
    return {"type": kind, "sources": [{"event": event, "job_ids": list(job_ids)}], **given}


async def ask(client: httpx.AsyncClient, query: dict[str, Any], status: int = 200, **params: Any) -> Any:
    reply = await client.post("/api/v1/reports/query", json=query, params=params)
    assert reply.status_code == status, reply.text
    return reply.json()


async def test_a_question_is_answered_with_everything_needed_to_ask_it_again(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str
) -> None:
    delivery = await world.a_delivery(Asked(job_id=job_id))
    counting.reactions = [Reacted(delivery.id), Reacted(delivery.id, subject=2, judgement="scanner")]
    sources = [{"name": "Follows", "color": "#112233", "event": "clicks", "job_ids": [job_id]}]
    period = {"from": "2026-10-25", "to": "2026-11-22"}
    query = {"type": "over_time", "sources": sources, "period": period, "time_zone": "Europe/Berlin", "count": "unique"}
    found = await ask(client, query)
    [series] = found["series"]
    assert (series["name"], series["color"], series["event"]) == ("Follows", "#112233", "clicks")
    assert (series["total"], series["humans"], series["people"], series["human_people"]) == (2, 1, 2, 1)
    assert (found["rules_version"], found["as_of"], found["period"]) == (2, "2026-11-22T09:30:00Z", period)
    assert found["jobs"] == [
        {
            "id": job_id,
            "title": "Recall",
            "system_id": found["jobs"][0]["system_id"],
            "level": "personal",
            "deleted": False,
        }
    ]
    assert await ask(client, found["query"]) == found
    [(_, asked), _] = counting.asked
    # The 25th began at 22:00 UTC, before clocks went back; the 22nd ended at 23:00 UTC, after.
    assert (asked["start"], asked["end"]) == ("2026-10-24T22:00:00Z", "2026-11-22T23:00:00Z")
    assert (asked["interval"], asked["time_zone"], asked["count"]) == ("day", "Europe/Berlin", "unique")


async def test_the_parts_of_a_sum_add_up_and_are_listed_by_link(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str
) -> None:
    delivery = await world.a_delivery(Asked(job_id=job_id))
    counting.reactions = [
        *(Reacted(delivery.id, part="html") for _ in range(1_961)),
        *(Reacted(delivery.id, part="text") for _ in range(342)),
    ]
    sources = [{"event": event, "job_ids": [job_id]} for event in ("clicks", "clicks_html", "clicks_text")]
    found = await ask(client, {"type": "sum", "sources": sources})
    assert [series["total"] for series in found["series"]] == [2_303, 1_961, 342]
    assert [column["key"] for column in found["table"]["columns"]] == [
        "source",
        "link",
        "html",
        "text",
        "total",
        "humans",
    ]
    assert found["table"]["rows"][:2] == [
        ["Clicks", None, 1_961, 342, 2_303, 2_303],
        ["Clicks", "home", 1_961, 342, 2_303, 2_303],
    ]
    table = await client.post("/api/v1/reports/query.csv", json={"type": "sum", "sources": sources})
    assert table.headers["content-disposition"] == 'attachment; filename="report.csv"'
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["Clicks", "", "1961", "342", "2303", "2303"]
    book = await client.post("/api/v1/reports/query.xlsx", json={"type": "sum", "sources": sources})
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["Clicks", None, 1_961, 342, 2_303, 2_303]


@pytest.mark.parametrize(
    ("level", "query", "pointer"),
    [
        ("blind", {"count": "unique"}, "/sources/0/job_ids/0"),
        ("anonymous", {"count": "unique"}, "/sources/0/job_ids/0"),
        ("blind", {"kind": "recipients"}, "/sources/0/job_ids/0"),
        ("unique", {"kind": "recipients"}, "/sources/0/job_ids/0"),
        ("personal", {"event": "actions"}, "/sources/0/job_ids/0"),
        ("personal", {"kind": "recipients", "columns": ["NO_SUCH"]}, "/columns/0"),
        ("personal", {"time_zone": "Mars/Olympus"}, "/time_zone"),
        ("personal", {"period": {"last_days": 3, "month": "2026-11"}}, "/period"),
        ("personal", {"interval": "minute"}, "/interval"),
    ],
)
async def test_an_impossible_combination_is_refused_with_the_reason_and_not_offered(
    desk: Desk, level: str, query: Any, pointer: str
) -> None:
    plan = TrackingPlanV1(level=TrackingLevel(level), opens=True, links=PLAN.links)
    await desk.world.a_delivery(Asked(job_id=desk.job_id, plan=plan))
    refused = await ask(desk.client, a_query(desk.job_id, **query), 422)
    assert refused["errors"][0]["pointer"].startswith(pointer)
    assert len(refused["errors"][0]["detail"]) > 20
    assert desk.counting.asked == []
    offered = (await desk.client.get("/api/v1/reports/possibilities", params={"job_id": desk.job_id})).json()
    choices = {each["value"]: each for kind in ("types", "counts", "events") for each in offered[kind]}
    for word in (query.get("count"), query.get("kind"), query.get("event")):
        if word is not None and "columns" not in query:
            assert choices[word]["possible"] is False
            assert choices[word]["reason"]


async def test_a_deleted_job_is_said_to_be_deleted_and_still_counted(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str
) -> None:
    delivery = await world.a_delivery(Asked(job_id=job_id))
    counting.reactions = [Reacted(delivery.id)]
    job = (await client.get(f"/api/v1/jobs/{job_id}")).json()
    assert (await client.delete(f"/api/v1/jobs/{job_id}")).status_code == 204
    found = await ask(client, a_query(job_id))
    named = {"title": job["title"], "system_id": job["system_id"]}
    assert found["jobs"][0] == {"id": job_id, **named, "level": "personal", "deleted": True}
    assert found["series"][0]["total"] == 1
    assert any("deleted" in note for note in found["notes"])


async def test_a_link_that_is_gone_is_named(world: World, client: httpx.AsyncClient, job_id: str) -> None:
    await world.a_delivery(Asked(job_id=job_id))
    query = a_query(job_id)
    query["sources"][0]["links"] = ["no such link"]
    assert any("no such link" in note for note in (await ask(client, query))["notes"])


async def test_a_strangers_job_is_as_if_it_had_never_been(world: World, counting: CountingTracker, job_id: str) -> None:
    delivery = await world.a_delivery(Asked(job_id=job_id))
    counting.reactions = [Reacted(delivery.id)]
    async with world.stranger("see_reports", "see_recipients") as stranger:
        theirs = await ask(stranger, a_query(job_id))
        never = await ask(stranger, a_query(unknown := new_id()))
        assert theirs["series"][0]["total"] == 0
        assert str(theirs).replace(job_id, "").replace(theirs["as_of"], "") == str(never).replace(unknown, "").replace(
            never["as_of"], ""
        )
    assert counting.asked == []


async def test_who_reacted_is_told_by_name_to_those_who_may_see_recipients(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str
) -> None:
    delivery = await world.a_delivery(Asked(job_id=job_id))
    counting.reactions = [Reacted(delivery.id, subject=2), Reacted(delivery.id, subject=3, judgement="proxy")]
    query = a_query(job_id, kind="recipients", columns=["NAME"])
    found = await ask(client, query)
    assert [column["title"] for column in found["table"]["columns"]] == [
        "Source",
        "Job",
        "Address",
        "NAME",
        "First",
        "Reactions",
        "Judged",
    ]
    reference = found["jobs"][0]["system_id"]
    at = "2026-11-10T12:00:00Z"
    assert found["table"]["rows"] == [
        ["Clicks", reference, "r2@example.net", "Nr. 2", at, 1, "human"],
        ["Clicks", reference, "r3@example.net", "Nr. 3", at, 1, "machine"],
    ]
    for kind in ("recipients", "details"):
        async with world.owner("see_reports") as curious:
            await ask(curious, {**query, "type": kind}, 403)
            reply = await curious.post("/api/v1/reports/query.csv", json={**query, "type": kind})
            assert reply.status_code == 403
            await ask(curious, a_query(job_id))


async def test_at_anonymous_profiles_are_told_and_no_address(
    world: World, counting: CountingTracker, job_id: str
) -> None:
    plan = TrackingPlanV1(
        level=TrackingLevel.ANONYMOUS,
        opens=True,
        links=PLAN.links,
        profile_columns=("CITY", "AGE"),
        profiles=(("Vienna", "40"), ("Graz", "50")),
    )
    delivery = await world.a_delivery(Asked(job_id=job_id, plan=plan))
    counting.reactions = [Reacted(delivery.id, subject=2), Reacted(delivery.id, subject=0)]
    async with world.owner("see_reports") as client:
        found = await ask(client, a_query(job_id, kind="recipients", columns=["CITY"]))
    assert [row[2:3] for row in found["table"]["rows"]] == [["Graz"], ["(profiles of fewer than ten)"]]
    assert "example.net" not in str(found)


async def test_a_million_rows_are_not_held_but_passed_on(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str
) -> None:
    await world.a_delivery(Asked(job_id=job_id))
    counting.crowd = 9_000
    reply = await client.post("/api/v1/reports/query.csv", json=a_query(job_id, kind="recipients"))
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 9_001
    assert [body["limit"] for _, body in counting.asked] == [2_000] * 5
    page = await ask(client, a_query(job_id, kind="recipients"), limit=7)
    assert len(page["table"]["rows"]) == 7
    following = await ask(client, a_query(job_id, kind="recipients"), limit=7, after=page["table"]["next"])
    assert following["table"]["rows"] != page["table"]["rows"]


async def test_a_hostile_user_agent_is_a_text_everywhere(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str
) -> None:
    delivery = await world.a_delivery(Asked(job_id=job_id))
    counting.reactions = [Reacted(delivery.id, agent=HOSTILE_AGENT, label="@SUM(A1)")]
    query = a_query(job_id, kind="details")
    assert HOSTILE_AGENT in (await ask(client, query))["table"]["rows"][0]
    table = await client.post("/api/v1/reports/query.csv", json=query)
    [row] = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))[1:]
    assert "'" + HOSTILE_AGENT in row
    assert "'@SUM(A1)" in row
    book = await client.post("/api/v1/reports/query.xlsx", json=query)
    cells = [
        cell for line in openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0].iter_rows() for cell in line
    ]
    assert HOSTILE_AGENT in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize("kind", ["sum", "over_time", "recipients", "details"])
async def test_before_anything_was_sent_there_is_nothing_and_without_tracker_a_time_to_come_back(
    world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str, kind: str
) -> None:
    if kind in {"sum", "over_time"}:
        found = await ask(client, a_query(job_id, kind=kind))
        assert found["series"][0]["total"] == 0
        assert "not sent yet" in found["notes"][0]
        assert counting.asked == []
    await world.a_delivery(Asked(job_id=job_id))
    counting.is_away = True
    for path in ("query", "query.csv", "query.xlsx"):
        reply = await client.post(f"/api/v1/reports/{path}", json=a_query(job_id, kind=kind))
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize(("picture", "magic"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
async def test_every_plot_can_be_taken_home_and_tables_cannot_be_drawn(desk: Desk, picture: str, magic: bytes) -> None:
    delivery = await desk.world.a_delivery(Asked(job_id=desk.job_id))
    desk.counting.reactions = [Reacted(delivery.id)]
    for kind in ("sum", "over_time"):
        drawn = await desk.client.post(f"/api/v1/reports/query.{picture}", json=a_query(desk.job_id, kind=kind))
        assert drawn.status_code == 200, drawn.text
        assert drawn.content.startswith(magic)
    refused = await desk.client.post(f"/api/v1/reports/query.{picture}", json=a_query(desk.job_id, kind="details"))
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:tutti:problem:nothing-to-draw")


async def test_quick_reports_of_a_job_can_be_asked_as_they_are(
    world: World, client: httpx.AsyncClient, job_id: str
) -> None:
    links = (TrackedLinkV1(number=1, part="html", url="https://example.org/"),)
    await world.a_delivery(
        Asked(job_id=job_id, plan=TrackingPlanV1(level=TrackingLevel.PERSONAL, opens=True, links=links))
    )
    ready = (await client.get(f"/api/v1/jobs/{job_id}/quick-reports")).json()["items"]
    assert len(ready) == 8
    for report in ready:
        await ask(client, report["query"])
