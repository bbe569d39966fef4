"""`tracker judge`: have recorded reactions judged by the present rules, and wait for it."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Annotated
from uuid import UUID

import typer

from common.contracts.problem import Problem
from common.db.engine import open_engine
from common.messaging.unit_of_work import UnitOfWorkFactory
from tracker.config import TrackerSettings
from tracker.reactions import service
from tracker.reactions.rules import RULES_VERSION
from tracker.tables import MESSAGING

_ACTOR = "service:tracker"


def add_judge(cli: typer.Typer, settings: Callable[[], TrackerSettings]) -> None:
    """Add the command."""

    @cli.command()
    def judge(
        delivery: Annotated[list[UUID] | None, typer.Option(help="Only this one; may be repeated.")] = None,
    ) -> None:
        """Judge what was recorded by the present rules; counters follow. Prints one line of JSON."""
        ids = None if not delivery else [str(each) for each in delivery]
        try:
            deliveries, changed = asyncio.run(judge_anew(settings(), ids))
        except Problem as problem:
            typer.echo(str(problem), err=True)
            raise typer.Exit(1) from None
        typer.echo(json.dumps({"deliveries": deliveries, "changed": changed, "rules_version": RULES_VERSION}))


async def judge_anew(settings: TrackerSettings, delivery_ids: Sequence[str] | None) -> tuple[int, int]:
    """Judge some deliveries, or all; returns of how many, and how many reactions are judged differently now.

    Hits may come in and workers may judge meanwhile. What another process has in hand is left to it.
    """
    engine = open_engine(settings)
    try:
        uow = UnitOfWorkFactory(engine, MESSAGING.outbox)
        async with uow() as work:
            deliveries = await service.request_judging(work, delivery_ids, by=_ACTOR)
        changed = 0
        while True:
            async with uow() as work:
                found = await service.judge_next(work)
            if found is None:
                return deliveries, changed
            changed += found
    finally:
        await engine.dispose()
