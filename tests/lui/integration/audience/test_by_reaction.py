"""The recipients of one job chosen by what they did with an earlier one."""

import csv
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select, update

from common.contracts.digest import RecipientsDigest
from common.contracts.lui import DeliveryKind, TrackedActionsV1, TrackingLevel
from common.http import httpx
from common.ids import new_id
from lui.action_tags.routes import router as action_tags
from lui.audience import service as audience
from lui.deliveries.models import Delivery
from lui.jobs import routes as jobs
from lui.jobs.models import JobStep
from tests.lui.integration.deliveries.world import PLAN, Asked, World, a_world

ACTING = PLAN.model_copy(update={"actions": TrackedActionsV1()})
Did = dict[str, Any]


def bits(*ordinals: int) -> bytes:
    """As tracker and mailer answer."""
    octets = bytearray(max(ordinals, default=-1) // 8 + 1)
    for ordinal in ordinals:
        octets[ordinal // 8] |= 1 << ordinal % 8
    return bytes(octets)


@dataclass
class Knowing:
    """tracker and mailer at the edge of HTTP: who did what, by the path that is asked."""

    known: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        query = request.url.query.decode()
        path = request.url.path.removeprefix("/internal/v1/deliveries/") + (f"?{query}" if query else "")
        self.asked.append(path)
        if request.url.host.partition(".")[0] in self.away:
            return httpx.Response(503, request=request)
        if path not in self.known and path.endswith("bounced"):
            return httpx.Response(404, request=request)
        return httpx.Response(200, content=self.known.get(path, b""), request=request)

    def tell(self, delivery: Delivery, query: str, *ordinals: int) -> None:
        """Whoever asks tracker about a delivery hears of these."""
        self.known[f"{delivery.number}/reacted?{query}"] = bits(*ordinals)

    def returned(self, delivery: Delivery, *ordinals: int) -> None:
        """Whoever asks mailer hears of these."""
        self.known[f"{delivery.id}/bounced"] = bits(*ordinals)


@pytest.fixture
def knowing() -> Knowing:
    return Knowing()


@pytest.fixture
async def lui(clone: Callable[[str], str], knowing: Knowing) -> AsyncIterator[World]:
    transport = httpx.MockTransport(knowing)
    async with a_world(clone("lui"), [*jobs.routers, action_tags], neighbours=transport) as world:
        yield world


@pytest.fixture
async def owner(lui: World) -> AsyncIterator[httpx.AsyncClient]:
    async with lui.owner("create_jobs", "see_reports", "see_recipients") as client:
        yield client


async def a_job(client: httpx.AsyncClient, title: str = "Recall") -> str:
    return str((await client.post("/api/v1/jobs", json={"title": title})).json()["id"])


async def sent(lui: World, client: httpx.AsyncClient, **asked: Any) -> Delivery:
    """An earlier job that was delivered."""
    job_id = await a_job(client, "Earlier")
    return await lui.a_delivery(Asked(job_id=job_id, **{"recipients": 9, **asked}))


@dataclass
class Elsewhere:
    """A job that nobody here knows."""

    job_id: str


def source(delivery: Delivery | Elsewhere, condition: Any) -> dict[str, Any]:
    return {"type": "reaction", "job_id": delivery.job_id, "condition": condition}


async def choose(
    client: httpx.AsyncClient, delivery: Delivery | Elsewhere, condition: Any, **changes: Any
) -> httpx.Response:
    """What a new job's recipients step answers."""
    body = {"source": source(delivery, condition), "usage": "merge", **changes}
    return await client.put(f"/api/v1/jobs/{await a_job(client, 'Next')}/recipients", json=body)


async def chosen(
    client: httpx.AsyncClient, delivery: Delivery | Elsewhere, condition: Any, **changes: Any
) -> list[int]:
    """The numbers of the people in the new audience."""
    reply = await choose(client, delivery, condition, **changes)
    assert reply.status_code == 200, reply.text
    job_id = reply.json()["id"]
    table = await client.get(f"/api/v1/jobs/{job_id}/recipients/accepted.csv")
    found = [int(row[0].partition("@")[0][1:]) for row in list(csv.reader(io.StringIO(table.text)))[1:]]
    counted = await client.post("/api/v1/reaction-count", json={"source": source(delivery, condition)})
    assert counted.json()["count"] == len(found), "the count shown beforehand is the count that comes out"
    assert counted.json()["recipients"] == 9
    return found


async def reasons(
    client: httpx.AsyncClient, delivery: Delivery | Elsewhere, condition: Any, **changes: Any
) -> list[Any]:
    """Why it was refused, and nothing is left of it."""
    reply = await choose(client, delivery, condition, **changes)
    assert reply.status_code == 422, reply.text
    return [(error["pointer"], error["detail"]) for error in reply.json()["errors"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"did": "opened"}, [1, 2, 3, 9]),
        ({"did": "not_opened"}, [4, 5, 6, 7, 8]),
        ({"did": "opened", "judged": "human"}, [2]),
        ({"did": "clicked"}, [2, 3, 8]),
        ({"did": "not_clicked"}, [1, 4, 5, 6, 7, 9]),
        ({"did": "clicked", "links": ["home"]}, [2]),
        ({"did": "clicked", "links": ["https://example.org/shop"]}, [3, 8]),
        ({"did": "clicked", "links": ["home", "https://example.org/shop"]}, [2, 3, 8]),
        ({"did": "not_clicked", "links": ["home"]}, [1, 3, 4, 5, 6, 7, 8, 9]),
        ({"did": "bounced"}, [5]),
        ({"did": "not_bounced"}, [1, 2, 3, 4, 6, 7, 8, 9]),
        ({"did": "acted"}, [9]),
        ({"all": [{"did": "opened"}, {"did": "not_clicked"}]}, [1, 9]),
        ({"any": [{"did": "bounced"}, {"did": "clicked"}]}, [2, 3, 5, 8]),
        ({"all": [{"did": "not_bounced"}, {"any": [{"did": "not_opened"}, {"did": "acted"}]}]}, [4, 6, 7, 8, 9]),
        ({"all": [{"did": "opened"}, {"did": "not_opened"}]}, []),
    ],
)
async def test_whoever_fits_the_condition_is_a_recipient_of_the_next_job(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing, condition: Did, expected: list[int]
) -> None:
    delivery = await sent(lui, owner, plan=ACTING)
    knowing.tell(delivery, "kind=open", 1, 2, 3, 9, 10, 77)  # whoever is not of the audience is nobody
    knowing.tell(delivery, "kind=open&judged=human", 2)
    knowing.tell(delivery, "kind=click", 2, 3, 8)
    knowing.tell(delivery, "kind=click&link=1", 2)
    knowing.tell(delivery, "kind=click&link=2", 3, 8)
    knowing.tell(delivery, "kind=click&link=1&link=2", 2, 3, 8)
    knowing.tell(delivery, "kind=action", 9)
    knowing.returned(delivery, 5)
    assert await chosen(owner, delivery, condition) == expected


