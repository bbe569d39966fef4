"""Files of a job: kept once, frozen into what is authorized, served to mailer, gone when nobody holds them."""

import base64
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from common.clock import utc_now
from common.http import httpx
from lui.deliveries import service as deliveries
from lui.jobs.scheduler import Tidying
from tests.support.builders.lui import (
    CONTENT,
    SENDER,
    Lui,
    a_job,
    a_prepared_job,
    a_tested_job,
    act,
    lui_under_test,
    ok,
    put,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels " * 40
PDF = b"%PDF-1.7 words"


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui"), file_max_bytes=1_000, files_max_bytes=1_500) as made:
        yield made


def path(job: Any, file_id: str = "") -> str:
    return f"/api/v1/jobs/{job['id']}/files{'/' + file_id if file_id else ''}"


async def add(
    client: httpx.AsyncClient, job: Any, octets: bytes, name: str, *, inline: bool = False, status: int = 201
) -> Any:
    data = {"is_inline": "true"} if inline else {}
    sent = await client.post(path(job), files={"file": (name, octets, "application/x-lie")}, data=data)
    return await ok(sent, status)


async def read(client: httpx.AsyncClient, job: Any, what: str = "content") -> Any:
    return await ok(await client.get(f"/api/v1/jobs/{job['id']}/{what}"))


async def stored(lui: Lui) -> list[str]:
    async with lui.resources.engine.connect() as connection:
        return list(await connection.scalars(text("SELECT sha256 FROM lui.stored_files ORDER BY sha256")))


async def test_a_file_is_what_its_octets_and_its_name_say(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        picture = await add(ada, job, PNG, "C:\\pictures\\\u202elogo.png", inline=True)
        assert picture == {
            "id": picture["id"],
            "file_name": "logo.png",
            "content_type": "image/png",
            "size": len(PNG),
            "sha256": hashlib.sha256(PNG).hexdigest(),
            "is_inline": True,
            "content_id": f"{hashlib.sha256(PNG).hexdigest()[:24]}@files.tutti",
        }
        letter = await add(ada, job, PDF, "letter.pdf")
        assert (letter["content_type"], letter["is_inline"]) == ("application/pdf", False)
        assert (await add(ada, job, b"<svg onload=alert(1)>", "x.png"))["content_type"] == "application/octet-stream"
        assert [file["id"] for file in (await read(ada, job, "files"))["items"]][:2] == [picture["id"], letter["id"]]
        got = await ada.get(path(job, letter["id"]))
        assert (got.content, got.headers["content-type"]) == (PDF, "application/octet-stream")
        assert got.headers["content-disposition"] == "attachment; filename*=utf-8''letter.pdf"
        assert "sandbox" in got.headers["content-security-policy"]
        await ok(await ada.delete(path(job, letter["id"])), 204)
        await ok(await ada.get(path(job, letter["id"])), 404)


async def test_what_cannot_be_sent_is_refused_with_its_reason(lui: Lui) -> None:
    async with lui.ada() as ada, lui.stranger() as stranger:
        job = await a_job(ada)
        assert (await add(ada, job, b"", "empty.txt", status=422))["errors"][0]["pointer"] == "/file"
        assert "PNG" in (await add(ada, job, PDF, "x.png", inline=True, status=422))["errors"][0]["detail"]
        assert (await add(ada, job, b"x" * 1_001, "big.bin", status=413))["max_octets"] == 1_000
        await add(ada, job, b"x" * 1_000, "one.bin")
        assert "together" in (await add(ada, job, b"y" * 501, "two.bin", status=413))["detail"]
        await add(stranger, job, PDF, "x.pdf", status=404)
        await ok(await stranger.get(path(job)), 404)


async def test_files_belong_to_what_is_tested_and_authorized(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_tested_job(ada)
        assert job["steps"]["test"]["state"] == "done"
        file = await add(ada, job, PDF, "letter.pdf")
        job = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
        assert job["steps"]["test"]["state"] == "stale"
        test = await act(ada, job, "tests", 202, {"addresses": ["t@example.org"]})
        await act(ada, job, f"tests/{test['id']}/accept")
        job = await act(ada, job, "authorize")
        await add(ada, job, PNG, "late.png", status=409)
        await ok(await ada.delete(path(job, file["id"])), 409)
        async with lui.resources.uow.reader() as uow:
            document = orjson.loads(await deliveries.get_content(uow, test["id"]))
        assert document["attachments"] == [
            {
                "file_name": "letter.pdf",
                "content_type": "application/pdf",
                "size": len(PDF),
                "sha256": file["sha256"],
                "content_id": None,
            }
        ]
    # Services sign their calls at the present time.
    lui.clock.advance(utc_now() - lui.clock())
    async with lui.callers.as_service("mailer") as mailer:
        got = await mailer.get(f"/internal/v1/files/{file['sha256']}")
        assert got.content == PDF
        await ok(await mailer.get(f"/internal/v1/files/{'0' * 64}"), 404)
    async with lui.ada() as ada:
        await ok(await ada.get(f"/internal/v1/files/{file['sha256']}"), 403)


async def test_a_file_that_was_exchanged_behind_the_authorization_is_not_sent(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada, schedule={"mode": "trigger"})
        await add(ada, job, PDF, "letter.pdf")
        test = await act(ada, job, "tests", 202, {"addresses": ["t@example.org"]})
        await act(ada, job, f"tests/{test['id']}/accept")
        await act(ada, job, "authorize")
        async with lui.resources.engine.begin() as connection:
            await connection.execute(
                text("UPDATE lui.contents SET files = jsonb_set(files, '{0,file_name}', '\"other.exe\"')")
            )
        refused = await ada.post(f"/api/v1/jobs/{job['id']}/trigger")
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("authorization-void")


async def test_order_flags_and_charset_are_part_of_the_content(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        first, second = await add(ada, job, PNG, "a.png"), await add(ada, job, PDF, "b.pdf")
        order = [{"id": second["id"], "is_inline": False}, {"id": first["id"], "is_inline": True}]
        page = f'<p>{{{{ name }}}} <img src="cid:{first["content_id"]}"> <img src="cid:gone@files.tutti"></p>'
        await put(ada, job, "content", {**CONTENT, "html": page, "charset": "auto", "files": order})
        content = await read(ada, job)
        assert content["charset"] == "auto"
        assert [(file["file_name"], file["is_inline"]) for file in content["files"]] == [
            ("b.pdf", False),
            ("a.png", True),
        ]
        assert [each["detail"] for each in content["warnings"]] == [
            "the picture cid:gone@files.tutti is not among the files"
        ]
        shown = await act(ada, job, "preview")
        assert f"data:image/png;base64,{base64.b64encode(PNG).decode()}" in shown["html"]
        assert "cid:gone@files.tutti" in shown["html"]
        for wrong in (order[:1], [*order, order[0]], [{"id": second["id"], "is_inline": True}, order[1]]):
            body = {**CONTENT, "files": wrong}
            await ok(await ada.put(f"/api/v1/jobs/{job['id']}/content", json=body), 422)
        await ok(await ada.put(f"/api/v1/jobs/{job['id']}/content", json={**CONTENT, "charset": "utf-16"}), 422)


async def test_a_copy_has_the_files_and_octets_go_when_nobody_holds_them(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        file = await add(ada, job, PDF, "letter.pdf")
        assert await add(ada, job, PDF, "letter.pdf") == file, "the same file again is the one that is there"
        copy = await act(ada, job, "copy", 201)
        assert [each["sha256"] for each in (await read(ada, copy))["files"]] == [file["sha256"]]
        assert len(await stored(lui)) == 1
        tidying = Tidying(lui.resources.uow)
        await ok(await ada.delete(f"/api/v1/jobs/{job['id']}"), 204)
        lui.clock.advance(timedelta(days=8))
        await tidying.once()
        assert len(await stored(lui)) == 1, "the copy still holds it"
    async with lui.ada() as ada:
        await ok(await ada.delete(f"/api/v1/jobs/{copy['id']}"), 204)
        await tidying.once()
        assert await stored(lui) == []


async def test_the_sender_may_differ_from_recipient_to_recipient(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        merged = {**SENDER, "name": "{{ name }} of Example", "reply_to": "{{ email }}"}
        job = await put(ada, job, "sender", merged)
        assert job["steps"]["sender"]["state"] == "done"
        assert (await read(ada, job, "sender"))["reply_to"] == "{{ email }}"
        unknown = await ada.put(f"/api/v1/jobs/{job['id']}/sender", json={**SENDER, "name": "{{ nobody }}"})
        assert unknown.json()["errors"][0]["pointer"] == "/name"
        fixed = await ada.put(f"/api/v1/jobs/{job['id']}/sender", json={**SENDER, "address": "{{ email }}"})
        assert fixed.json()["errors"][0]["pointer"] == "/address"
