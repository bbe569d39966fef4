"""The mail catcher: keeps every message exactly as received and shows it without doing what it asks."""

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from local_stack.catcher.app import create_app
from local_stack.catcher.reading import read
from local_stack.catcher.smtp import LARGEST_MESSAGE, subject_of
from local_stack.catcher.store import MessageStore
from tests.support.ports import free_port_base
from tests.support.stack import wait_until


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[MessageStore]:
    store = MessageStore(tmp_path)
    yield store
    store.close()


@pytest.fixture(name="web")
def _web(store: MessageStore) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(store)), base_url="http://catcher")


def _letter(html: str = "<p>Hello <b>Ada</b></p>") -> bytes:
    letter = EmailMessage()
    letter["From"] = "Safety <safety@machine.example>"
    letter["To"] = "Ada <ada@people.example>"
    letter["Subject"] = "Grüße aus Łódź"
    letter.set_content("Hello Ada\n")
    letter.add_alternative(html, subtype="html")
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="terms.pdf")
    return letter.as_bytes(policy=letter.policy.clone(linesep="\r\n"))


async def test_messages_are_listed_oldest_first_in_pages(store: MessageStore, web: httpx.AsyncClient) -> None:
    for number in range(5):
        store.add("a@a.example", [f"{number}@b.example"], f"number {number}", b"x\r\n")
    first = (await web.get("/api/messages", params={"limit": 3})).json()
    assert [item["subject"] for item in first["items"]] == ["number 0", "number 1", "number 2"]
    assert set(first["items"][0]) == {"id", "received_at", "mail_from", "rcpt_to", "subject"}
    assert first["items"][0]["received_at"].endswith("Z")
    rest = (await web.get("/api/messages", params={"after": first["next"]})).json()
    assert [item["rcpt_to"] for item in rest["items"]] == [["3@b.example"], ["4@b.example"]]
    assert rest["next"] is None


async def test_a_message_is_given_back_byte_for_byte(store: MessageStore, web: httpx.AsyncClient) -> None:
    strange = bytes(range(256)) + b"\r\n.\r\n..\n\r"
    store.add("", ["b@b.example"], "", b"before")
    number = store.add("a@a.example", ["b@b.example"], "", strange)
    reply = await web.get(f"/api/messages/{number}/raw")
    assert (reply.content, reply.headers["content-type"]) == (strange, "message/rfc822")


async def test_forgetting_leaves_no_message_and_uses_no_number_again(
    store: MessageStore, web: httpx.AsyncClient
) -> None:
    last = store.add("a@a.example", ["b@b.example"], "", b"first")
    assert (await web.delete("/api/messages")).status_code == 204
    assert (await web.get("/api/messages")).json() == {"items": [], "next": None}
    assert (await web.get(f"/api/messages/{last}/raw")).status_code == 404
    again = store.add("a@a.example", ["b@b.example"], "", b"second")
    assert again > last
    assert (await web.get(f"/api/messages/{again}/raw")).content == b"second"


async def test_messages_survive_the_process(tmp_path: Path) -> None:
    store = MessageStore(tmp_path)
    number = store.add("a@a.example", ["b@b.example"], "kept", b"raw")
    store.close()
    again = MessageStore(tmp_path)
    assert again.raw(number) == b"raw"
    again.close()


async def test_what_is_missing_is_a_problem(web: httpx.AsyncClient) -> None:
    for path in ("/api/messages/7/raw", "/messages/7", "/messages/7/html"):
        reply = await web.get(path)
        assert reply.status_code == 404
        assert reply.headers["content-type"] == "application/problem+json"


async def test_a_page_shows_a_message_without_obeying_it(store: MessageStore, web: httpx.AsyncClient) -> None:
    evil = '<script>alert(1)</script><img src="https://spy.example/p.gif"><a href="https://shop.example/">Shop</a>'
    number = store.add("a@a.example", ["<b@b.example>"], "</title><script>alert(2)</script>", _letter(evil))
    page = await web.get(f"/messages/{number}")
    assert "<script>alert" not in page.text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    frame = await web.get(f"/messages/{number}/html")
    policy = frame.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "img-src data:;" in policy
    assert evil in frame.text


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("text", "Hello Ada"),
        ("headers", "Grüße aus Łódź"),
        ("source", "Content-Type: multipart/mixed"),
        ("html", "<iframe"),
    ],
)
async def test_every_view_shows_its_side_of_a_message(
    store: MessageStore, web: httpx.AsyncClient, view: str, shown: str
) -> None:
    number = store.add("a@a.example", ["b@b.example"], "Grüße", _letter())
    page = await web.get(f"/messages/{number}", params={"view": view})
    assert shown in page.text
    assert "terms.pdf" in page.text


