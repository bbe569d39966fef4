"""From an upload to an audience, with its three sets."""

import csv
import io
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, text

from common.contracts.digest import RecipientsDigest
from common.http import httpx
from lui.audience import service as audience
from lui.audience.models import Snapshot, SnapshotRecipient
from lui.audience.scheduler import Partitions, months
from tests.support.builders.lui import Lui, a_job, lui_under_test, ok, put, recipients, upload

MIXED = (
    "email,name,city\r\n"
    "ada@example.org,Ada,London\r\n"
    "not an address,Bob,Paris\r\n"
    "ADA@example.org,Countess,London\r\n"
    "carol@example.org,=1+1,Rome\r\n"
    "dave@example.org,Dave\r\n"
)


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def defined(client: httpx.AsyncClient, content: str | bytes = MIXED, **changes: Any) -> Any:
    """A job with recipients."""
    return await put(
        client, await a_job(client), "recipients", recipients((await upload(client, content))["id"], **changes)
    )


async def refused(client: httpx.AsyncClient, content: str | bytes = MIXED, **changes: Any) -> Any:
    job = await a_job(client)
    body = recipients((await upload(client, content))["id"], **changes)
    problem = await ok(await client.put(f"/api/v1/jobs/{job['id']}/recipients", json=body), 422)
    assert (await ok(await client.get(f"/api/v1/jobs/{job['id']}")))["steps"]["recipients"]["state"] == "available"
    return problem


async def table(client: httpx.AsyncClient, job: Any, name: str, query: str = "") -> list[list[str]]:
    reply = await client.get(f"/api/v1/jobs/{job['id']}/recipients/{name}.csv{query}")
    assert reply.status_code == 200
    assert "attachment" in reply.headers["content-disposition"]
    return list(csv.reader(io.StringIO(reply.text, newline="")))


async def test_every_row_is_in_one_of_three_sets(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await defined(ada)
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients"))
        assert shown["counts"] == {"accepted": 2, "duplicates": 1, "rejected": 2}
        assert shown["columns"] == ["email", "name", "city"]
        assert shown["sample"] == [["ada@example.org", "Ada", "London"], ["carol@example.org", "=1+1", "Rome"]]
        assert shown["recipients"][1]["ordinal"] == 2
        assert shown["source"]["separator"] == ","
        assert await table(ada, job, "accepted") == [
            ["email", "name", "city"],
            ["ada@example.org", "Ada", "London"],
            ["carol@example.org", "'=1+1", "Rome"],
        ]
        assert (await table(ada, job, "accepted", "?raw=true"))[2][1] == "=1+1"
        assert await table(ada, job, "duplicates") == [
            ["line", "reason", "email", "name", "city"],
            ["4", "same as line 2", "ADA@example.org", "Countess", "London"],
        ]
        rejected = await table(ada, job, "rejected")
        assert [row[:2] for row in rejected[1:]] == [["3", "the address has no @"], ["6", "2 columns instead of 3"]]
        await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients/others.csv"), 422)


async def test_the_digest_is_over_the_recipients_as_mailer_will_read_them(lui: Lui) -> None:
    async with lui.ada() as ada:
        await defined(ada)
    async with lui.resources.uow.reader() as uow:
        snapshot = (await uow.session.scalars(select(Snapshot))).one()
        digest = RecipientsDigest()
        for ordinal, address, values in await audience.recipients_page(uow, snapshot.id, 0, 100):
            digest.add(ordinal, address, values)
        assert snapshot.digest == digest.hexdigest()


async def test_evaluating_again_makes_another_snapshot(lui: Lui) -> None:
    async with lui.ada() as ada:
        made = (await upload(ada, MIXED))["id"]
        job = await put(ada, await a_job(ada), "recipients", recipients(made))
        await put(ada, job, "recipients", recipients(made, duplicates={"by": "none"}))
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients"))
        assert shown["counts"] == {"accepted": 3, "duplicates": 0, "rejected": 2}
    async with lui.resources.uow.reader() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Snapshot)) == 2


