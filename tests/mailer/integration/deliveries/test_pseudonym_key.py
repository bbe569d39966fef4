"""The key behind pseudonyms: there while a message may still be sent, gone afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mailer.deliveries import service as deliveries
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings
from tests.support.smtp import a_sink

Clone = Callable[[str], str]
RETRY_WINDOW = timedelta(hours=72)


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Now."""
        return self.now


def _plan(level: str) -> dict[str, object]:
    return {"level": level, "opens": True, "links": []}


async def _begun(mailer: RunningMailer, lui: FakeLui, level: str, clock: Hands) -> str:
    delivery_id = await mailer.deliver(lui.offer(an_audience(3), tracking=_plan(level)))
    async with mailer.resources.uow() as uow:
        await deliveries.note_plan(uow, delivery_id, clock.now)
    return delivery_id


async def _key(mailer: RunningMailer, delivery_id: str) -> bytes:
    async with mailer.resources.uow() as uow:
        await deliveries.shred(uow)
    query = "SELECT k_pseudonym FROM mailer.delivery_secrets WHERE delivery_id = CAST(:id AS uuid)"
    return bytes((await mailer.rows(query, id=delivery_id))[0][0])


@pytest.mark.parametrize("level", ["unique", "anonymous"])
async def test_the_key_is_destroyed_once_nothing_can_be_sent_again(clone: Clone, level: str) -> None:
    lui, clock = FakeLui(), Hands()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui, clock=clock) as mailer:
        delivery_id = await _begun(mailer, lui, level, clock)
        await mailer.finished(delivery_id)
        clock.now += RETRY_WINDOW - timedelta(minutes=1)
        assert len(await _key(mailer, delivery_id)) == 32
        clock.now += timedelta(minutes=2)
        assert await _key(mailer, delivery_id) == b""


async def test_a_delivery_that_goes_on_keeps_its_key_until_it_ends_again(clone: Clone) -> None:
    lui, clock = FakeLui(), Hands()
    settings = mailer_settings(clone("mailer"), 1)
    async with a_mailer(settings, lui, clock=clock, sends=False) as mailer:
        delivery_id = await _begun(mailer, lui, "anonymous", clock)
        await mailer.control(delivery_id, "cancel", 1)
        end = await mailer.finished(delivery_id)
        clock.now += RETRY_WINDOW - timedelta(minutes=1)
        await mailer.control(delivery_id, "retry", 2)
        clock.now += timedelta(minutes=2)
        assert len(await _key(mailer, delivery_id)) == 32
        await mailer.control(delivery_id, "cancel", 3)
        await mailer.finished(delivery_id, revision_above=end.revision)
        clock.now += RETRY_WINDOW + timedelta(minutes=1)
        assert await _key(mailer, delivery_id) == b""
