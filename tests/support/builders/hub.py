"""Hub for tests: accounts that are valid by default, and clients signed in as them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from common.http import httpx
from common.messaging.unit_of_work import UnitOfWork
from common.service.resources import Resources
from hub.accounts import service as accounts
from hub.accounts.record import AccountRecord
from hub.accounts.rights import Right
from hub.accounts.rules import Administrator
from hub.app import build
from hub.config import HubSettings
from hub.sessions import service as sessions
from hub.sessions.sealing import Sealer
from tests.support.clock import FixedClock

PASSWORD = "correct horse battery"
ENCRYPTION_KEY = "c2VhbHMgd2hhdCBtdXN0IG5vdCBiZSByZWFkYWJsZSE"
EVERYTHING = tuple(Right)
SYSTEM = Administrator("service:hub", None, frozenset(EVERYTHING))


@dataclass(frozen=True)
class HubUnderTest:
    """The application of hub on a database of its own, and the clock everything in it goes by."""

    app: FastAPI
    resources: Resources
    clock: FixedClock

    @classmethod
    async def open(cls, settings: HubSettings, resources: Resources, clock: FixedClock) -> "HubUnderTest":
        """Hub with a signing key and without any account."""
        opened = cls(build(settings, resources, "all"), resources, clock)
        async with resources.uow() as uow:
            await sessions.rotate_keys(uow, opened.sealer)
        return opened

    @property
    def sealer(self) -> Sealer:
        """What seals its secrets."""
        sealer: Sealer = self.app.state.sign_in.exchange.sealer
        return sealer

    async def an_account(
        self,
        name: str = "ada",
        *,
        rights: Collection[str] = (),
        group: str | None = None,
        password: str = PASSWORD,
        contact_address: str | None = None,
    ) -> AccountRecord:
        """An account with these rights, made by nobody in particular."""
        new = accounts.NewAccount(name, password, group, contact_address, rights)
        async with self.resources.uow() as uow:
            return await accounts.create_account(uow, new, by=SYSTEM, passwords=self.app.state.passwords)

    async def close(self, account: AccountRecord) -> None:
        """Close an account."""
        async with self.resources.uow() as uow:
            await accounts.close_account(uow, account.id, by=SYSTEM)

    async def session_token(self, account: AccountRecord, password: str = PASSWORD) -> str:
        """The token of a new session of the account."""
        body = {"account": account.name, "group": account.group_name, "password": password}
        reply = await self.anonymous().post("/api/v1/sessions", json=body)
        assert reply.status_code == 201, reply.text
        token: str = reply.json()["session_token"]
        return token

    async def api_token(self, account: AccountRecord, scopes: Collection[str] | None = None) -> str:
        """A new API token of the account."""
        async with self.resources.uow() as uow:
            by = sessions.Presented(account, account.rights)
            token, _ = await sessions.create_api_token(uow, sessions.NewApiToken("test", scopes), by=by)
        return token

    async def access_token(self, credential: str) -> str:
        """What a session token or API token is exchanged for."""
        reply = await self.bearing(credential).post("/api/v1/token-exchange")
        assert reply.status_code == 200, reply.text
        token: str = reply.json()["access_token"]
        return token

    async def signed_in(self, account: AccountRecord) -> httpx.AsyncClient:
        """A client with a session of the account."""
        return self.bearing(await self.session_token(account))

    async def as_account(self, name: str = "ada", *rights: str, **about: Any) -> httpx.AsyncClient:
        """A client with a session of a new account with these rights."""
        return await self.signed_in(await self.an_account(name, rights=rights, **about))

    def anonymous(self, address: str = "192.0.2.1") -> httpx.AsyncClient:
        """Nobody in particular, calling from a network address."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 40_000))
        return httpx.AsyncClient(transport=transport, base_url="http://testserver")

    def bearing(self, token: str) -> httpx.AsyncClient:
        """A client that carries a token."""
        client = self.anonymous()
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    def unit(self) -> Any:
        """A unit of work, for looking and arranging behind the application's back."""
        return self.resources.uow()


async def rows(uow: UnitOfWork, statement: str) -> list[Any]:
    """What a statement finds in the database."""
    connection = await uow.session.connection()
    return list((await connection.exec_driver_sql(statement)).all())


@contextmanager
def statements(resources: Resources) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, their values left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(resources.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(resources.engine.sync_engine, "before_cursor_execute", note)