async def test_the_list_tells_a_newcomer_what_will_be_here(web: httpx.AsyncClient) -> None:
    assert "No mail yet" in (await web.get("/")).text


async def test_the_list_has_pages(store: MessageStore, web: httpx.AsyncClient) -> None:
    for number in range(150):
        store.add("a@a.example", ["b@b.example"], f"number {number}.", b"")
    page = (await web.get("/")).text
    assert "150 messages" in page
    assert "number 149." in page
    assert "number 49." not in page
    assert "number 49." in (await web.get("/", params={"before": 51})).text


async def test_no_page_loads_anything_from_elsewhere(store: MessageStore, web: httpx.AsyncClient) -> None:
    number = store.add("a@a.example", ["b@b.example"], "x", _letter())
    for path in ("/", f"/messages/{number}", "/static/catcher.css", "/static/catcher.js"):
        text = (await web.get(path)).text
        assert "http://" not in text
        assert "https://" not in text


@contextmanager
def _process(folder: Path) -> Iterator[tuple[int, httpx.Client]]:
    """The catcher as it runs: a process with both servers."""
    base = free_port_base(2)
    command = [sys.executable, "-m", "local_stack.catcher", str(folder)]
    command += ["--http-port", str(base), "--smtp-port", str(base + 1)]
    with subprocess.Popen(command) as process, httpx.Client(base_url=f"http://127.0.0.1:{base}") as web:  # noqa: S603
        try:
            wait_until(lambda: _answers(web), seconds=30)
            yield base + 1, web
        finally:
            process.terminate()


def _answers(web: httpx.Client) -> bool:
    try:
        return web.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def test_smtp_takes_what_it_is_given_as_it_is(tmp_path: Path) -> None:
    raw = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n.a dot\r\n..two\r\n\xff\xfe eight bits\r\n"
    with _process(tmp_path) as (smtp_port, web):
        with smtplib.SMTP("127.0.0.1", smtp_port) as client:
            client.ehlo()
            assert {"8bitmime", "smtputf8", "pipelining", "size"} <= set(client.esmtp_features)
            assert client.esmtp_features["size"] == str(LARGEST_MESSAGE)
            client.sendmail("a@a.example", ["b@b.example", "c@c.example"], raw)
            client.sendmail("grüße@a.example", ["ö@b.example"], raw, mail_options=["SMTPUTF8"])
        items = web.get("/api/messages").json()["items"]
        assert [item["mail_from"] for item in items] == ["a@a.example", "grüße@a.example"]
        assert [item["rcpt_to"] for item in items] == [["b@b.example", "c@c.example"], ["ö@b.example"]]
        assert {item["subject"] for item in items} == {"Grüße"}
        assert web.get(f"/api/messages/{items[0]['id']}/raw").content == raw


def test_smtp_answers_commands_that_come_all_at_once(tmp_path: Path) -> None:
    with _process(tmp_path) as (smtp_port, web), socket.create_connection(("127.0.0.1", smtp_port), timeout=10) as wire:
        lines = wire.makefile("rb")
        envelope = b"MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n"
        wire.sendall(b"EHLO x\r\n" + envelope)
        while not lines.readline().startswith(b"354"):
            pass
        wire.sendall(b"one\r\n.\r\n" + envelope)
        while not lines.readline().startswith(b"354"):
            pass
        wire.sendall(b"two\r\n.\r\nQUIT\r\n")
        assert lines.read().count(b"caught as") == 1
        lines.close()
        assert [web.get(f"/api/messages/{n}/raw").content for n in (1, 2)] == [b"one\r\n", b"two\r\n"]


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"", ""),
        (b"no header at all", ""),
        (b"Subject: plain\r\n\r\n", "plain"),
        (b"Subject: folded\r\n over lines\r\n\r\n", "folded over lines"),
        (b"Subject: =?unknown-charset?b?/w==?=\r\n\r\n", "\ufffd"),
    ],
)
def test_a_subject_is_one_line_whatever_was_sent(raw: bytes, subject: str) -> None:
    assert subject_of(raw) == subject


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff" * 50, b"Content-Type: multipart/mixed\r\n\r\n--x", b"From: <<<>>>\r\n\r\n"]
)
def test_reading_never_fails_for_what_is_in_a_message(raw: bytes) -> None:
    assert read(raw).html is None
