"""Passwords of gateways: never readable in a copy of the database, never in an answer, never at another host (T28)."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text

from mailer.gateways import repository
from mailer.sealing import Sealer
from tests.support.gateways import a_gateway, a_process, line_of, made
from tests.support.signing import Place, a_place

Clone = Callable[[str], str]
CANARY = "canary-Pa55word-of-a-gateway"


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    async with a_place(clone("mailer")) as found:
        yield found


async def dump(place: Place) -> str:
    """Every row of every table, octets as they are and as text."""
    found = []
    async with place.resources.uow.reader() as uow:
        tables = await uow.session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'mailer'"))
        for table in list(tables):
            rows = await uow.session.execute(text(f"SELECT * FROM mailer.{table}"))  # noqa: S608 - names of our tables
            found += [repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]) for row in rows]
    return "\n".join(found)


async def test_a_dump_of_the_database_and_every_answer_are_without_the_password(place: Place) -> None:
    async with place.administrator() as client:
        body = a_gateway(user="ada", password=CANARY)
        answer = await client.post("/api/v1/gateways", json=body, headers={"Idempotency-Key": "k"})
        path = f"/api/v1/gateways/{answer.json()['id']}"
        changed = await client.patch(path, json={"password": CANARY + "2"})
        answers = [answer, changed, await client.get(path), await client.get("/api/v1/gateways")]
        assert all(each.status_code in {200, 201} for each in answers)
        assert not any(CANARY in each.text for each in answers)
        assert answer.json()["has_password"] is True
    copied = await dump(place)
    assert "smtp.relay.example" in copied
    assert CANARY not in copied


async def test_a_refused_password_is_not_quoted(place: Place) -> None:
    async with place.administrator() as client:
        answer = await client.post("/api/v1/gateways", json=a_gateway(user="ada", password=[CANARY], port=CANARY))
        assert answer.status_code == 422
        assert CANARY not in answer.text


async def test_a_process_reads_it_and_shows_it_to_nobody(place: Place) -> None:
    gateway = await made(place, user="ada", password=CANARY)
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    assert (line.target.user, line.target.password) == ("ada", CANARY)
    assert CANARY not in repr(line.target) + repr(line.settings)


async def test_a_sealed_password_moved_to_another_gateway_or_host_opens_nothing(place: Place) -> None:
    one = await made(place, user="ada", password=CANARY)
    other = await made(place, name="Other", user="eve", password="harmless")
    async with place.resources.uow() as uow:
        rows = {row.id: row for row in await repository.gateways(uow.session)}
        rows[other["id"]].sealed_password = rows[one["id"]].sealed_password
    process = a_process(place)
    await process.refresh()
    assert other["id"] not in [line.id for line in process.lines()]
    async with place.resources.uow() as uow:
        row = await repository.gateway(uow.session, one["id"])
        assert row is not None
        row.host = "evil.example"
    await process.refresh()
    assert [line.id for line in process.lines()] == ["default"]
    async with place.administrator() as client:
        shown = (await client.get(f"/api/v1/gateways/{one['id']}")).json()
        assert (shown["state"], "password cannot be read" in shown["problem"]) == ("failing", True)


async def test_another_host_asks_for_the_password_again(place: Place) -> None:
    gateway = await made(place, user="ada", password=CANARY)
    path = f"/api/v1/gateways/{gateway['id']}"
    async with place.administrator() as client:
        answer = await client.patch(path, json={"host": "evil.example"})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/password")
        moved = await client.patch(path, json={"host": "new.example", "password": "new one"})
        assert (moved.status_code, moved.json()["host"]) == (200, "new.example")
        bare = await client.patch(path, json={"password": None})
        assert bare.json()["has_password"] is False
        assert (await client.patch(path, json={"host": "free.example"})).status_code == 200


async def test_without_a_key_no_password_is_kept_and_everything_else_works(clone: Clone) -> None:
    async with a_place(clone("mailer"), encryption_key="") as place, place.administrator() as client:
        refused = await client.post("/api/v1/gateways", json=a_gateway(user="ada", password=CANARY))
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:tutti:problem:sealing-not-configured")
        assert (await client.post("/api/v1/gateways", json=a_gateway())).status_code == 201


async def test_a_changed_key_reads_what_the_old_one_sealed(place: Place) -> None:
    gateway = await made(place, user="ada", password=CANARY)
    old = place.settings.sealing_keys()
    process = a_process(place)
    process._means = type(process._means)(place.resources.uow, Sealer([b"n" * 32, *old]), None, process._means.process)
    await process.refresh()
    assert line_of(process, gateway["id"]).target.password == CANARY
