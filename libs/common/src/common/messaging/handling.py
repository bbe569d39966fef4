"""What becomes of a message: handled and acknowledged, put back for later, or kept as a dead letter."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import MsgAlreadyAckdError
from pydantic import ValidationError
from sqlalchemy import text
from structlog.contextvars import bound_contextvars

from common.contracts.base import Fact
from common.db.engine import is_unreachable
from common.messaging import dead_letters, inbox
from common.messaging.streams import ACK_WAIT
from common.messaging.unit_of_work import MessagingTables, UnitOfWork, UnitOfWorkFactory
from common.observability.correlation import HEADER, correlated
from common.observability.logging import get_logger
from common.observability.metrics import CONSUMER_MESSAGES, CONSUMER_PENDING, DEAD_LETTERS

log = get_logger()
MAX_TRIES = 8
HANDLER_SECONDS = 900.0
_LONGEST_DELAY_SECONDS = 600
_AWAY_DELAY_SECONDS = 2
_IN_PROGRESS_SECONDS = ACK_WAIT.total_seconds() / 3

Handler = Callable[[UnitOfWork, Sequence[Any]], Awaitable[None]]


def retry_delay_seconds(tries: int) -> int:
    """How long to put a message back for after `tries` failures: 1, 3, 9 … at most 600 seconds."""
    return min(_LONGEST_DELAY_SECONDS, int(3 ** (tries - 1)))


class Desk:
    """Handles the messages of one durable."""

    def __init__(
        self, fact: type[Fact], handler: Handler, durable: str, uow: UnitOfWorkFactory, tables: MessagingTables
    ) -> None:
        self._fact = fact
        self._handler = handler
        self._durable = durable
        self._uow = uow
        self._tables = tables
        self._unreachable = False

    async def each(self, messages: Sequence[Msg]) -> None:
        """Each message in a transaction of its own."""
        self._seen(messages)
        async with self._held(messages) as open_messages:
            for message in messages:
                await _finished(self._handle([message]))
                del open_messages[id(message)]
                if self._unreachable:
                    return

    async def together(self, messages: Sequence[Msg]) -> None:
        """All messages in one transaction; when that fails, each in its own, so that one cannot hold up the others."""
        self._seen(messages)
        async with self._held(messages) as open_messages:
            if await _finished(self._handle(messages)):
                open_messages.clear()
                return
            for message in messages:
                if self._unreachable:
                    return
                if not message.is_acked:  # an unreadable one has its answer already
                    await _finished(self._handle([message]))
                del open_messages[id(message)]

    async def database_answers(self) -> bool:
        """False while a handler found the database unreachable and it still is; asks only then."""
        if self._unreachable:
            try:
                async with self._uow.reader() as uow:
                    await uow.session.execute(text("SELECT 1"))
                self._unreachable = False
            except Exception as error:  # noqa: BLE001 - it does not answer, whatever the reason
                log.warning("database is away", durable=self._durable, error=type(error).__name__)
        return not self._unreachable

    @property
    def address(self) -> tuple[str, str]:
        """Durable and subject: what its dead letters are known by."""
        return self._durable, self._fact.subject

    async def retry_letters(self) -> None:
        """Try the dead letters of this durable again that an operator asked for."""
        try:
            while await self._retry_one():
                pass
        except Exception as error:  # noqa: BLE001 - letters have waited for a person, they can wait for the database
            log.warning("dead letters not looked at", durable=self._durable, error=type(error).__name__)
            self._unreachable = is_unreachable(error)

    async def _retry_one(self) -> bool:
        table = self._tables.dead_letters
        async with self._uow() as uow:
            letter = await dead_letters.to_retry(uow.session, table, self._durable, self._fact.subject)
            if letter is None:
                return False
            kept = {name: getattr(letter, name) for name in dead_letters.KEPT}
            letter_id = letter.id
        try:
            await self._apply({letter.message_id: self._fact.model_validate_json(letter.body)}, letter.headers)
        except Exception as error:  # noqa: BLE001 - kept with the letter
            await self._bury({**kept, "error": repr(error), "attempts": letter.attempts + 1})
        else:
            async with self._uow() as uow:
                await dead_letters.drop(uow.session, table, letter_id)
            log.info("dead letter handled", durable=self._durable, letter_id=letter_id)
        return True

    async def _handle(self, messages: Sequence[Msg]) -> bool:
        """Handle messages in one transaction and answer for them; False when several failed together."""
        facts: dict[str, Fact] = {}
        readable = []
        for message in messages:
            try:
                facts[_message_id(message)] = self._fact.model_validate_json(message.data)
                readable.append(message)
            except ValidationError as error:
                await self._give_up(message, error)
        if not readable:
            return True
        try:
            await self._apply(facts, readable[0].headers if len(readable) == 1 else None)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises decides only about its message
            return await self._failed(readable, error)
        for message in readable:
            await self._answer(message.ack(), "handled")
        return True

    async def _apply(self, facts: dict[str, Fact], headers: dict[str, Any] | None) -> None:
        """The inbox and the effect in one transaction."""
        causation_id = next(iter(facts)) if len(facts) == 1 else None
        with correlated((headers or {}).get(HEADER)), bound_contextvars(consumer=self._durable):
            async with asyncio.timeout(HANDLER_SECONDS), self._uow(causation_id=causation_id) as uow:
                new = await inbox.claim(uow.session, self._tables.inbox, self._durable, list(facts), at=uow.now)
                fresh = [fact for message_id, fact in facts.items() if message_id in new]
                if fresh:
                    await self._handler(uow, fresh)

    async def _failed(self, messages: Sequence[Msg], error: Exception) -> bool:
        self._unreachable = is_unreachable(error)
        if self._unreachable:
            # Nobody's fault: a message is not given up because the database was away, and comes back soon.
            for message in messages:
                await self._answer(message.nak(_AWAY_DELAY_SECONDS), "put_back")
            return True
        if len(messages) > 1:
            log.warning("batch failed, trying one by one", durable=self._durable, error=type(error).__name__)
            return False
        tries = messages[0].metadata.num_delivered
        if tries >= MAX_TRIES:
            await self._give_up(messages[0], error)
        else:
            delay = retry_delay_seconds(tries)
            log.warning("handler failed", durable=self._durable, tries=tries, wait_seconds=delay, exc_info=error)
            await self._answer(messages[0].nak(delay), "put_back")
        return True

    async def _give_up(self, message: Msg, error: Exception) -> None:
        letter = {
            "message_id": _message_id(message),
            "subject": self._fact.subject,
            # PostgreSQL's text holds no NUL; a body that has one is unreadable anyway.
            "body": message.data.decode(errors="replace").replace("\0", "\ufffd"),
            "headers": dict(message.headers or {}),
            "error": repr(error),
            "attempts": message.metadata.num_delivered,
        }
        try:
            await self._bury(letter)
        except Exception as burying:  # noqa: BLE001 - then it stays in the stream
            self._unreachable = is_unreachable(burying)
            await self._answer(message.nak(_AWAY_DELAY_SECONDS), "put_back")
            return
        await self._answer(message.term(), "dead")

    async def _bury(self, letter: dict[str, Any]) -> None:
        async with self._uow() as uow:
            row = {**letter, "consumer": self._durable, "created_at": uow.now}
            await dead_letters.bury(uow.session, self._tables.dead_letters, row)
        DEAD_LETTERS.labels(self._durable).inc()
        log.error("message became a dead letter", durable=self._durable, message_id=letter["message_id"])

    async def _answer(self, answer: Awaitable[None], outcome: str) -> None:
        CONSUMER_MESSAGES.labels(self._durable, outcome).inc()
        try:
            await answer
        except (NatsError, OSError, TimeoutError, MsgAlreadyAckdError) as error:
            # Unanswered, it comes again after the wait; the inbox knows it.
            log.info("answer lost", durable=self._durable, error=type(error).__name__)

    def _seen(self, messages: Sequence[Msg]) -> None:
        CONSUMER_PENDING.labels(self._durable).set(messages[-1].metadata.num_pending)

    @asynccontextmanager
    async def _held(self, messages: Sequence[Msg]) -> AsyncIterator[dict[int, Msg]]:
        """Tell the server that messages are being worked on; those left over at the end are put back."""
        open_messages = {id(message): message for message in messages}
        ticking = asyncio.create_task(self._tick(open_messages), name=f"in progress {self._durable}")
        try:
            yield open_messages
        finally:
            ticking.cancel()
            await asyncio.gather(ticking, return_exceptions=True)
            for message in open_messages.values():
                if not message.is_acked:
                    await self._answer(message.nak(), "put_back")

    async def _tick(self, open_messages: dict[int, Msg]) -> None:
        while True:
            await asyncio.sleep(_IN_PROGRESS_SECONDS)
            for message in list(open_messages.values()):
                await self._answer(message.in_progress(), "in_progress")


async def _finished(work: Awaitable[bool]) -> bool:
    """Finish what was begun even when we are told to stop meanwhile, and stop then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _message_id(message: Msg) -> str:
    given = (message.headers or {}).get("Nats-Msg-Id")
    return given or f"{message.metadata.stream}:{message.metadata.sequence.stream}"
