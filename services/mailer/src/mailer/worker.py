"""What runs in mailer beside HTTP: the consumer's handlers, the sending loop, and what time brings."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from common.contracts.lui import (
    DeliveryControlRequestedV1,
    DeliveryRequestedV1,
    NoticeRequestedV1,
    SubscriptionEndedV1,
)
from common.contracts.shared import Role
from common.contracts.signed_token import TokenKeys
from common.contracts.tracker import PlanLoadedV1
from common.db.partitions import ensure_month_partitions
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from common.service.resources import Resources
from common.service.run import Background
from mailer.app import origins_of
from mailer.bounces.scheduler import ReportKeeper, receiving
from mailer.clients.lui import LuiClient
from mailer.config import MailerSettings
from mailer.deliveries import handlers, service
from mailer.deliveries.pulse import Pulse
from mailer.deliveries.scheduler import PullLoop, TendLoop, Times
from mailer.dns import Resolver
from mailer.installation.service import Arming
from mailer.notices import handlers as notices
from mailer.notices.service import open_among as open_notices
from mailer.rehearsal import handlers as rehearsals
from mailer.rehearsal.service import Rehearsals
from mailer.sending import make_engine, make_notices
from mailer.signing.scheduler import KeyKeeper

log = get_logger()
_PARTITION_SECONDS = 6 * 3600.0
_PARTITIONED = {"mailer.envelopes": 50, "mailer.send_log": 100}
"""Tables by month, and how full their pages are made: an envelope is written twice, an entry of the log once."""

SUBSCRIPTIONS: Sequence[Subscription[Any]] = (
    Subscription(DeliveryRequestedV1, rehearsals.on_delivery_requested),
    Subscription(DeliveryControlRequestedV1, handlers.on_control_requested),
    Subscription(SubscriptionEndedV1, handlers.on_subscription_ended),
    Subscription(PlanLoadedV1, handlers.on_plan_loaded),
    Subscription(NoticeRequestedV1, notices.on_notice_requested),
)


def tasks(settings: MailerSettings, resources: Resources, role: Role) -> Sequence[Background]:
    """The background tasks of a role: `worker` fetches and sends, `public` takes what comes back, `all` does both."""
    keys = TokenKeys(settings.master_keys())
    found = _sending(settings, resources, keys) if role in ("all", "worker") else []
    if role in ("all", "public"):
        found += receiving(settings, resources.uow, keys)
    return found


def _sending(settings: MailerSettings, resources: Resources, keys: TokenKeys) -> list[Background]:
    origins = origins_of(settings)
    arming = Arming(resources.uow)
    lui = LuiClient(settings, resources.http, settings.lui_url)
    puller = service.Puller(resources.uow, lui, origins, keys)
    rehearsed = Rehearsals(resources.uow, timedelta(days=settings.rehearsal_days), settings.smtp.connections)
    engine = make_engine(settings, resources, rehearsed, arming)
    pulse = Pulse(resources.engine)
    engine.jobs.look_after(pulse, puller.files)
    return [
        arming.run,
        pulse.run,
        PullLoop(resources.uow, puller, pulse).run,
        TendLoop(resources.uow, Times.of(settings), engine.problem, pulse).run,
        engine.sender.run,
        rehearsed.run,
        make_notices(settings, resources, engine.notices_held).run,
        KeyKeeper(resources.uow, Resolver(settings.dns), timedelta(minutes=settings.dns.check_minutes), open_among).run,
        ReportKeeper(settings, resources.uow).run,
        Partitions(resources).run,
    ]


async def open_among(uow: UnitOfWork, delivery_ids: Collection[str]) -> set[str]:
    """Those of some deliveries and notices that have not ended: their signing keys are still needed."""
    if not delivery_ids:
        return set()
    return set(delivery_ids).intersection(await service.open_ids(uow)) | await open_notices(uow, delivery_ids)


class Partitions:
    """Makes the months' partitions ahead of time."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    async def run(self) -> None:
        """Look four times a day."""
        while True:
            try:
                await self.ensure()
            except (SQLAlchemyError, OSError) as error:
                # Rows go to the default partition meanwhile, and move when it works again.
                log.warning("partitions not made", error=type(error).__name__)
            await asyncio.sleep(_PARTITION_SECONDS)

    async def ensure(self) -> None:
        """Make this month's and the next one's."""
        today = self._resources.clock().date()
        following = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        months: Sequence[date] = (today, following)
        for table, fillfactor in _PARTITIONED.items():
            async with self._resources.uow() as uow:
                await ensure_month_partitions(uow.session, table=table, months=months, fillfactor=fillfactor)
