"""From the word to the end of the delivery, and everything that can come in between."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from common.contracts.lui import DeliveryControlRequestedV1, DeliveryRequestedV1, LuiActionRecordedV1
from common.contracts.mailer import DeliveryState
from tests.lui.integration.jobs.sent import LATER, TRIGGER, ended, live, stage, tick
from tests.support.builders.lui import (
    ADA,
    Lui,
    a_tested_job,
    act,
    an_authorized_job,
    lui_under_test,
    ok,
)
from tests.support.bus import stated


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def test_a_job_waits_for_its_time_and_is_sent_once(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule=LATER)
        assert (job["stage"], job["due_at"]) == ("waiting", "2026-11-22T12:00:00Z")
        assert await tick(lui) > 0
        assert await live(lui) == []
        lui.clock.advance(hours=3)
        await tick(lui)
        await tick(lui)
    (sent,) = await live(lui)
    assert sent.not_before.isoformat() == "2026-11-22T12:00:00+00:00"
    assert await stage(lui, job) == "processing"
    done = [fact for fact in await stated(lui.resources, LuiActionRecordedV1) if fact.action == "job.start"]
    assert [fact.actor_id for fact in done] == ["service:lui"]


async def test_many_schedulers_send_a_job_once(lui: Lui) -> None:
    async with lui.ada() as ada:
        for _ in range(3):
            await an_authorized_job(ada, schedule=LATER)
    lui.clock.advance(hours=3)
    await asyncio.gather(*(tick(lui) for _ in range(4)))
    await tick(lui)
    assert len({fact.job_id for fact in await live(lui)}) == len(await live(lui)) == 3


async def test_a_time_that_came_while_everything_was_down_is_made_up_for(lui: Lui) -> None:
    async with lui.ada() as ada:
        await an_authorized_job(ada, schedule=LATER)
    lui.clock.advance(days=2)
    await tick(lui)
    assert len(await live(lui)) == 1


async def test_a_time_that_went_by_before_the_word_is_refused(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada, schedule=LATER)
        lui.clock.advance(hours=3)
    async with lui.ada() as ada:
        refusal = await act(ada, job, "authorize", 409)
        assert [problem["code"] for problem in refusal["problems"]] == ["schedule-over"]


async def test_a_trigger_sends_what_waits_for_it(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule=TRIGGER)
        assert (job["stage"], job["due_at"], "trigger" in job["allowed_actions"]) == ("waiting", None, True)
        lui.clock.advance(seconds=60)
        await tick(lui)
        assert await live(lui) == []
        assert (await act(ada, job, "trigger"))["stage"] == "processing"
        assert (await act(ada, job, "trigger", 409))["stage"] == "processing"
    assert len(await live(lui)) == 1


async def test_a_job_with_a_time_is_not_triggered(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule=LATER)
        assert "trigger" not in job["allowed_actions"]
        await act(ada, job, "trigger", 409)


async def test_a_word_taken_back_sends_nothing(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule=LATER)
        job = await act(ada, job, "revoke")
        assert (job["stage"], job["authorization"], job["due_at"]) == ("open", None, None)
        assert job["steps"]["test"]["state"] == "done"
    lui.clock.advance(hours=3)
    await tick(lui)
    assert await live(lui) == []


async def test_the_end_of_a_test_moves_nothing(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        (test,) = await stated(lui.resources, DeliveryRequestedV1)
        await lui.bus.deliver(ended(test, DeliveryState.FAILED))
        assert await stage(lui, job) == "open"


async def test_stopping_retrying_and_an_old_end_that_comes_late(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        (sent,) = await live(lui)
        job = await act(ada, job, "stop")
        assert (job["stage"], job["stopping"]) == ("processing", True)
        await lui.bus.deliver(ended(sent, DeliveryState.CANCELLED, revision=4))
        job = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
        assert (job["stage"], job["stopping"], job["stage_reason"]) == ("failed", False, "it was stopped")
        assert {"retry", "reopen", "close"} <= set(job["allowed_actions"])
        assert (await act(ada, job, "retry"))["stage"] == "processing"
        await lui.bus.deliver(ended(sent, DeliveryState.CANCELLED, revision=4))
        assert await stage(lui, job) == "processing"
        await lui.bus.deliver(ended(sent, DeliveryState.FINISHED, revision=9))
        assert await stage(lui, job) == "delivered"
    asked = await stated(lui.resources, DeliveryControlRequestedV1)
    assert [(fact.action, fact.revision, fact.requested_by) for fact in asked] == [
        ("cancel", 1, ADA),
        ("retry", 2, ADA),
    ]
    assert len(await live(lui)) == 1


async def test_a_retry_that_finds_nothing_can_be_stopped(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        (sent,) = await live(lui)
        await lui.bus.deliver(ended(sent, DeliveryState.CANCELLED))
        await act(ada, job, "retry")
        job = await act(ada, job, "stop")
        assert (job["stage"], job["stage_reason"]) == ("failed", "it was stopped")


async def test_a_delivery_that_failed_as_a_whole_is_not_retried(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        (sent,) = await live(lui)
        await lui.bus.deliver(ended(sent, DeliveryState.FAILED))
        await act(ada, job, "retry", 409)
        assert "retry" not in (await ok(await ada.get(f"/api/v1/jobs/{job['id']}")))["allowed_actions"]


async def test_pausing_and_resuming_ask_mailer(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        assert (await act(ada, job, "pause"))["stage"] == "processing"
        assert (await act(ada, job, "resume"))["stage"] == "processing"
    assert [fact.action for fact in await stated(lui.resources, DeliveryControlRequestedV1)] == ["pause", "resume"]


async def test_a_reopened_job_needs_another_word_and_makes_another_delivery(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        (sent,) = await live(lui)
        await lui.bus.deliver(ended(sent, DeliveryState.FAILED))
        job = await act(ada, job, "reopen")
        assert (job["stage"], job["authorization"], job["stage_reason"]) == ("open", None, None)
        job = await act(ada, job, "authorize")
        assert [delivery["kind"] for delivery in job["deliveries"]] == ["test", "live", "live"]
        await lui.bus.deliver(ended(sent, DeliveryState.FINISHED, revision=2))
        assert await stage(lui, job) == "processing", "the end of an earlier delivery is not the end of this one"


async def test_a_job_given_up_is_closed(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        (sent,) = await live(lui)
        await lui.bus.deliver(ended(sent, DeliveryState.FAILED))
        job = await act(ada, job, "close")
        assert (job["stage"], job["allowed_actions"]) == ("closed", ["copy", "delete"])
        await ok(await ada.delete(f"/api/v1/jobs/{job['id']}"), 204)
