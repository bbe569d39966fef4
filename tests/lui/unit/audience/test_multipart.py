from collections.abc import AsyncIterator

import pytest

from lui.audience.errors import UploadMalformed
from lui.audience.multipart import FileForm

TYPE = "multipart/form-data; boundary=xyz"


def form(
    name: str = "file", file_name: str = "a.csv", content: bytes = b"a,b\r\n1,2", end: bytes = b"--xyz--\r\n"
) -> bytes:
    head = f'--xyz\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
    return head.encode() + content + b"\r\n" + end


async def chunks(octets: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(octets), size):
        yield octets[at : at + size]


async def read(octets: bytes, size: int = 7) -> tuple[str, bytes]:
    parsed = FileForm(chunks(octets, size), TYPE)
    await parsed.begin()
    return parsed.file_name, b"".join([piece async for piece in parsed.octets()])


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_a_file_comes_through_in_whatever_chunks(size: int) -> None:
    assert await read(form(), size) == ("a.csv", b"a,b\r\n1,2")


async def test_other_fields_are_skipped() -> None:
    other = b'--xyz\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    assert await read(other + form(end=other + b"--xyz--\r\n")) == ("a.csv", b"a,b\r\n1,2")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\\\Users\\\\ada\\\\list.csv", "list.csv"),
        ("../../etc/passwd", "passwd"),
        ("", "upload"),
        ("a\x07b.csv", "ab.csv"),
    ],
)
async def test_only_the_last_part_of_a_name_is_kept(given: str, kept: str) -> None:
    assert (await read(form(file_name=given)))[0] == kept


@pytest.mark.parametrize(
    "octets", [form(name="other"), form(end=b""), b"", b"not a form at all", b"--xyz\r\nbroken header\r\n\r\n"]
)
async def test_a_form_without_a_whole_file_is_refused(octets: bytes) -> None:
    with pytest.raises(UploadMalformed):
        await read(octets)


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "text/csv; boundary=xyz"])
async def test_only_forms_are_taken(kind: str) -> None:
    with pytest.raises(UploadMalformed):
        FileForm(chunks(b"", 1), kind)
