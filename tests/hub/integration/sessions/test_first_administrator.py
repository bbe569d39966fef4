import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from common.service.resources import Resources
from hub import __main__ as command
from hub.config import HubSettings
from hub.worker import Preparation, tasks
from tests.support.builders.hub import EVERYTHING, HubUnderTest, rows
from tests.support.wait import eventually


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made" / "credentials.json"


@pytest.fixture
def told(settings: HubSettings, path: Path) -> HubSettings:
    return settings.model_copy(update={"credentials_file": path})


def written(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text())
    return found


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()] if folder.exists() else []


async def count(hub: HubUnderTest, table: str) -> int:
    async with hub.unit() as uow:
        [(found,)] = await rows(uow, f"SELECT count(*) FROM hub.{table}")  # noqa: S608
    return int(found)


async def test_an_empty_installation_gets_an_administrator_and_tells_its_installer(
    hub: HubUnderTest, told: HubSettings, path: Path
) -> None:
    await Preparation(told, hub.resources).prepare()
    assert mode(path) == 0o600
    assert files(path.parent) == ["credentials.json"]
    credentials = written(path)
    assert set(credentials) == {"account", "password", "api_token"}
    body = {"account": credentials["account"], "password": credentials["password"]}
    signed_in = await hub.anonymous().post("/api/v1/sessions", json=body)
    assert signed_in.json()["account"]["name"] == "admin"
    me = (await hub.bearing(credentials["api_token"]).get("/api/v1/me")).json()
    assert me["rights"] == [right.value for right in EVERYTHING]


async def test_an_installation_that_has_accounts_is_left_alone(
    hub: HubUnderTest, told: HubSettings, path: Path
) -> None:
    await hub.close(await hub.an_account("ada"))
    await Preparation(told, hub.resources).prepare()
    assert files(path.parent) == []
    assert await count(hub, "accounts") == 1


async def test_processes_that_start_at_once_make_one_administrator(
    hub: HubUnderTest, told: HubSettings, path: Path
) -> None:
    await asyncio.gather(*(Preparation(told, hub.resources).prepare() for _ in range(4)))
    assert await count(hub, "accounts") == 1
    assert await count(hub, "signing_keys") == 1
    body = {name: written(path)[name] for name in ("account", "password")}
    assert (await hub.anonymous().post("/api/v1/sessions", json=body)).status_code == 201


async def test_an_administrator_nobody_could_be_told_of_is_not_made(
    hub: HubUnderTest, told: HubSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device", descriptor)

    monkeypatch.setattr("hub.sessions.credentials_file.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        await Preparation(told, hub.resources).prepare()
    assert await count(hub, "accounts") == 0
    monkeypatch.undo()
    await Preparation(told, hub.resources).prepare()
    assert await count(hub, "accounts") == 1


async def test_without_a_credentials_file_nobody_is_made(hub: HubUnderTest, settings: HubSettings) -> None:
    await Preparation(settings, hub.resources).prepare()
    assert await count(hub, "accounts") == 0


async def test_a_process_is_ready_only_when_it_is_prepared(hub: HubUnderTest, told: HubSettings) -> None:
    preparation = Preparation(told, hub.resources)
    assert (await hub.anonymous().get("/health/ready")).status_code == 503
    running = asyncio.create_task(preparation.run())

    async def ready() -> Any:
        return (await hub.anonymous().get("/health/ready")).status_code == 200

    await eventually(ready)
    running.cancel()


def test_who_answers_prepares_and_who_works_keeps_up(resources: Resources, settings: HubSettings) -> None:
    names = {
        role: [each.__qualname__ for each in tasks(settings, resources, role)] for role in ("all", "api", "worker")
    }
    assert names == {
        "all": ["Preparation.run", "Upkeep.run"],
        "api": ["Preparation.run"],
        "worker": ["Upkeep.run"],
    }


async def test_an_operator_gets_back_in_when_nobody_can(hub: HubUnderTest, settings: HubSettings) -> None:
    admin = await hub.an_account("admin", rights=["create_jobs"])
    token = await hub.session_token(admin)
    await hub.close(admin)
    credentials = await command.reset(settings)
    body = {"account": credentials.account, "password": credentials.password}
    signed_in = await hub.anonymous().post("/api/v1/sessions", json=body)
    assert signed_in.status_code == 201
    assert signed_in.json()["account"]["rights"] == [right.value for right in EVERYTHING]
    assert (await hub.bearing(token).get("/api/v1/me")).status_code == 401


async def test_an_operator_gets_in_where_nobody_was(hub: HubUnderTest, settings: HubSettings) -> None:
    credentials = await command.reset(settings)
    body = {"account": credentials.account, "password": credentials.password}
    assert (await hub.anonymous().post("/api/v1/sessions", json=body)).status_code == 201
