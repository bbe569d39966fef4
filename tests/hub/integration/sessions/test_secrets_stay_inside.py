"""What must not be readable in a copy of the database, in a log line or in a refusal (T27, T28, T38)."""

import psycopg
import pytest

from common.observability.logging import setup
from hub.config import HubSettings
from hub.sessions.keys import base64url
from hub.sessions.service.signing_keys import signing_pair
from hub.worker import Preparation
from tests.support.builders.hub import ENCRYPTION_KEY, HubUnderTest
from tests.support.logs import logs_of_its_own

CANARY_PASSWORD = "canary password one"
OTHER_PASSWORD = "canary password two"
CANARY_ADDRESS = "canary@canary.example"
CANARY_NETWORK = "203.0.113.77"


def everything_stored(url: str) -> str:
    """Every row of every table, as a copy of the database would hold it; octets in hexadecimal."""
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'hub'"
        ).fetchall()
        return "\n".join(
            str(row)
            for (table,) in tables
            for row in connection.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
        )


async def live_a_little(hub: HubUnderTest) -> dict[str, str]:
    """Use every secret there is, rightly and wrongly; returns them by what they are."""
    await hub.an_account("ada", password=CANARY_PASSWORD, rights=["create_jobs", "administer_accounts"])
    attempt = {"account": "ada", "password": CANARY_PASSWORD}
    from_canary = hub.anonymous(CANARY_NETWORK)
    session_token = (await from_canary.post("/api/v1/sessions", json=attempt)).json()["session_token"]
    await from_canary.post("/api/v1/sessions", json={**attempt, "password": "canary password wrong"})
    client = hub.bearing(session_token)
    api_token = (await client.post("/api/v1/api-tokens", json={"name": "x"}, headers={"Idempotency-Key": "1"})).json()
    access_token = await hub.access_token(api_token["api_token"])
    new = {"name": "grace", "password": OTHER_PASSWORD, "contact_address": CANARY_ADDRESS}
    await client.post("/api/v1/accounts", json=new, headers={"Idempotency-Key": "2"})
    await client.post("/api/v1/accounts", json={**new, "rights": ["fly"]})
    change = {"present_password": CANARY_PASSWORD, "new_password": OTHER_PASSWORD}
    assert (await client.post("/api/v1/me/password", json=change)).status_code == 204
    assert (await hub.bearing(api_token["api_token"][:-1]).get("/api/v1/me")).status_code == 401
    async with hub.unit() as uow:
        private_key = (await signing_pair(uow, hub.sealer)).private
    return {
        "password": CANARY_PASSWORD,
        "other password": OTHER_PASSWORD,
        "wrong password": "canary password wrong",
        "session token": session_token,
        "api token": api_token["api_token"],
        "access token": access_token,
        "signing key": private_key.hex(),
        "signing key in base64url": base64url(private_key),
        "encryption key": ENCRYPTION_KEY,
    }


async def test_a_copy_of_the_database_holds_no_usable_secret(hub: HubUnderTest, database: str) -> None:
    secrets = await live_a_little(hub)
    copy = everything_stored(database)
    assert "ada" in copy
    assert [name for name, secret in secrets.items() if secret in copy] == []
    assert CANARY_NETWORK not in copy


async def test_log_lines_and_refusals_hold_no_secret_and_no_address(
    hub: HubUnderTest, settings: HubSettings, capfd: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    with logs_of_its_own():
        setup(settings.model_copy(update={"log_level": "debug"}))
        secrets = await live_a_little(hub)
        path = settings.model_copy(update={"credentials_file": f"{tmp_path}/credentials.json"})
        await Preparation(path, hub.resources).prepare()
    logged = capfd.readouterr().out
    assert "request refused" in logged
    hidden = {**secrets, "address": CANARY_ADDRESS, "network": CANARY_NETWORK}
    assert [name for name, secret in hidden.items() if secret in logged] == []


async def test_settings_show_no_secret(settings: HubSettings) -> None:
    shown = f"{settings!r} {settings.model_dump_json()}"
    assert ENCRYPTION_KEY not in shown
    assert settings.service_private_key.get_secret_value() not in shown


async def test_metrics_hold_no_names(hub: HubUnderTest) -> None:
    secrets = await live_a_little(hub)
    metrics = (await hub.anonymous().get("/metrics")).text
    assert [name for name, secret in {**secrets, "address": CANARY_ADDRESS}.items() if secret in metrics] == []
