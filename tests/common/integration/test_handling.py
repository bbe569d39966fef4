import asyncio
from collections.abc import Sequence
from typing import Any, cast

import psycopg
import pytest
from nats.aio.msg import Msg
from sqlalchemy.exc import OperationalError

from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.messaging import dead_letters, handling, inbox
from common.messaging.consumer import BatchSubscription, Subscription
from common.messaging.handling import retry_delay_seconds
from common.service.resources import Resources
from tests.common.sample.handler import Handler, action, letters, notes
from tests.common.sample.tables import DeadLetter, Inbox
from tests.support.bus import HandBus, a_message, stated
from tests.support.clock import START
from tests.support.wait import eventually


class TestWithoutABroker:
    """The desk: what becomes of a message."""

    async def test_a_message_delivered_twice_is_handled_once(self, resources: Resources) -> None:
        handler = Handler()
        bus = HandBus(resources, [Subscription(HubActionRecordedV1, handler.one)])
        answers = [*await bus.deliver(action(1), message_id="m"), *await bus.deliver(action(1), message_id="m")]
        assert answers == ["ack", "ack"]
        assert await notes(resources) == ["1"]
        assert len(await stated(resources, HubSeenV1)) == 1

    async def test_what_failed_left_nothing_and_comes_again(self, resources: Resources) -> None:
        handler = Handler(failures={"1": 1})
        bus = HandBus(resources, [Subscription(HubActionRecordedV1, handler.one)])
        assert await bus.deliver(action(1), message_id="m") == ["nak"]
        assert await notes(resources) == []
        assert await stated(resources, HubSeenV1) == []
        assert await bus.deliver(action(1), message_id="m") == ["ack"]
        assert await notes(resources) == ["1"]

    async def test_the_cause_goes_along(self, resources: Resources) -> None:
        handler = Handler()
        message = a_message(action(1), Correlation_Id="c-9", Nats_Msg_Id="m-9")
        await self._desk(resources, handler).each([cast(Msg, message)])
        assert handler.causes == ["m-9"]
        assert handler.correlations == ["c-9"]

    @pytest.mark.parametrize("tries", range(1, 8))
    async def test_a_failed_message_is_put_back_for_longer_and_longer(self, resources: Resources, tries: int) -> None:
        message = a_message(action("bad"), tries=tries)
        await self._desk(resources, Handler(failures={"bad": 99})).each([cast(Msg, message)])
        assert message.answers == ["nak"]
        assert message.delay == retry_delay_seconds(tries)

    def test_the_delays_grow_from_a_second_to_ten_minutes(self) -> None:
        assert [retry_delay_seconds(tries) for tries in range(1, 9)] == [1, 3, 9, 27, 81, 243, 600, 600]

    async def test_after_eight_tries_it_is_a_dead_letter(self, resources: Resources) -> None:
        message = a_message(action("bad"), tries=8, Correlation_Id="c-1")
        await self._desk(resources, Handler(failures={"bad": 99})).each([cast(Msg, message)])
        assert message.answers == ["term"]
        letter = (await letters(resources))[0]
        assert (letter.consumer, letter.attempts) == ("hub__action_recorded", 8)
        assert letter.body == message.data.decode()
        assert letter.headers["Correlation-Id"] == "c-1"
        assert letter.subject == "hub.action.recorded.v1"
        assert "no bad" in letter.error

    @pytest.mark.parametrize("body", [b"{", b"\xff\x00\xfe", b"{}", b"null", b'{"at": "soon"}'])
    async def test_what_cannot_be_read_is_a_dead_letter_at_once(self, resources: Resources, body: bytes) -> None:
        message = a_message(body, "hub.action.recorded.v1")
        await self._desk(resources, Handler()).each([cast(Msg, message)])
        assert message.answers == ["term"]
        assert len(await letters(resources)) == 1

    async def test_a_dead_letter_is_tried_again_when_asked_for(self, resources: Resources) -> None:
        handler = Handler(failures={"bad": 2})
        desk = self._desk(resources, handler)
        await desk.each([cast(Msg, a_message(action("bad"), tries=8))])
        letter_id = (await letters(resources))[0].id
        await desk.retry_letters()
        assert len(handler.calls) == 1, "nobody asked"
        for attempts in (9, None):
            async with resources.uow() as uow:
                assert await dead_letters.request_retry(uow.session, DeadLetter, letter_id, at=uow.now)
            await desk.retry_letters()
            left = await letters(resources)
            assert [letter.attempts for letter in left] == ([attempts] if attempts else [])
        assert await notes(resources) == ["bad"]

    async def test_one_bad_message_does_not_hold_up_its_batch(self, resources: Resources) -> None:
        handler = Handler(failures={"3": 99})
        messages = [a_message(action(number)) for number in range(5)] + [a_message(b"{")]
        await self._desk(resources, handler, batch=True).together(cast(Sequence[Msg], messages))
        assert [message.answers[-1] for message in messages] == ["ack", "ack", "ack", "nak", "ack", "term"]
        assert all(len(message.answers) == 1 for message in messages)
        assert await notes(resources) == ["0", "1", "2", "4"]
        assert handler.calls[0] == ["0", "1", "2", "3", "4"]

    async def test_a_batch_is_one_transaction(self, resources: Resources) -> None:
        handler = Handler()
        messages = [a_message(action(number)) for number in range(50)]
        messages += [a_message(action(7), Nats_Msg_Id=messages[7].headers["Nats-Msg-Id"])]
        desk = self._desk(resources, handler, batch=True)
        await desk.together(cast(Sequence[Msg], messages))
        await desk.together(cast(Sequence[Msg], messages))
        assert [len(call) for call in handler.calls] == [50]
        assert len(await notes(resources)) == 50

    async def test_an_absent_database_is_not_the_messages_fault(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk = self._desk(resources, Handler())
        message = a_message(action(1), tries=20)
        with monkeypatch.context() as patched:
            patched.setattr(inbox, "claim", _unreachable)
            await desk.each([cast(Msg, message)])
        assert message.answers == ["nak"]
        assert await letters(resources) == []
        assert await desk.database_answers()

    async def test_what_was_begun_is_finished_when_told_to_stop(self, resources: Resources) -> None:
        handler = Handler(gate=asyncio.Event())
        messages = [a_message(action(number)) for number in range(3)]
        work = asyncio.create_task(self._desk(resources, handler).each(cast(Sequence[Msg], messages)))
        await eventually(lambda: handler.calls)
        work.cancel()
        cast(asyncio.Event, handler.gate).set()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert [message.answers for message in messages] == [["ack"], ["nak"], ["nak"]]
        assert await notes(resources) == ["0"]

    async def test_a_long_handler_says_that_it_is_still_at_it(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handling, "_IN_PROGRESS_SECONDS", 0.02)
        handler = Handler(gate=asyncio.Event())
        messages = [a_message(action(number)) for number in range(2)]
        work = asyncio.create_task(self._desk(resources, handler).each(cast(Sequence[Msg], messages)))
        await eventually(lambda: all(message.answers.count("in_progress") >= 2 for message in messages))
        cast(asyncio.Event, handler.gate).set()
        await work
        assert [message.answers[-1] for message in messages] == ["ack", "ack"]

    async def test_the_inbox_forgets_in_pieces(self, resources: Resources) -> None:
        async with resources.uow() as uow:
            await inbox.claim(uow.session, Inbox, "c", [str(number) for number in range(20)], at=START)
            await inbox.claim(uow.session, Inbox, "c", ["new"], at=uow.now)
            assert await inbox.purge(uow.session, Inbox, before=uow.now) == 20
            assert await inbox.purge(uow.session, Inbox, before=uow.now) == 0

    @staticmethod
    def _desk(resources: Resources, handler: Handler, *, batch: bool = False) -> handling.Desk:
        kind: Any = (
            BatchSubscription(HubActionRecordedV1, handler.many)
            if batch
            else Subscription(HubActionRecordedV1, handler.one)
        )
        return HandBus(resources, [kind]).desk(kind)


async def _unreachable(*_args: Any, **_kwargs: Any) -> set[str]:
    raise OperationalError("claim", {}, psycopg.OperationalError("connection refused"))
