"""Whole questions: several sources over many deliveries, from the counters, and pages of who and what."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any

import pytest

from common.contracts.lui import DeliveryKind, DeliveryRequestedV1, TrackingLevel
from common.http import httpx
from common.service.resources import Resources
from tests.support.builders.tracker import FIREFOX, a_batch, a_hit, a_link, a_request
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.http import Callers
from tests.support.mixing import mixed
from tracker.intake.spool.record import Hit, HitKind
from tracker.reports.service.counting import NOT_YET

OPEN, CLICK = HitKind.OPEN, HitKind.CLICK
SCANNER = "Barracuda Sentinel"
LINKS = (
    a_link(1, alias="home"),
    a_link(2, url="https://example.org/shop"),
    a_link(3, part="text", alias="home"),
    a_link(4, part="text", url="https://example.org/shop"),
)


def at(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp() * 1000)


def hits_of(number: int, hits: Iterable[Hit]) -> list[Hit]:
    kept = ("subject", "link_number", "at_ms", "method", "agent", "network")
    return [a_hit(hit.kind, delivery_number=number, **{name: getattr(hit, name) for name in kept}) for hit in hits]


async def delivered(bus: HandBus, request: DeliveryRequestedV1, *hits: Hit) -> DeliveryRequestedV1:
    await bus.deliver(request)
    await bus.deliver(a_batch(*hits_of(request.delivery_number, hits), segment=request.delivery_number))
    return request


def click(link: int, subject: int, instant: str = "2026-11-10T12:00:00+00:00", agent: str = FIREFOX) -> Hit:
    return a_hit(CLICK, link_number=link, subject=subject, at_ms=at(instant), agent=agent)


@pytest.fixture
async def lui(callers: Callers) -> AsyncIterator[httpx.AsyncClient]:
    async with callers.as_service("lui") as client:
        yield client


async def ask(lui: httpx.AsyncClient, question: str, body: Any) -> Any:
    reply = await lui.post(f"/internal/v1/reports/{question}", json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def source(event: str, *requests: DeliveryRequestedV1, **given: Any) -> dict[str, Any]:
    return {"event": event, "delivery_ids": [request.delivery_id for request in requests], **given}


async def test_any_link_is_the_links_in_html_and_those_in_the_text_part(bus: HandBus, lui: httpx.AsyncClient) -> None:
    """The sum report of the whitepaper."""
    html = [click(1 + at % 2, 1 + at % 900) for at in range(1_961)]
    text = [click(3 + at % 2, 1 + at % 200) for at in range(342)]
    request = await delivered(bus, a_request(1, links=LINKS), *html, *text)
    events = ("clicks", "clicks_html", "clicks_text")
    found = await ask(lui, "count", {"sources": [source(event, request) for event in events], "count": "unique"})
    assert [each["total"] for each in found["sources"]] == [2_303, 1_961, 342]
    assert [each["people"] for each in found["sources"]] == [900, 900, 200]
    by_label = {row["label"]: (row["html"], row["text"], row["total"]) for row in found["sources"][0]["labels"]}
    assert by_label == {"home": (981, 171, 1_152), "https://example.org/shop": (980, 171, 1_151)}
    assert (found["rules_version"], found["notes"]) == (2, [])


async def test_somebody_who_followed_several_links_is_one_recipient_of_all_of_them(
    bus: HandBus, lui: httpx.AsyncClient
) -> None:
    links = (*LINKS, a_link(5, url="https://example.org/third"))
    clicks = [click(1, 7), click(3, 7), click(2, 7), click(2, 8), click(5, 9), click(4, 10, agent=SCANNER)]
    request = await delivered(bus, a_request(1, links=links), *clicks)
    home, shop = "home", "https://example.org/shop"
    asked = [
        source("clicks", request),
        source("clicks", request, labels=[home]),
        source("clicks", request, labels=[shop]),
        source("clicks", request, labels=[home, shop]),
        source("clicks_html", request, labels=[home, shop]),
        source("clicks", request, labels=["https://example.org/gone"]),
    ]
    found = (await ask(lui, "count", {"sources": asked, "count": "unique"}))["sources"]
    assert [(each["total"], each["people"]) for each in found] == [(6, 4), (2, 1), (3, 3), (5, 3), (3, 2), (0, 0)]
    assert [(each["humans"], each["human_people"]) for each in found[:4]] == [(5, 3), (2, 1), (2, 2), (4, 2)]
    assert [each["unknown_labels"] for each in found] == [[], [], [], [], [], ["https://example.org/gone"]]


@pytest.mark.parametrize("level", [TrackingLevel.BLIND, TrackingLevel.ANONYMOUS])
async def test_where_nobody_is_told_apart_there_are_no_numbers_of_people(
    bus: HandBus, lui: httpx.AsyncClient, level: TrackingLevel
) -> None:
    subject = 0 if level is TrackingLevel.BLIND else (1 << 32) + 5
    request = await delivered(bus, a_request(1, level, LINKS), click(1, subject))
    [found] = (await ask(lui, "count", {"sources": [source("clicks", request)], "count": "unique"}))["sources"]
    assert (found["total"], found["people"], found["human_people"]) == (1, None, None)
    assert found["labels"][0]["people"] is None


async def test_days_are_the_readers_also_when_clocks_change(bus: HandBus, lui: httpx.AsyncClient) -> None:
    hours = [f"2026-10-{day}T{hour:02}:30:00+00:00" for day, hour in ((24, 21), (24, 22), (25, 0), (25, 1), (25, 22))]
    request = await delivered(bus, a_request(1, links=LINKS), *(click(1, 1, hour) for hour in (*hours, hours[-1])))
    asked = {
        "sources": [source("clicks", request)],
        "start": "2026-10-24T22:00:00Z",  # midnight of the 25th in Berlin, which has 25 hours
        "end": "2026-10-25T23:00:00Z",
        "time_zone": "Europe/Berlin",
    }
    [by_day] = (await ask(lui, "count", {**asked, "interval": "day"}))["sources"]
    assert by_day["points"] == [["2026-10-24T22:00:00Z", 5]]
    [by_hour] = (await ask(lui, "count", {**asked, "interval": "hour"}))["sources"]
    assert len(by_hour["points"]) == 25
    assert sum(count for _, count in by_hour["points"]) == by_hour["total"] == 5


async def test_over_time_a_recipient_counts_once_at_the_first_reaction(bus: HandBus, lui: httpx.AsyncClient) -> None:
    clicks = [
        click(1, 1, "2026-11-02T10:00:00+00:00"),
        click(2, 1, "2026-11-03T10:00:00+00:00"),
        click(1, 2, "2026-11-03T11:00:00+00:00", SCANNER),
        click(1, 2, "2026-11-04T11:00:00+00:00"),
    ]
    request = await delivered(bus, a_request(1, links=LINKS), *clicks)
    asked = {"sources": [source("clicks", request)], "interval": "day", "count": "unique"}
    [everybody] = (await ask(lui, "count", asked))["sources"]
    assert [count for _, count in everybody["points"]] == [1, 1]
    [humans] = (await ask(lui, "count", {**asked, "judged": "human"}))["sources"]
    assert [(start[:10], count) for start, count in humans["points"]] == [
        ("2026-11-02", 1),
        ("2026-11-03", 0),
        ("2026-11-04", 1),
    ]
    # Links that no counter stands for are looked at, and give the same.
    both = source("clicks", request, labels=["home", "https://example.org/shop"])
    [looked_at] = (await ask(lui, "count", {**asked, "sources": [{**both, "event": "clicks_html"}]}))["sources"]
    assert [count for _, count in looked_at["points"]] == [1, 1]


async def test_tests_and_rehearsals_count_nowhere(bus: HandBus, lui: httpx.AsyncClient) -> None:
    live = await delivered(bus, a_request(1, links=LINKS), click(1, 1))
    others = [
        await delivered(bus, a_request(number, links=LINKS, kind=kind), click(1, 1))
        for number, kind in ((2, DeliveryKind.TEST), (3, DeliveryKind.REHEARSAL))
    ]
    [found] = (await ask(lui, "count", {"sources": [source("clicks", live, *others)]}))["sources"]
    assert found["total"] == 1
    people = await ask(lui, "people", {"sources": [source("clicks", live, *others)]})
    assert [row["delivery_id"] for row in people["rows"]] == [live.delivery_id]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
async def test_pages_of_recipients_hold_everybody_once_and_in_order(
    bus: HandBus, lui: httpx.AsyncClient, limit: int
) -> None:
    first = await delivered(
        bus, a_request(1, links=LINKS), *(click(1 + at % 4, at // 2) for at in range(2, 14)), a_hit(OPEN, subject=40)
    )
    second = await delivered(bus, a_request(2, links=LINKS), click(2, 5), click(4, 5), click(1, 6, agent=SCANNER))
    asked = {"sources": [source("opens", first), source("clicks_html", first, second)], "limit": limit}
    rows, after = [], None
    while True:
        page = await ask(lui, "people", {**asked, "after": after})
        assert len(page["rows"]) <= limit
        rows += page["rows"]
        after = page["next"]
        if after is None:
            break
    seen = [(row["source"], row["delivery_id"], row["subject"]) for row in rows]
    clicked = sorted({at // 2 for at in range(2, 14) if at % 4 in {0, 1}})
    assert seen == [
        (0, first.delivery_id, 40),
        *((1, first.delivery_id, subject) for subject in clicked),
        (1, second.delivery_id, 5),
        (1, second.delivery_id, 6),
    ]
    assert [row["is_human"] for row in rows[-2:]] == [True, False]
    human = await ask(lui, "people", {"sources": [source("clicks", second)], "judged": "human"})
    assert [(row["subject"], row["hits"]) for row in human["rows"]] == [(5, 2)]


async def test_at_anonymous_profiles_are_listed_and_nobody_in_them(bus: HandBus, lui: httpx.AsyncClient) -> None:
    hits = [click(1, (2 << 32) + 11), click(1, (2 << 32) + 12), click(2, 13), a_hit(OPEN, subject=(1 << 32) + 11)]
    request = await delivered(bus, a_request(1, TrackingLevel.ANONYMOUS, LINKS), *hits)
    page = await ask(lui, "people", {"sources": [source("clicks", request)]})
    assert [(row["subject"], row["hits"]) for row in page["rows"]] == [(0, 1), (2, 2)]


@pytest.mark.parametrize("limit", [1, 3, 100])
async def test_pages_of_reactions_hold_every_single_one(bus: HandBus, lui: httpx.AsyncClient, limit: int) -> None:
    instants = [f"2026-{month}-{day:02}T10:00:00+00:00" for month in ("10", "11") for day in (1, 1, 2, 20)]
    first = await delivered(bus, a_request(1, links=LINKS), *(click(1, 3, instant) for instant in instants))
    second = await delivered(bus, a_request(2, links=LINKS), click(4, 9, "2026-10-02T10:00:00+00:00"))
    asked = {
        "sources": [source("clicks", first, second), source("clicks_text", second)],
        "start": "2026-10-01T10:00:00Z",
        "end": "2026-11-20T10:00:00Z",
        "limit": limit,
    }
    rows, after = [], None
    while True:
        page = await ask(lui, "reactions", {**asked, "after": after})
        rows += page["rows"]
        after = page["next"]
        if after is None:
            break
    of_first = [row["at"] for row in rows if row["source"] == 0]
    assert of_first == sorted(of_first)
    assert len(of_first) == len(instants)  # one of the first delivery is too late, one of the second is among them
    assert [(row["label"], row["part"], row["subject"]) for row in rows if row["source"] == 1] == [
        ("https://example.org/shop", "text", 9)
    ]
    assert {row["judgement"] for row in rows} == {"human"}


async def test_below_personal_reactions_are_listed_when_their_hour_is_over_and_pages_stay_what_they_were(
    resources: Resources, bus: HandBus, lui: httpx.AsyncClient, clock: FixedClock
) -> None:
    async def page_after(after: Any) -> Any:
        return await ask(lui, "reactions", {"sources": [source("clicks", request)], "limit": 3, "after": after})

    begun, hour = clock.now, clock.now.replace(minute=0, second=0, microsecond=0).isoformat()
    request = await delivered(bus, a_request(1, TrackingLevel.BLIND, LINKS), *[click(1, 0, hour)] * 7)
    empty = await page_after(None)
    assert (empty["rows"], empty["notes"]) == ([], [NOT_YET])

    await mixed(resources, clock)
    clock.now = begun  # tokens are minted by the real clock
    first = await page_after(None)
    await bus.deliver(a_batch(*hits_of(1, [click(2, 0, hour)]), segment=9))
    await mixed(resources, clock)  # what comes late is listed behind
    clock.now = begun
    second = await page_after(first["next"])
    third = await page_after(second["next"])

    labels = [row["label"] for page in (first, second, third) for row in page["rows"]]
    assert labels == ["home"] * 7 + ["https://example.org/shop"]


async def test_totals_of_deliveries_come_in_one_answer(bus: HandBus, lui: httpx.AsyncClient) -> None:
    personal = await delivered(
        bus, a_request(1, links=LINKS), a_hit(OPEN, subject=1), click(1, 1), click(2, 1), click(1, 2, agent=SCANNER)
    )
    blind = await delivered(bus, a_request(2, TrackingLevel.BLIND, LINKS), a_hit(OPEN, subject=0))
    found = await ask(lui, "sums", {"delivery_ids": [personal.delivery_id, blind.delivery_id]})
    rows = {row.pop("delivery_id"): row for row in found["deliveries"]}
    assert rows[personal.delivery_id] == {
        "opens": 1,
        "human_opens": 1,
        "clicks": 3,
        "human_clicks": 2,
        "opened": 1,
        "human_opened": 1,
        "clicked": 2,
        "human_clicked": 1,
    }
    assert (rows[blind.delivery_id]["opens"], rows[blind.delivery_id]["opened"]) == (1, None)


@pytest.mark.parametrize(
    ("question", "body", "pointer"),
    [
        ("count", {"time_zone": "Mars/Olympus", "interval": "day"}, "/time_zone"),
        ("people", {"after": ["x", 1, 2]}, "/after"),
        ("reactions", {"after": [0]}, "/after"),
        ("reactions", {"after": [0, 10**30, 1]}, "/after"),
    ],
)
async def test_what_cannot_be_asked_is_refused_with_a_pointer(
    bus: HandBus, lui: httpx.AsyncClient, question: str, body: dict[str, Any], pointer: str
) -> None:
    request = await delivered(bus, a_request(1, links=LINKS), click(1, 1))
    reply = await lui.post(f"/internal/v1/reports/{question}", json={"sources": [source("clicks", request)], **body})
    assert reply.status_code == 422
    assert pointer in reply.json()["errors"][0]["pointer"]
