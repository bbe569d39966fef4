"""A rehearsal is asked for like a test, goes to the job's own recipients, and changes nothing of the job."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from common.contracts.digest import RecipientsDigest
from common.contracts.lui import (
    DeliveryControlRequestedV1,
    DeliveryKind,
    DeliveryRequestedV1,
    SubscriptionEndedV1,
)
from common.contracts.mailer import DeliveryFinishedV1, DeliveryState
from common.contracts.signed_token import Purpose, TokenKeys
from common.ids import new_id
from lui.deliveries.service import get_recipients
from lui.subscriber_pages.service import end_subscription, find_subscriber
from tests.support.builders.lui import Lui, a_job, a_prepared_job, an_authorized_job, lui_under_test, ok
from tests.support.bus import stated

ANSWERS = {"greylist": 0.1, "refuse": 0.2, "drop_after_dot": 0.05, "slow": 0.05, "slow_seconds": 0.5}


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def rehearsed(lui: Lui) -> list[DeliveryRequestedV1]:
    return [fact for fact in await stated(lui.resources, DeliveryRequestedV1) if fact.kind is DeliveryKind.REHEARSAL]


def ended(delivery_id: str) -> DeliveryFinishedV1:
    example = DeliveryFinishedV1.examples[0]
    return DeliveryFinishedV1.model_validate({**example, "delivery_id": delivery_id, "state": DeliveryState.FINISHED})


async def test_a_prepared_job_is_rehearsed_with_its_own_recipients(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        asked = {"answers": {"accept": 0.6, **ANSWERS}, "seed": 7}
        reply = await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals", json=asked)
        assert (reply.status_code, reply.json()["kind"], reply.json()["total"]) == (202, "rehearsal", 3)
    (fact,) = await rehearsed(lui)
    assert fact.rehearsal is not None
    assert fact.rehearsal.model_dump() == {**ANSWERS, "seed": 7}
    async with lui.ada() as ada:
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
    assert [each["kind"] for each in shown["deliveries"]] == ["rehearsal"]
    assert shown["stage"] == "open"
    assert "rehearse" in shown["allowed_actions"]
    # A rehearsal is no test: nobody may authorize because of it.
    assert shown["steps"]["test"]["state"] == "available"


async def test_the_first_ones_alone_are_pulled_with_a_digest_of_their_own(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals", json={"limit": 2})
    (fact,) = await rehearsed(lui)
    async with lui.resources.uow.reader() as uow:
        page, following = await get_recipients(uow, fact.delivery_id, after=0, limit=1000)
        beyond, _ = await get_recipients(uow, fact.delivery_id, after=2, limit=1000)
    digest = RecipientsDigest()
    for ordinal, address, values in page:
        digest.add(ordinal, address, values)
    assert (len(page), following, beyond) == (2, None, [])
    assert (fact.recipient_count, fact.recipients_digest) == (2, digest.hexdigest())


async def test_no_more_than_a_few_run_at_once_and_the_refusal_says_so(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        path = f"/api/v1/jobs/{job['id']}/rehearsals"
        first, second, third = [await ada.post(path, json={}) for _ in range(3)]
        assert (first.status_code, second.status_code, third.status_code) == (202, 202, 409)
        assert third.json()["type"].endswith("rehearsals-busy")
        assert "2 of at most 2" in third.json()["detail"]
        await lui.bus.deliver(ended(first.json()["id"]))
        assert (await ada.post(path, json={})).status_code == 202


async def test_a_rehearsal_that_runs_can_be_stopped_and_nothing_else_can_be_by_that_way(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        test = await ok(await ada.post(f"/api/v1/jobs/{job['id']}/tests", json={"addresses": ["t@example.org"]}), 202)
        sent = await ok(await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals"), 202)
        base = f"/api/v1/jobs/{job['id']}/rehearsals"
        assert (await ada.post(f"{base}/{sent['id']}/stop")).status_code == 202
        assert (await ada.post(f"{base}/{test['id']}/stop")).status_code == 404
        assert (await ada.post(f"{base}/{new_id()}/stop")).status_code == 404
    async with lui.stranger() as stranger:
        assert (await stranger.post(f"{base}/{sent['id']}/stop")).status_code == 404
    asked = await stated(lui.resources, DeliveryControlRequestedV1)
    assert [(fact.delivery_id, fact.action) for fact in asked] == [(sent["id"], "cancel")]


async def test_an_authorized_job_that_waits_may_be_rehearsed_and_waits_on(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule={"mode": "trigger"})
        sent = await ok(await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals", json={}), 202)
        await lui.bus.deliver(ended(sent["id"]))
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
    assert (shown["stage"], shown["deliveries"][-1]["state"]) == ("waiting", "finished")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"answers": {"refuse": 0.7, "greylist": 0.7}}, "/answers"),
        ({"answers": {"accept": 0.5, "refuse": 0.4}}, "/answers"),
        ({"answers": {"refuse": -0.1}}, "/answers/refuse"),
        ({"answers": {"slow_seconds": 600}}, "/answers/slow_seconds"),
        ({"limit": 0}, "/limit"),
        ({"unknown": 1}, "/unknown"),
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused_where_it_is_wrong(
    lui: Lui, body: dict[str, Any], pointer: str
) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        reply = await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals", json=body)
    assert reply.status_code == 422
    assert [error["pointer"] for error in reply.json()["errors"]] == [pointer]


async def test_a_job_that_lacks_something_is_not_rehearsed_and_one_sees_what(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        reply = await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals", json={})
    assert (reply.status_code, reply.json()["problems"][0]["step"]) == (409, "recipients")


async def test_an_unsubscribe_link_from_a_sample_unsubscribes_nobody(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        await ada.post(f"/api/v1/jobs/{job['id']}/rehearsals", json={})
    (fact,) = await rehearsed(lui)
    keys = TokenKeys(lui.resources.settings.master_keys())  # type: ignore[attr-defined]
    token = keys.mint_action(Purpose.UNSUBSCRIBE, fact.delivery_number, 1)
    async with lui.resources.uow() as uow:
        ending = await end_subscription(uow, await find_subscriber(uow, keys, token), "one_click")
    assert ending.address is None
    assert await stated(lui.resources, SubscriptionEndedV1) == []
