"""What an operator sets and sees about sending: gateways, signing keys, and the ways in for returned mail."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.screens import Screens
from tests.support.stack import Stack


def _create(screens: Screens, stack: Stack, name: str, **typed: str) -> None:
    """A gateway that leads to the stack's own catcher, unless told otherwise."""
    host, port = stack.status()["smtp"].split(":")
    page = screens.page
    page.goto("/gateways")
    screens.button("New gateway").click()
    dialog = page.get_by_role("dialog", name="New gateway")
    values = {"Name": name, "Host": host, "Port": port, **typed}
    for label, value in values.items():
        dialog.get_by_label(label, exact=True).fill(value)
    dialog.get_by_label("Encryption", exact=True).first.click()
    page.get_by_role("option", name="Not encrypted").click()
    dialog.get_by_label("Sender domains").fill("shop.example")
    dialog.get_by_role("button", name="Create gateway").click()
    expect(screens.heading(name)).to_be_visible()


def _remove(screens: Screens) -> None:
    screens.button("More actions").click()
    screens.page.get_by_role("menuitem", name="Delete").click()
    dialog = screens.page.get_by_role("dialog", name="Delete this gateway?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dialog.get_by_role("button", name="Delete").click()
    expect(screens.heading("Gateways")).to_be_visible()


def _ticks(result: Locator) -> Locator:
    return result.get_by_role("img", name="passed")


def test_a_gateway_is_made_tested_paused_and_deleted(signed_in: Screens, stack: Stack) -> None:
    screens, page = signed_in, signed_in.page
    page.get_by_role("link", name="Sending").click()
    expect(page.get_by_role("row", name=re.compile("From the deployment"))).to_be_visible()
    _create(screens, stack, "The shop's relay")
    screens.button("Test connection").click()
    result = page.get_by_role("status").filter(has_text="The gateway can be used")
    expect(result).to_be_visible()
    expect(_ticks(result.get_by_role("listitem").filter(has_text="Reach the server"))).to_be_visible()

    screens.button("Pause").click()
    dialog = page.get_by_role("dialog", name="Pause this gateway?")
    dialog.get_by_role("button", name="Pause").click()
    expect(dialog.get_by_text("Say why.")).to_be_visible()
    dialog.get_by_label("Reason").fill("maintenance until noon")
    dialog.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Maintenance until noon")).to_be_visible()
    page.get_by_role("link", name="All gateways").click()
    row = page.get_by_role("row", name=re.compile("The shop's relay"))
    expect(row).to_contain_text("Paused")

    row.get_by_role("link").click()
    screens.button("Resume").click()
    expect(page.get_by_text("Maintenance until noon")).to_have_count(0)
    _remove(screens)
    expect(row).to_have_count(0)


def test_a_gateway_that_cannot_be_reached_says_at_which_step(signed_in: Screens, stack: Stack) -> None:
    screens = signed_in
    _create(screens, stack, "Nobody there", Port="1")
    screens.button("Test connection").click()
    result = screens.page.get_by_role("status").filter(has_text="The gateway cannot be used like this")
    expect(result.get_by_role("img", name="failed")).to_have_count(1)
    expect(_ticks(result)).to_have_count(0)
    _remove(screens)


def test_what_somebody_else_changed_in_a_gateway_is_not_written_over(signed_in: Screens, stack: Stack) -> None:
    screens, page = signed_in, signed_in.page
    _create(screens, stack, "Of two")
    other = page.context.new_page()
    other.goto(page.url)
    for seat in (page, other):
        seat.get_by_role("button", name="Edit", exact=True).click()
    dialog = other.get_by_role("dialog", name="Gateway Of two")
    dialog.get_by_label("Weight").fill("5")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()

    mine = page.get_by_role("dialog", name="Gateway Of two")
    mine.get_by_label("Weight").fill("7")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("alert")).to_contain_text("Changed meanwhile")
    mine.get_by_role("button", name="Load their version").click()
    expect(mine).to_be_hidden()
    screens.button("Edit").click()
    expect(mine.get_by_label("Weight")).to_have_value("5")
    mine.get_by_role("button", name="Cancel").click()
    _remove(screens)


def test_a_destination_gets_a_limit_and_loses_it(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.goto("/gateways")
    screens.button("New limit").click()
    dialog = page.get_by_role("dialog", name="New limit")
    dialog.get_by_label("Domain").fill("@Slow.Example")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Set at least one limit.")).to_be_visible()
    dialog.get_by_label("Connections at a time").fill("2")
    dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name=re.compile("slow.example"))
    expect(row).to_contain_text("2")
    screens.button("Delete the limit for slow.example").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


def test_a_signing_key_is_made_and_shows_the_record_to_publish(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.goto("/signing-keys")
    screens.button("New key").click()
    dialog = page.get_by_role("dialog", name="New key")
    dialog.get_by_label("Domain").fill("keys.example")
    dialog.get_by_label("Selector").fill("first")
    dialog.get_by_role("button", name="Make key").click()
    section = page.get_by_role("region", name="keys.example")
    expect(section.get_by_text("first._domainkey.keys.example", exact=True)).to_be_visible()
    expect(section.get_by_text(re.compile("^v=DKIM1;"))).to_be_visible()

    section.get_by_role("button", name="Start signing").click()
    question = page.get_by_role("dialog", name="Start signing with a record that was not found?")
    question.get_by_role("button", name="Cancel").click()
    section.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Delete this key?").get_by_role("button", name="Delete").click()
    expect(section).to_have_count(0)


def test_the_ways_in_for_returned_mail_are_shown(signed_in: Screens) -> None:
    page = signed_in.page
    page.get_by_role("link", name="Sending").click()
    page.get_by_role("link", name="Returned mail").click()
    expect(page.get_by_role("row", name=re.compile(r"Mail server \(SMTP\)"))).to_be_visible()


def test_on_a_phone_every_state_can_be_read_whole(signed_in: Screens) -> None:
    page = signed_in.page
    page.set_viewport_size({"width": 390, "height": 844})
    cut = (
        "[...document.querySelectorAll('table .mantine-Badge-label')].filter(e => e.scrollWidth > e.clientWidth).length"
    )
    for path in ("/gateways", "/bounce-sources"):
        page.goto(path)
        expect(page.locator("table .mantine-Badge-label").first).to_be_visible()
        assert page.evaluate(cut) == 0, path
