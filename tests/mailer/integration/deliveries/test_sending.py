"""A delivery from the fact that asks for it to the fact that says how it ended."""

import email
import email.policy
from collections.abc import Callable

from common.contracts.mailer import DeliveryProgressedV1, DeliveryState

from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import a_sink

Clone = Callable[[str], str]


async def test_every_recipient_gets_one_message_and_the_sums_match(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(25)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        end = await mailer.finished(delivery_id)
        assert end.state is DeliveryState.FINISHED
        assert only(end.counts) == {"sent": 25}
        assert sorted(sink.recipients) == sorted(audience.addresses)
        assert not sink.faults
        progress = await mailer.stated(DeliveryProgressedV1)
        assert all(sum(fact.counts.values()) == 25 for fact in progress)
        parsed = email.message_from_bytes(sink.received[0].data, policy=email.policy.default)
        assert not parsed.defects
