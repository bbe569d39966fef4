"""The console command that every service has."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import typer
import uvloop
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.types import ASGIApp

from common.config import ServiceSettings
from common.contracts.shared import ComponentSeen, Role
from common.db.engine import open_engine
from common.http.access_token import Hub
from common.http.app import create_app
from common.messaging import dead_letters
from common.messaging.consumer import BatchSubscription, Consumer, Subscription
from common.messaging.relay import Relay
from common.messaging.unit_of_work import MessagingTables, UnitOfWork, UnitOfWorkFactory
from common.observability import logging
from common.service.heartbeat import Heartbeat
from common.service.resources import Resources, closed_resources, open_resources
from common.service.run import Background, HttpProtocol, run

S = TypeVar("S", bound=ServiceSettings)
T = TypeVar("T")


def _no_tasks(_settings: Any, _resources: Resources, _role: Role) -> Sequence[Background]:
    return ()


@dataclass(frozen=True, slots=True)
class Service(Generic[S]):
    """What makes one service different from the others."""

    name: str
    """Also its package, schema, NATS user and the owner of its facts."""
    settings: type[S]
    tables: MessagingTables
    seen: type[ComponentSeen]
    create_app: Callable[[S, Resources, Role], ASGIApp]
    """The application of a role that serves: all, api or public."""
    subscriptions: Sequence[Subscription[Any] | BatchSubscription[Any]] = ()
    tasks: Callable[[S, Resources, Role], Sequence[Background]] = _no_tasks
    """What runs beside the relay and the consumer; asked for every role."""
    protocol: Callable[[Role], HttpProtocol | None] = lambda _role: None
    """What the application that was just made is served with, if not with the server's own protocol."""
    describe: Callable[[S, Resources], FastAPI] | None = None
    """The application that `openapi` prints, where `create_app` wraps it in something else."""
    hub: Callable[[S, UnitOfWorkFactory], Hub] | None = None
    """For hub itself."""


def make_cli(service: Service[S]) -> typer.Typer:
    """`serve`, `migrate`, `openapi`, `check` and `dead-letters`; a service may add commands of its own."""
    cli = typer.Typer(name=service.name, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @cli.command()
    def serve(role: Annotated[Role, typer.Option(help="What this process does.")] = "all") -> None:
        """Run until told to stop."""
        settings = configured(service)
        logging.setup(settings)
        raise typer.Exit(uvloop.run(_serve(service, settings, role)))

    @cli.command()
    def migrate() -> None:
        """Bring the database schema up to this version."""
        # Serving needs nothing of Alembic, and every start would pay for it.
        from common.db.migrations import migrate as run_migrations  # noqa: PLC0415 - see above

        settings = configured(service)
        logging.setup(settings)
        run_migrations(settings, service.name)

    @cli.command()
    def openapi() -> None:
        """Print the description of the HTTP API; needs no configuration."""
        typer.echo(asyncio.run(_openapi(service)))

    @cli.command()
    def check() -> None:
        """Print the configuration as understood, secrets masked."""
        shown = configured(service).model_dump(mode="json")
        typer.echo(json.dumps(shown, indent=2, sort_keys=True))

    cli.add_typer(_letters_cli(service), name="dead-letters")
    return cli


def configured(service: Service[S]) -> S:
    """The configuration from the environment; names what is missing or wrong, never a value, and exits with 2."""
    try:
        return service.settings()
    except ValidationError as error:
        prefix = str(service.settings.model_config.get("env_prefix", ""))
        for each in error.errors(include_input=False, include_url=False):
            variable = prefix + "__".join(str(part) for part in each["loc"]).upper()
            typer.echo(f"{variable}: {each['msg']}", err=True)
        raise typer.Exit(2) from None


async def _serve(service: Service[S], settings: S, role: Role) -> int:
    hub = service.hub
    local = (lambda uow: hub(settings, uow)) if hub else None
    async with open_resources(settings, service.tables, hub=local) as resources:
        if role == "worker":
            # A worker is asked for its health and its metrics too.
            app: ASGIApp = create_app(settings, resources, title=service.name, routers=())
        else:
            app = service.create_app(settings, resources, role)
        background = [Heartbeat(resources, service.seen, role).run, *service.tasks(settings, resources, role)]
        if role in ("all", "worker"):
            background += _messaging(service, settings, resources)
        return await run(settings=settings, http=app, background=background, protocol=service.protocol(role))


def _messaging(service: Service[S], settings: S, resources: Resources) -> list[Background]:
    bus = resources.nats
    if bus is None:
        return []
    relay = Relay(settings, service.tables.outbox, bus, resources.clock)
    consumer = Consumer(settings, bus, resources.uow, service.tables, service.subscriptions)
    return [relay.run, consumer.run]


async def _openapi(service: Service[S]) -> str:
    settings = service.settings.for_openapi()
    async with closed_resources(settings, service.tables) as resources:
        app: Any = (
            service.describe(settings, resources)
            if service.describe
            else service.create_app(settings, resources, "all")
        )
        return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False)


def _letters_cli(service: Service[S]) -> typer.Typer:
    letters = typer.Typer(no_args_is_help=True, help="Messages that could not be handled.")
    table = service.tables.dead_letters

    @letters.command("list")
    def listed() -> None:
        """One JSON line a letter, oldest first, at most a thousand."""
        for letter in _in_uow(service, lambda uow: _rows(uow, service)):
            typer.echo(json.dumps(letter, sort_keys=True, default=str))

    @letters.command()
    def retry(letter_id: int) -> None:
        """Have the running service try a letter once more."""
        _found(_in_uow(service, lambda uow: dead_letters.request_retry(uow.session, table, letter_id, at=uow.now)))

    @letters.command()
    def drop(letter_id: int) -> None:
        """Forget a letter for good."""
        _found(_in_uow(service, lambda uow: dead_letters.drop(uow.session, table, letter_id)))

    return letters


async def _rows(uow: UnitOfWork, service: Service[S]) -> list[dict[str, Any]]:
    names = ("id", "consumer", "subject", "message_id", "attempts", "error", "created_at", "retry_requested_at", "body")
    found = await dead_letters.listed(uow.session, service.tables.dead_letters)
    return [{name: getattr(letter, name) for name in names} for letter in found]


def _in_uow(service: Service[S], work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    async def once() -> T:
        engine = open_engine(configured(service))
        try:
            async with UnitOfWorkFactory(engine, service.tables.outbox)() as uow:
                return await work(uow)
        finally:
            await engine.dispose()

    return asyncio.run(once())


def _found(found: bool) -> None:  # noqa: FBT001 - its only subject, given by the call around which it stands
    if not found:
        typer.echo("no such letter", err=True)
        raise typer.Exit(1)
