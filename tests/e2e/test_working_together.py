"""What somebody typed is never lost without a question, and never written over what somebody else saved."""

import httpx
from playwright.sync_api import expect

from tests.e2e.screens import Screens
from tests.support.mailing import Integrator
from tests.support.stack import Stack

_PASSWORD = "a password nobody guesses 7"


def _sender(name: str) -> dict[str, object]:
    return {"address": "news@shop.example", "name": name, "bounces": {"mode": "automatic"}}


def test_a_change_made_meanwhile_is_not_written_over(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.call("POST", "/jobs", {"title": "Two people"})["id"]
    integrator.call("PUT", f"/jobs/{job}/sender", _sender("The shop"))
    page.goto(f"/jobs/{job}/sender")
    expect(page.get_by_label("Sender name")).to_have_value("The shop")

    integrator.call("PUT", f"/jobs/{job}/sender", _sender("Somebody else"))
    page.get_by_label("Sender name").fill("Mine")
    screens.button("Save").click()
    dialog = page.get_by_role("dialog", name="Changed meanwhile")
    expect(dialog).to_be_visible()
    assert integrator.call("GET", f"/jobs/{job}/sender")["name"] == "Somebody else"

    dialog.get_by_role("button", name="Load their version").click()
    expect(page.get_by_label("Sender name")).to_have_value("Somebody else")
    page.get_by_label("Sender name").fill("Mine")
    screens.button("Save").click()
    expect(page.get_by_text("Changes not saved")).to_be_hidden()
    assert integrator.call("GET", f"/jobs/{job}/sender")["name"] == "Mine"


def test_leaving_with_unsaved_changes_asks_first(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.call("POST", "/jobs", {"title": "Unsaved"})["id"]
    page.goto(f"/jobs/{job}/sender")
    page.get_by_label("Sender name").fill("The shop")
    screens.step("Schedule").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    expect(dialog.get_by_role("button", name="Stay here")).to_be_focused()
    dialog.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Sender name")).to_have_value("The shop")

    screens.step("Schedule").click()
    dialog.get_by_role("button", name="Leave and lose the changes").click()
    expect(screens.heading("Schedule")).to_be_visible()


def test_a_job_is_deleted_only_after_a_question(signed_in: Screens, integrator: Integrator) -> None:
    screens, page = signed_in, signed_in.page
    job = integrator.call("POST", "/jobs", {"title": "To be deleted"})["id"]
    page.goto(f"/jobs/{job}/recipients")
    screens.button("More actions").click()
    page.get_by_role("menuitem", name="Delete job").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert integrator.call("GET", f"/jobs/{job}")["title"] == "To be deleted"

    screens.button("More actions").click()
    page.get_by_role("menuitem", name="Delete job").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete job").click()
    expect(screens.heading("Jobs")).to_be_visible()
    expect(page.get_by_role("link", name="To be deleted")).to_have_count(0)


def test_an_account_is_made_and_closed(signed_in: Screens) -> None:
    screens, page = signed_in, signed_in.page
    page.get_by_role("link", name="Accounts").click()
    screens.button("New account").click()
    dialog = page.get_by_role("dialog", name="New account")
    dialog.get_by_label("Name", exact=True).fill("Grace")
    dialog.get_by_label("Password", exact=True).fill("short")
    dialog.get_by_role("button", name="Create account").click()
    expect(dialog.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")

    dialog.get_by_label("Password", exact=True).fill("a password nobody guesses 7")
    dialog.get_by_role("button", name="Create account").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("row", name="Grace")
    expect(row).to_contain_text("Create jobs")

    screens.button("Actions for Grace").click()
    page.get_by_role("menuitem", name="Close account").click()
    page.get_by_role("dialog").get_by_role("button", name="Close account").click()
    expect(row).to_have_count(0)


def _colleague(stack: Stack, name: str, *rights: str) -> Integrator:
    """Somebody of the group Press with these rights, signed in as a browser is."""
    administrator = Integrator(stack)
    home = f"http://127.0.0.1:{stack.port_base}"
    account = {"name": name, "group": "Press", "password": _PASSWORD, "rights": rights}
    administrator.http.post(f"{home}/api/hub/v1/accounts", json=account).raise_for_status()
    administrator.close()
    colleague = Integrator(stack)
    colleague.close()
    colleague.http = httpx.Client(base_url=f"{home}/api/v1", headers={"Origin": home}, timeout=60, trust_env=False)
    colleague.call("POST", "/session", {"account": name, "group": "Press", "password": _PASSWORD})
    return colleague


def test_one_prepares_and_another_authorizes(screens: Screens, stack: Stack) -> None:
    ada = _colleague(stack, "Ada", "create_jobs")
    job = ada.prepare(
        b"ADDRESS,NAME\nbob@people.example,Bob\n", {"subject": "Hi {{ NAME }}", "text": "Hello"}, title="Of two"
    )
    ada.test(job)
    _colleague(stack, "Ben", "authorize_jobs").close()

    page = screens.page
    page.goto(f"/jobs/{job}/authorize")
    screens.button("My account belongs to a group").click()
    page.get_by_label("Group").fill("press")  # capital letters do not matter
    screens.fill_in_sign_in("ben", _PASSWORD)
    expect(page.get_by_text("Hi {{ NAME }}")).to_be_visible()
    expect(page.get_by_role("link", name="Edit content")).to_have_count(0)

    screens.step("Content").click()
    expect(page.get_by_text("your account may not change jobs")).to_be_visible()
    expect(screens.button("Save")).to_have_count(0)
    screens.step("Authorize").click()
    screens.authorize_and_send()
    screens.wait_until_finished()
    ada.close()
