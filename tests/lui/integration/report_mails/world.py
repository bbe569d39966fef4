"""lui with saved reports that are mailed; a hub that knows their owner, and a tracker that has counted."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from common.contracts.lui import NoticeRequestedV1
from common.http import httpx
from common.http.service_token import mint_service_token
from lui.clients.hub import HubClient
from lui.clients.tracker_reports import TrackerReportsClient
from lui.content.routes import internal_router as files
from lui.notices.routes import internal_router as notices
from lui.report_mails.routes import router as report_mails
from lui.report_mails.scheduler import DueReportMails
from lui.report_mails.service import Preparing
from lui.reports import routes as reports
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import GROUP, OWNER, Asked, World, a_world
from tests.support.bus import stated
from tests.support.clock import FixedClock
from tests.support.http import speaker_settings

MAIL: dict[str, Any] = {
    "addresses": ["ada@example.org", "board@example.org"],
    "every": "day",
    "at": "07:00",
    "time_zone": "Europe/Berlin",
}


@dataclass
class Neighbours:
    """hub and tracker as far as report mails ask them."""

    standing: dict[str, Any] = field(
        default_factory=lambda: {
            "id": OWNER,
            "name": "Ada",
            "group_id": GROUP,
            "rights": ["see_reports", "see_recipients"],
            "closed": False,
        }
    )
    away: set[str] = field(default_factory=set)
    counted: int = 12
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.host.partition(".")[0]
        self.asked.append(f"{name} {request.url.path}")
        if name in self.away:
            raise httpx.ConnectError("away", request=request)
        if name == "hub":
            return httpx.Response(200, json=self.standing) if self.standing else httpx.Response(404)
        return httpx.Response(200, json=self._count(json.loads(request.content)))

    def _count(self, asked: dict[str, Any]) -> dict[str, Any]:
        points = [["2026-11-20T23:00:00Z", 5], ["2026-11-21T23:00:00Z", self.counted - 5]]
        source = {
            "total": self.counted,
            "humans": self.counted - 2,
            "people": None,
            "human_people": None,
            "points": points if asked["interval"] else [],
            "labels": [],
            "unknown_labels": [],
        }
        return {
            "sources": [source for _ in asked["sources"]],
            "rules_version": 2,
            "as_of": "2026-11-22T09:00:00Z",
            "notes": ["Counts are by the hour."],
        }


@dataclass
class Mailing:
    """Everything a test of report mails touches."""

    world: World
    clock: FixedClock
    neighbours: Neighbours

    @property
    def ada(self) -> httpx.AsyncClient:
        """Whose report it is."""
        return self.world.callers.as_account("see_reports", "see_recipients", account_id=OWNER, group_id=GROUP)

    def service(self, name: str) -> httpx.AsyncClient:
        """Another service, by the clock of the test; good for one request."""
        client = self.world.callers.anonymous()
        token = mint_service_token(speaker_settings(name), "lui", self.clock)
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    def due(self) -> DueReportMails:
        """A process of its own that looks for what is due."""
        resources, settings = self.world.resources, self.world.settings
        hub, tracker = HubClient(resources.http, settings), TrackerReportsClient(resources.http, settings)
        return DueReportMails(resources.uow, Preparing(resources.uow, tracker, hub, "https://lui.test/"))

    async def turn(self) -> None:
        """Send everything that is due now."""
        while await self.due().once():
            pass

    async def a_report(self, **changes: Any) -> str:
        """A saved report about a job that was sent."""
        delivery = await self.world.a_delivery(Asked(group_id=GROUP))
        query = {
            "type": "over_time",
            "sources": [{"event": "opens", "job_ids": [delivery.job_id]}],
            "time_zone": "Europe/Berlin",
            **changes,
        }
        reply = await self.ada.post(
            "/api/v1/reports", json={"title": "Opens & <clicks>", "query": query, "sharing": "group"}
        )
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])

    async def a_mail(self, report_id: str | None = None, **changes: Any) -> dict[str, Any]:
        """A report that is mailed."""
        path = f"/api/v1/reports/{report_id or await self.a_report()}/mails"
        reply = await self.ada.post(path, json={**MAIL, **changes})
        assert reply.status_code == 201, reply.text
        made: dict[str, Any] = reply.json()
        return made

    async def shown(self, mail: dict[str, Any]) -> dict[str, Any]:
        """The mail as it stands."""
        reply = await self.ada.get(f"/api/v1/reports/{mail['report_id']}/mails")
        items: list[dict[str, Any]] = reply.json()["items"]
        return next(item for item in items if item["id"] == mail["id"])

    async def sent(self) -> list[NoticeRequestedV1]:
        """What mailer was asked to send."""
        return await stated(self.world.resources, NoticeRequestedV1)

    async def document(self, notice: NoticeRequestedV1) -> dict[str, Any]:
        """What mailer is served."""
        reply = await self.service("mailer").get(f"/internal/v1/notices/{notice.notice_id}")
        found: dict[str, Any] = reply.json()
        return found


@asynccontextmanager
async def a_mailing(database_url: str) -> AsyncIterator[Mailing]:
    """Nothing is due before a test lets time pass."""
    neighbours, clock = Neighbours(), FixedClock()
    routers = [*reports.routers, report_mails, notices, files]
    async with a_world(
        database_url, routers, neighbours=httpx.MockTransport(neighbours), subscriptions=SUBSCRIPTIONS, clock=clock
    ) as world:
        yield Mailing(world, clock, neighbours)
