"""The sum of events of a job, and its course over time."""

import csv
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from common.contracts.lui import DeliveryKind, TrackingLevel, TrackingPlanV1
from common.contracts.mailer import BounceClass, EnvelopeBouncedV1, UnsubscribeReceivedV1
from common.http import httpx
from lui.access.routes import router as access
from lui.jobs import routes as jobs
from lui.reports.routes import router
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import OWNER, PLAN, Asked, World, a_world
from tests.support.clock import START

SUMS: dict[str, Any] = {
    "opens": {"total": 12, "unique": 7},
    "clicks": {"any": 5, "html": 4, "text": 1, "unique": 3},
    "by_link": [
        {"number": 1, "part": "html", "url": "https://example.org/", "alias": "home", "total": 4, "unique": 3},
    ],
    "as_of": "2026-11-22T09:30:00Z",
    "rules_version": 2,
}
SERIES: dict[str, Any] = {
    "series": [{"name": "opens", "points": [["2026-11-22T09:00:00Z", 12]]}, {"name": "clicks html", "points": []}],
    "notes": ["counted by the hour"],
}


@dataclass
class Tracker:
    """tracker as far as reports go."""

    is_away: bool = False
    refusal: dict[str, Any] | None = None
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.is_away:
            raise httpx.ConnectError("away", request=request)
        if self.refusal:
            return httpx.Response(422, json=self.refusal)
        return httpx.Response(200, json=SERIES if request.url.path.endswith("over-time") else SUMS)


@pytest.fixture
def tracker() -> Tracker:
    return Tracker()


@pytest.fixture
async def lui(clone: Callable[[str], str], tracker: Tracker) -> AsyncIterator[World]:
    routers = [access, *jobs.routers, router]
    neighbours = httpx.MockTransport(tracker)
    async with a_world(clone("lui"), routers, neighbours=neighbours, subscriptions=SUBSCRIPTIONS) as world:
        yield world


@pytest.fixture
async def owner(lui: World) -> AsyncIterator[httpx.AsyncClient]:
    async with lui.owner("create_jobs", "see_reports") as client:
        yield client


@pytest.fixture
async def job_id(owner: httpx.AsyncClient) -> str:
    reply = await owner.post("/api/v1/jobs", json={"title": "Recall"})
    assert reply.status_code == 201
    return str(reply.json()["id"])


async def test_before_anything_was_sent_everything_is_zero_and_tracker_is_not_asked(
    owner: httpx.AsyncClient, tracker: Tracker, job_id: str
) -> None:
    report = (await owner.get(f"/api/v1/jobs/{job_id}/report")).json()
    assert report.pop("as_of")
    assert report == {
        "opens": {"total": 0, "unique": 0},
        "clicks": {"any": 0, "html": 0, "text": 0, "unique": 0},
        "by_link": [],
        "bounces": {"total": 0, "permanent": 0, "temporary": 0, "by_class": {}, "complaints": 0},
        "unsubscribed": 0,
        "rules_version": None,
    }
    over_time = (await owner.get(f"/api/v1/jobs/{job_id}/report/over-time")).json()
    assert [series["points"] for series in over_time["series"]] == [[], [], []]
    assert tracker.asked == []


async def test_a_report_joins_trackers_numbers_with_luis_links_bounces_and_goodbyes(
    lui: World, owner: httpx.AsyncClient, job_id: str
) -> None:
    delivery = await lui.a_delivery(Asked(job_id=job_id))
    await lui.bus.deliver(
        EnvelopeBouncedV1(
            delivery_id=delivery.id,
            ordinal=1,
            bounce_class=BounceClass.UNKNOWN_MAILBOX,
            permanent=True,
            enhanced_code="5.1.1",
            at=START,
        ),
        UnsubscribeReceivedV1(delivery_id=delivery.id, delivery_number=delivery.number, ordinal=2, at=START),
    )
    assert (await owner.get(f"/api/v1/jobs/{job_id}/report")).json() == {
        "opens": {"total": 12, "unique": 7},
        "clicks": {"any": 5, "html": 4, "text": 1, "unique": 3},
        "by_link": [
            {"link_id": "1", "part": "html", "url": "https://example.org/", "alias": "home", "total": 4, "unique": 3},
            {"link_id": "2", "part": "text", "url": "https://example.org/shop", "alias": None, "total": 0, "unique": 0},
        ],
        "bounces": {
            "total": 1,
            "permanent": 1,
            "temporary": 0,
            "by_class": {"unknown_mailbox": 1},
            "complaints": 0,
        },
        "unsubscribed": 1,
        "as_of": "2026-11-22T09:30:00Z",
        "rules_version": 2,
    }


async def test_tests_and_rehearsals_never_count(
    lui: World, owner: httpx.AsyncClient, tracker: Tracker, job_id: str
) -> None:
    for kind in (DeliveryKind.TEST, DeliveryKind.REHEARSAL):
        await lui.a_delivery(Asked(job_id=job_id, kind=kind))
    await owner.get(f"/api/v1/jobs/{job_id}/report")
    assert tracker.asked == []
    live = [await lui.a_delivery(Asked(job_id=job_id)) for _ in range(2)]
    await owner.get(f"/api/v1/jobs/{job_id}/report")
    [asked] = tracker.asked
    assert asked.url.params.get_list("delivery_id") == [delivery.id for delivery in live]


