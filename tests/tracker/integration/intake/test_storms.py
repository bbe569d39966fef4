"""Answered means recorded, once: while the process is killed, while NATS is away, while PostgreSQL is away."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.http import httpx
from common.messaging.consumer import Consumer
from common.service.resources import Resources, open_resources
from tests.support.builders.tracker import KEYS, MASTER_KEY, a_request, a_visit, an_entry
from tests.support.bus import HandBus
from tests.support.databases import Databases
from tests.support.engines import Nats, Postgres, free_port
from tests.support.http import PRIVATE_KEYS, encode_key, make_settings
from tests.support.wait import eventually
from tracker.config import TrackerSettings
from tracker.intake.link_table import LinkTable
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.reading import SpoolReader
from tracker.intake.spool.record import Hit, decode
from tracker.intake.spool.segment import recover
from tracker.intake.spool.writer import SpoolLimits
from tracker.plans import scheduler as plans
from tracker.tables import MESSAGING
from tracker.worker import SUBSCRIPTIONS, publisher

KILLS = 2
CLIENTS = 8


class Tracker:
    """`tracker serve --role public` as a process of its own; PostgreSQL and NATS are where nobody listens."""

    def __init__(self, home: Path) -> None:
        self.data_dir = home / "data"
        self.port = free_port()
        self._log = home / "log"
        self._process: Process | None = None
        self.is_up = asyncio.Event()

    async def start(self) -> None:
        environment = {
            **os.environ,
            "TRACKER_DATABASE_URL": "postgresql+psycopg://tracker@127.0.0.1:1/none",
            "TRACKER_NATS_URL": "nats://127.0.0.1:1",
            "TRACKER_HTTP_PORT": str(self.port),
            "TRACKER_HUB_URL": "http://127.0.0.1:1",
            "TRACKER_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "TRACKER_SERVICE_PRIVATE_KEY": PRIVATE_KEYS["tracker"],
            "TRACKER_TOKEN_KEYS": encode_key(MASTER_KEY),
            "TRACKER_DATA_DIR": str(self.data_dir),
            "TRACKER_DISK_RESERVE": "0",
        }
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tracker", "serve", "--role", "public", env=environment, stdout=log, stderr=log
            )
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}") as client:
            await eventually(lambda: self._is_ready(client), deadline=60)
        self.is_up.set()

    async def end(self, how: signal.Signals) -> None:
        self.is_up.clear()
        if self._process is not None:
            self._process.send_signal(how)
            await self._process.wait()
            self._process = None

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        if self._process is None or self._process.returncode is not None:
            raise AssertionError(self._log.read_text())
        try:
            return (await client.get("/health/ready")).status_code == 200
        except httpx.TransportError:
            return False


@pytest.fixture
async def tracker(tmp_path: Path) -> AsyncIterator[Tracker]:
    made = Tracker(tmp_path)
    folder = IntakeFolder.claim(made.data_dir)
    table = LinkTable(folder.links)
    table.add([an_entry(1, TrackingLevel.PERSONAL)])
    table.close()
    folder.release()
    yield made
    await made.end(signal.SIGKILL)


async def visit_until(
    stop: asyncio.Event, tracker: Tracker, subjects: "asyncio.Queue[int]", answered: set[int]
) -> None:
    """A recipient's program: asks once for each subject, and remembers which ones were answered."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{tracker.port}", timeout=5) as client:
        while not stop.is_set():
            subject = subjects.get_nowait()
            token = KEYS.mint_tracking(1, [subject])[0]
            try:
                response = await client.get(f"/c/{token}/1" if subject % 4 == 0 else f"/o/{token}.gif")
            except httpx.TransportError:
                await tracker.is_up.wait()
                continue
            assert response.status_code == (302 if subject % 4 == 0 else 200)
            answered.add(subject)


async def more(answered: set[int], count: int) -> None:
    """Wait until so many more were answered."""
    enough = len(answered) + count
    await eventually(lambda: len(answered) >= enough, deadline=30)


def spooled(data_dir: Path) -> list[Hit]:
    folder = IntakeFolder.claim(data_dir)
    recover(folder.segments)
    reader, hits = SpoolReader(folder), []
    while batch := reader.next_batch():
        hits += [decode(line.partition("\t")[2]) for line in batch.lines]
        reader.advance(batch)
    folder.release()
    return hits


@pytest.mark.timeout(240)
async def test_what_was_answered_is_recorded_once_however_often_the_process_is_killed(tracker: Tracker) -> None:
    subjects: asyncio.Queue[int] = asyncio.Queue()
    for subject in range(1, 200_001):
        subjects.put_nowait(subject)
    answered: set[int] = set()
    stop = asyncio.Event()
    await tracker.start()
    async with asyncio.TaskGroup() as clients:
        for _ in range(CLIENTS):
            clients.create_task(visit_until(stop, tracker, subjects, answered))
        for _ in range(KILLS):
            await more(answered, random.randrange(50, 300))  # noqa: S311
            await tracker.end(signal.SIGKILL)
            await tracker.start()
        await more(answered, 50)
        stop.set()
    await tracker.end(signal.SIGTERM)

    recorded = Counter(hit.subject for hit in spooled(tracker.data_dir))

    assert answered - recorded.keys() == set()  # nothing that was answered is missing
    assert [subject for subject, times in recorded.items() if times > 1] == []
    # Recorded and not answered: at most what was under way at each kill.
    assert len(recorded.keys() - answered) <= CLIENTS * KILLS


