"""Trying a mailing without touching anybody, and steering one that is on its way."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator, people
from tests.support.stack import Stack, wait_until

_LETTER = {"subject": "Hello {{ FIELD1 }}", "text": "Hello {{ FIELD1 }}"}
_A_WHILE = 60_000
_MANY = 40_000


def test_a_rehearsal_shows_what_would_happen_and_touches_nobody(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.prepare(b"".join(people(40)), _LETTER, title="To be rehearsed")
    with mailboxes(stack) as mailbox:
        mailbox.empty()
    page.goto(f"/jobs/{job}/test")
    page.get_by_role("link", name="Rehearse it first").click()
    page.get_by_role("radio", name=re.compile("^As I say")).check()
    page.get_by_label("Refused (%)").fill("70")
    page.get_by_label("Asked to come back later (%)").fill("50")
    screens.button("Start rehearsal").click()
    expect(page.get_by_text("Together they cannot be more than 100 %.")).to_be_visible()

    page.get_by_label("Asked to come back later (%)").fill("0")
    page.get_by_label("Refused (%)").fill("25")
    screens.button("Start rehearsal").click()
    result = page.get_by_role("region", name=re.compile("^Rehearsal of"))
    expect(result.get_by_text("Finished", exact=True)).to_be_visible(timeout=_A_WHILE)
    expect(result.get_by_role("group", name="Messages", exact=True)).to_contain_text("40")
    expect(result.get_by_text("Every message could be made.")).to_be_visible()
    result.get_by_role("button", name=re.compile("^Read the message to")).first.click()
    expect(page.get_by_role("dialog").get_by_text(re.compile("Subject: Hello value 1"))).to_be_visible()
    page.keyboard.press("Escape")

    with mailboxes(stack) as mailbox:
        assert mailbox.mails() == []
    assert [delivery["kind"] for delivery in integrator.call("GET", f"/jobs/{job}")["deliveries"]] == ["rehearsal"]
    expect(page.get_by_role("navigation", name="Steps").get_by_role("link", name="Delivery")).to_have_count(0)


def _waiting(delivery: dict[str, Any]) -> int:
    return sum(delivery["counts"][state] for state in ("queued", "sending", "deferred", "in_doubt"))


def test_a_delivery_is_paused_resumed_and_stopped(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.prepare(b"".join(people(_MANY)), _LETTER, title="A long one", tracking="off")
    integrator.test(job)
    delivery = integrator.authorize(job)
    page.goto(f"/jobs/{job}/delivery")
    screens.button("Pause").click()
    expect(page.get_by_role("status").get_by_text("Paused", exact=True)).to_be_visible()
    screens.button("Resume").click()
    expect(page.get_by_role("status").get_by_text("Sending", exact=True)).to_be_visible()
    screens.button("Stop").click()
    dialog = page.get_by_role("dialog", name="Stop the delivery?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dialog.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status").get_by_text("Stopped", exact=True)).to_be_visible(timeout=_A_WHILE)
    wait_until(lambda: _waiting(integrator.delivery(delivery)) == 0, seconds=60)
    ended = integrator.ended(delivery)
    assert ended["counts"]["cancelled"] > 0
    assert sum(ended["counts"].values()) == _MANY

    expect(page.get_by_text(f"{_MANY:,} of {_MANY:,}", exact=True)).to_be_visible()
    screens.button("Retry failed only").click()
    question = page.get_by_role("dialog", name="Try again with those who were not reached?")
    expect(question).to_contain_text(f"{ended['counts']['cancelled']:,} recipients")
    question.get_by_role("button", name="Cancel").click()
