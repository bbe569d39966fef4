"""Mail is kept like a bookmark: a link leads on for years, whatever has become of its job."""

from datetime import timedelta

from sqlalchemy import text

from common.http import httpx
from common.service.resources import Resources
from tests.support.builders.tracker import KEYS, a_request, a_token
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tracker.app import bare_app, with_intake
from tracker.config import TrackerSettings
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.spool.writer import SpoolLimits


async def test_a_link_leads_on_for_years_after_its_job_is_gone(
    settings: TrackerSettings, resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    options = IntakeOptions(settings.data_dir, KEYS, SpoolLimits(segment_size=1 << 20, reserve=0))
    await bus.deliver(a_request(1))
    process = IntakeProcess.open(options)
    await process._catch_up(resources.uow)
    async with resources.uow() as uow:
        await uow.session.execute(text("DELETE FROM tracker.plans"))
    await process.close()

    for _ in range(3):
        clock.advance(timedelta(days=365))
        process = IntakeProcess.open(options)
        await process._catch_up(resources.uow)
        app = with_intake(bare_app(settings, resources), process, resources.clock)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="https://go.example.org"
        ) as client:
            reply = await client.get(f"/c/{a_token()}/1")
        assert (reply.status_code, reply.headers["location"]) == (302, "https://example.org/1")
        assert process.spool.durable.end > 0
        assert process.spool.shed.total() == 0
        await process.close()


async def test_new_plans_are_followed_after_old_ones_were_removed(
    settings: TrackerSettings, resources: Resources, bus: HandBus
) -> None:
    process = IntakeProcess.open(IntakeOptions(settings.data_dir, KEYS, SpoolLimits(segment_size=1 << 20, reserve=0)))
    for number in (1, 2, 3):
        await bus.deliver(a_request(number))
    await process._catch_up(resources.uow)
    async with resources.uow() as uow:
        await uow.session.execute(text("DELETE FROM tracker.plans WHERE delivery_number > 1"))
    await process._catch_up(resources.uow)
    await bus.deliver(a_request(4))
    await process._catch_up(resources.uow)

    assert all(process.links.get(number) is not None for number in (1, 2, 3, 4))
    await process.close()
