"""Fetching what was authorized: the content document and the frozen recipients, page by page, resumable."""

import asyncio
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from common.contracts.digest import RecipientsDigest, document_digest
from common.contracts.lui import TrackingPlanV1
from common.contracts.mailer import DeliveryState
from common.contracts.signed_token import TokenKeys
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from mailer.clients.lui import LuiClient, LuiRefused, RecipientsPage
from mailer.composing import service as composing
from mailer.composing.errors import ContentFaulty
from mailer.composing.schemas import ContentDocument
from mailer.deliveries.errors import PageDamaged
from mailer.deliveries.models import DeliveryRow
from mailer.deliveries.pages import pack, unpack
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.service.finish import fail
from mailer.deliveries.service.pull_files import load_files, pull_files
from mailer.envelopes import service as envelopes
from mailer.preflight import service as preflight
from mailer.signing import service as signing

_TRY_SECRETS = composing.Secrets(b"", b"")


class CannotBeSent(Exception):
    """What lui serves is not what was authorized, or makes no message; the text says so in plain words."""


class Puller:
    """Fetches one delivery at a time; its steps are transactions of their own, so that it goes on where it stopped."""

    def __init__(self, uow: UnitOfWorkFactory, lui: LuiClient, origins: composing.Origins, keys: TokenKeys) -> None:
        self._uow = uow
        self._lui = lui
        self._origins = origins
        self._keys = keys

    async def pull(self, delivery_id: str) -> None:
        """Fetch everything that is missing and compare the digests. Raises LuiAway."""
        try:
            await self._content(delivery_id)
            await self._recipients(delivery_id)
        except (CannotBeSent, LuiRefused) as error:
            reason = (
                str(error) if isinstance(error, CannotBeSent) else f"what was authorized cannot be fetched: {error}"
            )
            async with self._uow() as uow:
                await fail(uow, delivery_id, reason)

    async def files(self, document: Mapping[str, Any]) -> None:
        """Fetch the files a content document names and that are not here. Raises LuiAway, LuiRefused."""
        await pull_files(self._uow, self._lui, document)

    async def _content(self, delivery_id: str) -> None:
        async with self._uow.reader() as uow:
            delivery = await _preparing(uow, delivery_id)
        if delivery.document is not None:
            return
        document = await self._lui.content(delivery_id)
        if document_digest(document) != delivery.content_digest:
            raise CannotBeSent("the content lui served does not match what was authorized")
        await pull_files(self._uow, self._lui, document)
        async with self._uow.reader() as uow:
            files = await load_files(uow, document)
        message, sender = self._try(document, delivery, files), str(document["sender"]["address"])
        async with self._uow() as uow:
            refusal = await preflight.size_refusal(uow, sender, message.largest_size_estimate)
            if refusal is not None:
                raise CannotBeSent(refusal)
            preparing = await _preparing(uow, delivery_id)
            preparing.document = document
            await signing.freeze_keys(uow, delivery_id, sender)

    def _try(self, document: dict[str, Any], delivery: DeliveryRow, files: Mapping[str, bytes]) -> composing.Message:
        """Compile once, so that what cannot be sent fails before anything is."""
        using = composing.CompileWith(files=files)
        try:
            return composing.compile_message(
                content_of(document, delivery), _TRY_SECRETS, self._origins, self._keys, using
            )
        except ValidationError as error:
            where = ", ".join(sorted({str(each["loc"][0]) for each in error.errors() if each["loc"]}))
            raise CannotBeSent(f"the content document cannot be used: {where}") from None
        except ContentFaulty as faulty:
            first = faulty.findings[0]
            raise CannotBeSent(f"the content has a mistake ({first.part}, line {first.line}): {first.detail}") from None

    async def _recipients(self, delivery_id: str) -> None:
        """Page by page; the next one is on its way while one is stored."""
        async with self._uow.reader() as uow:
            delivery = await _preparing(uow, delivery_id)
        total = delivery.recipient_count
        digest = RecipientsDigest()
        after = await self._stored(delivery, digest)
        coming = self._ask(delivery_id, after, total)
        try:
            while coming is not None:
                page = await coming
                _require_gapless(page, after, total)
                after += len(page.items)
                coming = self._ask(delivery_id, after, total)
                digest.add_all(page.items)
                async with self._uow() as uow:
                    await self._store(uow, delivery_id, page)
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)
        if digest.hexdigest() != delivery.recipients_digest:
            raise CannotBeSent("the recipients lui served do not match what was authorized")
        async with self._uow() as uow:
            (await _preparing(uow, delivery_id)).pulled_at = uow.now

    def _ask(self, delivery_id: str, after: int, total: int) -> "asyncio.Task[RecipientsPage] | None":
        if after >= total:
            return None
        asking = self._lui.recipients(delivery_id, after=after, limit=envelopes.PAGE_SIZE)
        return asyncio.create_task(asking, name="fetch recipients")

    async def _stored(self, delivery: DeliveryRow, digest: RecipientsDigest) -> int:
        """How many recipients an earlier attempt has stored; they go into the digest."""
        count = 0
        for number in range(1, delivery.pulled_pages + 1):
            async with self._uow.reader() as uow:
                page = await DeliveryRepository(uow.session).page(delivery.id, number)
            try:
                recipients = unpack(page.data, page.sha256) if page else []
            except PageDamaged as error:
                raise CannotBeSent(str(error)) from None
            digest.add_all([(each.ordinal, each.address, each.values) for each in recipients])
            count += len(recipients)
        return count

    async def _store(self, uow: UnitOfWork, delivery_id: str, page: RecipientsPage) -> None:
        delivery = await _preparing(uow, delivery_id)
        number = (page.items[0][0] - 1) // envelopes.PAGE_SIZE + 1
        data, sha256 = pack(page.items)
        repository = DeliveryRepository(uow.session)
        await repository.add_page(
            {
                "delivery_id": delivery_id,
                "page_number": number,
                "recipient_count": len(page.items),
                "data": data,
                "sha256": sha256,
            }
        )
        ref = envelopes.Ref(delivery_id, delivery.created_at)
        await envelopes.fill_page(uow, ref, number, [(ordinal, address) for ordinal, address, _ in page.items])
        delivery.pulled_pages = max(delivery.pulled_pages, number)
        delivery.pull_problem = None


class Superseded(Exception):
    """The delivery was cancelled or has failed while it was being fetched."""


async def _preparing(uow: UnitOfWork, delivery_id: str) -> DeliveryRow:
    repository = DeliveryRepository(uow.session)
    delivery = await repository.get(delivery_id)
    if delivery is None or delivery.state != DeliveryState.PREPARING:
        raise Superseded
    return delivery


def content_of(document: dict[str, Any], delivery: DeliveryRow) -> ContentDocument:
    """The document with what the fact itself said; what was requested holds. Raises ValidationError."""
    said = {
        "delivery_id": delivery.id,
        "delivery_number": delivery.number,
        "tracking": TrackingPlanV1.model_validate(delivery.tracking),
    }
    return ContentDocument.model_validate({**document, **said})


def _require_gapless(page: RecipientsPage, after: int, total: int) -> None:
    expected = min(envelopes.PAGE_SIZE, total - after)
    ordinals = [ordinal for ordinal, _, _ in page.items]
    if ordinals != list(range(after + 1, after + 1 + expected)):
        raise CannotBeSent("the recipients lui served do not match what was authorized")
