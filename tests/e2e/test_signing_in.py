"""Coming in, going out, and coming back to where one was."""

import re

from playwright.sync_api import expect

from tests.e2e.screens import Screens
from tests.support.mailing import Integrator


def test_a_wrong_password_is_refused_and_nothing_more_is_told(screens: Screens) -> None:
    page = screens.page
    page.goto("/")
    screens.fill_in_sign_in(screens.credentials["account"], "not the password")
    expect(page.get_by_text("Account and password do not match", exact=False)).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_who_opens_a_page_first_signs_in_and_is_there(screens: Screens) -> None:
    page = screens.page
    page.goto("/accounts")
    expect(screens.heading("Sign in")).to_be_visible()
    screens.fill_in_sign_in(screens.credentials["account"], screens.credentials["password"])
    expect(screens.heading("Accounts")).to_be_visible()
    expect(page).to_have_url(re.compile("/accounts$"))


def test_a_foreign_address_to_come_back_to_is_not_followed(screens: Screens) -> None:
    page = screens.page
    page.goto("/sign-in?back=//elsewhere.example/")
    screens.fill_in_sign_in(screens.credentials["account"], screens.credentials["password"])
    expect(page).to_have_url(re.compile("127.0.0.1:[0-9]+/$"))


def test_signing_out_ends_it(signed_in: Screens) -> None:
    page = signed_in.page
    page.get_by_role("button", name=signed_in.credentials["account"]).click()
    page.get_by_role("button", name="Sign out").click()
    expect(signed_in.heading("Sign in")).to_be_visible()
    page.goto("/jobs")
    expect(signed_in.heading("Sign in")).to_be_visible()


def test_when_the_session_ends_nothing_typed_is_lost(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.call("POST", "/jobs", {"title": "Typed and kept"})["id"]
    page.goto(f"/jobs/{job}/sender")
    screens.set_sender("news@shop.example", "The shop")
    page.context.clear_cookies()
    screens.button("Save").click()

    dialog = page.get_by_role("dialog", name="Please sign in again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Account", exact=True).fill(screens.credentials["account"])
    dialog.get_by_label("Password", exact=True).fill(screens.credentials["password"])
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()

    expect(page.get_by_label("Sender address")).to_have_value("news@shop.example")
    screens.button("Save").click()
    expect(screens.step("Sender")).to_contain_text("done")
