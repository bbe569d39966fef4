"""Deliveries as the sending loop needs them: compiled once, recipients from their frozen pages."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta

from common.contracts.mailer import DeliveryState
from common.contracts.signed_token import TokenKeys
from common.messaging.unit_of_work import UnitOfWorkFactory
from mailer.composing import service as composing
from mailer.deliveries.errors import DeliveryNotFound, PageDamaged
from mailer.deliveries.pages import unpack
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.service.pull_audience import content_of
from mailer.envelopes.work import Job

_COMPILED = 8
"""Deliveries whose compiled messages are kept; more at a time are compiled again when their turn comes."""


class DeliveryJobs:
    """Implements `mailer.envelopes.work.Jobs`."""

    def __init__(self, uow: UnitOfWorkFactory, origins: composing.Origins, keys: TokenKeys) -> None:
        self._uow = uow
        self._origins = origins
        self._keys = keys
        self._messages: OrderedDict[str, composing.Message] = OrderedDict()

    async def running(self) -> Sequence[str]:
        """Ids of running deliveries, oldest first."""
        async with self._uow.reader() as uow:
            return await DeliveryRepository(uow.session).in_state(DeliveryState.RUNNING.value)

    async def job(self, delivery_id: str) -> Job:
        """The compiled job. Raises DeliveryNotFound."""
        async with self._uow.reader() as uow:
            repository = DeliveryRepository(uow.session)
            delivery = await repository.get(delivery_id)
            secret = await repository.secret(delivery_id)
        if delivery is None or secret is None or delivery.document is None:
            raise DeliveryNotFound(f"There is no delivery {delivery_id} to send")
        message = self._messages.get(delivery_id)
        if message is None:
            secrets = composing.Secrets(secret.k_msgid, secret.k_pseudonym)
            document = content_of(delivery.document, delivery)
            message = composing.compile_message(document, secrets, self._origins, self._keys)
            self._messages[delivery_id] = message
            while len(self._messages) > _COMPILED:
                self._messages.popitem(last=False)
        self._messages.move_to_end(delivery_id)
        expires_at = delivery.expires_at or delivery.created_at + timedelta(hours=72)
        return Job(delivery_id, delivery.created_at, expires_at, delivery.group_id, message)

    async def recipients(self, delivery_id: str, page_number: int) -> Sequence[composing.Recipient]:
        """One frozen page. Raises PageDamaged."""
        async with self._uow.reader() as uow:
            page = await DeliveryRepository(uow.session).page(delivery_id, page_number)
        if page is None:
            raise PageDamaged("a page of recipients is missing")
        return unpack(page.data, page.sha256)
