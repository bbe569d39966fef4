"""One request, one fact, one tick: one transaction, and the facts it makes true."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from common.clock import Clock, utc_now
from common.contracts.base import Fact
from common.db.engine import session_maker
from common.messaging import outbox
from common.messaging.dead_letters import DeadLetterMixin
from common.messaging.inbox import InboxMixin
from common.messaging.outbox import OutboxMixin, Stated
from common.observability.correlation import HEADER, current_correlation_id

CAUSATION_HEADER = "Causation-Id"


@dataclass(frozen=True, slots=True)
class MessagingTables:
    """The tables of the chassis as one service declares them, in its own schema."""

    outbox: type[OutboxMixin]
    inbox: type[InboxMixin]
    dead_letters: type[DeadLetterMixin]
    idempotency: type
    """`common.http.idempotency.IdempotencyMixin`."""


class NothingMayBeStated(RuntimeError):
    """`emit` was called while only reading."""


class UnitOfWork:
    """What a use case works with. It may flush; the edge that opened it commits."""

    def __init__(self, session: AsyncSession, *, now: datetime, correlation_id: str, causation_id: str | None) -> None:
        self.session = session
        self.now = now
        """The one instant at which everything in this unit happens."""
        self.correlation_id = correlation_id
        self.causation_id = causation_id
        """Id of the message this is the answer to, or None."""
        self.stated: list[Stated] = []

    def emit(self, fact: Fact, *, coalesce: str | None = None) -> None:
        """State a fact: published after the commit, never when it fails.

        A fact with a `coalesce` key replaces the one of that key which still waits to be published.
        """
        self.stated.append(Stated(fact, coalesce))


class Reader(UnitOfWork):
    """A unit of work that changes nothing; PostgreSQL refuses to, and so does `emit`."""

    def emit(self, fact: Fact, *, coalesce: str | None = None) -> None:
        """Refuse. Raises NothingMayBeStated."""
        del coalesce
        raise NothingMayBeStated(f"{fact.subject} was stated in a read-only unit of work")


class UnitOfWorkFactory:
    """Opens units of work: `async with factory() as uow:` commits at the end and rolls back on an error."""

    def __init__(self, engine: AsyncEngine, table: type[OutboxMixin], clock: Clock = utc_now) -> None:
        self._sessions = session_maker(engine)
        self._outbox = table
        self._clock = clock

    def __call__(
        self, *, correlation_id: str | None = None, causation_id: str | None = None
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work that commits; by default it belongs to what is being done now."""
        return self._open(correlation_id or current_correlation_id(), causation_id)

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[UnitOfWork]:
        """A read-only unit of work; what it reads is of one instant."""
        async with self._sessions() as session:
            await session.connection(
                execution_options={"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
            )
            yield Reader(session, now=self._clock(), correlation_id=current_correlation_id(), causation_id=None)

    @asynccontextmanager
    async def _open(self, correlation_id: str, causation_id: str | None) -> AsyncIterator[UnitOfWork]:
        async with self._sessions() as session, session.begin():
            uow = UnitOfWork(session, now=self._clock(), correlation_id=correlation_id, causation_id=causation_id)
            yield uow
            if uow.stated:
                await session.flush()
                headers = {HEADER: correlation_id}
                if causation_id is not None:
                    headers[CAUSATION_HEADER] = causation_id
                await outbox.write(session, self._outbox, uow.stated, at=uow.now, headers=headers)
