"""From the word to the end of the delivery, and everything that can come in between."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from common.contracts.lui import DeliveryControlRequestedV1, DeliveryKind, DeliveryRequestedV1, LuiActionRecordedV1
from common.contracts.mailer import DeliveryFinishedV1, DeliveryState
from lui.jobs.models import Job
from lui.jobs.scheduler import DueJobs
from tests.support.builders.lui import (
    ADA,
    CONTENT,
    PEOPLE,
    SENDER,
    TRACKING,
    Lui,
    a_job,
    a_prepared_job,
    a_tested_job,
    act,
    an_authorized_job,
    lui_under_test,
    ok,
    put,
    recipients,
    upload,
)
from tests.support.bus import stated

LATER = {"mode": "at", "at": "2026-11-22T13:00", "time_zone": "Europe/Berlin"}
TRIGGER = {"mode": "trigger"}


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def live(lui: Lui) -> list[DeliveryRequestedV1]:
    return [fact for fact in await stated(lui.resources, DeliveryRequestedV1) if fact.kind is DeliveryKind.LIVE]


async def tick(lui: Lui) -> float:
    return await DueJobs(lui.resources.uow, "pages.test").once()


def ended(delivery: DeliveryRequestedV1, state: DeliveryState, revision: int = 1) -> DeliveryFinishedV1:
    example = DeliveryFinishedV1.examples[0]
    return DeliveryFinishedV1.model_validate(
        {**example, "delivery_id": delivery.delivery_id, "state": state, "revision": revision}
    )


async def stage(lui: Lui, job: Any) -> str:
    async with lui.ada() as ada:
        return str((await ok(await ada.get(f"/api/v1/jobs/{job['id']}")))["stage"])


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


async def test_authorizing_says_what_one_looked_at(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        path = f"/api/v1/jobs/{job['id']}/authorize"
        await put(ada, job, "schedule", TRIGGER)
        await ok(await ada.post(path, headers={"If-Match": job["etag"]}), 412)
        assert await stage(lui, job) == "open"
        now = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
        assert (await ok(await ada.post(path, headers={"If-Match": now["etag"]})))["stage"] == "waiting"


async def test_the_addresses_to_notify_are_addresses(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        problem = await act(ada, job, "authorize", 422, {"notify": ["boss@example.org", "nobody\r\nRCPT TO:<x@y.org>"]})
        assert [error["pointer"] for error in problem["errors"]] == ["/notify/1"]
        assert await stage(lui, job) == "open"


async def test_authorizing_twice_sends_once(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        path = f"/api/v1/jobs/{job['id']}/authorize"
        replies = await asyncio.gather(*(ada.post(path) for _ in range(3)))
        assert sorted(reply.status_code for reply in replies) == [200, 409, 409]
    assert len(await live(lui)) == 1


def _setting(step: str, path: str, value: str) -> str:
    change = f"jsonb_set(settings, '{{{path}}}', '{value}')"
    return f"UPDATE lui.job_steps SET settings = {change} WHERE step = '{step}'"  # noqa: S608 - words of this test


TAMPERED = {
    "subject": "UPDATE lui.contents SET subject = 'Pay here'",
    "html": "UPDATE lui.contents SET html = '<p>Pay here</p>'",
    "text": "UPDATE lui.contents SET text = 'Pay here'",
    "links": "UPDATE lui.contents SET links = '[]'",
    "sender": _setting("sender", "address", '"x@example.org"'),
    "tracking": _setting("tracking", "opens", "false"),
    "schedule": _setting("schedule", "note", '"x"'),
    "usage": _setting("recipients", "definition,usage", '"bulk"'),
    "audience": "UPDATE lui.snapshots SET digest = 'other'",
    "doubt": "UPDATE lui.jobs SET in_doubt = 'skip'",
    "columns": "UPDATE lui.snapshots SET columns = ARRAY['email', 'name', 'town']",
}


@pytest.mark.parametrize("what", TAMPERED)
@pytest.mark.parametrize("schedule", [TRIGGER, LATER], ids=["trigger", "at"])
async def test_what_changed_after_the_word_is_not_sent(lui: Lui, what: str, schedule: Any) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule=schedule)
        async with lui.resources.uow() as uow:
            await uow.session.execute(text(TAMPERED[what]))
        if schedule is TRIGGER:
            assert (await act(ada, job, "trigger", 409))["type"] == "urn:tutti:problem:authorization-void"
        else:
            lui.clock.advance(hours=3)
            await tick(lui)
            assert await stage(lui, job) == "failed"
    assert await live(lui) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [(DeliveryState.FINISHED, "delivered"), (DeliveryState.FAILED, "failed"), (DeliveryState.CANCELLED, "failed")],
)
async def test_the_end_of_the_delivery_moves_the_job(lui: Lui, state: DeliveryState, expected: str) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        (sent,) = await live(lui)
        assert await lui.bus.deliver(ended(sent, state)) == ["ack"]
        job = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
        assert (job["stage"], job["deliveries"][-1]["state"]) == (expected, state)
        assert bool(job["stage_reason"]) is (expected == "failed")


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


ALLOWED = {
    "open": {"authorize"},
    "waiting": {"revoke", "trigger"},
    "processing": {"pause", "stop", "resume"},
    "failed": {"retry", "reopen", "close"},
    "delivered": set[str](),
    "closed": set[str](),
}
ACTIONS = ("authorize", "revoke", "trigger", "pause", "resume", "stop", "retry", "reopen", "close")


@pytest.mark.parametrize("at", list(ALLOWED))
async def test_what_the_stage_forbids_is_refused_by_its_name(lui: Lui, at: str) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        async with lui.resources.uow() as uow:
            found = (await uow.session.scalars(select(Job))).one()
            found.stage = at
        for action in ACTIONS:
            if action not in ALLOWED[at]:
                problem = await act(ada, job, action, 409)
                assert problem["type"] == "urn:tutti:problem:action-not-allowed", action
                assert (problem["stage"], at in problem["detail"]) == (at, True)


async def test_a_preview_is_what_mailer_makes_of_it(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada, steps=("recipients", "content"))
        shown = await act(ada, job, "preview", body={"recipient": 2})
        assert shown["subject"] == "Hello Grace"
        assert ["To", "grace@example.org"] in shown["headers"]
        assert (await act(ada, job, "preview"))["subject"] == "Hello Ada"
        await act(ada, job, "preview", 404, {"recipient": 4})
        await act(ada, job, "preview", 422, {"recipient": 0})
        refusal = await act(ada, await a_job(ada), "preview", 409)
        assert [problem["step"] for problem in refusal["problems"]] == ["recipients", "content"]


async def test_a_merge_field_without_a_column_is_pointed_at_with_its_line(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada, steps=("recipients",))
        body = {"subject": "Hello {{ nme }}", "html": "<p>\n{{ name }}\n{{ town }}</p>"}
        problem = await ok(await ada.put(f"/api/v1/jobs/{job['id']}/content", json=body), 422)
        assert problem["errors"] == [
            {"pointer": "/subject", "detail": "line 1: there is no column nme"},
            {"pointer": "/html", "detail": "line 3: there is no column town"},
        ]


async def test_a_merge_field_written_first_becomes_a_problem_of_the_step(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada, steps=("content",))
        assert job["steps"]["content"]["state"] == "done"
        made = await upload(ada, "email,town\nada@example.org,London\n")
        job = await put(ada, job, "recipients", recipients(made["id"], name_column=None))
        assert job["steps"]["content"]["state"] == "stale"
        assert "name" in job["steps"]["content"]["problems"][0]["detail"]


async def test_without_mailer_content_cannot_be_checked_and_nothing_is_lost(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        lui.neighbours.away.add("mailer")
        reply = await ada.put(f"/api/v1/jobs/{job['id']}/content", json=CONTENT)
        await ok(reply, 503)
        assert int(reply.headers["retry-after"]) > 0
        lui.neighbours.away.clear()
        await put(ada, job, "content", CONTENT)


async def test_a_test_needs_addresses_that_are_some(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        problem = await act(ada, job, "tests", 422, {"addresses": ["t@example.org", "x\nRCPT TO:<y@z.org>"]})
        assert problem["errors"][0]["pointer"] == "/addresses/1"
        await act(ada, job, "tests", 422, {"addresses": []})
        await act(ada, job, "tests", 404, {"addresses": ["t@example.org"], "recipient": 9})
        sent = await act(ada, job, "tests", 202, {"addresses": ["t@example.org", "u@example.org", "t@example.org"]})
        assert sent["total"] == 2


async def test_another_job_s_test_is_not_there(lui: Lui) -> None:
    async with lui.ada() as ada:
        one, two = await a_prepared_job(ada), await a_prepared_job(ada)
        test = await act(ada, one, "tests", 202, {"addresses": ["t@example.org"]})
        await act(ada, two, f"tests/{test['id']}/accept", 404)


async def test_the_text_of_an_upload_reaches_nobody_else(lui: Lui) -> None:
    async with lui.ada() as ada, lui.stranger() as stranger:
        made = await upload(ada, PEOPLE)
        job = await a_job(stranger)
        await ok(await stranger.put(f"/api/v1/jobs/{job['id']}/recipients", json=recipients(made["id"])), 404)


async def test_levels_that_bulk_cannot_have_are_refused(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        job = await put(ada, job, "recipients", recipients((await upload(ada))["id"], usage="bulk"))
        job = await put(ada, job, "content", {"subject": "Hello", "text": "Hello"})
        path = f"/api/v1/jobs/{job['id']}/tracking"
        problem = await ok(await ada.put(path, json=TRACKING), 422)
        assert problem["errors"][0]["pointer"] == "/level"
        await put(ada, job, "tracking", {**TRACKING, "level": "blind"})
        problem = await ok(await ada.put(f"/api/v1/jobs/{job['id']}/sender", json={**SENDER, "name": "a\r\nb"}), 422)
        assert problem["errors"][0]["pointer"] == "/name"
