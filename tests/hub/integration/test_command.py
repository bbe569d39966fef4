import asyncio
import json
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from common.db.engine import open_engine
from common.messaging.unit_of_work import UnitOfWorkFactory
from hub.__main__ import cli
from hub.accounts.passwords import Passwords
from hub.config import HubSettings
from hub.sessions.sealing import Sealer
from hub.sessions.service import SignInAttempt, SignInDesk, sign_in
from hub.tables import MESSAGING
from tests.support.builders.hub import ENCRYPTION_KEY
from tests.support.logs import logs_of_its_own


@pytest.fixture
def environment(settings: HubSettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    given = {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "NATS_URL": settings.nats_url,
        "HTTP_PORT": "8081",
        "HUB_URL": "http://127.0.0.1:8081",
        "SERVICE_PRIVATE_KEY": settings.service_private_key.get_secret_value(),
        "ENCRYPTION_KEY": ENCRYPTION_KEY,
        "LOG_LEVEL": "error",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"HUB_{name}", value)
    with logs_of_its_own():
        yield


@pytest.mark.usefixtures("environment")
def test_create_admin_prints_a_password_that_works(settings: HubSettings) -> None:
    done = CliRunner().invoke(cli, ["create-admin"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert set(told) == {"account", "password"}

    async def try_it() -> str:
        engine = open_engine(settings)
        try:
            units = UnitOfWorkFactory(engine, MESSAGING.outbox)
            desk = SignInDesk(units, Passwords(), Sealer(settings.encryption_keys()))
            attempt = SignInAttempt(told["account"], None, told["password"], "192.0.2.1", None)
            return (await sign_in(desk, attempt)).account.name
        finally:
            await engine.dispose()

    assert asyncio.run(try_it()) == "admin"


@pytest.mark.usefixtures("environment")
def test_check_shows_the_configuration_without_its_secrets() -> None:
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["issuer"] == "tutti"
    assert ENCRYPTION_KEY not in done.stdout


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("key", ["", "short", "!" * 43, ENCRYPTION_KEY + ",short"])
def test_an_encryption_key_that_is_none_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("HUB_ENCRYPTION_KEY", key)
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 2
    assert "HUB_ENCRYPTION_KEY" in done.output
    assert not key or key not in done.output
