"""Writing once more to those who did, or did not, react to an earlier mailing; and naming actions on a page."""

import re

from playwright.sync_api import expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator
from tests.support.stack import Stack, wait_until

_PEOPLE = b"ADDRESS,NAME\n" + b"".join(b"p%d@people.test,Person %d\n" % (n, n) for n in range(1, 8))
_LETTER = {
    "subject": "An offer for {{ NAME }}",
    "html": '<p>Hello {{ NAME }}: <a href="https://example.org/shop" data-alias="Shop">look</a></p>',
}
_COUNTED = 60_000


def _sent(integrator: Integrator, stack: Stack) -> None:
    """An earlier mailing that three of seven opened, one of whom clicked."""
    job = integrator.prepare(_PEOPLE, _LETTER, title="The first offer")
    integrator.test(job)
    with mailboxes(stack) as mailbox:
        mailbox.empty()
        integrator.ended(integrator.authorize(job))
        mails = {mail.to: mail for mail in mailbox.mails()}
        for number in (1, 2, 3):
            mailbox.look_at(mails[f"p{number}@people.test"])
        assert mailbox.follow(mails["p1@people.test"], 0) == "https://example.org/shop"
    wait_until(lambda: _counted(integrator, job) == (3, 1), seconds=_COUNTED / 1000)


def _counted(integrator: Integrator, job: str) -> tuple[int, int]:
    report = integrator.call("GET", f"/jobs/{job}/report")
    return report["opens"]["total"], report["clicks"]["any"]


def test_whoever_opened_and_did_not_click_gets_the_next_mailing(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    screens, page = signed_in, signed_in.page
    _sent(integrator, stack)
    page.goto("/jobs")
    screens.create_job("The second offer")
    page.get_by_role("radio", name=re.compile("^Reaction to an earlier job")).check()
    screens.button("Save").click()
    expect(page.get_by_text("Choose the job whose recipients you mean.")).to_be_visible()
    page.get_by_role("combobox", name="Job").fill("first off")
    page.get_by_role("option", name=re.compile("^The first offer")).click()

    expect(page.get_by_text("3 of 7", exact=True)).to_be_visible(timeout=_COUNTED)
    screens.button("Add a question").click()
    second = page.get_by_role("group", name="Part 2", exact=True)
    second.get_by_role("combobox", name="The recipient").click()
    page.get_by_role("option", name="did not click a link").click()
    second.get_by_role("combobox", name="Links").click()
    page.get_by_role("option", name="Shop", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("2 of 7", exact=True)).to_be_visible()

    screens.save_and_continue("Content")
    screens.step("Recipients").click()
    expect(screens.figure("Recipients")).to_contain_text("2")
    expect(page.get_by_text("The saved recipients were chosen on")).to_be_visible()
    chosen = page.get_by_role("group", name="Part 2", exact=True).get_by_role("combobox", name="The recipient")
    expect(chosen).to_have_value("did not click a link")


def test_an_action_is_named_and_its_snippet_can_be_copied(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.goto("/action-tags")
    expect(screens.heading("How an action is recognised")).to_be_visible()
    page.get_by_role("button", name="New action tag").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_text("Give the action a name.")).to_be_visible()
    dialog.get_by_label("Name").fill("Ordered a filter")
    dialog.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Snippet of Ordered a filter").click()
    expect(page.get_by_text(re.compile(r'^<img src="http.+/a/[\w-]{36}\.gif"'))).to_be_visible()
    expect(page.get_by_text("function tuttiAction")).to_be_visible()
    screens.button("Archive Ordered a filter").click()
    expect(page.get_by_role("button", name="Snippet of Ordered a filter")).to_have_count(0)
    page.get_by_label("Show archived ones").check()
    expect(page.get_by_text("Archived", exact=True)).to_be_visible()
