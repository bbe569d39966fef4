"""Addresses that get no mail, and messages that came back."""

import csv
import smtplib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.builders.reports import a_complaint, a_dsn
from tests.support.mailing import Integrator, people
from tests.support.stack import Stack, wait_until

# Whoever complains gets nothing any more, in the tests that come after neither.
_CROSS = b"ADDRESS,FIELD1\r\ncross@people.example,Ann\r\ncalm@people.example,Bob\r\n"
_LETTER = {"subject": "Hello {{ FIELD1 }}", "text": "Hello"}


def _download(page: Page, button: str) -> list[list[str]]:
    with page.expect_download() as started:
        page.get_by_role("link", name=button).click()
    with Path(started.value.path()).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_an_address_is_suppressed_found_and_let_go_again(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.get_by_role("link", name="Suppressions").click()
    screens.button("Suppress an address").click()
    dialog = page.get_by_role("dialog", name="Suppress an address")
    dialog.get_by_role("button", name="Suppress").click()
    expect(dialog.get_by_text("Type the address.")).to_be_visible()
    dialog.get_by_label("Address").fill("quiet@people.example")
    dialog.get_by_label("Note").fill("Asked by telephone")
    dialog.get_by_role("button", name="Suppress").click()
    expect(dialog).to_be_hidden()

    page.get_by_role("searchbox", name="Search").fill("quiet@")
    row = page.get_by_role("row").filter(has_text="quiet@people.example")
    expect(row).to_contain_text("Added by hand")
    screens.button("Details of quiet@people.example").click()
    expect(page.get_by_text("Asked by telephone")).to_be_visible()
    assert any("quiet@people.example" in line for line in _download(page, "Download (CSV)"))

    screens.button("Lift the suppression of quiet@people.example").click()
    question = page.get_by_role("dialog", name="Let this address get mail again?")
    question.get_by_label("Why").fill("Asked to be written to again")
    question.get_by_role("button", name="Lift").click()
    expect(screens.heading("No address matches")).to_be_visible()
    page.get_by_role("combobox", name="Show").click()
    page.get_by_role("option", name="Lifted").click()
    expect(row).to_be_visible()


def _report_on(stack: Stack, recipient: str, make_report: Callable[..., bytes]) -> None:
    """The recipient's server writes to the return path of the message."""
    with mailboxes(stack) as mailbox:
        (mail,) = (mail for mail in mailbox.mails() if mail.to == recipient)
    host, port = stack.status()["bounces"].split(":")
    with smtplib.SMTP(host, int(port), timeout=20) as receiver:
        receiver.sendmail("", [mail.return_path], make_report(recipient=mail.to))


def test_what_came_back_is_shown_by_reason_and_downloaded(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    with mailboxes(stack) as mailbox:
        mailbox.empty()
    job = integrator.prepare(b"".join(people(5)), _LETTER, title="With one that comes back")
    integrator.test(job)
    integrator.ended(integrator.authorize(job))
    _report_on(stack, "person1@people.example", a_dsn)
    wait_until(lambda: integrator.call("GET", f"/jobs/{job}/report/bounces")["total"] == 1, seconds=30)

    screens, page = signed_in, signed_in.page
    page.goto(f"/jobs/{job}/report")
    page.get_by_role("link", name="All about bounces").click()
    row = page.get_by_role("row").filter(has_text="No such mailbox")
    expect(row).to_contain_text("Failed for good")
    expect(row).to_contain_text("100%")
    expect(page.get_by_role("img", name="Failed for good: 1")).to_be_visible()

    row.get_by_role("checkbox").check()
    page.get_by_role("checkbox", name="With the reasons").uncheck()
    chosen = _download(page, "Download 1 chosen (CSV)")
    assert [line for line in chosen if "person1@people.example" in line]
    assert not any("no such user" in cell for line in chosen for cell in line)

    page.goto("/suppressions")
    page.get_by_role("searchbox", name="Search").fill("person1@people.example")
    screens.button("Details of person1@people.example").click()
    expect(page.get_by_text("The receiving server said that there is no such mailbox.")).to_be_visible()
    page.get_by_role("link", name="Go to the delivery").click()
    expect(screens.heading("With one that comes back")).to_be_visible()
    # For the tests that come after: this person is written to again.
    found = integrator.http.get(
        "/suppressions".replace("/suppressions", f"http://127.0.0.1:{stack.port_base}/api/mailer/v1/suppressions"),
        params={"search": "person1@people.example"},
    )
    assert found.json()["items"][0]["reason"] == "unknown_mailbox"


def test_a_complaint_is_shown_wherever_the_mailing_is_told_of(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    with mailboxes(stack) as mailbox:
        mailbox.empty()
    job = integrator.prepare(_CROSS, _LETTER, title="With a complaint")
    integrator.test(job)
    delivery = integrator.authorize(job)
    integrator.ended(delivery)
    _report_on(stack, "cross@people.example", a_complaint)
    wait_until(lambda: integrator.delivery(delivery)["counts"]["complained"] == 1, seconds=30)

    screens, page = signed_in, signed_in.page
    page.goto(f"/jobs/{job}/bounces")
    expect(page.get_by_text("Complaints", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="Complaints: 1")).to_be_visible()
    page.goto(f"/jobs/{job}/delivery")
    expect(page.get_by_text("Complained", exact=True).first).to_be_visible()
    page.goto("/bounce-sources")
    row = page.get_by_role("row").filter(has_text="Mail server (SMTP)")
    expect(row).to_contain_text("Working")
    page.goto("/suppressions")
    page.get_by_role("searchbox", name="Search").fill("cross@people.example")
    expect(page.get_by_role("row").filter(has_text="cross@people.example")).to_contain_text("Complain")
    expect(screens.button("Details of cross@people.example")).to_be_visible()
