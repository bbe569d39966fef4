"""One mailing from the file to the report, over the interfaces that are promised to the outside."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

from tests.support.mailing import Integrator
from tests.support.stack import Stack, wait_until

FILE = (
    "ADDRESS;NAME;CITY\r\n"
    "ada@people.example;Ada;Łódź\r\n"
    "bo@people.example;Bo;Århus\r\n"
    "ADA@people.example;Ada again;Łódź\r\n"
    "not an address;Nobody;Nowhere\r\n"
    "cy@people.example;Cy;Ciudad Juárez\r\n"
).encode()
CONTENT = {
    "subject": "Hello {{ NAME }}",
    "html": "<html><body><p>Dear {{ NAME }} of {{ CITY }}</p>"
    '<p><a href="https://shop.example/all">All</a> <a href="https://shop.example/for?who={{ NAME }}">Yours</a></p>'
    "</body></html>",
    "text": "Dear {{ NAME }} of {{ CITY }}\n\nAll: https://shop.example/all\n",
}
PEOPLE = {"ada@people.example": "Ada", "bo@people.example": "Bo", "cy@people.example": "Cy"}


class Caught:
    """What the catcher has caught since this was made."""

    def __init__(self, catcher: httpx.Client) -> None:
        self._http = catcher
        catcher.delete("/api/messages").raise_for_status()

    def mails(self) -> dict[str, EmailMessage]:
        """What was caught, by recipient."""
        found = {}
        for item in self._http.get("/api/messages", params={"limit": 1000}).json()["items"]:
            raw = self._http.get(f"/api/messages/{item['id']}/raw").content
            (recipient,) = item["rcpt_to"]
            found[recipient] = email.message_from_bytes(raw, policy=email.policy.default)
        return found


@pytest.fixture(name="catcher")
def _catcher(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.status()["urls"]["catcher"], trust_env=False) as client:
        yield client


@pytest.fixture(name="caught")
def _caught(catcher: httpx.Client) -> Caught:
    return Caught(catcher)


@pytest.fixture(name="reader")
def _reader() -> Iterator[httpx.Client]:
    """Somebody's mail program or browser: no token, no cookies."""
    with httpx.Client(trust_env=False, timeout=30) as client:
        yield client


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def _send(integrator: Integrator, level: str = "personal") -> tuple[str, str]:
    job = integrator.prepare(FILE, CONTENT, tracking=level)
    integrator.test(job)
    return job, integrator.authorize(job)


def _report(integrator: Integrator, job: str, *, clicks: int) -> dict[str, Any]:
    def complete() -> bool:
        return bool(integrator.call("GET", f"/jobs/{job}/report")["clicks"]["any"] == clicks)

    wait_until(complete, seconds=30)
    report: dict[str, Any] = integrator.call("GET", f"/jobs/{job}/report")
    return report


def test_every_accepted_recipient_gets_one_mail_of_their_own(integrator: Integrator, caught: Caught) -> None:
    job, delivery = _send(integrator)
    ended = integrator.ended(delivery)
    assert (ended["state"], ended["total"], ended["counts"]["sent"]) == ("finished", 3, 3)
    recipients = integrator.call("GET", f"/jobs/{job}/recipients")
    assert recipients["counts"] == {"accepted": 3, "duplicates": 1, "rejected": 1}
    mails = caught.mails()
    assert set(mails) == {*PEOPLE, "tester@tutti.test"}
    for address, name in PEOPLE.items():
        mail = mails[address]
        assert mail["subject"] == f"Hello {name}"
        assert f"Dear {name} of" in _part(mail, "html")
        assert f"Dear {name} of" in _part(mail, "plain")
        assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
        assert re.fullmatch(r"<https?://[^>]+>,\s*<mailto:[^>]+>", mail["list-unsubscribe"])
    assert mails["tester@tutti.test"]["subject"].startswith("[Test]")


