"""From sign-in to report, as the first day of a new customer goes."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.mailbox import mailboxes
from tests.e2e.screens import Screens
from tests.support.stack import Stack

_PEOPLE = """\
EMAIL;NAME;CITY
ada@people.example;Ada;Aachen
bob@people.example;Bob;Bonn
cleo@people.example;Cleo;Celle
dan@people.example;"Dan; the elder";Dresden
eve@people.example;Eve;Essen
fay@people.example;Fay;Fulda
gus@people.example;Gus;Gera
ADA@people.example;Ada again;Aachen
no address;Nobody;Nowhere
"""
_LETTER = (
    "<h1>Dear {{ NAME }}</h1><p>News for {{ CITY }}: "
    '<a href="https://shop.example/news">read on</a> or <a href="https://shop.example/all">see all</a>.</p>'
)
_TO = [f"{name}@people.example" for name in ("ada", "bob", "cleo", "dan", "eve", "fay", "gus")]


def _prepare(screens: Screens, file: Path) -> None:
    screens.create_job("Autumn letter")
    screens.upload(file)
    expect(screens.page.get_by_role("cell", name="Dan; the elder")).to_be_visible()
    screens.save_and_continue("Content")
    screens.write_content("News for {{ NAME }}", _LETTER)
    screens.button("Save").click()
    expect(screens.page.get_by_text("News for Ada", exact=True)).to_be_visible()
    screens.button("Next recipient").click()
    expect(screens.page.get_by_text("News for Bob", exact=True)).to_be_visible()
    preview = screens.page.frame_locator("iframe[title='The message as HTML']")
    expect(preview.get_by_role("heading", name="Dear Bob")).to_be_visible()
    screens.save_and_continue("Tracking")
    screens.save_and_continue("Sender")
    screens.set_sender("news@shop.example", "The shop")
    screens.save_and_continue("Test")
    screens.send_test("tester@shop.example")
    screens.button("Accept the test").click()
    screens.page.get_by_role("link", name="Go on to schedule").click()
    screens.save_and_continue("Authorize")


def test_a_whole_mailing_in_the_browser(signed_in: Screens, stack: Stack, tmp_path: Path) -> None:
    screens, page = signed_in, signed_in.page
    file = tmp_path / "people.csv"
    file.write_text(_PEOPLE)
    with mailboxes(stack) as mailbox:
        mailbox.empty()
    _prepare(screens, file)

    # What is authorized is written there in full.
    expect(page.get_by_text("7 recipients", exact=True)).to_be_visible()
    expect(page.get_by_text("1 left out as duplicates")).to_be_visible()
    expect(page.get_by_text("The shop <news@shop.example>")).to_be_visible()

    with mailboxes(stack) as mailbox:
        assert [mail.to for mail in mailbox.mails()] == ["tester@shop.example"]
        mailbox.empty()

        screens.authorize_and_send()
        screens.wait_until_finished()
        expect(screens.figure("Sent")).to_contain_text("7")
        expect(screens.figure("Not delivered")).to_contain_text("0")

        mails = mailbox.mails()
        assert sorted(mail.to for mail in mails) == _TO
        for mail in mails:
            name = mail.to.partition("@")[0].capitalize()
            assert name in mail.message["Subject"]
            assert f"Dear {name}" in mail.html
            assert mail.message["From"] == "The shop <news@shop.example>"

        for mail in mails[:4]:
            mailbox.look_at(mail)
        mailbox.look_at(mails[0])
        assert mailbox.follow(mails[0], 0) == "https://shop.example/news"
        assert mailbox.follow(mails[1], 0) == "https://shop.example/news"
        assert mailbox.follow(mails[1], 1) == "https://shop.example/all"

    page.get_by_role("link", name="Report", exact=True).first.click()
    within = 60_000  # the page asks again by itself every ten seconds
    expect(screens.figure("Opens")).to_contain_text("5", timeout=within)
    expect(screens.figure("Opens")).to_contain_text("4 different recipients", timeout=within)
    expect(screens.figure("Clicks")).to_contain_text("3", timeout=within)
    expect(screens.figure("Clicks")).to_contain_text("2 different recipients", timeout=within)
    # Between everybody's clicks and the different recipients stand those of people, as far as that is judged yet.
    expect(page.get_by_role("row", name=re.compile(r"^https:..shop.example.news HTML 2 \d 2"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile(r"^https:..shop.example.all HTML 1 \d 1"))).to_be_visible()
    expect(page.get_by_role("list", name="Legend").first).to_contain_text("Clicks in HTML")
    expect(page.get_by_role("img", name=re.compile("^Events over time"))).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download (CSV)").click()
    assert "https://shop.example/news" in download.value.path().read_text()


def test_recipients_are_shown_as_they_are_read_and_sorted_into_three_sets(signed_in: Screens, tmp_path: Path) -> None:
    screens, page = signed_in, signed_in.page
    file = tmp_path / "people.csv"
    file.write_text(_PEOPLE)
    screens.create_job("Three sets")
    screens.upload(file)

    page.get_by_role("combobox", name="Separator").click()
    page.get_by_role("option", name="Comma").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    page.get_by_role("combobox", name="Separator").click()
    page.get_by_role("option", name="Semicolon").click()
    expect(page.get_by_role("columnheader")).to_have_count(3)

    screens.button("Save").click()
    expect(screens.figure("Recipients")).to_contain_text("7")
    expect(screens.figure("Duplicates")).to_contain_text("1")
    expect(screens.figure("Not usable")).to_contain_text("1")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download duplicates as CSV").click()
    assert "ADA@people.example" in download.value.path().read_text()


def test_a_file_that_is_no_text_is_refused_with_the_reason(signed_in: Screens, tmp_path: Path) -> None:
    screens = signed_in
    screens.create_job("Not a text")
    file = tmp_path / "people.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with screens.page.expect_file_chooser() as chooser:
        screens.button("Choose a file").click()
    chooser.value.set_files(file)
    expect(screens.page.get_by_role("alert")).to_contain_text("picture")


def test_an_unknown_merge_field_is_shown_where_it_was_typed(signed_in: Screens, tmp_path: Path) -> None:
    screens, page = signed_in, signed_in.page
    file = tmp_path / "people.csv"
    file.write_text(_PEOPLE)
    screens.create_job("Unknown field")
    screens.upload(file)
    screens.save_and_continue("Content")
    screens.write_content("News for {{ NICKNAME }}", "<p>Hello</p>")
    screens.button("Save").click()
    expect(page.get_by_text("NICKNAME").last).to_be_visible()
    expect(screens.step("Content")).not_to_contain_text("done")
