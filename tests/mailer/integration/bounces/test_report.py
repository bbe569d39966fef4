"""What came back, for people: by class, to download, and where it came from."""

import csv
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from common.contracts.mailer import MailerActionRecordedV1
from common.http.access_token import BearerVerifier
from common.ids import new_id
from mailer.app import create_app
from tests.support.builders.coming_back import Returns, returns
from tests.support.builders.reports import a_complaint, a_dsn, a_vacation
from tests.support.http import Callers, StubHub

Clone = Callable[[str], str]
OWNER = new_id()
FULL = {"status": "5.2.2", "diagnostic": "552 5.2.2 mailbox full"}


@asynccontextmanager
async def _seen(url: str, stub_hub: StubHub, **options: object) -> AsyncIterator[tuple[Returns, Callers]]:
    async with returns(url, **options) as world:  # type: ignore[arg-type]
        settings = world.mailer.settings
        known = replace(world.mailer.resources, bearer=BearerVerifier(settings, stub_hub.hub()))
        yield world, Callers(create_app(settings, known, "all"), settings, stub_hub)


async def _some(world: Returns) -> str:
    delivery_id = await world.deliver(6, owner_id=OWNER)
    await world.give(a_dsn(recipient="person1@example.org"), 1)
    await world.give(a_dsn(recipient="person2@example.org"), 2)
    await world.give(a_dsn(recipient="person3@example.org", **FULL), 3)
    await world.give(a_complaint(), 4)
    await world.give(a_dsn(action="delayed", status="4.4.1"), 5)
    await world.give(a_vacation(), 6)
    return delivery_id


async def test_the_report_counts_by_class_and_a_delay_is_no_bounce(clone: Clone, stub_hub: StubHub) -> None:
    async with _seen(clone("mailer"), stub_hub) as (world, callers):
        path = f"/api/v1/deliveries/{await _some(world)}/bounces"
        async with callers.as_account("see_reports", account_id=OWNER) as client:
            assert (await client.get(path)).json() == {
                "total": 3,
                "permanent": 2,
                "by_class": [
                    {"class": "unknown_mailbox", "permanent": True, "count": 2, "share": 0.6667},
                    {"class": "mailbox_full", "permanent": False, "count": 1, "share": 0.3333},
                ],
                "complaints": 1,
                "delayed": 1,
                "auto_replies": 1,
                "suppression_stopped": None,
            }
            assert (await client.get(f"{path}.csv")).status_code == 403
        async with callers.as_account("see_reports", "see_recipients") as stranger:
            assert (await stranger.get(path)).status_code == 404
            assert (await stranger.get(f"{path}.csv")).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("reasons=false", ["person1", "person2", "person3", "person4"]),
        ("reasons=false&class=mailbox_full", ["person3"]),
        ("reasons=false&class=unknown_mailbox&class=complaint", ["person1", "person2", "person4"]),
    ],
)
async def test_chosen_classes_are_downloaded(clone: Clone, stub_hub: StubHub, query: str, expected: list[str]) -> None:
    async with _seen(clone("mailer"), stub_hub) as (world, callers):
        path = f"/api/v1/deliveries/{await _some(world)}/bounces.csv?{query}"
        async with callers.as_account("see_recipients", account_id=OWNER) as client:
            reply = await client.get(path)
            assert reply.status_code == 200
            header, *rows = list(csv.reader(io.StringIO(reply.text, newline="")))
            assert header == ["address"]
            assert [row[0] for row in rows] == [f"{name}@example.org" for name in expected]
            assert (await client.get(path.replace("reasons=false", "class=whim"))).status_code == 422
        exports = [f.action for f in await world.mailer.stated(MailerActionRecordedV1)]
        assert exports.count("bounces.export") == 1


async def test_reasons_in_a_download_run_no_formula(clone: Clone, stub_hub: StubHub) -> None:
    async with _seen(clone("mailer"), stub_hub) as (world, callers):
        delivery_id = await world.deliver(2, owner_id=OWNER)
        await world.give(a_dsn(diagnostic="550 5.1.1 no such user"), 1)
        await world.execute("UPDATE mailer.bounces SET reply_text = '=cmd|calc', address = '+1@example.org'")
        async with callers.as_account("see_recipients", account_id=OWNER) as client:
            text = (await client.get(f"/api/v1/deliveries/{delivery_id}/bounces.csv")).text
        _, row = list(csv.reader(io.StringIO(text, newline="")))
        assert (row[0], row[1], row[2], row[3], row[5]) == (
            "'+1@example.org", "unknown_mailbox", "true", "5.1.1", "'=cmd|calc",
        )  # fmt: skip


async def test_an_administrator_looks_and_lets_the_suppressing_go_on(clone: Clone, stub_hub: StubHub) -> None:
    policy = {"anomaly_least": 10, "anomaly_share": 0.3}
    async with _seen(clone("mailer"), stub_hub, **policy) as (world, callers):
        delivery_id = await world.deliver(30, owner_id=OWNER)
        for ordinal in range(1, 21):
            await world.give(a_dsn(recipient=f"person{ordinal}@example.org"), ordinal)
        assert len(await world.suppressed()) < 20
        path = f"/api/v1/deliveries/{delivery_id}/bounces"
        async with callers.as_account("see_reports", account_id=OWNER) as client:
            assert "within minutes" in (await client.get(path)).json()["suppression_stopped"]["reason"]
            assert (await client.post(f"{path}/resume-suppression")).status_code == 403
        async with callers.as_account("administer_installation") as admin:
            reply = await admin.post(f"{path}/resume-suppression")
            assert (reply.status_code, reply.json()["suppression_stopped"]) == (200, None)
            assert (await admin.post(f"{path}/resume-suppression")).status_code == 409
            unknown = f"/api/v1/deliveries/{new_id()}/bounces/resume-suppression"
            assert (await admin.post(unknown)).status_code == 404
        assert len(await world.suppressed()) == 20


async def test_sources_say_how_they_are_doing(clone: Clone, stub_hub: StubHub) -> None:
    bounces = {"lmtp_port": 2424, "maildir": "/var/mail/bounces", "hooks": {"generic_secret": "x"}}
    async with _seen(clone("mailer"), stub_hub, bounces=bounces) as (world, callers):
        await world.intake.found(("maildir", "/var/mail/bounces"), a_complaint())
        await world.intake.flush()
        await world.intake.say(("lmtp", "bounce receiver"), "the port is taken")
        async with callers.as_account("administer_installation") as admin:
            items = (await admin.get("/api/v1/bounce-sources")).json()["items"]
        assert [(item["kind"], item["state"]) for item in items] == [
            ("lmtp", "failing"), ("maildir", "ok"), ("hook", "silent"),
        ]  # fmt: skip
        assert items[0]["problem"] == "the port is taken"
        assert (items[1]["received_count"], items[1]["unmatched_count"]) == (1, 1)
        async with callers.as_account("see_reports") as client:
            assert (await client.get("/api/v1/bounce-sources")).status_code == 403
