import asyncio
import json

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from common.contracts.hub import HubActionRecordedV1
from common.http import httpx
from common.service.resources import Resources
from tests.common.sample import app as sample
from tests.common.sample.tables import IdempotencyKey, Note
from tests.support.bus import stated
from tests.support.http import Callers

PROBLEM = "application/problem+json"


async def notes(resources: Resources) -> list[str]:
    async with resources.uow.reader() as uow:
        return list(await uow.session.scalars(select(Note.text).order_by(Note.id)))


async def test_a_failing_commit_is_a_500_before_the_answer_leaves(callers: Callers) -> None:
    async with callers.as_account() as ada:
        answer = await ada.post("/api/v1/failing-commit")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == PROBLEM
    assert "done" not in answer.text


async def test_a_problem_rolls_back_and_says_what_is_wrong(callers: Callers, resources: Resources) -> None:
    async with callers.as_account("write_notes") as ada:
        answer = await ada.post("/api/v1/notes", json={"text": "refused"})
    assert answer.status_code == 409
    document = answer.json()
    assert document["type"] == "urn:tutti:problem:note-refused"
    assert document["instance"] == "/api/v1/notes"
    assert document["note_id"] >= 1
    assert await notes(resources) == []
    assert await stated(resources, HubActionRecordedV1) == []


async def test_an_unexpected_error_keeps_its_text_to_itself(callers: Callers, resources: Resources) -> None:
    async with callers.as_account("write_notes") as ada:
        answer = await ada.post("/api/v1/notes", json={"text": "crash"}, headers={"Correlation-Id": "look-here"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["correlation_id"] == "look-here"
    assert "secret" not in answer.text
    assert await notes(resources) == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("x", {}, psycopg.OperationalError("connection refused")), 503),
        (OperationalError("x", {}, psycopg.errors.DeadlockDetected("deadlock")), 503),
        (OperationalError("x", {}, psycopg.errors.QueryCanceled("statement timeout")), 500),
        (httpx.ConnectError("refused"), 503),
    ],
)
async def test_what_is_away_or_busy_may_be_asked_again(
    callers: Callers, error: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr("common.messaging.outbox.write", failing)
    async with callers.as_account("write_notes") as ada:
        answer = await ada.post("/api/v1/notes", json={"text": "a"})
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert "refused" not in answer.text


async def test_wrong_fields_are_pointed_at(callers: Callers) -> None:
    async with callers.as_account("write_notes") as ada:
        answer = await ada.post("/api/v1/notes", json={"text": "x" * 21, "steps": {"at": "soon"}})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/text", "/steps/at"]
    assert all(error["detail"] for error in answer.json()["errors"])


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000])
async def test_what_is_not_json_is_unreadable(callers: Callers, body: bytes) -> None:
    async with callers.as_account("write_notes") as ada:
        answer = await ada.post("/api/v1/notes", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/api/v1/notes", 405), ("GET", "/health/", 404)]
)
async def test_what_the_framework_refuses_is_a_problem_too(
    callers: Callers, method: str, path: str, status: int
) -> None:
    async with callers.anonymous() as nobody:
        answer = await nobody.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["type"].startswith("urn:tutti:problem:")


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(callers: Callers) -> None:
    async with callers.as_account("write_notes") as ada:
        small = await ada.post("/api/v1/notes", content=b" " * 1_048_577, headers={"Content-Type": "application/json"})
        large = await ada.post("/api/v1/uploads", files={"file": ("a.csv", b"x" * 2_000_000)})
        too_large = await ada.post("/api/v1/uploads", files={"file": ("b.csv", b"x" * 5_000_001)})
    assert (small.status_code, large.status_code, too_large.status_code) == (413, 201, 413)


async def test_every_answer_names_its_correlation_and_is_not_sniffed(callers: Callers) -> None:
    async with callers.anonymous() as nobody:
        given = await nobody.get("/health/live", headers={"Correlation-Id": "abc-1"})
        made = await nobody.get("/health/live", headers={"Correlation-Id": "white space\tand more"})
    assert given.headers["Correlation-Id"] == "abc-1"
    assert len(made.headers["Correlation-Id"]) == 36
    assert given.headers["X-Content-Type-Options"] == "nosniff"


async def test_facts_carry_the_requests_correlation(callers: Callers, resources: Resources) -> None:
    async with callers.as_account("write_notes") as ada:
        await ada.post("/api/v1/notes", json={"text": "a"}, headers={"Correlation-Id": "abc-2"})
    async with resources.uow.reader() as uow:
        headers = (await uow.session.execute(text("SELECT headers FROM hub.outbox"))).scalar_one()
    assert headers["Correlation-Id"] == "abc-2"