async def test_bulk_hands_over_no_more_than_it_needs(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await defined(ada, usage="bulk")
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients"))
        assert (shown["columns"], shown["sample"][0]) == (["email", "name"], ["ada@example.org", "Ada"])


async def test_duplicates_by_columns(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await defined(ada, duplicates={"by": "columns", "columns": ["city"]})
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients"))
        assert shown["counts"]["duplicates"] == 1
        assert shown["duplicates"] == {"by": "columns", "columns": ["city"]}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"address_column": "mail"}, "/address_column"),
        ({"name_column": "surname"}, "/name_column"),
        ({"duplicates": {"by": "columns"}}, "/duplicates/columns"),
        ({"duplicates": {"by": "columns", "columns": ["x"]}}, "/duplicates/columns/0"),
        ({"duplicates": {"by": "address", "columns": ["city"]}}, "/duplicates/columns"),
        ({"duplicates": {"by": "magic"}}, "/duplicates/by"),
        ({"usage": "other"}, "/usage"),
    ],
)
async def test_what_the_file_does_not_have_is_pointed_at(lui: Lui, changes: dict[str, Any], pointer: str) -> None:
    async with lui.ada() as ada:
        assert [error["pointer"] for error in (await refused(ada, **changes))["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("content", "settings", "pointer", "line"),
    [
        ("email\na@example.org\ngrüße@example.org\n".encode("cp1252"), {"encoding": "utf-8"}, "/source/encoding", 3),
        (b"email\na@example.org\n", {"encoding": "klingon"}, "/source/encoding", None),
        (b"email,email\na@example.org,b\n", {}, "/source/header", None),
        (b'email\n"a@example.org\n' + b"b@example.org\n" * 10_000, {}, None, None),
    ],
)
async def test_a_setting_that_is_wrong_is_pointed_at_with_the_line(
    lui: Lui, content: bytes, settings: dict[str, Any], pointer: str | None, line: int | None
) -> None:
    async with lui.ada() as ada:
        if pointer is None:  # refused as early as the upload
            await ok(await ada.post("/api/v1/uploads", files={"file": ("x.csv", content)}), 422)
            return
        source = {"type": "upload", "upload_id": (await upload(ada, content))["id"], **settings}
        body = recipients("", source=source) | {"name_column": None}
        job = await a_job(ada)
        problem = await ok(await ada.put(f"/api/v1/jobs/{job['id']}/recipients", json=body), 422)
        assert problem["errors"][0]["pointer"] == pointer
        assert problem.get("line") == line
    async with lui.resources.uow.reader() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(SnapshotRecipient)) == 0


async def test_a_wrong_octet_deep_in_the_file_leaves_nothing_half_written(lui: Lui) -> None:
    content = b"email\n" + b"".join(b"a%d@example.org\n" % number for number in range(30_000)) + b"\xff@example.org\n"
    async with lui.ada() as ada:
        source = {"type": "upload", "upload_id": (await upload(ada, content))["id"], "encoding": "utf-8"}
        job = await a_job(ada)
        body = recipients("", source=source) | {"name_column": None}
        problem = await ok(await ada.put(f"/api/v1/jobs/{job['id']}/recipients", json=body), 422)
        assert problem["line"] == 30_002
    async with lui.resources.uow.reader() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(SnapshotRecipient)) == 0


async def test_nobody_left_is_told_and_not_sent(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await defined(ada, "email,name\nx,y\n")
        assert job["steps"]["recipients"]["problems"][0]["code"] == "nobody-accepted"


async def test_values_come_back_as_they_were_written(lui: Lui) -> None:
    value = 'a"b\\c,{d}\te;NULL\u2028é\r\nf'
    quoted = '"' + value.replace('"', '""') + '"'
    async with lui.ada() as ada:
        job = await defined(ada, f'email,name\nada@example.org,{quoted}\nx@example.org,""\n')
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients"))
        assert [row[1] for row in shown["sample"]] == [value, ""]


async def test_the_sets_need_the_right_to_see_recipients(lui: Lui) -> None:
    async with lui.ada() as ada, lui.ada("create_jobs") as preparer:
        job = await defined(ada)
        await ok(await preparer.get(f"/api/v1/jobs/{job['id']}/recipients/accepted.csv"), 403)


async def test_partitions_for_two_months_are_made_ahead(lui: Lui) -> None:
    assert await Partitions(lui.resources.uow).once()
    assert await Partitions(lui.resources.uow).once()
    async with lui.ada() as ada:
        await defined(ada)
    async with lui.resources.uow.reader() as uow:
        assert await uow.session.scalar(text("SELECT count(*) FROM lui.snapshot_recipients_2026_11")) == 2
        assert await uow.session.scalar(text("SELECT count(*) FROM lui.snapshot_asides_2026_12")) == 0


def test_december_is_followed_by_january() -> None:
    assert months(date(2026, 12, 31)) == [date(2026, 12, 1), date(2027, 1, 1)]
