"""What the routes about accounts are given."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from common.http.bearer import CallerDep
from common.http.etags import IfMatch, etag
from hub.accounts.passwords import Passwords
from hub.accounts.record import AccountRecord
from hub.accounts.rules import Administrator
from hub.accounts.schemas import AccountOut


async def current_administrator(caller: CallerDep) -> Administrator:
    """The caller as one who acts on accounts."""
    return Administrator(caller.account_id, caller.group_id, caller.rights)


async def shared_passwords(request: Request) -> Passwords:
    """The one place of this process where passwords are computed."""
    passwords: Passwords = request.app.state.passwords
    return passwords


AdministratorDep = Annotated[Administrator, Depends(current_administrator)]
PasswordsDep = Annotated[Passwords, Depends(shared_passwords)]


@dataclass(frozen=True)
class Creator:
    """An administrator who sets a password."""

    administrator: Administrator
    passwords: Passwords


async def current_creator(administrator: AdministratorDep, passwords: PasswordsDep) -> Creator:
    """The caller, and what hashes the password they chose."""
    return Creator(administrator, passwords)


class Version:
    """The revision the caller expects an account to have, and the headers that tell the one it has now."""

    def __init__(self, expected: IfMatch, response: Response) -> None:
        self.expected = expected
        self._response = response

    def tag(self, account: AccountRecord) -> AccountOut:
        """The account as a reply with its entity tag."""
        self._response.headers["ETag"] = etag(account.revision)
        return AccountOut.of(account)

    def created(self, account: AccountRecord) -> AccountOut:
        """The account as a reply that also says where it is found from now on."""
        self._response.headers["Location"] = f"/api/v1/accounts/{account.id}"
        return self.tag(account)


CreatorDep = Annotated[Creator, Depends(current_creator)]
VersionDep = Annotated[Version, Depends(Version)]
