"""The list of who is left alone, as people work with it."""

import csv
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from common.contracts.mailer import MailerActionRecordedV1
from common.http import httpx
from common.http.access_token import BearerVerifier
from common.ids import new_id
from common.service.resources import Resources
from mailer.app import create_app
from mailer.config import SuppressionSettings
from mailer.suppression import service
from mailer.suppression.service import Failing, Failure
from mailer.tables import MESSAGING
from tests.support.builders.mailer import mailer_settings
from tests.support.bus import stated
from tests.support.clock import START
from tests.support.http import Callers, StubHub, resources_for

Clone = Callable[[str], str]
GROUP = "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01"
OTHER = "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c02"
PATH = "/api/v1/suppressions"
POLICY = SuppressionSettings()


@pytest.fixture
async def resources(clone: Clone) -> AsyncIterator[Resources]:
    async with resources_for(mailer_settings(clone("mailer"), 1), MESSAGING) as opened:
        yield opened


@pytest.fixture
def callers(resources: Resources, stub_hub: StubHub) -> Callers:
    known = replace(resources, bearer=BearerVerifier(resources.settings, stub_hub.hub()))
    return Callers(create_app(resources.settings, known, "all"), resources.settings, stub_hub)  # type: ignore[arg-type]


def member(callers: Callers, group: str = GROUP) -> httpx.AsyncClient:
    return callers.as_account("see_recipients", group_id=group)


def administrator(callers: Callers) -> httpx.AsyncClient:
    return callers.as_account("see_recipients", "administer_installation")


async def _add(client: httpx.AsyncClient, address: str, scope: str = "group", **more: Any) -> dict[str, Any]:
    reply = await client.post(PATH, json={"address": address, "scope": scope, **more})
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def _addresses(client: httpx.AsyncClient, **params: Any) -> list[str]:
    reply = await client.get(PATH, params=params)
    assert reply.status_code == 200, reply.text
    return [item["address"] for item in reply.json()["items"]]


async def test_members_see_their_groups_and_the_global_ones_and_administrators_all(callers: Callers) -> None:
    async with member(callers) as ours, member(callers, OTHER) as theirs, administrator(callers) as admin:
        await _add(ours, "ann@example.org", note="asked by phone")
        await _add(theirs, "bob@example.org")
        await _add(admin, "cleo@example.org", "global")
        assert await _addresses(ours) == ["cleo@example.org", "ann@example.org"]
        assert await _addresses(theirs) == ["cleo@example.org", "bob@example.org"]
        assert await _addresses(admin) == ["cleo@example.org", "bob@example.org", "ann@example.org"]
        assert await _addresses(ours, scope="global") == ["cleo@example.org"]
    async with callers.as_account(group_id=GROUP) as nosy:
        assert (await nosy.get(PATH)).status_code == 403
        assert (await nosy.get(f"{PATH}.csv")).status_code == 403


async def test_an_address_is_found_whole_or_by_its_beginning_however_it_is_written(callers: Callers) -> None:
    async with member(callers) as client:
        for address in ("Ann@Example.org", "ann_b@example.org", "annb@example.org", "bob@example.org"):
            await _add(client, address)
        assert await _addresses(client, search=" ANN@EXAMPLE.org ") == ["Ann@Example.org"]
        assert await _addresses(client, search="ann") == ["annb@example.org", "ann_b@example.org", "Ann@Example.org"]
        assert await _addresses(client, search="ann_") == ["ann_b@example.org"]
        assert await _addresses(client, search="%") == []


async def test_the_list_comes_in_pages_and_by_reason(callers: Callers) -> None:
    async with member(callers) as client:
        for number in range(5):
            await _add(client, f"p{number}@example.org")
        first = (await client.get(PATH, params={"limit": 2})).json()
        second = (await client.get(PATH, params={"limit": 2, "after": first["next"]})).json()
        names = [item["address"] for item in (*first["items"], *second["items"])]
        assert names == [f"p{number}@example.org" for number in (4, 3, 2, 1)]
        assert await _addresses(client, reason="complaint") == []
        assert len(await _addresses(client, reason="manual")) == 5
        assert (await client.get(PATH, params={"reason": "whim"})).status_code == 422
        assert (await client.get(PATH, params={"after": "nonsense"})).status_code == 422


async def test_adding_twice_answers_with_the_one_in_force(callers: Callers) -> None:
    async with member(callers) as client:
        first = await _add(client, "ann@example.org")
        again = await client.post(PATH, json={"address": " ANN@example.org", "scope": "group"})
        assert (again.status_code, again.json()["id"]) == (200, first["id"])