class TestIdempotencyKey:
    async def test_the_second_request_gets_the_first_answer(self, callers: Callers, resources: Resources) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            first, second = [
                await ada.post("/api/v1/notes", json={"text": "once"}, headers={"Idempotency-Key": "k1"}) for _ in "12"
            ]
        assert first.status_code == second.status_code == 201
        assert first.content == second.content
        assert first.headers["Location"] == second.headers["Location"]
        assert second.headers["Idempotency-Replayed"] == "true"
        assert await notes(resources) == ["once"]
        assert len(await stated(resources, HubActionRecordedV1)) == 1

    async def test_two_at_the_same_time_make_one(self, callers: Callers, resources: Resources) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            answers = await asyncio.gather(
                *(ada.post("/api/v1/notes", json={"text": "once"}, headers={"Idempotency-Key": "k1"}) for _ in range(4))
            )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert await notes(resources) == ["once"]

    async def test_another_body_is_another_request(self, callers: Callers) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            await ada.post("/api/v1/notes", json={"text": "one"}, headers={"Idempotency-Key": "k1"})
            answer = await ada.post("/api/v1/notes", json={"text": "two"}, headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 422
        assert answer.json()["type"].endswith("idempotency-key-reused")

    async def test_another_caller_has_keys_of_their_own(self, callers: Callers, resources: Resources) -> None:
        for account, note in (("a-1", "ada's"), ("b-2", "bob's")):
            async with callers.as_account("write_notes", account_id=account) as client:
                answer = await client.post("/api/v1/notes", json={"text": note}, headers={"Idempotency-Key": "k1"})
                assert answer.status_code == 201
        assert await notes(resources) == ["ada's", "bob's"]

    async def test_a_refused_request_may_be_tried_again(self, callers: Callers) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            for _ in "12":
                await ada.post("/api/v1/notes", json={"text": "crash"}, headers={"Idempotency-Key": "k1"})
        assert sample.runs == ["crash", "crash"]

    async def test_an_upload_is_recognised_without_reading_it_again(
        self, callers: Callers, resources: Resources
    ) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            answers = [
                await ada.post(
                    "/api/v1/uploads", files={"file": ("a.csv", b"x" * size)}, headers={"Idempotency-Key": "k1"}
                )
                for size in (2_000_000, 2_000_000, 1_000)
            ]
        assert [answer.status_code for answer in answers] == [201, 201, 422]
        assert await notes(resources) == ["a.csv"]

    async def test_an_answer_that_cannot_be_kept_is_said_to_be_lost(
        self, callers: Callers, resources: Resources
    ) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            first, second = [await ada.post("/api/v1/export", headers={"Idempotency-Key": "k1"}) for _ in "12"]
        assert (first.status_code, first.text) == (200, "ab")
        assert second.status_code == 409
        assert second.json()["type"].endswith("answer-not-kept")
        assert await notes(resources) == ["exported"]

    async def test_holds_for_nested_routers_too(self, callers: Callers) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            answers = [
                await ada.post("/api/v1/nested", json={"text": "n"}, headers={"Idempotency-Key": "k1"}) for _ in "12"
            ]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert sample.runs == ["n"]

    async def test_keys_are_forgotten_after_a_day(self, callers: Callers, resources: Resources) -> None:
        async with callers.as_account("write_notes", account_id="a-1") as ada:
            await ada.post("/api/v1/notes", json={"text": "one"}, headers={"Idempotency-Key": "old"})
            async with resources.uow() as uow:
                await uow.session.execute(text("UPDATE hub.idempotency_keys SET created_at = now() - interval '25 h'"))
            await ada.post("/api/v1/notes", json={"text": "two"}, headers={"Idempotency-Key": "new"})
        async with resources.uow.reader() as uow:
            assert list(await uow.session.scalars(select(IdempotencyKey.key))) == ["new"]

    async def test_a_key_means_nothing_where_nobody_signed_in(self, callers: Callers, resources: Resources) -> None:
        async with callers.anonymous() as nobody:
            for note in ("one", "two"):
                await nobody.post("/api/v1/open", json={"text": note}, headers={"Idempotency-Key": "k1"})
        assert await notes(resources) == ["one", "two"]


async def test_pages_follow_each_other_to_the_end(callers: Callers) -> None:
    async with callers.as_account("write_notes") as ada:
        for number in range(5):
            await ada.post("/api/v1/notes", json={"text": f"n{number}"})
        seen, after, sizes = [], None, []
        while True:
            page = (await ada.get("/api/v1/notes", params={"limit": 2, **({"after": after} if after else {})})).json()
            seen += [item["text"] for item in page["items"]]
            sizes.append(len(page["items"]))
            after = page["next"]
            if after is None:
                break
        wrong = await ada.get("/api/v1/notes", params={"after": "!!"})
    assert seen == ["n0", "n1", "n2", "n3", "n4"]
    assert sizes == [2, 2, 1]
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/after"


@pytest.mark.parametrize(
    ("header", "status"), [(None, 200), ('"7"', 200), ('"6", "7"', 200), ("*", 200), ('"6"', 412), ('W/"7"', 412)]
)
async def test_an_older_version_is_not_overwritten(callers: Callers, header: str | None, status: int) -> None:
    async with callers.as_account("write_notes") as ada:
        answer = await ada.put("/api/v1/notes/1", json={"text": "x"}, headers={"If-Match": header} if header else {})
    assert answer.status_code == status
    assert status == 412 or answer.headers["ETag"] == '"8"'


async def test_the_description_names_rights_and_problems(callers: Callers) -> None:
    async with callers.anonymous() as nobody:
        document = (await nobody.get("/api/v1/openapi.json")).json()
    write = document["paths"]["/api/v1/notes"]["post"]
    assert write["x-right"] == "write_notes"
    assert "urn:tutti:problem:note-refused" in write["responses"]["409"]["x-problems"]
    assert PROBLEM in write["responses"]["422"]["content"]
    assert {"401", "403"} <= set(write["responses"])
    assert any(parameter["name"] == "Idempotency-Key" for parameter in write["parameters"])
    assert "HTTPValidationError" not in json.dumps(document)


async def test_metrics_are_by_route_template(callers: Callers) -> None:
    async with callers.as_account("write_notes") as ada:
        await ada.put("/api/v1/notes/123456", json={"text": "x"})
        numbers = (await ada.get("/metrics")).text
    assert 'route="/api/v1/notes/{note_id}"' in numbers
    assert "123456" not in numbers
