"""Notices reach people once, whatever gateway, lui and the process do meanwhile."""

import email
import email.policy
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from email.message import EmailMessage

import pytest

from common.clock import utc_now
from mailer.rehearsal.service import Rehearsals
from mailer.sending import make_engine
from tests.mailer.integration.notices.world import PICTURE, World, a_world, notice_settings
from tests.support.smtp import Fate, Sink, a_sink
from tests.support.wait import eventually

Open = Callable[..., AbstractAsyncContextManager[tuple[World, Sink]]]
ANNA, BEN = "anna@example.org", "ben@example.org"


@pytest.fixture
def opened(clone: Callable[[str], str]) -> Open:
    @asynccontextmanager
    async def open_world(**notices: object) -> AsyncIterator[tuple[World, Sink]]:
        url = clone("mailer")
        async with a_sink() as sink, a_world(notice_settings(url, sink.port, **notices)) as world:
            yield world, sink

    return open_world


def parsed(octets: bytes) -> EmailMessage:
    return email.message_from_bytes(octets, policy=email.policy.default)


async def test_everybody_gets_words_table_and_picture_once(opened: Open) -> None:
    async with opened() as (world, sink):
        notice_id = await world.ask([ANNA, BEN])
        end = await world.settled(notice_id)
        assert end.counts == {"sent": 2}
        assert sink.recipients == [ANNA, BEN]
        assert not sink.faults
        message = parsed(sink.received[0].data)
        assert message["From"] == "Tutti <tutti@installation.test>"
        assert sink.received[0].mail_from == "tutti@installation.test"
        assert message["To"] == ANNA
        assert message["Subject"] == "Report: Öffnungen"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["List-Unsubscribe"] is None
        parts = {part.get_content_type(): part for part in message.walk()}
        assert "From here on nothing" in parts["text/plain"].get_content()
        assert "cid:plot" in parts["text/html"].get_content()
        assert parts["image/png"].get_content() == PICTURE
        assert parts["image/png"]["Content-ID"] == "<plot>"


async def test_the_same_request_again_sends_nothing_more(opened: Open) -> None:
    async with opened() as (world, sink):
        fact = world.offer([ANNA])
        await world.mailer.bus.deliver(fact)
        await world.settled(fact.notice_id)
        await world.mailer.bus.deliver(fact)
        await world.loop.once()
        assert sink.recipients == [ANNA]


async def test_what_is_put_off_is_tried_again_with_the_same_octets(opened: Open) -> None:
    async with opened() as (world, sink):
        sink.script = lambda _address, tries: Fate(".", "450 4.2.0 later") if tries < 3 else None
        notice_id = await world.ask([ANNA])
        end = await world.settled(notice_id)
        assert end.counts == {"sent": 1}
        assert sink.tries[ANNA] == 3


async def test_a_refusal_is_final_and_shown_and_the_others_get_theirs(opened: Open) -> None:
    async with opened() as (world, sink):
        sink.script = lambda address, _: Fate("RCPT", "550 5.1.1 nobody here") if address == ANNA else None
        notice_id = await world.ask([ANNA, BEN])
        end = await world.settled(notice_id)
        assert await world.states(notice_id) == {ANNA: "refused", BEN: "sent"}
        assert end.problem == "5.1.1 nobody here"
        assert sink.tries[ANNA] == 1


async def test_an_address_that_is_none_is_refused_without_asking_the_gateway(opened: Open) -> None:
    async with opened() as (world, _):
        notice_id = await world.ask(["a b@example.org", ANNA])
        await world.settled(notice_id)
        assert await world.states(notice_id) == {"a b@example.org": "refused", ANNA: "sent"}


async def test_an_answer_that_never_came_leads_to_one_repetition_and_no_more(opened: Open) -> None:
    async with opened() as (world, sink):
        sink.script = lambda _address, _tries: Fate("after_dot")
        notice_id = await world.ask([ANNA])
        end = await world.settled(notice_id)
        assert end.counts == {"in_doubt": 1}
        assert sink.recipients == [ANNA, ANNA]
        assert len({message.data for message in sink.received}) == 1


