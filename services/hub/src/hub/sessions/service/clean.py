"""Forgetting what no longer matters."""

from common.messaging.unit_of_work import UnitOfWork
from hub.sessions import rules
from hub.sessions.repository import SessionRepository, SlowDownRepository


async def forget_what_is_over(uow: UnitOfWork) -> None:
    """Drop sessions that ended by themselves, attempts of days past and addresses long unused."""
    sessions = SessionRepository(uow.session)
    await sessions.remove_over(now=uow.now, unused_since=uow.now - rules.IDLE_LIMIT)
    attempts_before = uow.now - rules.FORGET_FAILURES_AFTER
    familiar_before = uow.now - rules.FAMILIAR_FOR
    await SlowDownRepository(uow.session).remove_older(attempts_before=attempts_before, familiar_before=familiar_before)