async def test_machines_can_be_left_out(lui: World, owner: httpx.AsyncClient, tracker: Tracker, job_id: str) -> None:
    await lui.a_delivery(Asked(job_id=job_id))
    await owner.get(f"/api/v1/jobs/{job_id}/report")
    await owner.get(f"/api/v1/jobs/{job_id}/report?judged=human")
    assert [asked.url.params.get("judged") for asked in tracker.asked] == [None, "human"]


async def test_unique_numbers_are_null_where_the_level_cannot_know(
    lui: World, owner: httpx.AsyncClient, job_id: str
) -> None:
    blind = TrackingPlanV1(level=TrackingLevel.BLIND, opens=True, links=PLAN.links)
    await lui.a_delivery(Asked(job_id=job_id, plan=blind))
    report = (await owner.get(f"/api/v1/jobs/{job_id}/report")).json()
    assert report["by_link"][1]["unique"] is None


async def test_over_time_tracker_is_asked_in_intervals_of_the_readers_clock(
    lui: World, owner: httpx.AsyncClient, tracker: Tracker, job_id: str
) -> None:
    delivery = await lui.a_delivery(Asked(job_id=job_id))
    query = {"interval": "week", "time_zone": "Europe/Berlin", "judged": "human"}
    reply = await owner.get(f"/api/v1/jobs/{job_id}/report/over-time", params=query)
    assert reply.json() == SERIES
    [asked] = tracker.asked
    assert asked.url.path == "/internal/v1/report/over-time"
    assert dict(asked.url.params) == {"delivery_id": delivery.id, **query}


@pytest.mark.parametrize(
    "query",
    [{"time_zone": "Mars/Olympus"}, {"time_zone": "../../etc/passwd"}, {"interval": "minute"}, {"judged": "robot"}],
)
async def test_what_cannot_be_asked_is_refused_with_a_pointer(
    owner: httpx.AsyncClient, job_id: str, query: dict[str, str]
) -> None:
    reply = await owner.get(f"/api/v1/jobs/{job_id}/report/over-time", params=query)
    assert reply.status_code == 422
    assert next(iter(query)) in reply.json()["errors"][0]["pointer"]


async def test_too_fine_an_interval_is_refused_as_tracker_says_it(
    lui: World, owner: httpx.AsyncClient, tracker: Tracker, job_id: str
) -> None:
    await lui.a_delivery(Asked(job_id=job_id))
    tracker.refusal = {"detail": "too fine", "errors": [{"pointer": "/interval", "detail": "too fine"}]}
    reply = await owner.get(f"/api/v1/jobs/{job_id}/report/over-time", params={"interval": "hour"})
    assert (reply.status_code, reply.json()["errors"]) == (422, tracker.refusal["errors"])


@pytest.mark.parametrize("path", ["report", "report.csv", "report/over-time"])
async def test_without_tracker_a_report_is_a_problem_with_a_time_to_come_back(
    lui: World, owner: httpx.AsyncClient, tracker: Tracker, job_id: str, path: str
) -> None:
    await lui.a_delivery(Asked(job_id=job_id))
    tracker.is_away = True
    reply = await owner.get(f"/api/v1/jobs/{job_id}/{path}")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
    assert (reply.json()["type"], reply.json()["component"]) == ("urn:tutti:problem:unavailable", "tracker")


async def test_the_report_can_be_taken_home_as_a_table(lui: World, owner: httpx.AsyncClient, job_id: str) -> None:
    await lui.a_delivery(Asked(job_id=job_id))
    reply = await owner.get(f"/api/v1/jobs/{job_id}/report.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="report-{job_id}.csv"'
    rows = list(csv.DictReader(reply.content.decode("utf-8-sig").splitlines()))
    assert rows[0]["measure"] == "opens"
    assert rows[0]["total"] == "12"


@pytest.mark.parametrize("path", ["report", "report.csv", "report/over-time"])
async def test_a_report_is_for_those_who_may_see_the_job_and_reports(lui: World, job_id: str, path: str) -> None:
    for client, status in (
        (lui.callers.anonymous(), 401),
        (lui.callers.as_account(account_id=OWNER), 403),
        (lui.stranger("see_reports"), 404),
        (lui.owner("see_reports"), 200),
    ):
        async with client:
            assert (await client.get(f"/api/v1/jobs/{job_id}/{path}")).status_code == status


@pytest.mark.parametrize("job", ["17", "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01"])
async def test_a_job_that_does_not_exist_has_no_report(owner: httpx.AsyncClient, job: str) -> None:
    reply = await owner.get(f"/api/v1/jobs/{job}/report")
    assert (reply.status_code, reply.json()["type"]) == (404, "urn:tutti:problem:job-not-found")
