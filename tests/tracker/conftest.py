"""Fixtures of tracker's tests: its database, its application, somebody to call it, a hand to deliver facts."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from common.clock import utc_now
from common.service.resources import Resources
from tests.support.builders.tracker import MASTER_KEY
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.http import Callers, StubHub, encode_key, make_settings, resources_for
from tracker.app import reports_app
from tracker.config import TrackerSettings
from tracker.tables import MESSAGING
from tracker.worker import SUBSCRIPTIONS


@pytest.fixture
def settings(clone: Callable[[str], str], tmp_path: Path) -> TrackerSettings:
    return make_settings(
        TrackerSettings,
        database_url=clone("tracker"),
        data_dir=tmp_path / "data",
        token_keys=encode_key(MASTER_KEY),
        public_url="https://track.example.org",
    )


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(utc_now())  # other services mint their tokens by the real clock


@pytest.fixture
def hub(clock: FixedClock) -> StubHub:
    return StubHub(clock)


@pytest.fixture
async def resources(settings: TrackerSettings, hub: StubHub, clock: FixedClock) -> AsyncIterator[Resources]:
    async with resources_for(settings, MESSAGING, hub, clock) as opened:
        yield opened


@pytest.fixture
def bus(resources: Resources) -> HandBus:
    return HandBus(resources, SUBSCRIPTIONS)


@pytest.fixture
def callers(settings: TrackerSettings, resources: Resources, hub: StubHub) -> Callers:
    return Callers(reports_app(settings, resources), settings, hub)
