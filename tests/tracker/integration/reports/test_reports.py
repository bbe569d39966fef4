from datetime import datetime
from typing import Any

import pytest

from common.contracts.lui import DeliveryKind, DeliveryRequestedV1, TrackingLevel
from common.ids import new_id
from tests.support.builders.tracker import a_batch, a_hit, a_link, a_request
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.http import Callers
from tracker.intake.spool.record import Hit, HitKind
from tracker.reactions.rules import RULES_VERSION

CLICK = HitKind.CLICK
KNOWING = (TrackingLevel.UNIQUE, TrackingLevel.PERSONAL)


def milliseconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp() * 1000)


@pytest.fixture
def owner() -> str:
    return new_id()


async def delivered(bus: HandBus, request: DeliveryRequestedV1, *hits: Hit) -> DeliveryRequestedV1:
    """A delivery that lui requested and that got these hits."""
    await bus.deliver(request)
    numbered = [a_hit(hit.kind, **{**_fields(hit), "delivery_number": request.delivery_number}) for hit in hits]
    await bus.deliver(a_batch(*numbered, segment=request.delivery_number))
    return request


def _fields(hit: Hit) -> dict[str, Any]:
    kept = ("subject", "link_number", "at_ms", "method", "agent", "network")
    return {name: getattr(hit, name) for name in kept}


async def ask(callers: Callers, owner: str, path: str, **params: Any) -> dict[str, Any]:
    async with callers.as_account("see_reports", account_id=owner) as client:
        response = await client.get(f"/api/v1/deliveries/{path}", params=params)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


async def ask_as_lui(callers: Callers, path: str = "", **params: Any) -> dict[str, Any]:
    async with callers.as_service("lui") as client:
        response = await client.get(f"/internal/v1/report{path}", params=params)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


@pytest.mark.parametrize("level", [level for level in TrackingLevel if level is not TrackingLevel.OFF])
async def test_a_report_adds_up_and_knows_people_only_where_it_may(
    bus: HandBus, callers: Callers, owner: str, level: TrackingLevel
) -> None:
    links = [a_link(1), a_link(2, part="text", alias="second")]
    hits = [a_hit(subject=3), a_hit(subject=3), a_hit(CLICK, subject=3), a_hit(CLICK, subject=4, link_number=2)]
    request = await delivered(bus, a_request(1, level, links, owner_id=owner), *hits, a_hit(CLICK, subject=3))

    report = await ask(callers, owner, f"{request.delivery_id}/report")

    known = level in KNOWING
    assert report.pop("as_of")
    assert report.pop("rules_version") == RULES_VERSION
    assert report == {
        "delivery_id": request.delivery_id,
        "kind": "live",
        "level": level.value,
        "opens": {"total": 2, "unique": 1 if known else None},
        "clicks": {"any": 3, "html": 2, "text": 1, "unique": 2 if known else None},
        "by_link": [
            {**row(1, "html", None), "total": 2, "unique": 1 if known else None},
            {**row(2, "text", "second"), "total": 1, "unique": 1 if known else None},
        ],
    }


def row(number: int, part: str, alias: str | None) -> dict[str, Any]:
    return {"number": number, "part": part, "url": f"https://example.org/{number}", "alias": alias}


async def test_machines_can_be_left_out(bus: HandBus, callers: Callers, owner: str) -> None:
    hits = [a_hit(), a_hit(subject=4, method="HEAD"), a_hit(CLICK, subject=5, agent="Proofpoint"), a_hit(agent="")]
    request = await delivered(bus, a_request(1, owner_id=owner), *hits)

    everybody = await ask(callers, owner, f"{request.delivery_id}/report")
    humans = await ask(callers, owner, f"{request.delivery_id}/report", judged="human")

    assert everybody["opens"] == {"total": 3, "unique": 2}
    assert humans["opens"] == {"total": 2, "unique": 1}
    assert everybody["clicks"] == {"any": 1, "html": 1, "text": 0, "unique": 1}
    assert humans["clicks"] == {"any": 0, "html": 0, "text": 0, "unique": 0}


async def test_a_delivery_nobody_reacted_to_has_zeros(bus: HandBus, callers: Callers, owner: str) -> None:
    request = await delivered(bus, a_request(1, owner_id=owner))

    report = await ask(callers, owner, f"{request.delivery_id}/report")

    assert report["opens"] == {"total": 0, "unique": 0}
    assert [link["total"] for link in report["by_link"]] == [0, 0]


