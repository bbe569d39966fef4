"""What cannot be known or asked of an earlier job is refused, and said beforehand."""

from typing import Any

import pytest

from common.contracts.lui import TrackingLevel
from common.http import httpx
from common.ids import new_id
from lui.audience import service as audience
from tests.lui.integration.deliveries.world import PLAN, World
from tests.support.reacting import Did, Elsewhere, Knowing, a_job, choose, chosen, reasons, sent, source


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
