"""Where storms over the tracker take place: PostgreSQL and NATS of their own, tracker as processes, a crowd outside."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import Any

import psycopg

from common.contracts.lui import TrackingLevel
from common.contracts.shared import Role
from common.db.engine import open_engine
from common.http import httpx
from common.messaging.unit_of_work import UnitOfWorkFactory
from tests.soak.result import Result
from tests.support.builders.tracker import KEYS, MASTER_KEY, a_link, a_request
from tests.support.databases import Databases
from tests.support.durable_engines import DurableNats, DurablePostgres
from tests.support.engines import free_port
from tests.support.hitting import Answers
from tests.support.http import PRIVATE_KEYS, encode_key, make_settings
from tests.support.wait import eventually
from tracker.config import TrackerSettings
from tracker.plans import service as plans
from tracker.tables import MESSAGING

LINKS = 10
DELIVERY = 1
_START_SECONDS = 120.0
_MINTED = 10_000


def paths() -> Iterator[str]:
    """Valid ones, each of another recipient: the first is number 0, and recipient 1. One in four is a link."""
    for start in count(1, _MINTED):
        for at, token in enumerate(KEYS.mint_tracking(DELIVERY, range(start, start + _MINTED)), start):
            yield f"/c/{token}/{at % LINKS + 1}" if at % 4 == 0 else f"/o/{token}.gif"


def first(number: int) -> Iterator[str]:
    """So many of them."""
    return islice(paths(), number)


def expected_status(number: int) -> int:
    """What the path with this number gets."""
    return 302 if (number + 1) % 4 == 0 else 200


@dataclass
class TrackerProcess:
    """`tracker serve` in one role."""

    environment: dict[str, str]
    role: Role
    log: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    async def start(self) -> None:
        """Start, and wait until it takes connections and, where it must, is ready."""
        command = [sys.executable, "-m", "tracker", "serve", "--role", self.role]
        environment = {**os.environ, **self.environment, "TRACKER_HTTP_PORT": str(self.port)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: ASYNC220, S603
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=2) as client:
            await eventually(lambda: self._answers(client), deadline=_START_SECONDS)

    def end(self, how: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    async def _answers(self, client: httpx.AsyncClient) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise AssertionError(self.log.read_text()[-4_000:])
        try:
            return (await client.get("/health/live")).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class TrackerField:
    """Engines, the database's URL, and the processes that were started."""

    postgres: DurablePostgres
    nats: DurableNats
    url: str
    home: Path
    processes: list[TrackerProcess] = field(default_factory=list)

    def tracker(self, role: Role) -> TrackerProcess:
        """One process, not started yet; all of them share a data directory."""
        environment = {
            "TRACKER_DATABASE_URL": self.url,
            "TRACKER_NATS_URL": self.nats.address,
            "TRACKER_HUB_URL": "http://127.0.0.1:1",
            "TRACKER_PUBLIC_URL": "https://go.example.org",
            "TRACKER_SERVICE_PRIVATE_KEY": PRIVATE_KEYS["tracker"],
            "TRACKER_TOKEN_KEYS": encode_key(MASTER_KEY),
            "TRACKER_DATA_DIR": str(self.home / "data"),
            "TRACKER_LOG_LEVEL": "warning",
        }
        self.processes.append(TrackerProcess(environment, role, self.home / f"{role}.log"))
        return self.processes[-1]

    async def plan(self) -> None:
        """A delivery with links, as lui would request it."""
        settings = make_settings(
            TrackerSettings,
            database_url=self.url,
            data_dir=self.home,
            token_keys=encode_key(MASTER_KEY),
            public_url="https://go.example.org",
        )
        engine = open_engine(settings)
        async with UnitOfWorkFactory(engine, MESSAGING.outbox)() as uow:
            links = [a_link(number) for number in range(1, LINKS + 1)]
            await plans.store_plan(uow, a_request(DELIVERY, TrackingLevel.PERSONAL, links))
        await engine.dispose()

    async def knows_the_plan(self, tracker: TrackerProcess) -> None:
        """Wait until links lead on; the probe is recorded of a recipient nobody else is."""
        token = KEYS.mint_tracking(DELIVERY, [0])[0]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{tracker.port}", timeout=5) as client:

            async def leads_on() -> bool:
                return (await client.get(f"/c/{token}/1")).status_code == 302

            await eventually(leads_on, deadline=60)

    def recorded(self) -> dict[int, int]:
        """How often each recipient's hit is in the table."""
        rows = self._ask(
            "SELECT subject, count(*) FROM tracker.reactions WHERE delivery_number = %s AND subject > 0 GROUP BY 1",
            DELIVERY,
        )
        return dict(rows)

    def counted(self) -> tuple[int, int]:
        """Hits in the table, and in the counters: all of them, whoever hit."""
        stored = self._ask(
            "SELECT count(*) + (SELECT coalesce(sum(hits), 0)::bigint FROM"
            " (TABLE tracker.gathered_even UNION ALL TABLE tracker.gathered_odd) AS gathered)"
            " FROM tracker.reactions WHERE delivery_number = %s",
            DELIVERY,
        )
        counters = self._ask(
            "SELECT coalesce(sum(opens + clicks), 0)::bigint FROM tracker.delivery_tallies WHERE delivery_number = %s",
            DELIVERY,
        )
        return stored[0][0], counters[0][0]

    async def until_recorded(self, answers: Answers, *, seconds: float) -> float:
        """Wait until every answered hit is in the table; returns the seconds it took. At the end of them, so be it."""
        began = time.monotonic()
        answered = {number + 1 for number in answers.statuses}

        def are_there() -> bool:
            try:
                # Counting first: naming a million is too slow to be done again and again.
                return self.counted()[0] >= len(answered) and answered <= self.recorded().keys()
            except psycopg.OperationalError:
                return False

        with contextlib.suppress(AssertionError):
            await eventually(lambda: asyncio.to_thread(are_there), deadline=seconds)
        return time.monotonic() - began

    def _ask(self, query: str, *arguments: Any) -> list[Any]:
        dsn = self.postgres.dsn(self.url.rpartition("/")[2])
        with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
            return connection.execute(query.encode(), arguments).fetchall()


