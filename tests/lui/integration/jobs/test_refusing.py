"""What a job refuses, by name and with the place where it is wrong."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import select

from lui.jobs.models import Job
from tests.support.builders.lui import (
    CONTENT,
    PEOPLE,
    SENDER,
    TRACKING,
    Lui,
    a_job,
    a_prepared_job,
    act,
    lui_under_test,
    ok,
    put,
    recipients,
    upload,
)


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


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
