"""Deliveries as the sending loop needs them: compiled once, recipients from their frozen pages."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from common.contracts.lui import DeliveryKind, TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import TokenKeys
from common.messaging.unit_of_work import UnitOfWorkFactory
from mailer.clients.lui import LuiAway, LuiRefused
from mailer.composing import service as composing
from mailer.deliveries.errors import DeliveryNotFound, FileMissing, PageDamaged
from mailer.deliveries.models import DeliveryRow, DeliverySecretRow
from mailer.deliveries.pages import unpack
from mailer.deliveries.pulse import Pulse
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.service.pull_audience import content_of
from mailer.deliveries.service.pull_files import load_files
from mailer.envelopes.work import Job, JobUnready
from mailer.sealing import Sealer
from mailer.signing import service as signing

_KEPT = 32
"""Deliveries whose compiled messages are kept; more at a time are compiled again when their turn comes."""
_FRESH_SECONDS = 2.0
"""A retry gives a delivery more time to live; who holds an older job has only less of it."""


Fetch = Callable[[Mapping[str, Any]], Awaitable[None]]
"""Fetches the files that a content document names and that are not here. Raises LuiAway, LuiRefused."""


@dataclass(slots=True)
class _Kept:
    job: Job
    read_at: float


class DeliveryJobs:
    """Implements `mailer.envelopes.work.Jobs`."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        origins: composing.Origins,
        keyring: tuple[TokenKeys, Sealer],
        rehearsal_waits: Sequence[timedelta],
    ) -> None:
        self._uow = uow
        self._origins = origins
        self._keys, self._sealer = keyring
        self._rehearsal_waits = tuple(rehearsal_waits)
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._problems: dict[str, str] = {}
        self.may_send: Callable[[], bool] = lambda: True
        """Whether this installation sends at all."""
        self._pulse: Pulse | None = None
        self._fetch: Fetch = _fetch_nothing

    def look_after(self, pulse: Pulse, fetch: Fetch) -> None:
        """Know when nothing is open, and how files that are not here any more are fetched."""
        self._pulse, self._fetch = pulse, fetch

    def problem(self, delivery_id: str) -> str | None:
        """Why a delivery's messages cannot be made at the moment, in plain words."""
        return self._problems.get(delivery_id)

    @property
    def rest(self) -> bool:
        """Nothing can be claimed or taken over: no delivery is open."""
        return self._pulse is not None and self._pulse.rests

    async def stirs(self, seconds: float) -> None:
        """Wait until a delivery is open, but no longer than that."""
        if self._pulse is not None:
            await self._pulse.wait(seconds)

    async def running(self) -> Sequence[str]:
        """Ids of running deliveries: tests and rehearsals first, then the oldest; none when nothing may be sent."""
        if not self.may_send():
            return []
        async with self._uow.reader() as uow:
            return await DeliveryRepository(uow.session).running()

    async def job(self, delivery_id: str) -> Job:
        """The compiled job, at most two seconds old. Raises DeliveryNotFound, JobUnready."""
        kept = self._kept.get(delivery_id)
        if kept is not None and time.monotonic() - kept.read_at < _FRESH_SECONDS:
            self._kept.move_to_end(delivery_id)
            return kept.job
        async with self._uow.reader() as uow:
            repository = DeliveryRepository(uow.session)
            delivery = await repository.get(delivery_id)
            secret = await repository.secret(delivery_id)
        if delivery is None or secret is None or delivery.document is None:
            raise DeliveryNotFound(f"There is no delivery {delivery_id} to send")
        try:
            message = kept.job.message if kept else await self._compiled(delivery, secret)
        except (signing.KeysUnreadable, FileMissing, LuiAway, LuiRefused) as error:
            self._problems[delivery_id] = str(error)
            raise JobUnready(str(error)) from None
        self._problems.pop(delivery_id, None)
        job = self._job(delivery, message)
        self._kept[delivery_id] = _Kept(job, time.monotonic())
        self._kept.move_to_end(delivery_id)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return job

    async def _compiled(self, delivery: DeliveryRow, secret: DeliverySecretRow) -> composing.Message:
        document = content_of(delivery.document or {}, delivery)
        files = await self._files(delivery.document or {})
        async with self._uow.reader() as uow:
            signer = await signing.signer_of(uow, delivery.id, self._sealer, at=document.reference_time)
        secrets = composing.Secrets(secret.k_msgid, secret.k_pseudonym)
        using = composing.CompileWith(files=files, signer=signer)
        return composing.compile_message(document, secrets, self._origins, self._keys, using)

    async def _files(self, document: Mapping[str, Any]) -> Mapping[str, bytes]:
        try:
            async with self._uow.reader() as uow:
                return await load_files(uow, document)
        except FileMissing:
            # Long ago they were removed, and somebody tries again with who was not reached.
            await self._fetch(document)
        async with self._uow.reader() as uow:
            return await load_files(uow, document)

    def _job(self, delivery: DeliveryRow, message: composing.Message) -> Job:
        return Job(
            delivery.id,
            delivery.created_at,
            delivery.expires_at or delivery.created_at + timedelta(hours=72),
            delivery.group_id,
            message,
            kind=delivery.kind,
            sender_domain=delivery.sender_domain,
            in_doubt=delivery.in_doubt,
            waits=self._rehearsal_waits if delivery.kind == "rehearsal" else None,
            told_as=delivery.number if _may_be_told(delivery) else None,
        )

    async def recipients(self, delivery_id: str, page_number: int) -> Sequence[composing.Recipient]:
        """One frozen page. Raises PageDamaged."""
        async with self._uow.reader() as uow:
            page = await DeliveryRepository(uow.session).page(delivery_id, page_number)
        if page is None:
            raise PageDamaged("a page of recipients is missing")
        return unpack(page.data, page.sha256)


def _may_be_told(delivery: DeliveryRow) -> bool:
    """Only at personal may tracker know whose message it was; a rehearsal's messages are nobody's."""
    level = TrackingPlanV1.model_validate(delivery.tracking).level
    return level is TrackingLevel.PERSONAL and delivery.kind != DeliveryKind.REHEARSAL


async def _fetch_nothing(_: Mapping[str, Any]) -> None:
    return None