async def test_a_connection_that_breaks_before_the_end_is_no_doubt(opened: Open) -> None:
    async with opened() as (world, sink):
        sink.script = lambda _address, tries: Fate("before_dot") if tries < 4 else None
        notice_id = await world.ask([ANNA], text="More than leaves at once.\n" * 40_000)
        assert (await world.settled(notice_id)).counts == {"sent": 1}
        assert sink.recipients == [ANNA]


async def test_a_gateway_that_is_away_is_waited_for(opened: Open) -> None:
    async with opened() as (world, sink):
        await sink.stop()
        notice_id = await world.ask([ANNA])
        await eventually(lambda: deferred(world, notice_id))
        await sink.start()
        assert (await world.settled(notice_id)).counts == {"sent": 1}


async def deferred(world: World, notice_id: str) -> bool:
    await world.loop.once()
    return await world.states(notice_id) == {ANNA: "deferred"}


async def test_lui_being_away_delays_a_notice_and_loses_none(opened: Open) -> None:
    async with opened() as (world, sink):
        world.mailer.lui.is_away = True
        notice_id = await world.ask([ANNA])
        await world.loop.once()
        assert sink.recipients == []
        world.mailer.lui.is_away = False
        assert (await world.settled(notice_id)).counts == {"sent": 1}


async def test_what_is_no_use_any_more_is_not_sent(opened: Open) -> None:
    async with opened() as (world, sink):
        sink.script = lambda _address, _tries: Fate("RCPT", "450 4.2.0 later")
        notice_id = await world.ask([ANNA], not_after=utc_now() + timedelta(seconds=1))
        assert (await world.settled(notice_id)).counts == {"expired": 1}


async def test_content_that_is_not_what_was_announced_is_never_sent(opened: Open) -> None:
    async with opened() as (world, sink):
        fact = world.offer([ANNA])
        world.mailer.lui.notices[fact.notice_id]["text"] = "something else"
        await world.mailer.bus.deliver(fact)
        end = await world.settled(fact.notice_id)
        assert (end.problem, end.counts) == ("what was served is not what was announced", {})
        assert sink.recipients == []


async def test_a_subject_cannot_add_a_header(opened: Open) -> None:
    async with opened() as (world, sink):
        notice_id = await world.ask([ANNA], subject="Report\r\nBcc: everybody@example.org")
        assert (await world.settled(notice_id)).counts == {"refused": 1}
        assert sink.received == []


async def test_nothing_leaves_while_sending_is_held(opened: Open) -> None:
    async with opened() as (world, _):
        world.held.append("this database was restored or copied")
        notice_id = await world.ask([ANNA])
        await world.loop.once()
        assert await world.states(notice_id) == {ANNA: "queued"}
        world.held.clear()
        assert (await world.settled(notice_id)).counts == {"sent": 1}


async def test_a_pause_of_the_deployments_gateway_holds_notices(opened: Open) -> None:
    async with opened() as (world, _):
        rehearsals = Rehearsals(world.mailer.resources.uow, timedelta(days=1), 1)
        engine = make_engine(world.mailer.settings, world.mailer.resources, rehearsals)
        assert engine.notices_held() is None
        (line,) = engine.gateways.lines()
        line.pacer.obey_pause("operator", "somebody looks into it")
        assert engine.notices_held() == "the mail gateway of the deployment is paused"


async def test_old_notices_are_forgotten_and_recent_ones_kept(opened: Open) -> None:
    async with opened(keep_days=1) as (world, _):
        old, recent = await world.ask([ANNA]), await world.ask([BEN])
        await world.settled(old)
        await world.settled(recent)
        async with world.mailer.resources.uow() as uow:
            connection = await uow.session.connection()
            await connection.exec_driver_sql(
                "UPDATE mailer.notices SET ended_at = ended_at - interval '2 days' WHERE id = %s", (old,)
            )
        world.loop._looks = 0
        await world.loop.once()
        assert await world.states(old) == {}
        assert await world.states(recent) == {BEN: "sent"}
