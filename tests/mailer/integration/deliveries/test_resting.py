"""A mailer with nothing to do hardly asks the database anything, and notices at once when there is something."""

import time
from collections.abc import Callable

from mailer.deliveries.pulse import SECONDS
from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings
from tests.support.smtp import a_sink
from tests.support.wait import eventually

Clone = Callable[[str], str]


async def test_nothing_open_means_rest_and_a_delivery_ends_it_at_once(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        await eventually(lambda: mailer.pulse.rests)
        fact = lui.offer(an_audience(1))
        await mailer.deliver(fact)
        began = time.monotonic()
        await mailer.pulse.wait(10)
        assert not mailer.pulse.rests
        assert time.monotonic() - began < SECONDS + 1.0, "a loaded machine included"
        await mailer.finished(fact.delivery_id)
        await eventually(lambda: mailer.pulse.rests)


async def test_a_cancelled_delivery_is_brought_to_its_end_before_there_is_rest(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink:
        await sink.stop()
        async with a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
            fact = lui.offer(an_audience(5))
            await mailer.deliver(fact)
            await eventually(lambda: bool(mailer.sender.feed.chunks))
            assert not mailer.pulse.rests
            await mailer.control(fact.delivery_id, "cancel", 1)
            await mailer.finished(fact.delivery_id)
            await eventually(lambda: mailer.pulse.rests)


async def test_while_nobody_knows_there_may_be_something_to_do(clone: Clone) -> None:
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), FakeLui()) as mailer:
        await eventually(lambda: mailer.pulse.rests)
        query = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await mailer.rows(query)
        await eventually(lambda: not mailer.pulse.rests)
        await eventually(lambda: mailer.pulse.rests)
