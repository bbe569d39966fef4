"""A report that comes by mail: set up, sent into a real mailbox, seen under notices, and stopped again."""

import re

from playwright.sync_api import expect

from tests.e2e.mailbox import Mail, mailboxes
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator
from tests.support.stack import Stack, wait_until

_LETTER = {"subject": "Hello", "html": '<p><a href="https://shop.example/news">News</a></p>'}
_CHIEF = "chief@office.example"
_READER = "reader@news.example"
"""Nobody else's: other tests let people complain, and those are written to no more."""


def _a_report(integrator: Integrator, stack: Stack) -> str:
    """The saved report of a job that somebody has opened."""
    with mailboxes(stack) as mailbox:
        mailbox.empty()
        job = integrator.prepare(f"ADDRESS,NAME\r\n{_READER},Ann\r\n".encode(), _LETTER, title="Worth a mail")
        integrator.test(job)
        integrator.ended(integrator.authorize(job))
        mailbox.look_at(next(mail for mail in mailbox.mails() if mail.to == _READER))
    wait_until(lambda: integrator.call("GET", f"/jobs/{job}/report")["opens"]["total"] == 1, seconds=60)
    query = {"type": "over_time", "sources": [{"event": "opens", "job_ids": [job]}], "interval": "day"}
    return str(integrator.call("POST", "/reports", {"title": "How it goes", "query": query})["id"])


def _arrived(stack: Stack) -> list[Mail]:
    with mailboxes(stack) as mailbox:
        return [mail for mail in mailbox.mails() if mail.to == _CHIEF]


def _check(mail: Mail) -> None:
    """The plot stands in the mail, not beside it; the numbers come along as text and as a file."""
    assert str(mail.message["Subject"]).startswith("Report: How it goes, ")
    parts = {part.get_content_type(): part for part in mail.message.walk()}
    plot = parts["image/png"]
    assert plot.get_content().startswith(b"\x89PNG")
    assert f'src="cid:{plot["Content-ID"].strip("<>")}"' in mail.html
    assert re.search(r"^Opens +1 ", parts["text/plain"].get_content(), re.MULTILINE)
    assert "Opens" in parts["text/csv"].get_content()


def test_a_report_comes_by_mail_with_its_plot(signed_in: Screens, stack: Stack, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    page.goto(f"/reports/{_a_report(integrator, stack)}")
    expect(page.get_by_text("It is not mailed to anybody yet.")).to_be_visible()
    screens.button("Mail it regularly").click()
    dialog = page.get_by_role("dialog", name="Mail it regularly")
    dialog.get_by_role("button", name="Mail it", exact=True).click()
    expect(dialog.get_by_label("To", exact=True)).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("To", exact=True).fill(_CHIEF)
    dialog.get_by_label("CSV").check()
    dialog.get_by_role("button", name="Mail it", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(_CHIEF)).to_be_visible()

    screens.button("Send now").click()
    wait_until(lambda: bool(_arrived(stack)), seconds=60)
    (mail,) = _arrived(stack)
    _check(mail)
    expect(page.get_by_text(re.compile("^Last one was sent"))).to_be_visible(timeout=60_000)

    page.goto("/notices")
    row = page.get_by_role("row").filter(has_text=_CHIEF)
    expect(row).to_contain_text("Report: How it goes")
    expect(row).to_contain_text("Sent")
    page.get_by_role("radiogroup", name="Which notices").get_by_text("Not received by all").click()
    expect(row).to_have_count(0)

    page.go_back()
    screens.button("More about this mail").click()
    page.get_by_role("menuitem", name="Mail it no more").click()
    page.get_by_role("dialog", name="Mail it no more?").get_by_role("button", name="Mail it no more").click()
    expect(page.get_by_text("It is not mailed to anybody yet.")).to_be_visible()
