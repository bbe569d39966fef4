"""What the benches of tracking stand on: a cluster, a database of tracker's, and processor time on both sides."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time

import psutil

from common.service.resources import Resources
from tests.support.builders.tracker import MASTER_KEY
from tests.support.databases import Databases
from tests.support.engines import Postgres
from tests.support.http import encode_key, make_settings, resources_for
from tracker.config import TrackerSettings
from tracker.tables import MESSAGING


@contextmanager
def cluster() -> Iterator[Postgres]:
    """A cluster of this bench's own."""
    postgres = Postgres()
    try:
        postgres.start()
        yield postgres
    finally:
        postgres.remove()


@asynccontextmanager
async def tracker_on(postgres: Postgres) -> AsyncIterator[Resources]:
    """What tracker works with, on a database of its own."""
    # Migrating starts a loop of its own.
    url = await asyncio.to_thread(Databases(postgres).clone, "tracker")
    settings = make_settings(
        TrackerSettings,
        database_url=url,
        token_keys=encode_key(MASTER_KEY),
        public_url="https://track.example.org",
    )
    async with resources_for(settings, MESSAGING) as resources:
        yield resources


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took."""

    wall: float
    client: float
    server: float

    @property
    def processor(self) -> float:
        """Seconds of processors here and in PostgreSQL: one waits for the other, so an idle machine takes as long."""
        return self.client + self.server


class Meter:
    """Measures between two readings; load on the machine lengthens the wall and nothing else."""

    def __init__(self, postgres: Postgres) -> None:
        assert postgres.process is not None
        self._postmaster = psutil.Process(postgres.process.pid)
        self._began = (perf_counter(), process_time(), self._server())

    def cost(self) -> Cost:
        """Since it was made."""
        wall, client, server = self._began
        return Cost(perf_counter() - wall, process_time() - client, self._server() - server)

    def _server(self) -> float:
        seconds = 0.0
        for process in (self._postmaster, *self._postmaster.children(recursive=True)):
            times = process.cpu_times()
            seconds += times.user + times.system + times.children_user + times.children_system
        return seconds
