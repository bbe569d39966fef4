"""What mailer says about a mailing stands between it and its authorization."""

from collections.abc import AsyncIterator, Callable

import pytest

from common.contracts.lui import DeliveryRequestedV1, LuiActionRecordedV1
from tests.support.builders.lui import IMMEDIATE, Lui, a_prepared_job, a_tested_job, act, lui_under_test, ok, put
from tests.support.bus import stated

MISSING = {"code": "dkim_missing", "detail": "the record of s1 is missing", "can_override": True}
LARGE = {"code": "message_too_large", "detail": "the message has 99 octets", "can_override": False}
REMARK = {"code": "spf_missing", "detail": "there is no SPF record"}


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def test_the_preflight_shows_what_mailer_says_of_what_would_be_sent(lui: Lui) -> None:
    lui.neighbours.preflight = {"problems": [MISSING], "warnings": [REMARK]}
    async with lui.ada() as ada:
        early = await a_prepared_job(ada, steps=("recipients", "content"))
        assert (await ada.get(f"/api/v1/jobs/{early['id']}/preflight")).status_code == 409
        job = await a_prepared_job(ada)
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/preflight"))
        assert shown == {"problems": [MISSING], "warnings": [REMARK]}
    asked = lui.neighbours.asked[-1]
    assert asked.url.path == "/internal/v1/preflight"
    assert b'"news@example.org"' in asked.content


async def test_a_problem_is_in_the_way_until_somebody_takes_it_on_by_name(lui: Lui) -> None:
    lui.neighbours.preflight = {"problems": [MISSING], "warnings": []}
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        for body in (None, {"override": ["dkim_mismatch"]}):
            refusal = await act(ada, job, "authorize", 409, body)
            assert refusal["type"] == "urn:tutti:problem:preflight-failed"
            assert refusal["problems"] == [MISSING]
            assert MISSING["detail"] in refusal["detail"]
        job = await act(ada, job, "authorize", 200, {"override": ["dkim_missing"]})
    assert job["authorization"]["overridden"] == [{"code": "dkim_missing", "detail": MISSING["detail"]}]
    audit = [each for each in await stated(lui.resources, LuiActionRecordedV1) if each.action == "job.authorize"]
    assert [each.detail["overridden"] for each in audit] == ["dkim_missing"]


async def test_what_nobody_may_override_stays_in_the_way(lui: Lui) -> None:
    lui.neighbours.preflight = {"problems": [MISSING, LARGE], "warnings": []}
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        refusal = await act(ada, job, "authorize", 409, {"override": ["dkim_missing", "message_too_large"]})
    assert refusal["problems"] == [LARGE]
    live = [fact for fact in await stated(lui.resources, DeliveryRequestedV1) if fact.kind == "live"]
    assert live == []


async def test_without_mailer_nobody_can_authorize(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        lui.neighbours.away.add("mailer")
        refusal = await act(ada, job, "authorize", 503)
        assert "mailer does not answer" in refusal["detail"]
        assert (await ada.get(f"/api/v1/jobs/{job['id']}/preflight")).status_code == 503
        lui.neighbours.away.clear()
        job = await act(ada, job, "authorize", 200)
    assert job["authorization"]["overridden"] == []


async def test_a_job_says_what_becomes_of_doubt_and_its_delivery_carries_it(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        path = f"/api/v1/jobs/{job['id']}/schedule"
        assert (await ok(await ada.get(path)))["in_doubt"] == "resend"
        refused = await ada.put(path, json={**IMMEDIATE, "in_doubt": "perhaps"})
        assert refused.status_code == 422
        await put(ada, job, "schedule", {**IMMEDIATE, "in_doubt": "ask"})
        assert (await ok(await ada.get(path)))["in_doubt"] == "ask"
        copy = await act(ada, job, "copy", 201)
        assert (await ok(await ada.get(f"/api/v1/jobs/{copy['id']}/schedule")))["in_doubt"] == "ask"
        await act(ada, job, "authorize", 200)
    said = [(fact.kind.value, fact.in_doubt) for fact in await stated(lui.resources, DeliveryRequestedV1)]
    assert said == [("test", "resend"), ("live", "ask")]
