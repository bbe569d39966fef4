"""Names in JetStream, and the declaration of streams and durables."""

from dataclasses import dataclass
from datetime import timedelta

from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from common.contracts.base import OWNERS, Fact

ACK_WAIT = timedelta(seconds=60)
MAX_ACK_PENDING = 1_000
KEPT = timedelta(days=14)
DUPLICATE_WINDOW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Names:
    """How things are called in NATS; with prefix `t1`: `t1.lui.delivery.requested.v1`, `t1_LUI`, `t1_mailer__…`."""

    prefix: str = ""

    def subject(self, subject: str) -> str:
        """A fact's subject as published."""
        return f"{self.prefix}.{subject}" if self.prefix else subject

    def stream(self, owner: str) -> str:
        """The stream that takes everything its owner publishes."""
        return f"{self.prefix}_{owner.upper()}" if self.prefix else owner.upper()

    def durable(self, consumer: str, fact: type[Fact], name: str | None = None) -> str:
        """`<consumer>__<noun>_<verb>`; later majors add `_v2` and so on, since both may be read for a while."""
        _, noun, verb, major = fact.subject.split(".")
        plain = name or (f"{noun}_{verb}" if major == "v1" else f"{noun}_{verb}_{major}")
        return f"{self.prefix}_{consumer}__{plain}" if self.prefix else f"{consumer}__{plain}"


async def ensure_streams(
    jetstream: JetStreamContext, prefix: str = "", *, owners: tuple[str, ...] = OWNERS, replicas: int = 1
) -> None:
    """Declare the streams of `owners`: file storage, 14 days, duplicates dropped within 2 minutes.

    A full stream refuses what is new rather than forgetting what is old: the publisher's outbox then waits.
    A service may declare its own stream only.
    """
    names = Names(prefix)
    for owner in owners:
        wanted = StreamConfig(
            name=names.stream(owner),
            subjects=[names.subject(f"{owner}.>")],
            retention=RetentionPolicy.LIMITS,
            storage=StorageType.FILE,
            discard=DiscardPolicy.NEW,
            max_age=KEPT.total_seconds(),
            duplicate_window=DUPLICATE_WINDOW.total_seconds(),
            num_replicas=replicas,
        )
        try:
            found = (await jetstream.stream_info(names.stream(owner))).config
        except NotFoundError:
            await jetstream.add_stream(wanted)
            continue
        if any(getattr(found, field) != getattr(wanted, field) for field in _DECLARED):
            await jetstream.update_stream(wanted)


_DECLARED = ("subjects", "discard", "max_age", "duplicate_window", "num_replicas")


async def ensure_durable(jetstream: JetStreamContext, names: Names, fact: type[Fact], durable: str) -> None:
    """Declare a pull consumer on the owner's stream. Raises NotFoundError while the owner has not made its stream.

    `max_deliver` stays unlimited (reaching it drops a message without a word) and there is no `backoff` list (its
    first entry would replace the wait for an acknowledgement).
    """
    await jetstream.add_consumer(
        names.stream(fact.owner()),
        ConsumerConfig(
            name=durable,
            durable_name=durable,
            filter_subject=names.subject(fact.subject),
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=ACK_WAIT.total_seconds(),
            max_ack_pending=MAX_ACK_PENDING,
            max_deliver=-1,
        ),
    )