@pytest.mark.parametrize("address", ["ann", "ann@", "a b@example.org", "ann@host"])
async def test_what_is_no_address_is_refused_where_it_stands(callers: Callers, address: str) -> None:
    async with member(callers) as client:
        reply = await client.post(PATH, json={"address": address, "scope": "group"})
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["pointer"] == "/address"


async def test_what_holds_for_everybody_is_the_administrators(callers: Callers) -> None:
    async with member(callers) as client, administrator(callers) as admin:
        assert (await client.post(PATH, json={"address": "a@example.org", "scope": "global"})).status_code == 403
        known = await _add(admin, "a@example.org", "global")
        assert (await client.post(f"{PATH}/{known['id']}/lift", json={"note": "no"})).status_code == 403
        assert (await admin.post(f"{PATH}/{known['id']}/lift", json={"note": "yes"})).status_code == 200
        assert (await admin.post(PATH, json={"address": "a@example.org", "scope": "group"})).status_code == 422


async def test_lifting_keeps_the_row_with_who_and_why(callers: Callers, resources: Resources) -> None:
    account = new_id()
    async with callers.as_account("see_recipients", group_id=GROUP, account_id=account) as client:
        known = await _add(client, "ann@example.org")
        assert (await client.post(f"{PATH}/{known['id']}/lift", json={"note": ""})).status_code == 422
        lifted = (await client.post(f"{PATH}/{known['id']}/lift", json={"note": "it was a typing error"})).json()
        assert (lifted["lifted_by"], lifted["lift_note"]) == (account, "it was a typing error")
        assert (await client.post(f"{PATH}/{known['id']}/lift", json={"note": "again"})).status_code == 409
        assert await _addresses(client) == []
        assert await _addresses(client, lifted="true") == ["ann@example.org"]
        await _add(client, "ann@example.org")
    async with member(callers, OTHER) as stranger:
        assert (await stranger.post(f"{PATH}/{known['id']}/lift", json={"note": "mine"})).status_code == 404
        assert (await stranger.post(f"{PATH}/zero/lift", json={"note": "mine"})).status_code == 404
    actions = [fact.action for fact in await stated(resources, MailerActionRecordedV1)]
    assert actions == ["suppression.add", "suppression.lift", "suppression.add"]


async def test_the_export_runs_no_formula_and_is_on_record(callers: Callers, resources: Resources) -> None:
    async with member(callers) as client:
        await _add(client, "=cmd+1@example.org", note='=HYPERLINK("http://evil.example")')
        await _add(client, "-2+3@example.org", note="＝1+1")  # noqa: RUF001 - full-width on purpose
        reply = await client.get(f"{PATH}.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in reply.headers["content-disposition"]
    header, *rows = list(csv.reader(io.StringIO(reply.text, newline="")))
    assert header[:5] == ["address", "scope", "group_id", "reason", "note"]
    assert [row[0] for row in rows] == ["'-2+3@example.org", "'=cmd+1@example.org"]
    assert all(cell[:1] not in set("=+-@\t\r＝＋－＠") for row in rows for cell in row)  # noqa: RUF001
    exports = [f for f in await stated(resources, MailerActionRecordedV1) if f.action == "suppression.export"]
    assert len(exports) == 1


async def test_refusals_of_a_batch_end_the_writing_or_count_as_a_strike(resources: Resources) -> None:
    delivery = Failing(new_id(), START, GROUP)

    def failure(ordinal: int, name: str | None, code: int, status: str | None) -> Failure:
        return Failure(ordinal, f"p{ordinal}@example.org", name, status, code, "said so")

    batch = [
        failure(1, "unknown_mailbox", 550, "5.1.1"),
        failure(2, "mailbox_full", 552, "5.2.2"),
        failure(3, "policy", 550, "5.7.1"),
        failure(4, None, 250, None),
        failure(5, "unknown_mailbox", 450, "4.1.1"),
    ]
    for _ in range(2):
        async with resources.uow() as uow:
            await service.note_refusals(uow, delivery, batch, POLICY)
    async with resources.uow() as uow:
        everybody = [each.address for each in batch]
        assert await service.suppressed_among(uow, everybody, GROUP) == {"p1@example.org"}
        assert await service.suppressed_among(uow, everybody, OTHER) == set()
        struck = {candidate.address for candidate in await service.judge_some(uow)}
    assert struck == {"p2@example.org", "p5@example.org"}


async def test_a_batch_in_which_nothing_matters_asks_the_database_nothing(resources: Resources) -> None:
    async with resources.uow() as uow:
        failure = Failure(1, "p@example.org", "policy", "5.7.1", 550, "blocked")
        assert await service.note_refusals(uow, Failing(new_id(), START, None), [failure], POLICY) == 0
        assert not uow.session.in_transaction() or not uow.session.dirty
