"""The permissions that libs/common/README.md lists are enough to work with, and for nothing else."""

import asyncio
from collections.abc import Iterator

import nats
import pytest
from pydantic_settings import SettingsConfigDict

from common.contracts.base import Fact
from common.contracts.hub import AccountChangedV1
from common.messaging.connection import Bus, open_bus
from common.messaging.consumer import Consumer, Subscription
from common.messaging.relay import Relay
from common.messaging.streams import Names, ensure_durable, ensure_streams
from common.messaging.unit_of_work import UnitOfWork
from common.service.resources import Resources
from tests.common.conftest import SampleSettings
from tests.common.sample.tables import MESSAGING, Outbox
from tests.support.engines import Nats
from tests.support.wait import eventually

ACCOUNT = AccountChangedV1.model_validate(AccountChangedV1.examples[0])


class LuiSettings(SampleSettings):
    model_config = SettingsConfigDict(env_prefix="LUI_")


def permissions(service: str, reads: tuple[type[Fact], ...], prefix: str) -> str:
    """The table of the README as configuration."""
    names = Names(prefix)
    own = names.stream(service)
    publish = [
        names.subject(f"{service}.>"),
        *(f"$JS.API.STREAM.{verb}.{own}" for verb in ("INFO", "CREATE", "UPDATE")),
    ]
    for fact in reads:
        stream, durable = names.stream(fact.owner()), names.durable(service, fact)
        publish += [
            f"$JS.API.CONSUMER.CREATE.{stream}.{durable}.{names.subject(fact.subject)}",
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}",
            f"$JS.ACK.{stream}.{durable}.>",
        ]
    allowed = ", ".join(f'"{subject}"' for subject in publish)
    return (
        f'{{ user: "{service}", password: "{service}-secret", permissions: {{ publish: {{ allow: [{allowed}] }},'
        f' subscribe: {{ allow: ["_INBOX_{service}.>"] }} }} }}'
    )


@pytest.fixture(params=["", "t1"])
def prefix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def guarded(prefix: str) -> Iterator[Nats]:
    users = [permissions("hub", (), prefix), permissions("lui", (AccountChangedV1,), prefix)]
    users.append('{ user: "admin", password: "admin-secret" }')
    server = Nats("authorization {\n users: [\n" + "\n".join(users) + "\n ]\n}")
    try:
        server.start()
        yield server
    finally:
        server.remove()


def as_user(settings: SampleSettings, server: Nats, prefix: str) -> SampleSettings:
    return settings.model_copy(
        update={
            "nats_url": server.address,
            "nats_user": settings.service,
            "nats_password": type(settings.database_url)(f"{settings.service}-secret"),
            "nats_subject_prefix": prefix,
        }
    )


async def test_a_fact_goes_from_its_owner_to_its_reader(
    guarded: Nats, prefix: str, settings: SampleSettings, resources: Resources
) -> None:
    hub = as_user(settings, guarded, prefix)
    lui = as_user(LuiSettings.model_construct(**settings.model_dump()), guarded, prefix)
    seen: list[AccountChangedV1] = []

    async def read(_uow: UnitOfWork, fact: AccountChangedV1) -> None:
        seen.append(fact)

    async with open_bus(hub) as hubs_bus, open_bus(lui) as luis_bus:
        subscription = Subscription(AccountChangedV1, read)
        tasks = [
            asyncio.create_task(Relay(hub, Outbox, hubs_bus).run()),
            asyncio.create_task(Consumer(lui, luis_bus, resources.uow, MESSAGING, [subscription]).run()),
        ]
        async with resources.uow() as uow:
            uow.emit(ACCOUNT)
        await eventually(lambda: seen == [ACCOUNT])
        admin = await nats.connect(guarded.address, user="admin", password="admin-secret")
        names = Names(prefix)

        async def acknowledged() -> bool:
            info = await admin.jetstream().consumer_info(names.stream("hub"), names.durable("lui", AccountChangedV1))
            return bool(info.num_ack_pending == 0)

        await eventually(acknowledged)
        await admin.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_service_can_do_nothing_in_anothers_name(guarded: Nats, prefix: str, settings: SampleSettings) -> None:
    names = Names(prefix)
    async with open_bus(as_user(settings, guarded, prefix)) as bus:
        await asyncio.wait_for(bus.connected.wait(), 10)
        await ensure_streams(bus.jetstream, prefix, owners=("hub",))
        with pytest.raises(nats.errors.Error):
            await ensure_streams(_impatient(bus), prefix, owners=("lui",))
        with pytest.raises(nats.errors.Error):
            await ensure_durable(_impatient(bus), names, AccountChangedV1, names.durable("lui", AccountChangedV1))
        with pytest.raises(nats.errors.Error):
            await _impatient(bus).publish(names.subject("lui.delivery.requested.v1"), b"{}", timeout=0.5)
        for forbidden in ("purge_stream", "delete_stream"):
            with pytest.raises(nats.errors.Error):
                await getattr(_impatient(bus), forbidden)(names.stream("hub"))


def _impatient(bus: Bus) -> nats.js.JetStreamContext:
    """A refused request is answered by silence."""
    return bus.client.jetstream(timeout=0.5)


async def test_a_service_that_was_shut_out_for_a_while_comes_back(guarded: Nats, settings: SampleSettings) -> None:
    """The library gives up after refused credentials; the service must not."""
    configuration = guarded.home / "nats.conf"
    right = configuration.read_text()
    wrong = right.replace("hub-secret", "another")
    configuration.write_text(wrong)
    guarded.stop()
    guarded.start()
    async with open_bus(as_user(settings, guarded, "")) as bus:
        for text, connected in ((right, True), (wrong, False), (right, True)):
            guarded.stop()
            configuration.write_text(text)
            guarded.start()
            await eventually(bus.connected.is_set if connected else lambda: not bus.connected.is_set(), deadline=20)
            assert await bus.check() == (None if connected else "not connected")
