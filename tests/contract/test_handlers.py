"""Every example of every fact, twice, through every handler that any service registered for it."""

import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import MetaData, func, select

from common.config import ServiceSettings
from common.contracts.base import OWNERS, Fact
from common.messaging.consumer import BatchSubscription, Subscription
from common.messaging.unit_of_work import MessagingTables
from common.service.resources import Resources
from tests.contract.facts import all_facts
from tests.support.bus import HandBus
from tests.support.http import make_settings, resources_for

AnySubscription = Subscription[Any] | BatchSubscription[Any]
UNREAD: set[str] = set()
"""Facts that nobody reads yet, each for a reason: none."""


def subscriptions_of(service: str) -> tuple[AnySubscription, ...]:
    """What a service exports as `SUBSCRIPTIONS` in its `worker`."""
    try:
        worker = importlib.import_module(f"{service}.worker")
    except ImportError as error:
        raise AssertionError(f"{service}/worker.py cannot be imported: {error}") from error
    found: tuple[AnySubscription, ...] | None = getattr(worker, "SUBSCRIPTIONS", None)
    assert found is not None, f"{service}/worker.py exports no SUBSCRIPTIONS"
    return tuple(found)


@asynccontextmanager
async def opened(service: str, database: str) -> AsyncIterator[Resources]:
    """The service's own tables in its own migrated database."""
    tables = importlib.import_module(f"{service}.tables")
    messaging: MessagingTables = tables.MESSAGING
    kind: type[ServiceSettings] = type(
        "Settings", (ServiceSettings,), {"model_config": {"env_prefix": f"{service.upper()}_"}}
    )
    async with resources_for(make_settings(kind, database_url=database), messaging) as resources:
        yield resources


async def rows(resources: Resources) -> dict[str, int]:
    """How many rows each table of the service has, the inbox left out."""
    metadata: MetaData = resources.tables.outbox.__table__.metadata  # type: ignore[attr-defined]
    async with resources.uow.reader() as uow:
        return {
            table.name: (await uow.session.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
            if table.name != "inbox"
        }


@pytest.mark.parametrize("service", OWNERS)
async def test_every_example_may_come_twice(service: str, clone: Callable[[str], str]) -> None:
    subscriptions = subscriptions_of(service)
    async with opened(service, clone(service)) as resources:
        bus = HandBus(resources, subscriptions)
        for fact in dict.fromkeys(each.fact for each in subscriptions):
            for number, example in enumerate(fact.examples):
                read = fact.model_validate(example)
                first = await bus.deliver(read, message_id=f"{fact.subject}:{number}")
                after_first = await rows(resources)
                redelivered = await bus.deliver(read, message_id=f"{fact.subject}:{number}")
                assert await rows(resources) == after_first
                assert {*first, *redelivered} == {"ack"}, f"{service} cannot take example {number} of {fact.subject}"


@pytest.mark.parametrize("service", OWNERS)
async def test_every_example_may_come_again_under_another_id(service: str, clone: Callable[[str], str]) -> None:
    """After JetStream's duplicate window a fact that was published twice has two ids; handlers write state."""
    subscriptions = subscriptions_of(service)
    async with opened(service, clone(service)) as resources:
        bus = HandBus(resources, subscriptions)
        for fact in dict.fromkeys(each.fact for each in subscriptions):
            for example in fact.examples:
                read = fact.model_validate(example)
                answers = [*await bus.deliver(read), *await bus.deliver(read)]
                assert set(answers) == {"ack"}, f"{service} fails when {fact.subject} comes again"


def test_every_fact_is_read_by_somebody() -> None:
    read = {each.fact for service in OWNERS for each in subscriptions_of(service)}
    assert {fact.subject for fact in all_facts() if fact not in read} == UNREAD


def test_durables_of_a_service_are_unambiguous() -> None:
    for service in OWNERS:
        names = [(each.fact.owner(), each.name or each.fact.subject) for each in subscriptions_of(service)]
        assert len(names) == len(set(names))


def test_subscriptions_are_to_facts() -> None:
    assert all(issubclass(each.fact, Fact) for service in OWNERS for each in subscriptions_of(service))
