"""A mailing from the first call to the hand-over, as the contract tells it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
import pytest

from common.contracts.lui import DeliveryRequestedV1
from lui.deliveries import service as deliveries
from tests.support.builders.lui import (
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


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


def states(job: Any) -> dict[str, str]:
    return {name: step["state"] for name, step in job["steps"].items()}


async def test_every_step_opens_what_comes_after_it(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada, prefix="DOE")
        assert (job["system_id"], job["reference"], job["stage"]) == ("261122A", "DOE-261122A", "open")
        assert states(job) == {
            "recipients": "available",
            "content": "available",
            "tracking": "locked",
            "sender": "available",
            "test": "locked",
            "schedule": "available",
            "authorize": "locked",
        }
        job = await put(ada, job, "recipients", recipients((await upload(ada, PEOPLE))["id"]))
        job = await put(ada, job, "content", CONTENT)
        assert states(job)["tracking"] == "available"
        job = await put(ada, job, "tracking", TRACKING)
        job = await put(ada, job, "sender", SENDER)
        assert states(job)["test"] == "available"
        test = await act(ada, job, "tests", 202, {"addresses": ["t@example.org"], "recipient": 2})
        assert (test["kind"], test["state"], test["total"]) == ("test", "preparing", 1)
        job = await act(ada, job, f"tests/{test['id']}/accept")
        assert states(job)["test"] == "done"
        job = await put(ada, job, "schedule", {"mode": "immediate"})
        assert states(job)["authorize"] == "available"
        job = await act(ada, job, "authorize", body={"notify": ["boss@example.org"]})
        assert job["stage"] == "processing"
        assert [delivery["kind"] for delivery in job["deliveries"]] == ["test", "live"]
        assert job["authorization"]["notify"] == ["boss@example.org"]


async def test_what_is_handed_over_is_what_was_prepared(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
    test, live = await stated(lui.resources, DeliveryRequestedV1)
    assert (test.kind, test.recipient_count, live.kind, live.recipient_count) == ("test", 1, "live", 3)
    assert [link.url for link in live.tracking.links] == ["https://example.org/a", "https://example.org/b"]
    async with lui.resources.uow.reader() as uow:
        document = orjson.loads(await deliveries.get_content(uow, live.delivery_id))
        assert document["subject"] == CONTENT["subject"]
        assert document["text"] == "Hi {{ name }}, see this or that"
        assert document["columns"] == ["email", "name", "city"]
        assert document["list_id"].endswith(".pages.test")
        people, _ = await deliveries.get_recipients(uow, live.delivery_id, after=0, limit=10)
        assert people[0] == (1, "ada@example.org", ["ada@example.org", "Ada", "London"])
        testers, _ = await deliveries.get_recipients(uow, test.delivery_id, after=0, limit=10)
        assert testers == [(1, "tester@example.org", ["ada@example.org", "Ada", "London"])]
        marked = orjson.loads(await deliveries.get_content(uow, test.delivery_id))
        assert marked["subject_mark"] == "[Test] "
    assert job["stage"] == "processing"


async def test_an_edit_after_the_test_needs_another_test(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        job = await put(ada, job, "content", {**CONTENT, "subject": "Hello again"})
        assert states(job)["test"] == "stale"
        assert states(job)["authorize"] == "locked"
        refusal = await act(ada, job, "authorize", 409)
        assert refusal["type"] == "urn:tutti:problem:job-not-ready"
        assert [problem["code"] for problem in refusal["problems"]] == ["test-outdated"]


async def test_authorizing_an_empty_job_lists_everything_that_is_missing(lui: Lui) -> None:
    async with lui.ada() as ada:
        refusal = await act(ada, await a_job(ada), "authorize", 409)
        assert [problem["step"] for problem in refusal["problems"]] == [
            "recipients",
            "content",
            "tracking",
            "sender",
            "test",
            "schedule",
        ]


async def test_a_frozen_job_cannot_be_edited(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada)
        for step, body in (("content", CONTENT), ("sender", SENDER), ("schedule", {"mode": "trigger"})):
            reply = await ada.put(f"/api/v1/jobs/{job['id']}/{step}", json=body)
            assert (await ok(reply, 409))["stage"] == "processing"


async def test_a_test_of_an_older_version_cannot_be_accepted(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        test = await act(ada, job, "tests", 202, {"addresses": ["t@example.org"]})
        await put(ada, job, "sender", {**SENDER, "name": "Somebody else"})
        refusal = await act(ada, job, f"tests/{test['id']}/accept", 409)
        assert refusal["type"] == "urn:tutti:problem:test-outdated"
        job = await act(ada, job, f"tests/{test['id']}/reject")
        assert job["deliveries"][0]["verdict"] == "rejected"


async def test_tracking_comes_after_recipients_and_content(lui: Lui) -> None:
    async with lui.ada() as ada:
        reply = await ada.put(f"/api/v1/jobs/{(await a_job(ada))['id']}/tracking", json=TRACKING)
        assert (await ok(reply, 409))["needs"] == ["recipients", "content"]
