"""Statistics over jobs, jobs side by side, sequences, the dashboard, and counters as they move."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from common.clock import utc_now
from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.contracts.mailer import DeliveryFinishedV1, DeliveryState, EnvelopeState, UnsubscribeReceivedV1
from common.contracts.tracker import DeliveryTalliedV1
from common.http import httpx
from lui.deliveries.models import Delivery
from lui.deliveries.service import Pace
from lui.reports.routes.live import usual_pace
from lui.reports.service import live, watch_job
from tests.lui.integration.deliveries.world import PLAN, Asked, World
from tests.lui.integration.reports.counting import Desk, Reacted


async def finished(world: World, delivery: Delivery, **counts: int) -> None:
    now = utc_now()
    await world.bus.deliver(
        DeliveryFinishedV1(
            delivery_id=delivery.id,
            delivery_number=delivery.number,
            revision=1,
            state=DeliveryState.FINISHED,
            total=sum(counts.values()),
            counts={EnvelopeState(state): count for state, count in counts.items()},
            started_at=now - timedelta(seconds=90),
            finished_at=now - timedelta(seconds=30),
            reason=None,
        )
    )


async def another_job(client: httpx.AsyncClient, title: str) -> str:
    return str((await client.post("/api/v1/jobs", json={"title": title})).json()["id"])


async def get(client: httpx.AsyncClient, path: str, **params: Any) -> Any:
    reply = await client.get(f"/api/v1/{path}", params=params)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def test_rates_are_of_what_did_not_come_back_and_their_mean_is_not_pooled(desk: Desk) -> None:
    world, client, counting = desk.world, desk.client, desk.counting
    small, large = desk.job_id, await another_job(client, "Large")
    first, second = [await world.a_delivery(Asked(job_id=job)) for job in (small, large)]
    await finished(world, first, sent=4, bounced=1)
    await finished(world, second, sent=90, complained=10, refused=20)
    await world.bus.deliver(
        UnsubscribeReceivedV1(delivery_id=first.id, delivery_number=first.number, ordinal=2, at=utc_now())
    )
    opens = [Reacted(first.id, "open", subject=each) for each in (1, 1, 2)]
    counting.reactions = [*opens, *(Reacted(second.id, "open", subject=each) for each in range(10)), Reacted(first.id)]
    found = await get(client, "statistics/tracking", last_days=1)
    rows = {row["job"]["title"]: row for row in found["rows"]}
    assert (rows["Recall"]["unbounced"], rows["Recall"]["opens"], rows["Recall"]["opened"]) == (4, 3, 2)
    assert rows["Recall"]["rates"] == {
        "opened_of_unbounced": 0.5,
        "clicked_of_unbounced": 0.25,
        "clicked_of_opened": 0.5,
        "unsubscribed_of_unbounced": 0.25,
    }
    assert found["mean"]["opened_of_unbounced"] == pytest.approx((0.5 + 0.1) / 2)
    assert found["pooled"]["opened_of_unbounced"] == pytest.approx(12 / 104, abs=1e-5)
    assert (found["counted"]["opened_of_unbounced"], found["rules_version"]) == (2, 2)
    assert len(counting.asked) == 1  # one round trip, however many jobs
    side_by_side = await get(client, "jobs/compare", id=[small, large])
    assert side_by_side["rows"] == found["rows"]
    went = await get(client, "statistics/deliveries", search="LARG")
    [row] = went["rows"]
    assert (row["recipients"], row["taken"], row["refused"], row["complained"], row["seconds"]) == (
        120,
        100,
        20,
        10,
        60,
    )
    assert went["mean"]["bounced_of_taken"] == 0.0
    assert (await get(client, "statistics/deliveries", prefix="news"))["rows"][0]["job"]["title"] == "Recall"
    assert (await get(client, "statistics/deliveries", to="2020-01-01"))["rows"] == []
    async with world.stranger("see_reports") as stranger:
        assert (await get(stranger, "statistics/tracking"))["rows"] == []
        assert (await stranger.get("/api/v1/jobs/compare", params={"id": [small, large]})).status_code == 404


async def test_a_blind_job_has_no_rate_and_spoils_nobodys_mean(desk: Desk) -> None:
    blind = TrackingPlanV1(level=TrackingLevel.BLIND, opens=True, links=PLAN.links)
    delivery = await desk.world.a_delivery(Asked(job_id=desk.job_id, plan=blind))
    await finished(desk.world, delivery, sent=10)
    found = await get(desk.client, "statistics/tracking")
    assert found["rows"][0]["level"] == "blind"
    assert found["rows"][0]["rates"]["clicked_of_opened"] is None


async def test_the_dashboard_shows_what_was_sent_last_and_does_without_tracker(desk: Desk) -> None:
    world, client, counting = desk.world, desk.client, desk.counting
    deliveries = [await world.a_delivery(Asked(job_id=desk.job_id)) for _ in range(5)]
    for delivery in deliveries:
        await finished(world, delivery, sent=3)
    counting.reactions = [Reacted(deliveries[-1].id, "open", at=utc_now().isoformat())]
    shown = await get(client, "dashboard", time_zone="Europe/Berlin")
    assert [each["delivery_id"] for each in shown["last_deliveries"]] == [each.id for each in deliveries[:0:-1]]
    assert shown["last_deliveries"][0]["numbers"]["opens"] == 1
    points = shown["activity"]["points"]
    assert (len(points), points[-1]["sent"], sum(each["sent"] for each in points)) == (30, 15, 15)
    assert [len(day["jobs"]) for day in shown["calendar"]] == [5]
    assert {entry["kind"] for day in shown["calendar"] for entry in day["jobs"]} == {"delivered"}
    assert (shown["jobs_total"], shown["upcoming"], shown["notes"]) == (1, [], [])
    counting.is_away = True
    without = await get(client, "dashboard")
    assert without["last_deliveries"][0]["numbers"] is None
    assert without["activity"]["points"][-1] == {**points[-1], "opens": None, "clicks": None}
    assert len(without["notes"]) == 1
    async with world.owner("create_jobs") as modest:
        assert (await get(modest, "dashboard"))["activity"]["points"][-1]["opens"] is None
    async with world.callers.anonymous() as nobody:
        assert (await nobody.get("/api/v1/dashboard")).status_code == 401


async def test_counters_are_sent_as_they_move(desk: Desk) -> None:
    units, delivery = desk.world.resources.uow, await desk.world.a_delivery(Asked(job_id=desk.job_id))
    tallied = DeliveryTalliedV1(delivery_id=delivery.id, revision=1, opens=3, clicks=1, at=utc_now())
    questions = 0

    async def may_go_on() -> bool:
        nonlocal questions
        questions += 1
        await desk.world.bus.deliver(tallied.model_copy(update={"revision": questions, "opens": 3 * questions}))
        return questions < 4

    quick = Pace(look=timedelta(milliseconds=1), ask=timedelta(milliseconds=1))
    seen = [(each.opens, each.clicks) async for each in watch_job(units, desk.job_id, may_go_on=may_go_on, pace=quick)]
    assert seen == [(0, 0), (3, 1), (6, 1), (9, 1)]  # what moved after the last yes is not told


async def test_counters_come_as_server_sent_events_that_end_after_a_while(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_LOOKS", 3)
    desk.world.app.dependency_overrides[usual_pace] = lambda: Pace(look=timedelta(milliseconds=1))
    delivery = await desk.world.a_delivery(Asked(job_id=desk.job_id))
    await desk.world.bus.deliver(
        DeliveryTalliedV1(delivery_id=delivery.id, revision=1, opens=3, clicks=1, at=utc_now())
    )
    reply = await desk.client.get(f"/api/v1/jobs/{desk.job_id}/report/live")
    assert reply.headers["content-type"].startswith("text/event-stream")
    [event] = [line for line in reply.text.splitlines() if line.startswith("data:")]
    shown = json.loads(event.removeprefix("data:"))
    assert (shown["opens"], shown["clicks"]) == (3, 1)


async def test_counters_are_sent_to_nobody_who_may_not_see_them(desk: Desk) -> None:
    path = f"/api/v1/jobs/{desk.job_id}/report/live"
    world = desk.world
    for opened, status in (
        (world.callers.anonymous(), 401),
        (world.stranger("see_reports"), 404),
        (world.owner("create_jobs"), 403),
    ):
        async with opened as other:
            assert (await other.get(path)).status_code == status


async def test_a_sequence_holds_what_a_job_follows_and_what_follows_it(desk: Desk) -> None:
    second, third = [await another_job(desk.client, title) for title in ("Reminder", "Last call")]
    await follow(desk.world, second, desk.job_id)
    await follow(desk.world, third, second)
    for asked in (desk.job_id, second, third):
        found = (await get(desk.client, f"jobs/{asked}/sequence"))["items"]
        assert [(each["job"]["title"], each["depth"], each["via"]) for each in found] == [
            ("Recall", 0, "origin"),
            ("Reminder", 1, "reaction"),
            ("Last call", 2, "reaction"),
        ]
    assert found[1]["source_job_id"] == desk.job_id
    async with desk.world.stranger("see_reports") as stranger:
        assert (await stranger.get(f"/api/v1/jobs/{second}/sequence")).status_code == 404


async def follow(world: World, job_id: str, source_job_id: str) -> None:
    """The recipients step as a reaction source leaves it."""
    definition = {"source": {"type": "reaction", "job_id": source_job_id}}
    async with world.resources.uow() as uow:
        await uow.session.execute(
            text(
                "INSERT INTO lui.job_steps (job_id, step, settings, revision, changed_at, changed_by)"
                " VALUES (:job, 'recipients', CAST(:settings AS jsonb), 1, now(), :job)"
            ),
            {"job": job_id, "settings": json.dumps({"definition": definition})},
        )
