"""What came back of a job's live deliveries: by class, and as one table."""

import csv
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from common.contracts.lui import DeliveryKind
from common.contracts.mailer import BounceClass, EnvelopeBouncedV1, EnvelopeComplainedV1
from common.http import httpx
from common.ids import new_id
from lui.access.routes import router as access
from lui.jobs import routes as jobs
from lui.reports.routes import people, router
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import Asked, World, a_world
from tests.support.clock import START


@dataclass
class Mailer:
    """mailer as far as its table of bounces goes."""

    is_away: bool = False
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.is_away:
            raise httpx.ConnectError("away", request=request)
        number = len(self.asked)
        return httpx.Response(200, text=f"address,class\r\np{number}@example.org,unknown_mailbox\r\n")


@pytest.fixture
def mailer() -> Mailer:
    return Mailer()


@pytest.fixture
async def lui(clone: Callable[[str], str], mailer: Mailer) -> AsyncIterator[World]:
    routers = [access, *jobs.routers, router, people]
    neighbours = httpx.MockTransport(mailer)
    async with a_world(clone("lui"), routers, neighbours=neighbours, subscriptions=SUBSCRIPTIONS) as world:
        yield world


@pytest.fixture
async def owner(lui: World) -> AsyncIterator[httpx.AsyncClient]:
    async with lui.owner("create_jobs", "see_reports", "see_recipients") as client:
        yield client


@pytest.fixture
async def job_id(owner: httpx.AsyncClient) -> str:
    return str((await owner.post("/api/v1/jobs", json={"title": "Recall"})).json()["id"])


def _bounced(delivery_id: str, ordinal: int, bounce_class: BounceClass, *, permanent: bool) -> EnvelopeBouncedV1:
    return EnvelopeBouncedV1(
        delivery_id=delivery_id, ordinal=ordinal, bounce_class=bounce_class, permanent=permanent,
        enhanced_code=None, at=START,
    )  # fmt: skip


async def test_bounces_and_complaints_of_all_live_deliveries_are_summed_and_tests_are_not(
    lui: World, owner: httpx.AsyncClient, job_id: str
) -> None:
    first, second = [await lui.a_delivery(Asked(job_id=job_id)) for _ in range(2)]
    for kind in (DeliveryKind.TEST, DeliveryKind.REHEARSAL):
        other = await lui.a_delivery(Asked(job_id=job_id, kind=kind))
        await lui.bus.deliver(
            _bounced(other.id, 1, BounceClass.UNKNOWN_MAILBOX, permanent=True),
            EnvelopeComplainedV1(delivery_id=other.id, ordinal=1, at=START),
        )
    await lui.bus.deliver(
        _bounced(first.id, 1, BounceClass.UNKNOWN_MAILBOX, permanent=True),
        _bounced(first.id, 2, BounceClass.MAILBOX_FULL, permanent=False),
        _bounced(second.id, 1, BounceClass.UNKNOWN_MAILBOX, permanent=True),
        EnvelopeComplainedV1(delivery_id=second.id, ordinal=2, at=START),
        EnvelopeComplainedV1(delivery_id=second.id, ordinal=2, at=START),
        EnvelopeComplainedV1(delivery_id=new_id(), ordinal=2, at=START),
    )
    report = (await owner.get(f"/api/v1/jobs/{job_id}/report/bounces")).json()
    assert report.pop("as_of")
    assert report == {
        "total": 3,
        "permanent": 2,
        "by_class": [
            {"class": "unknown_mailbox", "permanent": True, "count": 2, "share": 0.6667},
            {"class": "mailbox_full", "permanent": False, "count": 1, "share": 0.3333},
        ],
        "complaints": 1,
    }


async def test_the_table_is_mailers_of_every_live_delivery_under_one_header(
    lui: World, owner: httpx.AsyncClient, mailer: Mailer, job_id: str
) -> None:
    await lui.a_delivery(Asked(job_id=job_id, kind=DeliveryKind.TEST))
    live = [await lui.a_delivery(Asked(job_id=job_id)) for _ in range(3)]
    path = f"/api/v1/jobs/{job_id}/report/bounces.csv"
    reply = await owner.get(path, params={"class": ["unknown_mailbox", "complaint"], "reasons": "false"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = list(csv.reader(reply.text.splitlines()))
    assert header == ["address", "class"]
    assert [row[0] for row in rows] == [f"p{number}@example.org" for number in (1, 2, 3)]
    assert [asked.url.path for asked in mailer.asked] == [f"/api/v1/deliveries/{each.id}/bounces.csv" for each in live]
    assert mailer.asked[0].url.params.get_list("class") == ["unknown_mailbox", "complaint"]
    assert mailer.asked[0].url.params["reasons"] == "false"
    assert mailer.asked[0].headers["authorization"].startswith("Bearer ")
    assert (await owner.get(path, params={"class": "whim"})).status_code == 422


async def test_who_may_not_see_recipients_gets_no_addresses(lui: World, job_id: str) -> None:
    async with lui.owner("see_reports") as client:
        assert (await client.get(f"/api/v1/jobs/{job_id}/report/bounces")).status_code == 200
        assert (await client.get(f"/api/v1/jobs/{job_id}/report/bounces.csv")).status_code == 403


async def test_without_mailer_the_table_is_a_problem_with_a_time_to_come_back(
    lui: World, owner: httpx.AsyncClient, mailer: Mailer, job_id: str
) -> None:
    await lui.a_delivery(Asked(job_id=job_id))
    mailer.is_away = True
    reply = await owner.get(f"/api/v1/jobs/{job_id}/report/bounces.csv")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
