"""Parts of lui on a database of their own: deliveries that were asked for, and callers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, FastAPI

from common.clock import Clock, utc_now
from common.contracts.lui import DeliveryKind, TrackedLinkV1, TrackingLevel, TrackingPlanV1
from common.http import httpx
from common.http.app import create_app
from common.http.client import open_client
from common.ids import new_id
from common.service.resources import Resources
from lui.audience import service as audience
from lui.config import LuiSettings
from lui.deliveries import service as deliveries
from lui.deliveries.models import Delivery
from lui.deliveries.schemas import DeliveryOrder
from lui.tables import MESSAGING
from tests.support.bus import HandBus
from tests.support.clock import START
from tests.support.http import Callers, StubHub, encode_key, make_settings, resources_for

OWNER, GROUP = new_id(), new_id()
MASTER_KEY = b"a master key of lui's own tests!"
NOBODY_HOME = httpx.MockTransport(lambda request: httpx.Response(503, request=request))

PLAN = TrackingPlanV1(
    level=TrackingLevel.PERSONAL,
    opens=True,
    links=(
        TrackedLinkV1(number=1, part="html", url="https://example.org/", alias="home"),
        TrackedLinkV1(number=2, part="text", url="https://example.org/shop"),
    ),
)
DOCUMENT: dict[str, Any] = {
    "subject": "Rückruf {{ NAME }}",
    "html": "<p>Hello {{ NAME }}</p>",
    "text": None,
    "columns": ["EMAIL", "NAME"],
    "address_column": "EMAIL",
    "name_column": "NAME",
    "sender": {"address": "news@example.org", "name": "Ada & Co", "reply_to": None, "bounces": {"mode": "automatic"}},
    "list_id": "<7.tutti.example.org>",
    "usage": "merge",
    "subject_mark": "",
}


@dataclass(frozen=True)
class Asked:
    """What a test cares about in a delivery; the rest is valid."""

    job_id: str = field(default_factory=new_id)
    kind: DeliveryKind = DeliveryKind.LIVE
    group_id: str | None = GROUP
    recipients: int = 3
    plan: TrackingPlanV1 = PLAN
    not_before: datetime = START
    document: dict[str, Any] = field(default_factory=lambda: DOCUMENT)


@dataclass
class World:
    """lui, its database, and who calls it."""

    settings: LuiSettings
    resources: Resources
    app: FastAPI
    callers: Callers
    bus: HandBus

    def owner(self, *rights: str) -> httpx.AsyncClient:
        """The account that owns every delivery made here."""
        return self.callers.as_account(*rights, account_id=OWNER, group_id=None)

    def colleague(self, *rights: str) -> httpx.AsyncClient:
        """Somebody of the owner's group."""
        return self.callers.as_account(*rights, group_id=GROUP)

    def stranger(self, *rights: str) -> httpx.AsyncClient:
        """Somebody of another group."""
        return self.callers.as_account(*rights, group_id=new_id())

    async def a_delivery(self, asked: Asked | None = None) -> Delivery:
        """A delivery that was asked for, with a snapshot of its own."""
        wanted = asked or Asked()
        async with self.resources.uow() as uow:
            shape = audience.Shape(columns=["EMAIL", "NAME"], address_column="EMAIL", name_column="NAME")
            people = [(f"r{n}@example.net", (f"r{n}@example.net", f"Nr. {n}")) for n in range(1, wanted.recipients + 1)]
            snapshot = await audience.create_snapshot(uow, shape, people)
            order = DeliveryOrder(
                job_id=wanted.job_id,
                owner_id=OWNER,
                group_id=wanted.group_id,
                kind=wanted.kind,
                snapshot_id=snapshot.id,
                recipient_count=snapshot.accepted_count,
                recipients_digest=snapshot.digest,
                document=wanted.document,
                tracking=wanted.plan,
                not_before=wanted.not_before,
            )
            return await deliveries.request_delivery(uow, order, by=OWNER)

    async def delivery(self, delivery_id: str) -> Delivery:
        """As it stands."""
        async with self.resources.uow.reader() as uow:
            return await deliveries.get_delivery(uow, delivery_id)


@asynccontextmanager
async def a_world(
    database_url: str,
    routers: Sequence[APIRouter],
    *,
    neighbours: httpx.AsyncBaseTransport = NOBODY_HOME,
    subscriptions: Sequence[Any] = (),
    clock: Clock = utc_now,
    hub: StubHub | None = None,
) -> AsyncIterator[World]:
    """lui made of `routers`; whatever it calls is answered by `neighbours`."""
    settings = make_settings(
        LuiSettings,
        database_url=database_url,
        app_url="http://lui.test",
        public_url="http://pages.test",
        mailer_url="http://mailer.test",
        tracker_url="http://tracker.test",
        token_keys=encode_key(MASTER_KEY),
    )
    hub = hub or StubHub(clock)
    async with resources_for(settings, MESSAGING, hub, clock) as opened, open_client(settings, neighbours) as client:
        resources = replace(opened, http=client)
        app = create_app(settings, resources, title="lui", routers=routers)
        yield World(settings, resources, app, Callers(app, settings, hub), HandBus(resources, subscriptions))
