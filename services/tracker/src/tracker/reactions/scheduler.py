"""What reactions need as time passes."""

from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from tracker.privacy.retention import Retention
from tracker.reactions import mixing, service


async def prepare_partitions(uow: UnitOfWork) -> None:
    """Make partitions before their month begins."""
    await service.prepare_partitions(uow)


async def judge_next(uow: UnitOfWork) -> None:
    """Judge what is due with everything that is known by now."""
    await service.judge_next(uow)


async def mix_hour(units: UnitOfWorkFactory) -> None:
    """Mix the hour that is over; many transactions, since others wait while one lasts."""
    await mixing.mix_hour(units)


async def drop_acceptances(uow: UnitOfWork) -> None:
    """Forget when messages were accepted, a day later."""
    await service.drop_acceptances(uow)


async def purge(uow: UnitOfWork, *, retention: Retention) -> None:
    """Delete what is over its time."""
    await service.purge(uow, retention)
