"""Deliveries to send, the lui they are fetched from, and a mailer that runs without HTTP and NATS."""

import asyncio
import gc
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import text

from common.clock import Clock, utc_now
from common.contracts.base import Fact
from common.contracts.digest import RecipientsDigest, document_digest
from common.contracts.lui import DeliveryControlRequestedV1, DeliveryRequestedV1
from common.contracts.mailer import DeliveryFinishedV1, EnvelopeState
from common.contracts.signed_token import TokenKeys
from common.http import httpx
from common.http.client import open_client
from common.ids import new_id
from common.service.resources import Resources
from mailer.app import origins_of
from mailer.clients.lui import LuiClient
from mailer.config import MailerSettings
from mailer.deliveries import service as deliveries
from mailer.deliveries.pulse import Pulse
from mailer.deliveries.scheduler import PullLoop, TendLoop, Times
from mailer.envelopes import service as envelopes
from mailer.envelopes.scheduler import Sender
from mailer.rehearsal.service import Rehearsals
from mailer.sending import make_engine
from mailer.tables import MESSAGING
from mailer.worker import SUBSCRIPTIONS
from tests.support.builders.document import NO_TRACKING, a_document
from tests.support.bus import HandBus, stated
from tests.support.http import make_settings, resources_for
from tests.support.wait import eventually

F = TypeVar("F", bound=Fact)
TOKEN_KEY = "dG9rZW4ga2V5IG9mIGF0IGxlYXN0IDMyIG9jdGV0cyE"


@dataclass
class Audience:
    """Frozen recipients: addresses and the values of two columns."""

    rows: list[tuple[int, str, list[str]]]

    @property
    def addresses(self) -> list[str]:
        """In order."""
        return [address for _, address, _ in self.rows]

    def digest(self) -> str:
        """As lui states it."""
        digest = RecipientsDigest()
        for row in self.rows:
            digest.add(*row)
        return digest.hexdigest()


def an_audience(count: int = 3) -> Audience:
    """So many recipients."""
    rows = [(n, f"person{n}@example.org", [f"person{n}@example.org", f"Person {n}"]) for n in range(1, count + 1)]
    return Audience(rows)


@dataclass
class FakeLui:
    """Serves content and recipients like lui's internal pages; counts what it is asked."""

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """Octets of attachments, by SHA-256."""
    notices: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_away: bool = False
    asked: list[str] = field(default_factory=list)

    def offer(self, audience: Audience | None = None, **changes: Any) -> DeliveryRequestedV1:
        """Freeze a delivery and state the fact that asks for it; `changes` alter the document or the fact."""
        recipients = audience or an_audience()
        facts = {name: changes.pop(name) for name in list(changes) if name in DeliveryRequestedV1.model_fields}
        tracking = facts.get("tracking", NO_TRACKING)
        number = facts.pop("delivery_number", len(self.documents) + 1)
        document = a_document(delivery_number=number, tracking=tracking, **changes)
        delivery_id = document["delivery_id"]
        self.documents[delivery_id] = document
        self.audiences[delivery_id] = recipients
        said = {
            "delivery_id": delivery_id,
            "delivery_number": number,
            "job_id": new_id(),
            "owner_id": new_id(),
            "group_id": None,
            "kind": "live",
            "recipient_count": len(recipients.rows),
            "not_before": datetime(2026, 1, 1, tzinfo=UTC),
            "tracking": NO_TRACKING,
            "content_digest": document_digest(document),
            "recipients_digest": recipients.digest(),
        }
        return DeliveryRequestedV1.model_validate({**said, **facts})

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """The transport's handler."""
        self.asked.append(request.url.path)
        if self.is_away:
            return httpx.Response(503)
        *_, delivery_id, what = request.url.path.split("/")
        if what in self.files:
            return httpx.Response(200, content=self.files[what])
        if delivery_id == "notices" and what in self.notices:
            return httpx.Response(200, content=orjson.dumps(self.notices[what]))
        if delivery_id not in self.documents:
            return httpx.Response(404)
        if what == "content":
            return httpx.Response(200, content=orjson.dumps(self.documents[delivery_id]))
        after, limit = int(request.url.params["after"]), int(request.url.params["limit"])
        rows = self.audiences[delivery_id].rows[after : after + limit]
        following = rows[-1][0] if rows and after + limit < len(self.audiences[delivery_id].rows) else None
        return httpx.Response(200, content=orjson.dumps({"items": rows, "next": following}))


def mailer_settings(
    database_url: str, smtp_port: int, *, smtp: dict[str, Any] | None = None, **sending: Any
) -> MailerSettings:
    """Settings with a quick schedule."""
    quick = {"settle_seconds": 0.05, "retry_minutes": (0.002,), "doubt_minutes": 0.002, "renew_seconds": 0.5}
    return make_settings(
        MailerSettings,
        database_url=database_url,
        token_keys=TOKEN_KEY,
        lui_url="http://lui.test",
        tracker_public_url="http://track.test",
        unsubscribe_url="http://pages.test",
        bounce_domain="bounces.test",
        smtp={"host": "127.0.0.1", "port": smtp_port, "tls": "none", "connections": 4, **(smtp or {})},
        sending={**quick, **sending},
        database_pool_size=10,
        data_dir=Path(tempfile.gettempdir()) / "tutti-tests" / database_url.rpartition("/")[2],
    )


