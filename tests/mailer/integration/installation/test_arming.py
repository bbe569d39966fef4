"""A restored copy sends nothing until somebody says that it is the installation now."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from common.http.access_token import BearerVerifier
from mailer.app import create_app
from mailer.installation.service import Arming
from mailer.rehearsal.service import Rehearsals
from mailer.sending import make_engine
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, mailer_settings
from tests.support.http import Callers, StubHub
from tests.support.wait import eventually


@pytest.fixture
async def mailer(clone: Callable[[str], str]) -> AsyncIterator[RunningMailer]:
    async with a_mailer(mailer_settings(clone("mailer"), 1), FakeLui(), sends=False) as running:
        yield running


@pytest.fixture
def callers(mailer: RunningMailer, stub_hub: StubHub) -> Callers:
    resources = replace(mailer.resources, bearer=BearerVerifier(mailer.settings, stub_hub.hub()))
    return Callers(create_app(mailer.settings, resources, "all"), mailer.settings, stub_hub)


async def execute(mailer: RunningMailer, statement: str) -> None:
    async with mailer.resources.engine.begin() as connection:
        await connection.execute(text(statement))


def arming(mailer: RunningMailer, machine: str = "a") -> Arming:
    return Arming(mailer.resources.uow, machine)


async def test_nothing_is_sent_before_the_first_look_and_the_first_start_is_armed(mailer: RunningMailer) -> None:
    first = arming(mailer)
    assert not first.may_send
    await first.look()
    assert first.may_send
    again = arming(mailer)
    await again.look()
    assert again.may_send


@pytest.mark.parametrize(
    "copied", ["SET system_identifier = '1'", "SET timeline = timeline + 1"], ids=["a dump", "a point in time"]
)
async def test_a_restored_database_is_held_until_it_is_armed(
    mailer: RunningMailer, callers: Callers, copied: str
) -> None:
    await arming(mailer).look()
    await execute(mailer, f"UPDATE mailer.installation {copied}")
    copy = arming(mailer)
    await copy.look()
    assert not copy.may_send
    async with callers.as_account("administer_installation") as admin:
        shown = (await admin.get("/api/v1/arming")).json()
        assert (shown["state"], shown["reason"]) == ("held", copy.reason)
        armed = await admin.post("/api/v1/arm")
        assert (armed.status_code, armed.json()["state"]) == (200, "armed")
        assert armed.json()["armed_by"] is not None
        assert (await admin.post("/api/v1/arm")).status_code == 409
    await copy.look()
    assert copy.may_send


async def test_everybody_sees_that_sending_is_held_and_only_administrators_arm(
    mailer: RunningMailer, callers: Callers
) -> None:
    await arming(mailer).look()
    await execute(mailer, "UPDATE mailer.installation SET system_identifier = '1'")
    async with callers.as_account("authorize_jobs") as somebody:
        assert (await somebody.post("/api/v1/arm")).status_code == 403
        shown = (await somebody.get("/api/v1/arming")).json()
    assert (shown["state"], shown["machines"]) == ("held", [])
    async with callers.as_account("administer_installation") as admin:
        assert len((await admin.get("/api/v1/arming")).json()["machines"]) == 1


async def test_a_copy_of_the_files_on_another_machine_is_held(mailer: RunningMailer, callers: Callers) -> None:
    await arming(mailer, "a").look()
    copy = arming(mailer, "b")
    for _ in range(3):
        await copy.look()
        assert not copy.may_send
    async with callers.as_account("administer_installation") as admin:
        assert (await admin.post("/api/v1/arm")).json()["state"] == "armed"
    await copy.look()
    assert copy.may_send


async def test_a_further_host_beside_a_living_one_needs_no_word(mailer: RunningMailer) -> None:
    first, second = arming(mailer, "a"), arming(mailer, "b")
    await first.look()
    await second.look()
    assert not second.may_send
    await first.look()
    await second.look()
    assert second.may_send
    await execute(mailer, "DELETE FROM mailer.installation_machines WHERE machine = 'a'")
    await second.look()
    assert second.may_send


async def test_machines_without_an_id_are_told_by_their_database_alone(mailer: RunningMailer) -> None:
    await arming(mailer, "a").look()
    nameless = arming(mailer, "")
    await nameless.look()
    assert nameless.may_send


async def test_a_held_process_claims_nothing(mailer: RunningMailer) -> None:
    delivery_id = await mailer.deliver(mailer.lui.offer())

    async def running() -> bool:
        rows = await mailer.rows("SELECT state FROM mailer.deliveries WHERE id = :id", id=delivery_id)
        return bool(rows[0].state == "running")

    await eventually(running)
    held = arming(mailer)
    rehearsals = Rehearsals(mailer.resources.uow, timedelta(days=1), 1)
    engine = make_engine(mailer.settings, mailer.resources, rehearsals, held)
    assert await engine.jobs.running() == []
    assert engine.problem(delivery_id, "sender.example") == held.reason is not None
    await held.look()
    assert list(await engine.jobs.running()) == [delivery_id]
    assert engine.problem(delivery_id, "sender.example") is None
