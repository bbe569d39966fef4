"""mailer's HTTP API: who sees what, and the internal routes lui uses."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from common.contracts.mailer import EnvelopeState
from common.http.access_token import BearerVerifier
from common.ids import new_id
from mailer.app import create_app
from tests.support.builders.document import a_document
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings
from tests.support.http import Callers, StubHub
from tests.support.smtp import Fate, a_sink

Clone = Callable[[str], str]
GROUP = "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01"


@pytest.fixture
async def mailer(clone: Clone) -> AsyncIterator[RunningMailer]:
    script = lambda address, _: Fate("RCPT", "550 5.1.1 no such user") if address.startswith("person2@") else None  # noqa: E731
    async with a_sink(script) as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), FakeLui()) as running:
        yield running


@pytest.fixture
def callers(mailer: RunningMailer, stub_hub: StubHub) -> Callers:
    resources = replace(mailer.resources, bearer=BearerVerifier(mailer.settings, stub_hub.hub()))
    return Callers(create_app(mailer.settings, resources, "all"), mailer.settings, stub_hub)


async def test_a_delivery_is_shown_to_its_owner_and_group_and_to_nobody_else(
    mailer: RunningMailer, callers: Callers
) -> None:
    owner = new_id()
    fact = mailer.lui.offer(an_audience(4), owner_id=owner, group_id=GROUP)
    await mailer.finished(await mailer.deliver(fact))
    path = f"/api/v1/deliveries/{fact.delivery_id}"
    async with callers.as_account(account_id=owner) as client:
        shown = (await client.get(path)).json()
        assert (shown["id"], shown["state"], shown["total"]) == (fact.delivery_id, "finished", 4)
        assert (shown["counts"]["sent"], shown["counts"]["refused"], sum(shown["counts"].values())) == (3, 1, 4)
    async with callers.as_account(group_id=GROUP) as client:
        assert (await client.get(path)).status_code == 200
    async with callers.as_account() as client:
        hidden = await client.get(path)
        assert hidden.status_code == 404
        assert hidden.json()["type"] == "urn:tutti:problem:delivery-not-found"
        assert (await client.get(f"/api/v1/deliveries/{new_id()}")).status_code == 404
    async with callers.anonymous() as client:
        assert (await client.get(path)).status_code == 401


async def test_envelopes_are_listed_in_pages_with_the_reason(mailer: RunningMailer, callers: Callers) -> None:
    owner = new_id()
    fact = mailer.lui.offer(an_audience(5), owner_id=owner)
    await mailer.finished(await mailer.deliver(fact))
    path = f"/api/v1/deliveries/{fact.delivery_id}/envelopes"
    async with callers.as_account("see_recipients", account_id=owner) as client:
        [refused] = (await client.get(path, params={"state": "refused"})).json()["items"]
        assert refused["address"] == "person2@example.org"
        assert (refused["reply_code"], refused["enhanced_code"], refused["class"]) == (550, "5.1.1", "unknown_mailbox")
        assert (refused["attempts"], refused["text"]) == (1, "5.1.1 no such user")
        seen, after = [], None
        while True:
            page = (await client.get(path, params={"limit": 2, **({"after": after} if after else {})})).json()
            seen += [item["ordinal"] for item in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert seen == [1, 2, 3, 4, 5]
        assert (await client.get(path, params={"state": "nonsense"})).status_code == 422
    async with callers.as_account(account_id=owner) as client:
        assert (await client.get(path)).status_code == 403


async def test_lui_suppresses_before_the_answer_and_the_list_shows_it(mailer: RunningMailer, callers: Callers) -> None:
    said = {"address": "Person3@Example.org", "group_id": GROUP, "reason": "one_click"}
    body = {"delivery_id": new_id(), "ordinal": 2, **said}
    path = "/internal/v1/suppressions/by-envelope"
    async with callers.as_service("lui") as client:
        assert (await client.put(path, json=body)).json() == {"suppressed": True, "is_new": True}
        assert (await client.put(path, json=body)).json() == {"suppressed": True, "is_new": False}
        assert (await client.put(path, json={**body, "ordinal": 0})).status_code == 422
    end = await mailer.finished(await mailer.deliver(mailer.lui.offer(an_audience(3), group_id=GROUP)))
    assert end.counts[EnvelopeState.SUPPRESSED] == 1
    async with callers.as_account("see_recipients", group_id=GROUP) as client:
        # Others of the group's may be there: refused as unknown in another test's delivery.
        asked = {"search": "person3@example.org", "reason": "unsubscribe"}
        [item] = (await client.get("/api/v1/suppressions", params=asked)).json()["items"]
        assert (item["address"], item["reason"], item["group_id"]) == ("Person3@Example.org", "unsubscribe", GROUP)
    async with callers.as_account("see_recipients", group_id=new_id()) as client:
        assert (await client.get("/api/v1/suppressions")).json() == {"items": [], "next": None}
    async with callers.as_service("tracker") as client:
        assert (await client.put(path, json=body)).status_code == 403


async def test_content_is_checked_for_lui(callers: Callers) -> None:
    async with callers.as_service("lui") as client:
        body = {"subject": "Hi {{ NAME }}", "html": "<p>{{ X }}</p>", "text": None, "columns": ["NAME"]}
        answer = (await client.post("/internal/v1/content/check", json=body)).json()
        assert answer["merge_fields"] == [{"name": "NAME", "part": "subject"}]
        assert answer["errors"] == [
            {"part": "html", "line": 1, "column": 7, "detail": "the merge field 'X' is not in the recipient list"}
        ]
    async with callers.as_account("create_jobs") as client:
        assert (await client.post("/internal/v1/content/check", json=body)).status_code == 403


async def test_a_preview_is_what_would_be_sent(callers: Callers) -> None:
    document = a_document(delivery_id=None)
    body = {**document, "recipient": [2, "ann@example.org", ["ann@example.org", "Ann & Co"]]}
    async with callers.as_service("lui") as client:
        shown = (await client.post("/internal/v1/preview", json=body)).json()
        assert shown["subject"] == "Hello Ann & Co"
        assert "Dear Ann &amp; Co" in shown["html"]
        assert shown["text"] == "Dear Ann & Co\n"
        headers = dict(shown["headers"])
        assert headers["From"] == "News <news@sender.example>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        faulty = await client.post("/internal/v1/preview", json={**body, "subject": "{{ NOBODY }}"})
        assert faulty.status_code == 422
        assert faulty.json()["errors"][0]["pointer"] == "/subject"
        broken = {**body, "recipient": [2, "ann@example.org", ["a", "x\r\nBcc: y@z.test"]]}
        assert (await client.post("/internal/v1/preview", json=broken)).status_code == 422


async def test_the_bounce_pods_application_only_says_whether_it_is_well(
    mailer: RunningMailer, stub_hub: StubHub
) -> None:
    app = create_app(mailer.settings, mailer.resources, "public")
    async with Callers(app, mailer.settings, stub_hub).anonymous() as client:
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get(f"/api/v1/deliveries/{new_id()}")).status_code == 404
