"""The sessions an account has, as their owner sees and ends them."""

from common.messaging.unit_of_work import UnitOfWork
from hub.actions import Action, Target, record
from hub.sessions import rules
from hub.sessions.errors import SessionNotFound
from hub.sessions.records import Presented, SessionRecord
from hub.sessions.repository import SessionRepository


async def list_sessions(uow: UnitOfWork, *, by: Presented) -> list[SessionRecord]:
    """The living sessions of the caller's account, last used first; there are at most fifty."""
    found = await SessionRepository(uow.session).of_account(by.account.id, by.account.auth_epoch)
    return [
        SessionRecord(
            id=row.id,
            current=row.id == by.session_id,
            user_agent=row.user_agent,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
        )
        for row in found
        if rules.is_session_alive(last_used_at=row.last_used_at, expires_at=row.expires_at, now=uow.now)
    ]


async def end_session(uow: UnitOfWork, session_id: str | None, *, by: Presented) -> None:
    """End a session of the caller's account. Raises `SessionNotFound`, for someone else's as well."""
    sessions = SessionRepository(uow.session)
    row = None if session_id is None else await sessions.get(session_id)
    if row is None or row.account_id != by.account.id:
        raise SessionNotFound("You have no such session")
    await sessions.remove(row.id)
    record(uow, Action("session.end", by.account.id, Target("session", row.id, by.account.group_id)))