async def test_lui_gets_the_sum_of_live_deliveries_and_tests_never_count(bus: HandBus, callers: Callers) -> None:
    requests = [
        await delivered(bus, a_request(1), a_hit(), a_hit(CLICK)),
        await delivered(bus, a_request(2), a_hit(), a_hit(CLICK, subject=9)),
        await delivered(bus, a_request(3, kind=DeliveryKind.TEST), a_hit(), a_hit(CLICK)),
        await delivered(bus, a_request(4, kind=DeliveryKind.REHEARSAL), a_hit(), a_hit(CLICK)),
    ]
    ids = [*(request.delivery_id for request in requests), new_id()]

    report = await ask_as_lui(callers, delivery_id=ids)
    series = await ask_as_lui(callers, "/over-time", delivery_id=ids, interval="day")

    assert report["opens"] == {"total": 2, "unique": 2}
    assert report["clicks"] == {"any": 2, "html": 2, "text": 0, "unique": 2}
    assert [(link["number"], link["total"]) for link in report["by_link"]] == [(1, 2), (2, 0)]
    assert [(line["name"], sum(count for _, count in line["points"])) for line in series["series"]] == [
        ("opens", 2),
        ("clicks html", 2),
        ("clicks text", 0),
    ]


async def test_one_delivery_that_cannot_know_people_makes_the_sum_unknown(bus: HandBus, callers: Callers) -> None:
    known = await delivered(bus, a_request(1), a_hit())
    blind = await delivered(bus, a_request(2, TrackingLevel.BLIND), a_hit(subject=0))

    report = await ask_as_lui(callers, delivery_id=[known.delivery_id, blind.delivery_id])

    assert report["opens"] == {"total": 2, "unique": None}
    assert (await ask_as_lui(callers, delivery_id=[new_id()]))["opens"] == {"total": 0, "unique": None}


async def test_days_in_berlin_have_their_own_length_when_clocks_change(
    bus: HandBus, callers: Callers, owner: str
) -> None:
    instants = ["2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-27T12:00:00Z"]
    hits = [a_hit(at_ms=milliseconds(instant)) for instant in instants]
    request = await delivered(bus, a_request(1, owner_id=owner), *hits)

    found = await ask(callers, owner, f"{request.delivery_id}/over-time", interval="day", time_zone="Europe/Berlin")

    assert found["series"][0] == {
        "name": "opens",
        "points": [
            ["2026-10-23T22:00:00Z", 1],
            ["2026-10-24T22:00:00Z", 2],  # twenty-five hours
            ["2026-10-25T23:00:00Z", 0],
            ["2026-10-26T23:00:00Z", 1],
        ],
    }
    assert found["notes"] == []


async def test_half_hour_zones_are_exact_where_instants_are_kept_and_noted_where_they_are_not(
    bus: HandBus, callers: Callers, owner: str
) -> None:
    at = milliseconds("2026-11-22T09:29:59Z")
    personal = await delivered(bus, a_request(1, owner_id=owner), a_hit(at_ms=at), a_hit(at_ms=at + 1000))
    hour = a_hit(subject=0, at_ms=at - at % 3_600_000)
    blind = await delivered(bus, a_request(2, TrackingLevel.BLIND, owner_id=owner), hour, hour)
    zone = {"interval": "hour", "time_zone": "Asia/Kolkata"}

    exact = await ask(callers, owner, f"{personal.delivery_id}/over-time", **zone)
    coarse = await ask(callers, owner, f"{blind.delivery_id}/over-time", **zone)

    assert exact["series"][0]["points"] == [["2026-11-22T08:30:00Z", 1], ["2026-11-22T09:30:00Z", 1]]
    assert exact["notes"] == []
    assert coarse["series"][0]["points"] == [["2026-11-22T08:30:00Z", 2]]
    assert len(coarse["notes"]) == 1
    assert (await ask(callers, owner, f"{blind.delivery_id}/over-time", interval="hour"))["notes"] == []


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"interval": "hour", "time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"interval": "fortnight"}, "/query/interval"),
        ({}, "/query/interval"),
        ({"interval": "day", "judged": "dogs"}, "/query/judged"),
    ],
)
async def test_a_question_that_makes_no_sense_is_pointed_at(
    bus: HandBus, callers: Callers, owner: str, params: dict[str, str], pointer: str
) -> None:
    request = await delivered(bus, a_request(1, owner_id=owner))
    async with callers.as_account("see_reports", account_id=owner) as client:
        response = await client.get(f"/api/v1/deliveries/{request.delivery_id}/over-time", params=params)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


async def test_an_interval_too_fine_for_years_is_refused(bus: HandBus, callers: Callers, owner: str) -> None:
    hits = [a_hit(at_ms=milliseconds("2020-01-01T00:00:00Z")), a_hit(at_ms=milliseconds("2026-01-01T00:00:00Z"))]
    request = await delivered(bus, a_request(1, owner_id=owner), *hits)
    async with callers.as_account("see_reports", account_id=owner) as client:
        response = await client.get(f"/api/v1/deliveries/{request.delivery_id}/over-time", params={"interval": "hour"})

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/interval"


async def test_a_report_says_of_when_it_is(bus: HandBus, callers: Callers, owner: str, clock: FixedClock) -> None:
    request = await delivered(bus, a_request(1, owner_id=owner), a_hit())
    report = await ask(callers, owner, f"{request.delivery_id}/report")

    assert datetime.fromisoformat(report["as_of"]) == clock.now
    assert report["as_of"].endswith("Z")