@dataclass
class RunningMailer:
    """A mailer at work, and the handles tests need."""

    settings: MailerSettings
    resources: Resources
    bus: HandBus
    lui: FakeLui
    sender: Sender
    tend: TendLoop
    pull: PullLoop
    pulse: Pulse
    tasks: "list[asyncio.Task[None]]"

    async def deliver(self, fact: DeliveryRequestedV1) -> str:
        """Ask for a delivery."""
        assert await self.bus.deliver(fact) == ["ack"]
        return fact.delivery_id

    async def control(self, delivery_id: str, action: str, revision: int = 1) -> None:
        """Pause, resume, cancel or retry."""
        said = {
            "delivery_id": delivery_id,
            "revision": revision,
            "action": action,
            "requested_by": None,
            "at": utc_now(),
        }
        await self.bus.deliver(DeliveryControlRequestedV1.model_validate(said))

    async def finished(self, delivery_id: str, revision_above: int = 0, deadline: float = 20.0) -> DeliveryFinishedV1:
        """The end of a delivery, once it is stated."""

        async def look() -> DeliveryFinishedV1 | None:
            found = await self.stated(DeliveryFinishedV1)
            return next((f for f in found if f.delivery_id == delivery_id and f.revision > revision_above), None)

        found = await eventually(look, deadline)
        assert found is not None
        return found

    async def stated(self, kind: type[F]) -> list[F]:
        """Facts in the outbox."""
        return await stated(self.resources, kind)

    async def counts(self, delivery_id: str) -> dict[str, int]:
        """Envelopes by state, zeros left out."""
        async with self.resources.uow.reader() as uow:
            counts = await envelopes.counts(uow, delivery_id)
        return {state.value: count for state, count in counts.items() if count}

    async def rows(self, statement: str, **values: Any) -> Sequence[Any]:
        """Whatever the database holds."""
        async with self.resources.engine.connect() as connection:
            return (await connection.execute(text(statement), values)).all()

    async def stop(self) -> None:
        """As SIGTERM does."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def crash(self) -> None:
        """As kill -9 does, as far as a task can: nothing more is written, and the owner's lock is free."""
        driver = self.sender.gate.driver
        self.sender.feed.is_closed = True
        self.sender.outlets.abort()
        for task in asyncio.all_tasks():
            if task.get_name() in {"claim", "settle", "gate", "look", "compose", "open connection"}:
                task.cancel()
        self.sender._drain = _no_drain  # type: ignore[method-assign, assignment]
        await self.stop()
        # A cancelled task may leave its connection open behind it; a killed process leaves none.
        if driver is not None:
            await driver.close()
        await self.resources.engine.dispose()


def _collect_connections() -> None:
    """Here and not in somebody else's test: a task cut off in the middle of a query leaves its connection open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


async def _no_drain(*_: Any) -> None:
    return None


@asynccontextmanager
async def a_mailer(
    settings: MailerSettings, lui: FakeLui, *, clock: Clock = utc_now, sends: bool = True
) -> AsyncIterator[RunningMailer]:
    """A mailer that pulls, tends and (unless told otherwise) sends until the end of the block."""
    async with (
        resources_for(settings, MESSAGING, clock=clock) as plain,
        open_client(settings, httpx.MockTransport(lui.answer)) as client,
    ):
        running = _assemble(settings, replace(plain, http=client), lui)
        loops: list[Callable[[], Any]] = [running.pulse.run, running.pull.run, running.tend.run]
        if sends:
            loops.append(running.sender.run)
        running.tasks = [asyncio.create_task(loop(), name="mailer loop") for loop in loops]
        try:
            yield running
        finally:
            await running.stop()
            _collect_connections()


def _assemble(settings: MailerSettings, resources: Resources, lui: FakeLui) -> RunningMailer:
    keys, origins = TokenKeys(settings.master_keys()), origins_of(settings)
    puller = deliveries.Puller(resources.uow, LuiClient(settings, resources.http, settings.lui_url), origins, keys)
    engine = make_engine(settings, resources, Rehearsals(resources.uow, timedelta(days=1), settings.smtp.connections))
    pulse = Pulse(resources.engine)
    engine.jobs.look_after(pulse, puller.files)
    return RunningMailer(
        settings,
        resources,
        HandBus(resources, SUBSCRIPTIONS),
        lui,
        engine.sender,
        TendLoop(resources.uow, Times.of(settings), engine.problem, pulse),
        PullLoop(resources.uow, puller, pulse),
        pulse,
        [],
    )


def only(counts: dict[EnvelopeState, int]) -> dict[str, int]:
    """Counts without the zeros."""
    return {state.value: count for state, count in counts.items() if count}