@contextlib.asynccontextmanager
async def a_tracker_field() -> AsyncIterator[TrackerField]:
    """Everything started but tracker itself."""
    with contextlib.ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="tutti-tracker-")))
        postgres, nats = DurablePostgres(), DurableNats()
        opened.callback(postgres.remove)
        opened.callback(nats.remove)
        await asyncio.to_thread(postgres.start)
        await asyncio.to_thread(nats.start)
        url = await asyncio.to_thread(Databases(postgres).clone, "tracker")
        made = TrackerField(postgres, nats, url, home)
        await made.plan()
        try:
            yield made
        finally:
            for process in made.processes:
                process.end(signal.SIGKILL)


def compare(result: Result, field_: TrackerField, answers: Answers) -> None:
    """Answered is recorded, once; what is recorded beyond that was broken off; the counters are the rows."""
    recorded = field_.recorded()
    answered = {number + 1 for number in answers.statuses}
    broken = {number + 1 for number in answers.broken}
    stored, counters = field_.counted()
    wrong_status = sum(status != expected_status(number) for number, status in answers.statuses.items())
    twice = sum(1 for times in recorded.values() if times > 1)
    missing = len(answered - recorded.keys())
    unknown = len(recorded.keys() - answered - broken)
    result.numbers |= {
        "answered": len(answered), "recorded": len(recorded), "broken_off": len(broken), "missing": missing,
        "twice": twice, "counters": counters,
    }  # fmt: skip
    result.expect(wrong_status == 0, f"{wrong_status} answers were not what they must be")
    result.expect(missing == 0, f"{missing} answered hits are not recorded")
    result.expect(twice == 0, f"{twice} hits are recorded twice")
    result.expect(unknown == 0, f"{unknown} hits are recorded that nobody made")
    result.expect(counters == stored, f"the counters say {counters} where the table has {stored} hits")
