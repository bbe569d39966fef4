"""Files of messages: fetched once, kept by what they are, and never other than what was frozen."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from common.contracts.signed_token import TokenKeys
from common.http import httpx
from common.http.client import open_client
from common.service.resources import Resources
from mailer.clients.lui import LuiAway, LuiClient, LuiRefused
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import CompileWith, Origins, Recipient, Secrets, compile_message
from mailer.deliveries.errors import FileMissing
from mailer.deliveries.service.pull_files import load_files, pull_files
from mailer.tables import MESSAGING
from tests.support.builders.document import a_document
from tests.support.builders.mailer import mailer_settings
from tests.support.http import resources_for

Clone = Callable[[str], str]
PICTURE, LETTER = b"\x89PNG\r\n\x1a\n" + b"x" * 5_000, b"%PDF-1.7"


@dataclass
class Files:
    """lui's page of files; what was asked for is kept."""

    served: dict[str, bytes]
    asked: list[str] = field(default_factory=list)
    status: int = 200

    def answer(self, request: httpx.Request) -> httpx.Response:
        sha256 = request.url.path.removeprefix("/internal/v1/files/")
        self.asked.append(sha256)
        if self.status != 200:
            return httpx.Response(self.status)
        octets = self.served.get(sha256)
        return httpx.Response(404) if octets is None else httpx.Response(200, content=octets)


@asynccontextmanager
async def mailer(clone: Clone, files: Files) -> AsyncIterator[tuple[Resources, LuiClient]]:
    settings = mailer_settings(clone("mailer"), 25)
    async with (
        resources_for(settings, MESSAGING) as plain,
        open_client(settings, httpx.MockTransport(files.answer)) as client,
    ):
        yield replace(plain, http=client), LuiClient(settings, client, settings.lui_url)


def sha256_of(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def a_letter(*files: bytes) -> dict[str, Any]:
    attachments = [
        {
            "file_name": f"{at}.bin",
            "content_type": "application/pdf",
            "size": len(octets),
            "sha256": sha256_of(octets),
            "content_id": None,
        }
        for at, octets in enumerate(files)
    ]
    return a_document(attachments=attachments)


async def test_each_file_is_fetched_once_and_goes_out_whole(clone: Clone) -> None:
    files = Files({sha256_of(octets): octets for octets in (PICTURE, LETTER)})
    async with mailer(clone, files) as (resources, lui):
        document = a_letter(PICTURE, LETTER, PICTURE)
        await pull_files(resources.uow, lui, document)
        await pull_files(resources.uow, lui, a_letter(LETTER))
        assert sorted(files.asked) == sorted(files.served), "another delivery with the same file asks for nothing"
        async with resources.uow.reader() as uow:
            found = await load_files(uow, document)
    assert found == files.served
    frozen = ContentDocument.model_validate({**document, "delivery_number": 1})
    origins, keys = Origins("http://t.test", "http://p.test", "b.test"), TokenKeys([b"k" * 32])
    message = compile_message(frozen, Secrets(b"m", b"p"), origins, keys, CompileWith(files=found))
    data = message.compose(Recipient(1, "a@b.test", ["a@b.test", "Ann"]), "").data
    assert data.count(b"Content-Type: application/pdf\r\n") == 3


async def test_a_letter_without_files_asks_nobody(clone: Clone) -> None:
    files = Files({})
    async with mailer(clone, files) as (resources, lui):
        await pull_files(resources.uow, lui, a_document())
        async with resources.uow.reader() as uow:
            assert await load_files(uow, a_document()) == {}
    assert files.asked == []


@pytest.mark.parametrize("served", [{}, {"other": LETTER + b"!"}, {"other": b"!PDF-1.7"}, {"other": b""}])
async def test_other_octets_than_those_frozen_are_never_kept(clone: Clone, served: dict[str, bytes]) -> None:
    files = Files({sha256_of(LETTER): octets for octets in served.values()})
    async with mailer(clone, files) as (resources, lui):
        with pytest.raises(LuiRefused):
            await pull_files(resources.uow, lui, a_letter(LETTER))
        async with resources.uow.reader() as uow:
            with pytest.raises(FileMissing):
                await load_files(uow, a_letter(LETTER))


async def test_while_lui_is_away_it_is_asked_again(clone: Clone) -> None:
    files = Files({sha256_of(LETTER): LETTER}, status=503)
    async with mailer(clone, files) as (resources, lui):
        with pytest.raises(LuiAway):
            await pull_files(resources.uow, lui, a_letter(LETTER))
        files.status = 200
        await pull_files(resources.uow, lui, a_letter(LETTER))
        async with resources.uow.reader() as uow:
            assert await load_files(uow, a_letter(LETTER)) == files.served


async def test_a_document_that_makes_no_sense_is_refused(clone: Clone) -> None:
    async with mailer(clone, Files({})) as (resources, lui):
        for nonsense in ([{"sha256": "x"}], ["x"], [{"sha256": "x", "size": "many"}]):
            with pytest.raises(LuiRefused):
                await pull_files(resources.uow, lui, {"attachments": nonsense})
