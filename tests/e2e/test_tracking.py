"""Choosing what a mailing may learn, within what the installation allows."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.screens import Screens
from tests.support.mailing import Integrator

_TOWNS = {"Rome": 14, "Oslo": 12, "Bern": 6, "Kiel": 5}
_LETTER = {"subject": "Hello", "html": '<p>See <a href="https://www.example.org/offer?id=7#now">our offer</a></p>'}


def _people() -> bytes:
    rows = [town for town, count in _TOWNS.items() for _ in range(count)]
    lines = [f"p{at}@people.test,Person {at},{town},{'no' if at == 0 else 'yes'}" for at, town in enumerate(rows)]
    return "\n".join(["ADDRESS,NAME,TOWN,CONSENT", *lines]).encode()


@pytest.fixture(name="allowing_everything")
def _allowing_everything(signed_in: Screens) -> Iterator[None]:
    """Whatever a test allows, the next one finds the installation as it was."""
    yield
    _set(signed_in.page, "Highest level of tracking", "Inherited: Personal")


def _set(page: Page, setting: str, value: str) -> None:
    page.goto("/settings")
    field = page.get_by_role("combobox", name=setting)
    field.select_option(label=value)
    button = page.get_by_role("button", name="Save settings")
    if button.is_enabled():
        button.click()
        expect(page.get_by_role("button", name="Save settings")).to_be_disabled()


def test_profiles_are_counted_while_they_are_chosen(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.prepare(_people(), _LETTER, title="Towns", tracking="blind")
    page.goto(f"/jobs/{job}/tracking")
    page.get_by_role("radio", name="Anonymous").check()
    page.get_by_role("combobox", name="Profiles are made of").click()
    page.get_by_role("option", name="TOWN").click()
    expect(page.get_by_text("2 profiles, the smallest with 12 recipients.")).to_be_visible()
    expect(page.get_by_text("2 smaller profiles with 11 recipients are merged")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Only those who agreed").click()
    page.get_by_role("option", name="CONSENT").click()
    expect(page.get_by_text("36 of 37 recipients agreed.")).to_be_visible()
    page.get_by_label("Source").fill("letter")
    expect(page.get_by_text("https://www.example.org/offer?id=7&utm_source=letter#now")).to_be_visible()
    screens.save_and_continue("Sender")
    saved = integrator.call("GET", f"/jobs/{job}/tracking")
    assert (saved["level"], saved["profile_columns"], saved["consent_column"]) == ("anonymous", ["TOWN"], "CONSENT")
    assert (saved["counted"]["profiles"], saved["counted"]["merged_people"]) == (2, 11)
    assert saved["campaign"]["source"] == "letter"


@pytest.mark.usefixtures("allowing_everything")
def test_a_level_that_is_not_allowed_is_shown_with_the_reason(signed_in: Screens, integrator: Integrator) -> None:
    page = signed_in.page
    job = integrator.prepare(_people(), _LETTER, title="Capped", tracking="blind")
    _set(page, "Highest level of tracking", "Unique")
    page.goto(f"/jobs/{job}/tracking")
    reason = "This installation allows tracking up to the level unique"
    page.reload()
    expect(page.get_by_text(reason).first).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^Personal"))).to_be_disabled()
    expect(page.get_by_role("radio", name=re.compile("^Unique"))).to_be_enabled()


def test_what_tracking_stores_is_told_by_what_stores_it(signed_in: Screens, integrator: Integrator) -> None:
    page = signed_in.page
    job = integrator.prepare(_people(), _LETTER, title="Curious", tracking="blind")
    page.goto(f"/jobs/{job}/tracking")
    page.get_by_role("link", name="What exactly each level stores").click()
    expect(signed_in.heading("What tracking stores")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Anonymous")).to_be_visible()
    expect(page.get_by_role("rowheader", name="When")).to_be_visible()
