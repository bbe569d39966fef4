"""The sample as a process."""

from collections.abc import Sequence

from fastapi import FastAPI
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from common.config import ServiceSettings
from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.contracts.shared import Role
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from common.service.cli import Service, make_cli
from common.service.resources import Resources
from common.service.run import Background
from tests.common.sample import app
from tests.common.sample.tables import MESSAGING, Note


class SampleSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="HUB_")

    colour: str
    extra_secret: SecretStr = SecretStr("")
    crash: bool = False


async def note(uow: UnitOfWork, fact: HubActionRecordedV1) -> None:
    uow.session.add(Note(text=f"seen {fact.target_id}"))


def build(settings: SampleSettings, resources: Resources, role: Role) -> FastAPI:
    del role
    return app.build(settings, resources)


def tasks(settings: SampleSettings, resources: Resources, role: Role) -> Sequence[Background]:
    del resources, role

    async def crash() -> None:
        raise ZeroDivisionError

    return [crash] if settings.crash else []


SERVICE = Service(
    name="hub",
    settings=SampleSettings,
    tables=MESSAGING,
    seen=HubSeenV1,
    create_app=build,
    subscriptions=(Subscription(HubActionRecordedV1, note),),
    tasks=tasks,
)
cli = make_cli(SERVICE)

if __name__ == "__main__":
    cli()
