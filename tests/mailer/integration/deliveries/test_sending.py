"""A delivery from the fact that asks for it to the fact that says how it ended."""

import asyncio
import email
import email.policy
import hashlib
from collections.abc import Callable
from datetime import timedelta

from common.clock import utc_now
from common.contracts.lui import SubscriptionEndedV1
from common.contracts.mailer import DeliveryFinishedV1, DeliveryProgressedV1, DeliveryState
from common.contracts.tracker import PlanLoadedV1
from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import Fate, a_sink
from tests.support.wait import eventually, settled

Clone = Callable[[str], str]
TRACKED = {
    "level": "personal",
    "opens": True,
    "links": [{"number": 1, "part": "html", "url": "https://example.org/"}],
}


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


async def test_more_than_one_page_is_pulled_and_sent_without_gaps(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(2_050)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id, deadline=50.0)).counts) == {"sent": 2_050}
        assert sorted(sink.recipients) == sorted(audience.addresses)


async def test_a_delivery_without_recipients_finishes(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(an_audience(0)))
        assert (await mailer.finished(delivery_id)).state is DeliveryState.FINISHED


async def test_the_same_request_twice_sends_once(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(5)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        fact = lui.offer(audience)
        await asyncio.gather(mailer.deliver(fact), mailer.deliver(fact))
        await mailer.finished(fact.delivery_id)
        await mailer.deliver(fact)
        assert await settled(lambda: len(sink.received)) == 5
        assert len(await mailer.stated(DeliveryFinishedV1)) == 1


def _attachment(octets: bytes) -> dict[str, object]:
    sha256 = hashlib.sha256(octets).hexdigest()
    return {
        "file_name": "Gr\u00fc\u00dfe.pdf",
        "content_type": "application/pdf",
        "size": len(octets),
        "sha256": sha256,
    }


async def test_attachments_reach_everybody_and_another_file_is_never_sent(clone: Clone) -> None:
    octets = b"%PDF-1.7 " + bytes(range(256)) * 40
    named = _attachment(octets)
    lui = FakeLui(files={str(named["sha256"]): octets})
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(an_audience(5), attachments=[named]))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 5}
        for received in sink.received:
            message = email.message_from_bytes(received.data, policy=email.policy.default)
            [attached] = [part for part in message.walk() if part.get_filename()]
            assert (attached.get_filename(), attached.get_payload(decode=True)) == ("Gr\u00fc\u00dfe.pdf", octets)
        other = _attachment(b"what was authorized")
        lui.files[str(other["sha256"])] = b"what is there now!!"
        end = await mailer.finished(await mailer.deliver(lui.offer(an_audience(2), attachments=[other])))
        assert end.state is DeliveryState.FAILED
        assert only(end.counts) == {"cancelled": 2}
        assert len(sink.received) == 5


async def test_changed_content_is_never_sent(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        fact = lui.offer()
        lui.documents[fact.delivery_id]["subject"] = "Something else"
        end = await mailer.finished(await mailer.deliver(fact))
        assert end.state is DeliveryState.FAILED
        assert end.reason == "the content lui served does not match what was authorized"
        assert only(end.counts) == {"cancelled": 3}
        assert sink.received == []


async def test_changed_recipients_are_never_sent_to(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(4)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        fact = lui.offer(audience)
        audience.rows[2] = (3, "mallory@example.org", ["mallory@example.org", "Mallory"])
        end = await mailer.finished(await mailer.deliver(fact))
        assert end.state is DeliveryState.FAILED
        assert end.reason == "the recipients lui served do not match what was authorized"
        assert only(end.counts) == {"cancelled": 4}
        assert sink.received == []


async def test_content_that_makes_no_message_fails_with_the_line(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        end = await mailer.finished(await mailer.deliver(lui.offer(text="Dear\n{{ NOBODY }}")))
        assert end.state is DeliveryState.FAILED
        assert end.reason is not None
        assert "text, line 2" in end.reason


async def test_lui_being_away_delays_and_loses_nothing(clone: Clone) -> None:
    lui = FakeLui(is_away=True)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer())

        async def waits() -> bool:
            facts = await mailer.stated(DeliveryProgressedV1)
            return any(fact.waiting_for and "cannot be fetched" in fact.waiting_for for fact in facts)

        await eventually(waits)
        lui.is_away = False
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 3}


async def test_tracked_messages_wait_until_the_tracker_knows_the_links(clone: Clone) -> None:
    lui = FakeLui()
    html = '<html><body><a href="https://example.org/">x</a></body></html>'
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(html=html, tracking=TRACKED))

        async def waits() -> bool:
            facts = await mailer.stated(DeliveryProgressedV1)
            return any(fact.waiting_for == "the tracker has not loaded the links yet" for fact in facts)

        await eventually(waits)
        assert sink.received == []
        await mailer.bus.deliver(PlanLoadedV1(delivery_id=delivery_id, link_count=1, at=utc_now()))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 3}
        assert all(b"http://track.test/c/" in message.data.replace(b"=\r\n", b"") for message in sink.received)


