"""What tracker does beside answering: facts in, facts out, and what time brings."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from common.contracts.lui import DeliveryRequestedV1
from common.contracts.mailer import EnvelopesAcceptedV1
from common.contracts.shared import Role
from common.contracts.tracker import ReactionsSpooledV1
from common.messaging.connection import REQUEST_SECONDS, Bus
from common.messaging.consumer import BatchSubscription, Subscription
from common.messaging.streams import Names, ensure_streams
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from common.observability.correlation import HEADER
from common.observability.logging import get_logger
from common.service.resources import Resources
from common.service.run import Background
from tracker.config import TrackerSettings
from tracker.intake.forwarder import Publish
from tracker.intake.process import IntakeProcess
from tracker.plans.handlers import on_delivery_requested
from tracker.plans.scheduler import open_barriers
from tracker.reactions.handlers import on_envelopes_accepted, on_reactions_spooled
from tracker.reactions.scheduler import drop_acceptances, judge_next, mix_hour, prepare_partitions, purge
from tracker.tallies.scheduler import state_tallies

log = get_logger()

_Subscription = (
    Subscription[DeliveryRequestedV1] | BatchSubscription[ReactionsSpooledV1] | BatchSubscription[EnvelopesAcceptedV1]
)
SUBSCRIPTIONS: Sequence[_Subscription] = (
    Subscription(DeliveryRequestedV1, on_delivery_requested),
    # A fact carries up to 500 hits: forty make a transaction of twenty thousand rows.
    BatchSubscription(ReactionsSpooledV1, on_reactions_spooled, batch=40),
    BatchSubscription(EnvelopesAcceptedV1, on_envelopes_accepted, batch=10),
)

Tick = Callable[[UnitOfWork], Awaitable[None]]
_TICKS: Sequence[tuple[Tick, float]] = (
    (open_barriers, 0.25),
    (state_tallies, 1.0),
    (judge_next, 1.0),
    (drop_acceptances, 60.0),
    (prepare_partitions, 3600.0),
)
"""What time brings, and every how many seconds."""
_PURGE_SECONDS = 60.0
_MIX_SECONDS = 20.0
"""How often it is looked whether an hour waits to be mixed."""


def worker_tasks(settings: TrackerSettings, resources: Resources, role: Role) -> Sequence[Background]:
    """What runs in the roles that work."""
    if role not in ("all", "worker"):
        return ()

    async def purge_reactions(uow: UnitOfWork) -> None:
        await purge(uow, retention=settings.retention)

    async def mix_hours() -> None:
        await mix_hour(resources.uow)

    ticks = (*_TICKS, (purge_reactions, _PURGE_SECONDS))
    return [*(_every(seconds, tick, resources.uow) for tick, seconds in ticks), _again(_MIX_SECONDS, mix_hours)]


def intake_tasks(settings: TrackerSettings, resources: Resources, process: IntakeProcess) -> Sequence[Background]:
    """What keeps an intake in step: its link table, and its spool on the way to the stream."""

    async def follow_plans() -> None:
        await process.follow_plans(resources.uow)

    if resources.nats is None:
        return [follow_plans]
    publish = publisher(settings, resources.nats)

    async def forward() -> None:
        await process.forward(publish)

    async def adopt_orphans() -> None:
        await process.adopt_orphans(publish)

    return [follow_plans, forward, adopt_orphans]


def publisher(settings: TrackerSettings, bus: Bus) -> Publish:
    """Publishes batches of the spool straight to the stream: the spool is the outbox of what it holds."""
    names = Names(settings.nats_subject_prefix)
    stream = names.stream("tracker")
    declared_for = 0

    async def publish(fact: ReactionsSpooledV1, message_id: str) -> None:
        nonlocal declared_for
        await bus.connected.wait()
        connection, jetstream = bus.connections, bus.jetstream
        if declared_for != connection:
            # A server that came back without its data has no stream to publish to.
            await ensure_streams(
                jetstream, settings.nats_subject_prefix, owners=("tracker",), replicas=settings.nats_replicas
            )
            declared_for = connection
        await jetstream.publish(
            names.subject(fact.subject),
            fact.model_dump_json().encode(),
            timeout=REQUEST_SECONDS,
            stream=stream,
            headers={"Nats-Msg-Id": message_id, HEADER: message_id},
        )

    return publish


def _every(seconds: float, tick: Tick, uow: UnitOfWorkFactory) -> Background:
    async def turn() -> None:
        async with uow() as work:
            await tick(work)

    turn.__name__ = tick.__name__
    return _again(seconds, turn)


def _again(seconds: float, turn: Callable[[], Awaitable[None]]) -> Background:
    async def ticking() -> None:
        while True:
            try:
                await turn()
            except Exception as error:  # noqa: BLE001  the database may be away; the next turn will do
                log.warning("tick failed", tick=turn.__name__, error=type(error).__name__)
            await asyncio.sleep(seconds)

    ticking.__qualname__ = turn.__name__
    return ticking
