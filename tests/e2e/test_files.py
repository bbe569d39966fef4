"""Files that travel with a message: attached in the browser, received by the recipient."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator, people
from tests.support.stack import Stack

_LETTER = {"subject": "Prices", "html": "<p>The prices are attached.</p>"}
_PRICES = b"%PDF-1.4 the prices of the season"


def test_a_file_that_is_attached_in_the_browser_arrives_as_it_was(
    signed_in: Screens, stack: Stack, integrator: Integrator, tmp_path: Path
) -> None:
    page = signed_in.page
    for name, content in (("prices.pdf", _PRICES), ("wrong.txt", b"not this one")):
        (tmp_path / name).write_bytes(content)
    job = integrator.prepare(b"".join(people(2)), _LETTER, title="With an attachment")
    page.goto(f"/jobs/{job}/content")
    for name in ("prices.pdf", "wrong.txt"):
        with page.expect_file_chooser() as chooser:
            signed_in.button("Attach a file").click()
        chooser.value.set_files(tmp_path / name)
        expect(page.get_by_role("link", name=name)).to_be_visible()
    signed_in.button("Remove wrong.txt").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("link", name="wrong.txt")).to_have_count(0)

    with page.expect_download() as started:
        page.get_by_role("link", name="prices.pdf").click()
    assert Path(started.value.path()).read_bytes() == _PRICES
    with mailboxes(stack) as mailbox:
        mailbox.empty()
        integrator.test(job, ["reader@tutti.test"])
        (mail,) = (mail for mail in mailbox.mails() if mail.to == "reader@tutti.test")
    (attached,) = mail.message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("prices.pdf", _PRICES)
