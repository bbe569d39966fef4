"""The command `hub`."""

import asyncio
import json
from dataclasses import asdict

import typer

from common.contracts.hub import HubSeenV1
from common.db.engine import open_engine
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability import logging
from common.service.cli import Service, configured, make_cli
from hub import app, worker
from hub.accounts.passwords import Passwords
from hub.config import HubSettings
from hub.sessions import service as sessions
from hub.sessions.records import Credentials
from hub.tables import MESSAGING

SERVICE = Service(
    name="hub",
    settings=HubSettings,
    tables=MESSAGING,
    seen=HubSeenV1,
    create_app=app.build,
    subscriptions=worker.SUBSCRIPTIONS,
    tasks=worker.tasks,
)
cli = make_cli(SERVICE)


@cli.command()
def create_admin() -> None:
    """Give the account `admin` a new random password and every right, and print the password this once."""
    settings = configured(SERVICE)
    logging.setup(settings)
    credentials = asyncio.run(reset(settings))
    typer.echo(json.dumps({key: value for key, value in asdict(credentials).items() if value is not None}))


async def reset(settings: HubSettings) -> Credentials:
    """Reset the administrator of the configured installation."""
    engine = open_engine(settings)
    try:
        async with UnitOfWorkFactory(engine, MESSAGING.outbox)() as uow:
            return await sessions.reset_administrator(uow, Passwords(at_once=1))
    finally:
        await engine.dispose()


def main() -> None:
    """Run the command."""
    cli()


if __name__ == "__main__":
    main()
