"""Files come in, are looked into and are refused."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from lui.audience.models import Upload, UploadPiece
from tests.support.builders.lui import GROUP, PEOPLE, Lui, lui_under_test, ok, upload


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui"), upload_max_bytes=3_000_000) as made:
        yield made


async def kept(lui: Lui) -> tuple[int, int]:
    """How many uploads and pieces there are."""
    async with lui.resources.uow.reader() as uow:
        counts = [await uow.session.scalar(select(func.count()).select_from(table)) for table in (Upload, UploadPiece)]
        return counts[0] or 0, counts[1] or 0


async def refused(lui: Lui, content: bytes, status: int = 422) -> Any:
    async with lui.ada() as ada:
        problem = await ok(await ada.post("/api/v1/uploads", files={"file": ("x.csv", content)}), status)
    assert await kept(lui) == (0, 0), "nothing of a refused file is left"
    return problem


async def test_an_upload_is_answered_with_what_it_seems_to_be(lui: Lui) -> None:
    async with lui.ada() as ada:
        made = await upload(ada, "E-Mail;Ort\nada@example.org;Köln\n".encode("cp1252"), "Liste.csv")
        assert made == made | {
            "file_name": "Liste.csv",
            "size": 32,
            "kind": "csv",
            "encoding": "cp1252",
            "separator": ";",
            "quote": '"',
            "header": True,
            "columns": ["E_Mail", "Ort"],
            "sample": [["ada@example.org", "Köln"]],
            "rows": 1,
            "problems": [],
        }
        assert made["warnings"] == ["column 1, 'E-Mail', is called E_Mail"]


async def test_a_file_is_kept_in_pieces_and_counted_whole(lui: Lui) -> None:
    rows = 60_000
    content = "email,name\n" + "".join(f'a{number}@example.org,"Nr\n{number}"\n' for number in range(rows))
    async with lui.ada() as ada:
        made = await upload(ada, content)
    assert (made["rows"], len(made["sample"])) == (rows, 20)
    assert await kept(lui) == (1, -(-len(content) // (1 << 20)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04" + b"x" * 100, "Excel"),
        (b"%PDF-1.4", "PDF"),
        (b"email\na\x00b", "NUL"),
        (b"a," * 1_000_000, "longer than"),
        (b"email\n" + b"," * 600, "columns"),
    ],
)
async def test_what_is_no_list_is_refused_with_the_reason(lui: Lui, content: bytes, why: str) -> None:
    problem = await refused(lui, content)
    assert problem["type"] == "urn:tutti:problem:upload-unreadable"
    assert why in problem["errors"][0]["detail"]


async def test_a_file_that_declares_to_be_too_large_is_refused_at_once(lui: Lui) -> None:
    assert (await refused(lui, b"x" * 3_100_000, 413))["max_octets"] == 3_000_000


async def test_a_file_that_turns_out_too_large_is_refused_while_it_streams(lui: Lui) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        while True:
            sent += 65_536
            yield b"ada@example.org\n" * 4_096

    async with lui.ada() as ada:
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        problem = await ok(await ada.post("/api/v1/uploads", content=endless(), headers=headers), 413)
    assert problem["title"]
    assert sent < 6_000_000
    assert await kept(lui) == (0, 0)


async def test_a_form_without_a_file_is_refused(lui: Lui) -> None:
    async with lui.ada() as ada:
        await ok(await ada.post("/api/v1/uploads", files={"other": ("x", b"y")}), 400)
        await ok(await ada.post("/api/v1/uploads", json={}), 400)


async def test_other_settings_show_another_sample(lui: Lui) -> None:
    async with lui.ada() as ada:
        path = f"/api/v1/uploads/{(await upload(ada, PEOPLE))['id']}"
        assert (await ok(await ada.get(path, params={"header": "false"})))["columns"] == ["FIELD1", "FIELD2", "FIELD3"]
        assert (await ok(await ada.get(path, params={"header": "false"})))["rows"] == 4
        assert (await ok(await ada.get(path, params={"separator": ","})))["sample"][0] == ["ada@example.org;Ada;London"]
        assert (await ok(await ada.get(path, params={"quote": ""})))["quote"] is None
        assert (await ok(await ada.get(path, params={"encoding": "latin1"})))["encoding"] == "iso8859-1"


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"encoding": "utf-16"}, "/encoding"),
        ({"encoding": "rot13"}, "/encoding"),
        ({"separator": "\n"}, "/separator"),
        ({"separator": ";", "quote": ";"}, "/quote"),
    ],
)
async def test_settings_that_do_not_fit_are_pointed_at(lui: Lui, asked: dict[str, str], pointer: str) -> None:
    async with lui.ada() as ada:
        made = await upload(ada, "email\nada@example.org\n")
        path = f"/api/v1/uploads/{made['id']}"
        problem = await ok(await ada.get(path, params=asked), 422)
        assert [error["pointer"] for error in problem["errors"]] == [pointer]


async def test_a_column_name_used_twice_is_told_with_both_places(lui: Lui) -> None:
    async with lui.ada() as ada:
        made = await upload(ada, "email,name,name\na@example.org,A,B\n")
        assert made["problems"] == ["columns 2 and 3 are both called name"]


async def test_an_upload_belongs_to_its_owner_and_the_group(lui: Lui) -> None:
    async with lui.ada(group_id=GROUP) as ada, lui.stranger() as stranger, lui.stranger(group_id=GROUP) as colleague:
        path = f"/api/v1/uploads/{(await upload(ada))['id']}"
        await ok(await stranger.get(path), 404)
        await ok(await stranger.delete(path), 404)
        await ok(await colleague.get(path))
        await ok(await ada.delete(path), 204)
        await ok(await ada.get(path), 404)
        await ok(await ada.get("/api/v1/uploads/no-id"), 404)
    assert await kept(lui) == (0, 0)


async def test_the_same_key_makes_one_upload(lui: Lui) -> None:
    async with lui.ada() as ada:
        headers = {"Idempotency-Key": "k1", "Content-Type": "multipart/form-data; boundary=b"}
        body = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
            + PEOPLE.encode()
            + b"\r\n--b--\r\n"
        )
        first = await ok(await ada.post("/api/v1/uploads", content=body, headers=headers), 201)
        again = await ok(await ada.post("/api/v1/uploads", content=body, headers=headers), 201)
    assert first == again
    assert await kept(lui) == (1, 1)
