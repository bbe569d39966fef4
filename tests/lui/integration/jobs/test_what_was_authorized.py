"""What was looked at is what is sent: whatever changed after the word stops it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import text

from common.contracts.mailer import DeliveryState
from tests.lui.integration.jobs.sent import LATER, TRIGGER, ended, live, stage, tick
from tests.support.builders.lui import (
    Lui,
    a_tested_job,
    act,
    an_authorized_job,
    lui_under_test,
    ok,
    put,
)


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


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