async def test_a_plan_that_was_loaded_before_the_request_counts(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        fact = lui.offer(tracking=TRACKED)
        await mailer.bus.deliver(PlanLoadedV1(delivery_id=fact.delivery_id, link_count=1, at=utc_now()))
        assert only((await mailer.finished(await mailer.deliver(fact))).counts) == {"sent": 3}


async def test_nothing_leaves_before_its_time(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        due = utc_now() + timedelta(seconds=3)
        delivery_id = await mailer.deliver(lui.offer(not_before=due))
        await mailer.finished(delivery_id)
        assert utc_now() >= due
        assert len(sink.received) == 3


async def test_a_poison_recipient_fails_alone_and_says_why(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(6)
    audience.rows[1] = (2, "bad address@example.org", ["x", "Bad"])
    audience.rows[3] = (4, "person4@example.org", ["person4@example.org", "Eve\r\nBcc: all@example.org"])
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 4, "refused": 2}
        rows = await mailer.rows(
            "SELECT ordinal, bounce_class, reply_text FROM mailer.envelopes WHERE state = 'refused' ORDER BY ordinal"
        )
        assert [(row[0], row[1]) for row in rows] == [(2, "address_syntax"), (4, "protocol")]
        assert "line break" in rows[1][2]
        assert not any(b"Bcc:" in message.data for message in sink.received)


async def test_a_greylisted_recipient_gets_the_message_on_the_second_try(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(5)
    script = lambda _, tried: Fate("RCPT", "450 4.7.1 greylisted, come back later") if tried == 1 else None  # noqa: E731
    async with a_sink(script) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 5}
        assert sorted(sink.recipients) == sorted(audience.addresses)
        assert {row[0] for row in await mailer.rows("SELECT attempts FROM mailer.envelopes")} == {2}


async def test_a_permanent_refusal_is_kept_with_its_code_and_class(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(3)
    script = lambda address, _: Fate("RCPT", "550 5.1.1 no such user") if address.startswith("person2") else None  # noqa: E731
    async with a_sink(script) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 2, "refused": 1}
        [row] = await mailer.rows(
            "SELECT reply_code, enhanced_code, bounce_class, verb, attempts FROM mailer.envelopes"
            " WHERE state = 'refused'"
        )
        assert tuple(row) == (550, "5.1.1", "unknown_mailbox", "RCPT", 1)


async def test_what_is_deferred_too_long_expires(clone: Clone) -> None:
    lui = FakeLui()
    full = Fate(".", "452 4.2.2 mailbox full")
    async with (
        a_sink(lambda *_: full) as sink,
        a_mailer(mailer_settings(clone("mailer"), sink.port, expire_hours=0.0005), lui) as mailer,
    ):
        delivery_id = await mailer.deliver(lui.offer())
        end = await mailer.finished(delivery_id, deadline=30.0)
        assert only(end.counts) == {"expired": 3}
        [row] = await mailer.rows("SELECT DISTINCT bounce_class FROM mailer.envelopes")
        assert row[0] == "mailbox_full"


async def test_a_connection_that_breaks_after_the_dot_makes_at_most_one_copy(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(4)
    script = lambda address, _: Fate("after_dot") if address.startswith("person1@") else None  # noqa: E731
    async with a_sink(script) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 4}
        assert sink.copies == {"person1@example.org": 2}
        assert len({m.data for m in sink.received if m.rcpt_to == "person1@example.org"}) == 1
        unknown = await mailer.rows("SELECT count(*) FROM mailer.send_log WHERE kind = 5")
        assert unknown[0][0] == 2


async def test_a_connection_that_breaks_before_the_dot_costs_nothing(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(3)
    script = lambda _, tried: Fate("before_dot") if tried == 1 else None  # noqa: E731
    async with a_sink(script) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 3}
        assert sink.copies == {}


async def test_a_server_without_pipelining_is_served_step_by_step(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(6)
    script = lambda address, _: Fate("RCPT", "550 5.1.1 no") if address.startswith("person3") else None  # noqa: E731
    async with (
        a_sink(script, can_pipeline=False) as sink,
        a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer,
    ):
        delivery_id = await mailer.deliver(lui.offer(audience))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 5, "refused": 1}
        assert not sink.faults


async def test_a_gateway_that_is_down_delays_and_is_named(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink:
        await sink.stop()
        async with a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
            delivery_id = await mailer.deliver(lui.offer())

            async def waits() -> bool:
                facts = await mailer.stated(DeliveryProgressedV1)
                return any(fact.waiting_for and "gateway" in fact.waiting_for for fact in facts)

            await eventually(waits)
            await sink.start()
            assert only((await mailer.finished(delivery_id)).counts) == {"sent": 3}


async def test_a_connection_is_used_for_many_messages_and_then_replaced(clone: Clone) -> None:
    lui = FakeLui()
    smtp = {"connections": 1, "messages_per_connection": 10}
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=smtp), lui) as mailer:
        await mailer.finished(await mailer.deliver(lui.offer(an_audience(30))))
        assert sink.connection_count == 3


async def test_who_unsubscribed_at_lui_gets_nothing_from_the_group_any_more(clone: Clone) -> None:
    lui, audience, group = FakeLui(), an_audience(3), "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01"
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        first = lui.offer(audience, group_id=group)
        await mailer.finished(await mailer.deliver(first))
        ended = SubscriptionEndedV1(
            delivery_id=first.delivery_id, delivery_number=1, ordinal=2, group_id=group, reason="page", at=utc_now()
        )
        await mailer.bus.deliver(ended)
        second = await mailer.finished(await mailer.deliver(lui.offer(audience, group_id=group)))
        assert only(second.counts) == {"sent": 2, "suppressed": 1}
        elsewhere = await mailer.finished(await mailer.deliver(lui.offer(audience)))
        assert only(elsewhere.counts) == {"sent": 3}
