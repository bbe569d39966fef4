"""Gateways set up over the API, and processes that use them."""

from typing import Any

from sqlalchemy import text

from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWorkFactory
from mailer.envelopes.owner import Owner, register
from mailer.gateways.service import ACCEPTED, Gateways, Line, Means
from tests.support.builders.pacing import Turned
from tests.support.signing import Place


def a_gateway(**changes: Any) -> dict[str, Any]:
    """The body that sets one up."""
    return {"name": "Relay", "host": "smtp.relay.example", "tls": "required", **changes}


async def made(place: Place, **changes: Any) -> dict[str, Any]:
    """A stored gateway, as the API shows it."""
    async with place.administrator() as client:
        answer = await client.post("/api/v1/gateways", json=a_gateway(**changes))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


def a_process(place: Place, owner: str | None = None, clock: Turned | None = None, *, asks: bool = False) -> Gateways:
    """A sending process's view; it looks names up when it `asks`."""
    resolver = place.resolver if asks else None
    means = Means(place.resources.uow, place.sealer, resolver, owner or new_id())
    return Gateways(place.settings, means, clock=clock or Turned())


def line_of(gateways: Gateways, gateway_id: str) -> Line:
    """A usable line, by id."""
    return next(line for line in gateways.lines() if line.id == gateway_id)


def sent_through(line: Line, most: int, destination: str = "d.example") -> int:
    """How many messages it takes, one after the other, until it takes no more."""
    count = 0
    while count < most and line.pacer.admit(destination):
        line.pacer.report(destination, ACCEPTED)
        count += 1
    return count


class Living:
    """Sending processes that are alive: each holds its lock on a connection of its own."""

    def __init__(self, place: Place) -> None:
        self._engine = place.resources.engine
        self._open: dict[str, Any] = {}

    async def begin(self) -> str:
        """One more; its owner id."""
        owner = Owner.of_this_process()
        connection = await self._engine.connect()
        self._open[owner.id] = connection
        await register(await connection.execution_options(isolation_level="AUTOCOMMIT"), owner)
        return owner.id

    async def end(self, owner: str) -> None:
        """As a killed process ends: its connection is gone, its row stays."""
        connection = self._open.pop(owner)
        await connection.invalidate()
        await connection.close()

    async def end_all(self) -> None:
        """Leave nothing open."""
        for owner in list(self._open):
            await self.end(owner)


async def column(uow: UnitOfWorkFactory, statement: str) -> list[Any]:
    """The first column of what a query finds."""

    async with uow.reader() as work:
        return [row[0] for row in await work.session.execute(text(statement))]
