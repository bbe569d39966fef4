"""What recipients do on other people's pages: from the tag over the visitor's cookie to the number in a report."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator
from tests.support.stack import Stack, wait_until

_BUYERS = b"ADDRESS,NAME\r\nbuyer@people.example,Ann\r\nother@people.example,Bob\r\n"
_LETTER = {"subject": "An offer", "html": '<p><a href="https://shop.example/offer">Order</a></p>'}


@pytest.fixture(name="allowed")
def _allowed(stack: Stack, integrator: Integrator) -> Iterator[None]:
    """The installation allows actions to be tracked; afterwards as before."""
    settings = f"http://127.0.0.1:{stack.port_base + 1}/api/v1/settings"
    integrator.call("PUT", settings, {"values": {"tracking.actions_allowed": True}})
    yield
    integrator.call("PUT", settings, {"values": {"tracking.actions_allowed": None}})


def _make_tag(screens: Screens, name: str) -> str:
    """A new tag; the address of the picture in its snippet."""
    page = screens.page
    page.goto("/action-tags")
    page.get_by_role("button", name="New action tag").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    screens.button(f"Snippet of {name}").click()
    tag = page.get_by_role("listitem").filter(has=screens.button(f"Snippet of {name}"))
    snippet = tag.get_by_text(re.compile("^<img src=")).inner_text()
    return str(re.findall(r'src="([^"]+)"', snippet)[0])


def _record_actions(page: Page, job: str) -> None:
    page.goto(f"/jobs/{job}/tracking")
    page.get_by_role("switch", name="Record actions").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Sender", exact=True)).to_be_visible()


@pytest.mark.usefixtures("allowed")
def test_an_order_after_a_click_is_counted_for_the_mailing(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    page = signed_in.page
    picture = _make_tag(signed_in, "Ordered")
    job = integrator.prepare(_BUYERS, _LETTER, title="With an action")
    wait_until(
        lambda: integrator.call("GET", f"/jobs/{job}/tracking/options")["actions_allowed"], seconds=30
    )  # hub's word has reached lui
    _record_actions(page, job)
    integrator.test(job)
    with mailboxes(stack) as mailbox:
        mailbox.empty()
        integrator.ended(integrator.authorize(job))
        mail = next(mail for mail in mailbox.mails() if mail.to == "buyer@people.example")
    with mailboxes(stack) as nobody:  # whoever comes from elsewhere has no cookie
        assert nobody.load(picture) == "image/gif"
    with mailboxes(stack) as visitor:
        visitor.follow(mail, 0)
        assert visitor.load(picture) == "image/gif"

    source = {"event": "actions", "job_ids": [job]}
    query = {"type": "sum", "sources": [source], "period": {"last_days": 7}, "time_zone": "Europe/Berlin"}
    query |= {"interval": "day", "count": "total"}
    wait_until(lambda: integrator.call("POST", "/reports/query", query)["series"][0]["total"] == 1, seconds=60)
    page.goto(f"/reports/new?q={quote(json.dumps(query))}")
    legend = page.get_by_role("list", name="Legend")
    expect(legend.get_by_role("button", name=re.compile("^Actions.* 1$"))).to_be_visible()
    page.get_by_role("radio", name="Event details").check()
    row = page.get_by_role("row").filter(has_text="buyer@people.example")
    expect(row).to_contain_text("Ordered")
