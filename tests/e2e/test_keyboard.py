"""Without a mouse."""

from playwright.sync_api import Page, expect

from tests.e2e.screens import Screens

_ENOUGH = 60


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something called so has the focus."""
    for _ in range(_ENOUGH):
        page.keyboard.press("Tab")
        focused: str = page.evaluate(
            "() => { const on = document.activeElement;"
            " return on.getAttribute('aria-label') ?? on.labels?.[0]?.textContent ?? on.textContent ?? '' }"
        )
        if focused.strip().startswith(name):
            return
    raise AssertionError(f"{name} was not reached with Tab")


def test_signing_in_and_making_a_job_takes_only_keys(screens: Screens) -> None:
    page = screens.page
    page.goto("/")
    expect(page.get_by_label("Account", exact=True)).to_be_focused()
    page.keyboard.type(screens.credentials["account"])
    _tab_to(page, "Password")
    page.keyboard.type(screens.credentials["password"])
    page.keyboard.press("Enter")
    expect(screens.heading("Dashboard")).to_be_visible()
    _tab_to(page, "Jobs")
    page.keyboard.press("Enter")
    expect(screens.heading("Jobs")).to_be_visible()

    _tab_to(page, "New job")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Only keys")
    page.keyboard.press("Enter")
    expect(screens.heading("Only keys")).to_be_visible()

    _tab_to(page, "6Schedule")
    page.keyboard.press("Enter")
    expect(screens.heading("Schedule")).to_be_visible()
    _tab_to(page, "Right after authorization")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Date", exact=True)).to_be_visible()


def test_the_first_key_skips_to_the_content(signed_in: Screens) -> None:
    page = signed_in.page
    page.reload()
    expect(signed_in.heading("Jobs")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_dialog_keeps_the_focus_and_gives_it_back(signed_in: Screens) -> None:
    page = signed_in.page
    page.get_by_role("button", name="New job").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New job")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="New job")).to_be_hidden()
    expect(page.get_by_role("button", name="New job")).to_be_focused()
