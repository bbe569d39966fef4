"""Saved reports arrive when they are due, once, with the plot in them, and in the name of whoever owns them."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from common.contracts.digest import document_digest
from common.contracts.lui import LuiActionRecordedV1
from common.contracts.notices import NoticeSettledV1
from common.ids import new_id
from lui.report_mails import service
from tests.lui.integration.report_mails.world import MAIL, Mailing, a_mailing
from tests.support.bus import stated

NEXT_MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
async def mailing(clone: Callable[[str], str]) -> AsyncIterator[Mailing]:
    async with a_mailing(clone("lui")) as made:
        yield made


async def test_a_report_is_mailed_when_it_is_due_and_not_before(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    assert mail["next_at"] == "2026-11-23T06:00:00Z"
    mailing.clock.now = NEXT_MORNING - timedelta(seconds=1)
    await mailing.turn()
    assert await mailing.sent() == []
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    await mailing.turn()
    [notice] = await mailing.sent()
    assert (notice.reason, notice.address_count) == ("report_mail", 2)
    assert (await mailing.shown(mail))["next_at"] == "2026-11-24T06:00:00Z"


async def test_it_says_the_numbers_in_words_and_shows_the_plot(mailing: Mailing) -> None:
    await mailing.a_mail()
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    [notice] = await mailing.sent()
    document = await mailing.document(notice)
    assert document_digest(document) == notice.content_digest
    assert document["addresses"] == MAIL["addresses"]
    assert document["subject"] == "Report: Opens & <clicks>, 23 November 2026"
    assert "Opens" in document["text"]
    assert re.search(r"^2026-11-22 +7$", document["text"], re.MULTILINE)
    assert "Counts are by the hour." in document["text"]
    assert "http" in document["text"]
    assert "late" not in document["text"]
    assert "Opens &amp; &lt;clicks&gt;" in document["html"]
    assert "<clicks>" not in document["html"]
    [plot] = document["files"]
    assert (plot["content_type"], f"cid:{plot['content_id']}" in document["html"]) == ("image/png", True)
    served = await mailing.service("mailer").get(f"/internal/v1/files/{plot['sha256']}")
    assert served.content.startswith(b"\x89PNG")
    assert len(served.content) == plot["size"]


async def test_after_downtime_it_comes_once_and_says_for_when(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    mailing.clock.now = NEXT_MORNING + timedelta(days=5, hours=3)
    await mailing.turn()
    [notice] = await mailing.sent()
    document = await mailing.document(notice)
    assert "This mail was due on 28 November 2026, 07:00 (Europe/Berlin) and is late" in document["text"]
    shown = await mailing.shown(mail)
    assert shown["next_at"] == "2026-11-29T06:00:00Z"
    assert shown["last"]["due_at"] == "2026-11-28T06:00:00Z"


async def test_two_processes_send_it_once(mailing: Mailing) -> None:
    await mailing.a_mail()
    mailing.clock.now = NEXT_MORNING
    await asyncio.gather(mailing.due().once(), mailing.due().once(), mailing.due().once())
    assert len(await mailing.sent()) == 1


async def test_whoever_lost_the_claim_meanwhile_sends_nothing(mailing: Mailing) -> None:
    await mailing.a_mail()
    mailing.clock.now = NEXT_MORNING
    due = mailing.due()
    async with mailing.world.resources.uow() as uow:
        claimed = await service.claim_due(uow)
    assert claimed is not None
    prepared = await service.prepare(due._preparing, claimed)
    assert not await due.once()  # in hand
    mailing.clock.advance(minutes=6)
    assert await due.once()  # as if the first process had been killed
    async with mailing.world.resources.uow() as uow:
        await service.settle(uow, claimed, prepared)  # it was only slow
    assert len(await mailing.sent()) == 1


async def test_a_tracker_that_is_away_delays_it_and_it_comes_once(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    mailing.neighbours.away.add("tracker")
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    assert await mailing.sent() == []
    mailing.neighbours.away.clear()
    mailing.clock.advance(minutes=2)
    await mailing.turn()
    await mailing.turn()
    assert len(await mailing.sent()) == 1
    assert (await mailing.shown(mail))["last"]["due_at"] == "2026-11-23T06:00:00Z"


async def test_a_due_moment_is_given_up_after_half_a_day_and_says_why(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    mailing.neighbours.away.add("hub")
    mailing.clock.now = NEXT_MORNING
    for _ in range(30):
        await mailing.turn()
        mailing.clock.advance(minutes=30)
    shown = await mailing.shown(mail)
    assert (shown["last"]["state"], shown["last"]["problem"]) == ("failed", "hub does not answer at the moment.")
    assert (shown["state"], shown["next_at"]) == ("active", "2026-11-24T06:00:00Z")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"closed": True}, "The account of the report's owner is closed."),
        ({"rights": []}, "The report's owner may not see reports any more."),
    ],
)
async def test_a_report_whose_owner_may_not_see_it_any_more_is_paused_and_says_why(
    mailing: Mailing, change: dict[str, Any], reason: str
) -> None:
    mail = await mailing.a_mail()
    mailing.neighbours.standing.update(change)
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    assert await mailing.sent() == []
    shown = await mailing.shown(mail)
    assert (shown["state"], shown["paused_because"], shown["next_at"]) == ("paused", reason, None)
    assert not [asked for asked in mailing.neighbours.asked if asked.startswith("tracker")]
    actions = [fact.action for fact in await stated(mailing.world.resources, LuiActionRecordedV1)]
    assert actions[-1] == "report_mail.pause"


async def test_recipients_are_mailed_only_while_the_owner_may_see_them(mailing: Mailing) -> None:
    report = await mailing.a_report(type="recipients")
    mail = await mailing.a_mail(report)
    mailing.neighbours.standing["rights"] = ["see_reports"]
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    assert await mailing.sent() == []
    assert (await mailing.shown(mail))["paused_because"] == "The report's owner may not see recipients any more."


async def test_mails_of_a_deleted_report_go_with_it(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    await mailing.ada.delete(f"/api/v1/reports/{mail['report_id']}")
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    assert await mailing.sent() == []
    async with mailing.world.resources.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT count(*) FROM lui.report_mails")
        assert rows.scalar() == 0


async def test_paused_it_stays_away_and_nothing_is_made_up_for(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    path = f"/api/v1/report-mails/{mail['id']}"
    paused = (await mailing.ada.patch(path, json={"state": "paused"})).json()
    assert (paused["state"], paused["paused_because"], paused["next_at"]) == ("paused", None, None)
    mailing.clock.now = NEXT_MORNING + timedelta(days=3, hours=1)
    await mailing.turn()
    assert await mailing.sent() == []
    resumed = (await mailing.ada.patch(path, json={"state": "active"})).json()
    assert resumed["next_at"] == "2026-11-27T06:00:00Z"
    await mailing.turn()
    assert await mailing.sent() == []


async def test_sent_because_somebody_asked_it_leaves_the_schedule_alone(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    reply = await mailing.ada.post(f"/api/v1/report-mails/{mail['id']}/send-now")
    assert (reply.status_code, reply.json()["is_asked_for"]) == (202, True)
    await mailing.turn()
    await mailing.turn()
    assert len(await mailing.sent()) == 1
    shown = await mailing.shown(mail)
    assert (shown["is_asked_for"], shown["next_at"]) == (False, "2026-11-23T06:00:00Z")
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    assert len(await mailing.sent()) == 2


async def test_tables_go_along_as_files(mailing: Mailing) -> None:
    await mailing.a_mail(formats=["csv", "xlsx"])
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    [notice] = await mailing.sent()
    files = {file["file_name"]: file for file in (await mailing.document(notice))["files"]}
    assert set(files) == {"plot.png", "report.csv", "report.xlsx"}
    csv = await mailing.service("mailer").get(f"/internal/v1/files/{files['report.csv']['sha256']}")
    assert csv.content.decode("utf-8-sig").splitlines()[0] == "Start,Opens"


async def test_how_it_went_is_shown(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    assert (await mailing.shown(mail))["last"]["state"] == "sending"
    [notice] = await mailing.sent()
    said = {"notice_id": notice.notice_id, "requested_by": "lui", "at": NEXT_MORNING}
    newest = {"revision": 4, "counts": {"sent": 1, "refused": 1}, "problem": "550 nobody here", "is_final": True}
    older = {"revision": 2, "counts": {"queued": 2}, "problem": None, "is_final": False}
    for each in (newest, older):
        await mailing.world.bus.deliver(NoticeSettledV1.model_validate({**said, **each}))
    last = (await mailing.shown(mail))["last"]
    assert (last["state"], last["counts"], last["problem"]) == (
        "partly",
        {"sent": 1, "refused": 1},
        "550 nobody here",
    )


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"addresses": ["ada@example.org", "nobody"]}, "/addresses/1"),
        ({"addresses": []}, "/addresses"),
        ({"addresses": [f"a{n}@example.org" for n in range(21)]}, "/addresses"),
        ({"time_zone": "Europe/Nowhere"}, "/time_zone"),
        ({"at": "25:00"}, "/at"),
        ({"every": "minute"}, "/every"),
        ({"formats": ["exe"]}, "/formats/0"),
    ],
)
async def test_what_makes_no_sense_is_pointed_at(mailing: Mailing, change: dict[str, Any], pointer: str) -> None:
    reply = await mailing.ada.post(f"/api/v1/reports/{await mailing.a_report()}/mails", json={**MAIL, **change})
    assert reply.status_code == 422
    assert pointer in [error["pointer"] for error in reply.json()["errors"]]


async def test_a_report_has_no_more_mails_than_anybody_keeps_in_mind(mailing: Mailing) -> None:
    report = await mailing.a_report()
    for _ in range(20):
        await mailing.a_mail(report)
    assert (await mailing.ada.post(f"/api/v1/reports/{report}/mails", json=MAIL)).status_code == 409


async def test_only_those_who_may_change_a_report_may_mail_it(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    colleague, stranger = mailing.world.colleague("see_reports"), mailing.world.stranger("see_reports")
    mails, path = f"/api/v1/reports/{mail['report_id']}/mails", f"/api/v1/report-mails/{mail['id']}"
    listed = await colleague.get(mails)
    assert [item["may_edit"] for item in listed.json()["items"]] == [False]
    assert (await colleague.post(mails, json=MAIL)).status_code == 403
    assert (await colleague.patch(path, json={"at": "08:00"})).status_code == 403
    assert (await colleague.post(f"{path}/send-now")).status_code == 403
    assert (await stranger.get(mails)).status_code == 404
    assert (await stranger.delete(path)).status_code == 404
    assert (await mailing.world.callers.as_account().get(mails)).status_code == 403


async def test_who_edits_an_older_version_is_told(mailing: Mailing) -> None:
    mail = await mailing.a_mail()
    path = f"/api/v1/report-mails/{mail['id']}"
    changed = await mailing.ada.patch(path, json={"at": "08:00"}, headers={"If-Match": '"1"'})
    assert (changed.headers["ETag"], changed.json()["next_at"]) == ('"2"', "2026-11-23T07:00:00Z")
    assert (await mailing.ada.delete(path, headers={"If-Match": '"1"'})).status_code == 412
    assert (await mailing.ada.delete(path, headers={"If-Match": '"2"'})).status_code == 204
    assert (await mailing.ada.delete(f"/api/v1/report-mails/{new_id()}")).status_code == 404


async def test_what_a_notice_says_is_for_mailer_only(mailing: Mailing) -> None:
    await mailing.a_mail()
    mailing.clock.now = NEXT_MORNING
    await mailing.turn()
    [notice] = await mailing.sent()
    path = f"/internal/v1/notices/{notice.notice_id}"
    assert (await mailing.ada.get(path)).status_code == 403
    assert (await mailing.service("tracker").get(path)).status_code == 403
    mailing.clock.advance(days=2)
    assert (await mailing.service("mailer").get(path)).status_code == 404
