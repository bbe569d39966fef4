"""What somebody has to decide: messages in doubt, a signature nobody can check, unusual reports, a restored copy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.dropping import DroppingServer, dropping
from tests.e2e.screens import Screens
from tests.support.mailing import Integrator, people
from tests.support.stack import Stack, wait_until

_LETTER = {"subject": "Hello {{ FIELD1 }}", "text": "Hello"}
_DOUBTED = b"ADDRESS\nsure@people.example\ndoubt1@people.example\ndoubt2@people.example\n"
_PASSWORD = "a long and quiet word 7"


def _mailer(stack: Stack) -> str:
    return f"http://127.0.0.1:{stack.port_base + 3}/api/v1"


def _in_database(stack: Stack, statement: str, *values: object) -> None:
    """What no test can bring about in an honest way: that the database was restored, that thousands reported."""
    with psycopg.connect(stack.status()["postgres"]) as connection:
        connection.execute(statement, values)


@contextmanager
def _doubtful_gateway(stack: Stack, integrator: Integrator) -> Iterator[DroppingServer]:
    with dropping() as server:
        gateway = {
            "name": "Doubtful", "host": "127.0.0.1", "port": server.port, "tls": "none",
            "sender_domains": ["doubtful.example"],
        }  # fmt: skip
        made = integrator.http.post(f"{_mailer(stack)}/gateways", json=gateway)
        assert made.is_success, made.text
        try:
            yield server
        finally:
            address = f"{_mailer(stack)}/gateways/{made.json()['id']}"
            seen = {"If-Match": integrator.http.get(address).headers["ETag"]}
            assert integrator.http.delete(address, headers=seen).is_success


@pytest.mark.parametrize(("choice", "copies"), [("Send once more", 3), ("Leave them", 1)], ids=["resend", "skip"])
def test_messages_in_doubt_wait_until_somebody_decides(
    signed_in: Screens, stack: Stack, integrator: Integrator, choice: str, copies: int
) -> None:
    screens, page = signed_in, signed_in.page
    with _doubtful_gateway(stack, integrator) as server:
        job = integrator.prepare(_DOUBTED, {"subject": "Hello", "text": "Hello"}, title="In doubt", tracking="off")
        sender = {"address": "news@doubtful.example", "bounces": {"mode": "automatic"}}
        integrator.call("PUT", f"/jobs/{job}/sender", sender)
        page.goto(f"/jobs/{job}/schedule")
        page.get_by_role("radio", name=re.compile("^Ask me")).check()
        screens.button("Save").click()
        expect(page.get_by_text("Changes not saved")).to_have_count(0)
        page.reload()
        expect(page.get_by_role("radio", name=re.compile("^Ask me"))).to_be_checked()

        integrator.test(job)
        server.taken.clear()
        delivery = integrator.authorize(job)
        page.goto(f"/jobs/{job}/delivery")
        section = page.get_by_role("region", name="In doubt: 2 recipients")
        expect(section.get_by_text("What should become of them?")).to_be_visible(timeout=60_000)
        section.get_by_role("button", name=choice).click()
        question = page.get_by_role("dialog", name=re.compile("2 recipients"))
        expect(question.get_by_role("button", name="Cancel")).to_be_focused()
        question.get_by_role("button", name=choice).click()
        screens.wait_until_finished()
        assert integrator.ended(delivery)["counts"]["in_doubt"] == 0
        assert len(server.taken) == copies


def test_a_signature_nobody_can_check_is_passed_over_only_on_purpose(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    screens, page = signed_in, signed_in.page
    body = {"domain": "unsigned.example", "selector": "first", "algorithm": "ed25519"}
    key = integrator.call("POST", f"{_mailer(stack)}/dkim-keys", body)
    checked = integrator.http.post(f"{_mailer(stack)}/dkim-keys/{key['id']}/activate").json()
    even_though = {"even_though": checked["record"]}
    integrator.call("POST", f"{_mailer(stack)}/dkim-keys/{key['id']}/activate", even_though)
    job = integrator.prepare(b"".join(people(2)), _LETTER, title="Unsigned")
    integrator.call(
        "PUT", f"/jobs/{job}/sender", {"address": "news@unsigned.example", "bounces": {"mode": "automatic"}}
    )
    integrator.test(job)

    page.goto(f"/jobs/{job}/authorize")
    problems = page.get_by_role("alert").filter(has_text="This stands in the way")
    expect(problems).to_contain_text("unsigned.example")
    send = page.get_by_role("button", name="Authorize and send")
    expect(send).to_be_disabled()
    problems.get_by_role("checkbox", name=re.compile("^Send it all the same")).check()
    expect(send).to_be_enabled()
    screens.authorize_and_send()
    screens.wait_until_finished()
    page.goto(f"/jobs/{job}/authorize")
    expect(page.get_by_text("Sent all the same")).to_be_visible()
    integrator.call("POST", f"{_mailer(stack)}/dkim-keys/{key['id']}/retire")


def test_unusual_reports_suppress_nobody_until_an_administrator_lets_them(
    signed_in: Screens, stack: Stack, integrator: Integrator
) -> None:
    page = signed_in.page
    job = integrator.prepare(b"".join(people(2)), _LETTER, title="Flooded")
    integrator.test(job)
    delivery = integrator.authorize(job)
    integrator.ended(delivery)
    _in_database(
        stack,
        "INSERT INTO mailer.bounce_watches (delivery_id, window_from, permanent_count, stopped_at, stopped_reason)"
        " VALUES (%s, now(), 400, now(), '400 of 500 messages were reported as failed within 15 minutes')",
        delivery,
    )
    page.goto(f"/jobs/{job}/bounces")
    notice = page.get_by_role("status").filter(has_text="Unusually many reports")
    expect(notice).to_contain_text("400 of 500 messages")
    notice.get_by_role("button", name="Suppress what they say").click()
    question = page.get_by_role("dialog", name="Are these reports right?")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    question.get_by_role("button", name="Yes, suppress them").click()
    expect(notice).to_have_count(0)
    page.reload()
    expect(signed_in.heading("Nothing came back")).to_be_visible()
    expect(notice).to_have_count(0)


def test_a_restored_copy_says_on_every_page_that_it_waits_and_is_armed_there(
    signed_in: Screens, stack: Stack, integrator: Integrator, browser: Browser
) -> None:
    page = signed_in.page
    home = f"http://127.0.0.1:{stack.port_base}"
    account = {"name": "Reader", "password": _PASSWORD, "rights": ["create_jobs"]}
    integrator.http.post(f"{home}/api/hub/v1/accounts", json=account).raise_for_status()
    _in_database(stack, "UPDATE mailer.installation SET system_identifier = '1'")
    wait_until(lambda: _is_held(integrator, stack), seconds=20)

    context = browser.new_context(base_url=home)
    reader = Screens(context.new_page(), {"account": "Reader", "password": _PASSWORD})
    reader.sign_in()
    told = reader.page.get_by_role("status").filter(has_text="Sending is held")
    expect(told).to_contain_text("Whoever administers this installation decides")
    expect(told.get_by_role("button")).to_have_count(0)
    context.close()

    for path in ("/jobs", "/gateways", "/suppressions"):
        page.goto(path)
        expect(page.get_by_role("status").filter(has_text="Sending is held")).to_be_visible()
    page.get_by_role("button", name="Let this installation send…").click()
    question = page.get_by_role("dialog", name="Let this installation send?")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    expect(question).to_contain_text("stop the former one for good")
    question.get_by_role("button", name="Let it send").click()
    expect(page.get_by_text("This installation sends from now on.")).to_be_visible()
    expect(page.get_by_text("Sending is held")).to_have_count(0)
    assert not _is_held(integrator, stack)


def _is_held(integrator: Integrator, stack: Stack) -> bool:
    shown = httpx.get(f"{_mailer(stack)}/arming", headers=integrator.http.headers, timeout=20, trust_env=False)
    return bool(shown.json()["state"] == "held")