async def test_the_new_audience_is_frozen_numbered_without_gaps_and_digested_as_mailer_will_read_it(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    delivery = await sent(lui, owner)
    knowing.tell(delivery, "kind=open", 2, 5, 9)
    job = (await choose(owner, delivery, {"did": "opened"})).json()
    assert job["steps"]["recipients"]["state"] == "done"
    knowing.tell(delivery, "kind=open", 1)  # later reactions change nothing
    shown = (await owner.get(f"/api/v1/jobs/{job['id']}/recipients")).json()
    assert shown["counts"] == {"accepted": 3, "duplicates": 0, "rejected": 0}
    assert shown["columns"] == ["EMAIL", "NAME"]
    assert (shown["address_column"], shown["name_column"]) == ("EMAIL", "NAME")
    assert [person["ordinal"] for person in shown["recipients"]] == [1, 2, 3]
    assert [person["values"][1] for person in shown["recipients"]] == ["Nr. 2", "Nr. 5", "Nr. 9"]
    assert shown["source"]["condition"] == {"did": "opened", "links": None, "tags": None, "judged": None}
    assert (shown["source"]["job_title"], shown["source"]["recipients"]) == ("Earlier", 9)
    async with lui.resources.uow.reader() as uow:
        snapshot_id = await _snapshot_of(lui, job["id"])
        digest = RecipientsDigest()
        digest.add_all(await audience.recipients_page(uow, snapshot_id, 0, 100))
        assert (await audience.get_snapshot(uow, snapshot_id)).digest == digest.hexdigest()


async def _snapshot_of(lui: World, job_id: str) -> str:
    async with lui.resources.uow.reader() as uow:
        found = await uow.session.scalars(select(JobStep.settings).where(JobStep.job_id == job_id))
        return str(found.one()["snapshot_id"])


async def test_several_deliveries_of_one_job_are_one_audience(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    """The second delivery went to nine people, six of whom the first one had reached already."""
    first = await sent(lui, owner, recipients=6)
    second = await lui.a_delivery(Asked(job_id=first.job_id, recipients=9))
    await lui.a_delivery(Asked(job_id=first.job_id, kind=DeliveryKind.TEST, recipients=2))
    knowing.tell(first, "kind=open", 1, 2)
    knowing.tell(second, "kind=open", 2, 7)
    assert await chosen(owner, first, {"did": "opened"}) == [1, 2, 7]
    assert await chosen(owner, first, {"did": "not_opened"}) == [3, 4, 5, 6, 8, 9]
    assert not [path for path in knowing.asked if path.startswith("3/")], "tests are not asked about"


async def test_action_tags_are_asked_for_by_their_numbers(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    delivery = await sent(lui, owner, plan=ACTING)
    made = [(await owner.post("/api/v1/action-tags", json={"name": name})).json() for name in ("bought", "joined")]
    knowing.tell(delivery, f"kind=action&link={made[1]['number']}", 4)
    assert await chosen(owner, delivery, {"did": "acted", "tags": [made[1]["id"]]}) == [4]
    for unknown in (new_id(), "nonsense"):
        condition = {"did": "acted", "tags": [unknown]}
        assert await reasons(owner, delivery, condition) == [("/source/condition", "there is no such action tag")]


async def test_bulk_keeps_address_and_name_only(lui: World, owner: httpx.AsyncClient, knowing: Knowing) -> None:
    delivery = await sent(lui, owner)
    knowing.tell(delivery, "kind=open", 4)
    job = (await choose(owner, delivery, {"did": "opened"}, usage="bulk")).json()
    shown = (await owner.get(f"/api/v1/jobs/{job['id']}/recipients")).json()
    assert (shown["columns"], shown["sample"]) == (["EMAIL", "NAME"], [["r4@example.net", "Nr. 4"]])


@pytest.mark.parametrize(
    ("level", "reason"),
    [
        (TrackingLevel.OFF, "the job was not tracked: nobody can know who reacted"),
        *(
            (level, f"the job was tracked at the level {level}: only personal tracking tells who reacted")
            for level in (TrackingLevel.BLIND, TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS)
        ),
    ],
)
async def test_only_personal_tracking_tells_who_reacted(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing, level: TrackingLevel, reason: str
) -> None:
    delivery = await sent(lui, owner, plan=PLAN.model_copy(update={"level": level}))
    assert await reasons(owner, delivery, {"did": "opened"}) == [("/source/job_id", reason)]
    assert not knowing.asked
    options = (await owner.get(f"/api/v1/jobs/{delivery.job_id}/reaction-options")).json()
    assert (options["usable"], options["reason"], options["dids"]) == (False, reason, [])


async def test_what_can_be_asked_is_told_beforehand(lui: World, owner: httpx.AsyncClient) -> None:
    delivery = await sent(lui, owner)
    options = (await owner.get(f"/api/v1/jobs/{delivery.job_id}/reaction-options")).json()
    assert options["usable"] is True
    assert options["recipients"] == 9
    assert options["dids"] == ["opened", "not_opened", "clicked", "not_clicked", "bounced", "not_bounced"]
    assert options["links"] == [
        {"label": "home", "parts": ["html"], "urls": ["https://example.org/"]},
        {"label": "https://example.org/shop", "parts": ["text"], "urls": ["https://example.org/shop"]},
    ]
    assert options["columns"] == ["EMAIL", "NAME"]
    unsent = await a_job(owner)
    assert (await owner.get(f"/api/v1/jobs/{unsent}/reaction-options")).json()["reason"] == (
        "the job was not delivered yet"
    )


async def test_what_is_gone_or_was_never_there_is_said(lui: World, owner: httpx.AsyncClient) -> None:
    delivery = await sent(lui, owner)
    condition = {"did": "clicked", "links": ["home", "old offer"]}
    assert await reasons(owner, delivery, condition) == [("/source/condition", "the job tracked no link 'old offer'")]
    assert await reasons(owner, delivery, {"did": "acted"}) == [("/source/condition", "the job did not track actions")]
    nowhere = [("/source/job_id", "there is no such job, or it was deleted")]
    for job_id in (new_id(), "nonsense"):
        assert await reasons(owner, Elsewhere(job_id), {"did": "opened"}) == nowhere
    async with lui.stranger("create_jobs", "see_reports") as stranger:
        assert await reasons(stranger, delivery, {"did": "opened"}) == nowhere
    async with lui.resources.uow() as uow:
        await audience.forget_snapshots(uow, [delivery.snapshot_id])
    assert await reasons(owner, delivery, {"did": "opened"}) == [
        ("/source/job_id", "the recipients of that job are no longer kept")
    ]


def nested(depth: int) -> Did:
    condition: Did = {"did": "opened"}
    for _ in range(depth - 1):
        condition = {"all": [condition]}
    return condition


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"did": "vanished"},
        {"did": "opened", "links": ["home"]},
        {"did": "clicked", "tags": ["1"]},
        {"did": "clicked", "links": []},
        {"did": "bounced", "judged": "human"},
        {"all": []},
        {"all": [{"did": "opened"}], "any": [{"did": "opened"}]},
        {"any": [{"did": "opened"}] * 51},
        {"all": [{"any": [{"did": "opened"}] * 30}, {"any": [{"did": "clicked"}] * 30}]},
        "opened",
        nested(6),
        nested(200),
    ],
)
async def test_a_condition_that_cannot_be_is_refused_before_anybody_is_asked(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing, condition: Any
) -> None:
    delivery = await sent(lui, owner)
    assert await reasons(owner, delivery, condition)
    assert not knowing.asked