def test_the_report_is_what_recipients_did(integrator: Integrator, caught: Caught, reader: httpx.Client) -> None:
    job, delivery = _send(integrator)
    integrator.ended(delivery)
    mails = caught.mails()
    html = {address: _part(mail, "html") for address, mail in mails.items()}
    links = {address: re.findall(r'href="([^"]*/c/[^"]*)"', text) for address, text in html.items()}
    pixels = {address: re.findall(r'src="([^"]*/o/[^"]*)"', text)[0] for address, text in html.items()}
    pixel = reader.get(pixels["ada@people.example"])
    assert (pixel.status_code, pixel.headers["content-type"]) == (200, "image/gif")
    assert "no-store" in pixel.headers["cache-control"]
    everybody, yours = links["ada@people.example"]
    assert reader.get(everybody).headers["location"] == "https://shop.example/all"
    assert reader.get(yours).headers["location"] == "https://shop.example/for?who=Ada"
    assert reader.get(links["bo@people.example"][0]).status_code == 302
    assert reader.get(links["tester@tutti.test"][0]).status_code == 302  # the test's own link works but never counts
    (in_text,) = re.findall(r"https?://\S+/c/\S+", _part(mails["cy@people.example"], "plain"))
    assert reader.get(in_text).status_code == 302
    report = _report(integrator, job, clicks=4)
    assert report["opens"] == {"total": 1, "unique": 1}
    assert report["clicks"] == {"any": 4, "html": 3, "text": 1, "unique": 3}
    rows = {(row["part"], row["url"]): (row["total"], row["unique"]) for row in report["by_link"]}
    assert rows == {
        ("html", "https://shop.example/all"): (2, 2),
        ("html", "https://shop.example/for?who={{ NAME }}"): (1, 1),
        ("text", "https://shop.example/all"): (1, 1),
    }
    series = integrator.call("GET", f"/jobs/{job}/report/over-time?interval=hour&time_zone=Europe/Warsaw")["series"]
    assert sum(count for each in series for _, count in each["points"]) >= 5


@pytest.mark.parametrize("level", ["blind", "unique", "anonymous"])
def test_a_level_never_tells_more_than_it_may(
    integrator: Integrator, caught: Caught, reader: httpx.Client, level: str
) -> None:
    job, delivery = _send(integrator, level)
    integrator.ended(delivery)
    for address in PEOPLE:
        link = re.findall(r'href="([^"]*/c/[^"]*)"', _part(caught.mails()[address], "html"))[0]
        assert reader.get(link).headers["location"] == "https://shop.example/all"
    report = _report(integrator, job, clicks=3)
    assert report["clicks"]["unique"] == (3 if level == "unique" else None)


def test_nothing_is_recorded_when_tracking_is_off(integrator: Integrator, caught: Caught, stack: Stack) -> None:
    _, delivery = _send(integrator, "off")
    integrator.ended(delivery)
    html = _part(caught.mails()["ada@people.example"], "html")
    assert 'href="https://shop.example/all"' in html
    assert f"127.0.0.1:{stack.port_base + 2}" not in html


def test_progress_is_told_until_the_end(integrator: Integrator) -> None:
    _, delivery = _send(integrator)
    events = integrator.progress(delivery)
    assert events[-1]["state"] == "finished"
    assert events[-1]["counts"]["sent"] == 3
    assert all(sum(event["counts"].values()) == event["total"] for event in events if event["state"] == "finished")


def test_who_unsubscribed_by_one_click_gets_nothing_more(
    integrator: Integrator, catcher: httpx.Client, reader: httpx.Client
) -> None:
    caught = Caught(catcher)
    _, delivery = _send(integrator)
    integrator.ended(delivery)
    header = caught.mails()["bo@people.example"]["list-unsubscribe"]
    url = re.findall(r"<(https?://[^>]+)>", header)[0]
    assert reader.get(url).status_code == 200
    before = Caught(catcher)
    _, again = _send(integrator)
    assert integrator.ended(again)["counts"]["sent"] == 3  # looking at the page changed nothing
    assert "bo@people.example" in before.mails()
    done = reader.post(
        url, content="List-Unsubscribe=One-Click", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert done.status_code == 200
    assert "set-cookie" not in done.headers
    after = Caught(catcher)
    _, last = _send(integrator)
    counts = integrator.ended(last)["counts"]
    assert (counts["sent"], counts["suppressed"]) == (2, 1)
    assert "bo@people.example" not in after.mails()


def test_links_that_do_not_verify_lead_nowhere(stack: Stack, reader: httpx.Client) -> None:
    tracker = stack.status()["urls"]["tracker"]
    for path in ("/c/AAAAAAAAAAAAAAAAAAAAAA/1", "/c/https://evil.example/", "/c/x/1?url=https://evil.example"):
        reply = reader.get(f"{tracker}{path}")
        assert (reply.status_code, "location" in reply.headers) == (404, False)
