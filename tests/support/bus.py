"""Facts without a broker: what waits in an outbox, and handing facts to handlers as the consumer does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from nats.aio.msg import Msg

from common.contracts.base import Fact
from common.ids import new_id
from common.messaging import outbox
from common.messaging.consumer import BatchSubscription, Subscription
from common.messaging.handling import Desk
from common.messaging.streams import Names
from common.service.resources import Resources

F = TypeVar("F", bound=Fact)


@dataclass
class _Position:
    stream: int
    consumer: int


@dataclass
class _Metadata:
    num_delivered: int = 1
    num_pending: int = 0
    stream: str = "TEST"
    sequence: _Position = field(default_factory=lambda: _Position(1, 1))


@dataclass
class FakeMessage:
    """A delivered message that remembers how it was answered."""

    data: bytes
    subject: str
    headers: dict[str, str]
    metadata: _Metadata = field(default_factory=_Metadata)
    answers: list[str] = field(default_factory=list)
    delay: float | None = None

    @property
    def is_acked(self) -> bool:
        """Whether it was answered for good."""
        return any(answer != "in_progress" for answer in self.answers)

    async def ack(self) -> None:
        """Handled."""
        self.answers.append("ack")

    async def nak(self, delay: float | None = None) -> None:
        """Put back."""
        self.delay = delay
        self.answers.append("nak")

    async def term(self) -> None:
        """Never again."""
        self.answers.append("term")

    async def in_progress(self) -> None:
        """Still at it."""
        self.answers.append("in_progress")


def a_message(fact: Fact | bytes, subject: str | None = None, *, tries: int = 1, **headers: str) -> FakeMessage:
    """A message with a fact (or any octets) in it."""
    data = fact if isinstance(fact, bytes) else fact.model_dump_json().encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    message = FakeMessage(data, subject or str(getattr(fact, "subject", "?")), {"Nats-Msg-Id": new_id(), **named})
    message.metadata.num_delivered = tries
    return message


class HandBus:
    """Delivers facts to a service's subscriptions by hand, through its real inbox, transactions and dead letters."""

    def __init__(
        self, resources: Resources, subscriptions: Sequence[Subscription[Any] | BatchSubscription[Any]]
    ) -> None:
        self._resources = resources
        self._subscriptions = subscriptions

    async def deliver(self, *facts: Fact, message_id: str | None = None) -> list[str]:
        """Hand each fact to every subscription to it; returns the answers. With `message_id` they are one message."""
        answers = []
        for fact in facts:
            readers = [each for each in self._subscriptions if each.fact is type(fact)]
            if not readers:
                raise AssertionError(f"nobody reads {fact.subject}")
            shared_id = new_id()
            for reader in readers:
                message = a_message(fact, Nats_Msg_Id=message_id or shared_id)
                await self.desk(reader).each([cast(Msg, message)])
                answers += message.answers
        return answers

    def desk(self, subscription: Subscription[Any] | BatchSubscription[Any]) -> Desk:
        """What handles the messages of one subscription."""
        durable = Names().durable(self._resources.settings.service, subscription.fact, subscription.name)
        return Desk(subscription.fact, subscription.handler(), durable, self._resources.uow, self._resources.tables)


async def stated(resources: Resources, kind: type[F]) -> list[F]:
    """The facts of one kind in the service's outbox, oldest first: `assert await stated(r, JobClosedV1) == [...]`."""
    async with resources.uow.reader() as uow:
        found = await outbox.stated_facts(uow.session, resources.tables.outbox, kind)
        return cast(list[F], list(found))