@asynccontextmanager
async def running(settings: TrackerSettings) -> AsyncIterator[tuple[Resources, IntakeProcess]]:
    """Intake and worker in this process, with everything real around them."""
    limits = SpoolLimits(segment_size=1 << 20, reserve=0)
    async with open_resources(settings, MESSAGING) as resources:
        process = IntakeProcess.open(IntakeOptions(settings.data_dir, KEYS, limits))
        assert resources.nats is not None
        publish = publisher(settings, resources.nats)
        consumer = Consumer(settings, resources.nats, resources.uow, MESSAGING, subscriptions=SUBSCRIPTIONS[1:])
        tasks = [
            asyncio.create_task(process.follow_plans(resources.uow)),
            asyncio.create_task(process.forward(publish)),
            asyncio.create_task(process.adopt_orphans(publish)),
            asyncio.create_task(consumer.run()),
        ]
        try:
            yield resources, process
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await process.close()


async def requested(resources: Resources, process: IntakeProcess) -> None:
    """A delivery whose links the intake has."""
    await HandBus(resources, SUBSCRIPTIONS).deliver(a_request(1))

    async def is_loaded() -> bool:
        async with resources.uow() as uow:
            await plans.open_barriers(uow)
            found = await uow.session.scalar(text("SELECT loaded_at IS NOT NULL FROM tracker.plans"))
        return bool(found)

    await eventually(is_loaded)
    assert process.links.get(1) is not None


async def visit_all(process: IntakeProcess, subjects: range) -> None:
    async def visit(subject: int) -> None:
        token = KEYS.mint_tracking(1, [subject])[0]
        assert (await process.service.answer(a_visit(f"/c/{token}/1"))).status == 302

    await asyncio.gather(*map(visit, subjects))


async def counted(resources: Resources) -> tuple[int, int]:
    """Clicks and different people."""
    async with resources.uow.reader() as uow:
        clicks = await uow.session.scalar(text("SELECT sum(clicks)::int FROM tracker.delivery_tallies"))
        people = await uow.session.scalar(text("SELECT sum(people)::int FROM tracker.people WHERE link_number = 0"))
    return clicks or 0, people or 0


def settings_for(database_url: str, nats: Nats, home: Path, prefix: str = "") -> TrackerSettings:
    return make_settings(
        TrackerSettings,
        database_url=database_url,
        nats_url=nats.address,
        nats_subject_prefix=prefix,
        data_dir=home / "data",
        token_keys=encode_key(MASTER_KEY),
        public_url="https://track.example.org",
    )


@pytest.mark.timeout(120)
async def test_while_nats_is_away_hits_are_answered_and_counted_once_afterwards(
    clone: Callable[[str], str], own_nats: Nats, tmp_path: Path
) -> None:
    async with running(settings_for(clone("tracker"), own_nats, tmp_path)) as (resources, process):
        await requested(resources, process)
        await visit_all(process, range(1, 301))
        await eventually(lambda: _is(resources, (300, 300)), deadline=30)

        own_nats.kill()
        await visit_all(process, range(301, 2001))
        assert process.spool.shed.total() == 0
        own_nats.start()

        await eventually(lambda: _is(resources, (2000, 2000)), deadline=60)


@pytest.mark.timeout(120)
async def test_a_stream_that_lost_its_data_is_made_again(
    clone: Callable[[str], str], own_nats: Nats, tmp_path: Path
) -> None:
    async with running(settings_for(clone("tracker"), own_nats, tmp_path)) as (resources, process):
        await requested(resources, process)
        await visit_all(process, range(1, 51))
        await eventually(lambda: _is(resources, (50, 50)), deadline=30)

        own_nats.kill()
        own_nats.lose_data()
        await visit_all(process, range(51, 101))
        own_nats.start()

        await eventually(lambda: _is(resources, (100, 100)), deadline=60)


@pytest.mark.timeout(120)
async def test_while_postgresql_is_away_known_links_lead_on_and_count_later(
    nats_server: Nats, unique_prefix: str, own_postgres: Postgres, tmp_path: Path
) -> None:
    url = Databases(own_postgres).clone("tracker")
    async with running(settings_for(url, nats_server, tmp_path, unique_prefix)) as (resources, process):
        await requested(resources, process)
        own_postgres.kill()
        await visit_all(process, range(1, 501))
        own_postgres.start()

        await eventually(lambda: _is(resources, (500, 500)), deadline=60)


@pytest.mark.timeout(120)
async def test_what_a_process_that_is_gone_for_good_left_behind_is_adopted(
    clone: Callable[[str], str], nats_server: Nats, unique_prefix: str, tmp_path: Path
) -> None:
    settings = settings_for(clone("tracker"), nats_server, tmp_path, unique_prefix)
    mine = IntakeFolder.claim(settings.data_dir)  # so that the other one has the second folder
    options = IntakeOptions(settings.data_dir, KEYS, SpoolLimits(segment_size=1 << 20, reserve=0))
    gone = IntakeProcess.open(options)
    gone.links.add([an_entry(1)])
    await visit_all(gone, range(1, 41))
    await gone.close()
    mine.release()

    async with running(settings) as (resources, process):
        assert process.folder.path != gone.folder.path
        await HandBus(resources, SUBSCRIPTIONS).deliver(a_request(1))
        await eventually(lambda: _is(resources, (40, 40)), deadline=30)


async def _is(resources: Resources, wanted: tuple[int, int]) -> bool:
    try:
        return await counted(resources) == wanted
    except Exception:  # noqa: BLE001  PostgreSQL may be on its way back
        return False