async def test_a_condition_may_be_as_deep_and_as_large_as_is_said(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    delivery = await sent(lui, owner)
    knowing.tell(delivery, "kind=open", 3)
    assert await chosen(owner, delivery, nested(5)) == [3]
    assert await chosen(owner, delivery, {"any": [{"did": "opened"}] * 50}) == [3]


async def test_the_earlier_job_decides_about_the_columns(lui: World, owner: httpx.AsyncClient) -> None:
    delivery = await sent(lui, owner)
    condition = {"did": "not_opened"}
    assert await reasons(owner, delivery, condition, address_column="NAME") == [
        ("/address_column", "the earlier job decided this: EMAIL")
    ]
    assert (await choose(owner, delivery, condition, address_column="EMAIL", name_column="NAME")).status_code == 200
    twice = {"by": "columns", "columns": ["CITY"]}
    assert await reasons(owner, delivery, condition, duplicates=twice) == [
        ("/duplicates/columns/0", "there is no column 'CITY'; the earlier job has EMAIL, NAME")
    ]
    upload = {"source": {"type": "upload", "upload_id": new_id()}, "usage": "merge"}
    reply = await owner.put(f"/api/v1/jobs/{await a_job(owner)}/recipients", json=upload)
    assert reply.status_code == 404


async def test_people_who_are_there_twice_are_duplicates_as_in_a_file(lui: World, owner: httpx.AsyncClient) -> None:
    async with lui.resources.uow() as uow:
        shape = audience.Shape(columns=["EMAIL", "NAME"], address_column="EMAIL", name_column="NAME")
        people = [("a@x.org", "A"), ("b@x.org", "B"), ("A@X.org", "A again"), ("c@x.org", "B ")]
        snapshot = await audience.create_snapshot(uow, shape, [(address, (address, name)) for address, name in people])
        snapshot_id, digest = snapshot.id, snapshot.digest
    delivery = await sent(lui, owner, recipients=4)
    async with lui.resources.uow() as uow:
        changed = update(Delivery).where(Delivery.id == delivery.id)
        await uow.session.execute(changed.values(snapshot_id=snapshot_id, recipients_digest=digest))
    condition = {"did": "not_opened"}
    for duplicates, accepted, aside in (
        ({"by": "address"}, ["a@x.org", "b@x.org", "c@x.org"], ["3", "same as line 1", "A@X.org", "A again"]),
        ({"by": "columns", "columns": ["NAME"]}, ["a@x.org", "b@x.org", "A@X.org"], ["4", "same as line 2"]),
        ({"by": "none"}, ["a@x.org", "b@x.org", "A@X.org", "c@x.org"], []),
    ):
        job = (await choose(owner, delivery, condition, duplicates=duplicates)).json()
        shown = (await owner.get(f"/api/v1/jobs/{job['id']}/recipients")).json()
        assert [person["address"] for person in shown["recipients"]] == accepted
        assert [person["ordinal"] for person in shown["recipients"]] == list(range(1, len(accepted) + 1))
        assert shown["counts"]["duplicates"] == 4 - len(accepted)
        table = await owner.get(f"/api/v1/jobs/{job['id']}/recipients/duplicates.csv")
        rows = list(csv.reader(io.StringIO(table.text)))[1:]
        assert [row[: len(aside)] for row in rows] == ([aside] if aside else [])


async def test_without_the_right_to_see_reports_nobody_learns_who_reacted(lui: World, knowing: Knowing) -> None:
    async with lui.owner("create_jobs") as client:
        delivery = await sent(lui, client)
        assert (await choose(client, delivery, {"did": "opened"})).status_code == 403
        body = {"source": source(delivery, {"did": "opened"})}
        assert (await client.post("/api/v1/reaction-count", json=body)).status_code == 403
    assert not knowing.asked


@pytest.mark.parametrize("who", ["tracker", "mailer"])
async def test_while_nobody_can_say_who_reacted_the_step_stays_as_it_was(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing, who: str
) -> None:
    delivery = await sent(lui, owner)
    knowing.away.add(who)
    reply = await choose(owner, delivery, {"did": "opened" if who == "tracker" else "bounced"})
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
