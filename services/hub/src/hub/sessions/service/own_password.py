"""Replacing one's own password."""

from dataclasses import dataclass

from common.contracts.problem import Invalid
from hub.accounts import service as accounts
from hub.accounts.rules import normal_password, require_strong_password
from hub.sessions.errors import PasswordRefused
from hub.sessions.records import Presented
from hub.sessions.repository import SessionRepository
from hub.sessions.service.sign_in import SignInDesk, confirm_password


@dataclass(frozen=True)
class PasswordChange:
    """The password as it is and as it shall be."""

    present: str
    new: str
    address: str


async def change_own_password(desk: SignInDesk, change: PasswordChange, *, by: Presented) -> None:
    """Replace the caller's password and end every session but the one it is done in.

    Raises `Invalid` at `/new_password`, `PasswordRefused`, `TooManyAttempts`.
    """
    names = (by.account.name, by.account.group_name)
    require_strong_password(change.new, names=names, pointer="/new_password")
    if normal_password(change.new) == normal_password(change.present):
        raise Invalid(("/new_password", "This is the present password"))
    if not await confirm_password(desk, by.account, change.present, address=change.address):
        raise PasswordRefused("The present password is not right")
    async with desk.units() as uow:
        after = await accounts.replace_own_password(uow, by.account.id, change.new, passwords=desk.passwords)
        if by.session_id is not None:
            await SessionRepository(uow.session).move_to_epoch(by.session_id, after.auth_epoch)
