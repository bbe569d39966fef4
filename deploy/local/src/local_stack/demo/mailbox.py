"""The recipients' side: reading mail from the catcher, loading images, following links."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser

import httpx

from local_stack.demo.api import until
from local_stack.demo.cast import Part
from local_stack.layout import StackError

_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_URL = re.compile(r"https?://[^\s<>\"]+")


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img" and (source := values.get("src")):
            self.images.append(source)
        if tag == "a" and (target := values.get("href")):
            self.links.append(target)


@dataclass(frozen=True)
class Mail:
    """What one person received."""

    address: str
    mail_from: str
    """Where it goes back to when it cannot be delivered."""
    subject: str
    message_id: str
    images: list[str]
    links: dict[Part, list[str]]


def _parse(address: str, mail_from: str, raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    html, text = _part(message, "html"), _part(message, "plain")
    references = _References()
    references.feed(html)
    return Mail(
        address=address,
        mail_from=mail_from,
        subject=str(message["subject"]),
        message_id=str(message["message-id"]),
        images=references.images,
        links={"html": references.links, "text": _URL.findall(text)},
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if isinstance(body, EmailMessage) else ""


class Mailbox:
    """All mailboxes at once: whatever the catcher caught after this was made."""

    def __init__(self, catcher_url: str) -> None:
        self._http = httpx.Client(base_url=catcher_url, timeout=30, trust_env=False)
        self._seen = 0
        self._found: dict[str, Mail] = {}
        self._skip()

    def _skip(self) -> None:
        while items := self._http.get("/api/messages", params={"after": self._seen, "limit": 1000}).json()["items"]:
            self._seen = int(items[-1]["id"])

    def wait_for(self, addresses: set[str]) -> dict[str, Mail]:
        """The mails of all these people, one each. Raises `StackError` when one is missing or came twice."""

        def arrived() -> dict[str, Mail] | None:
            self._fetch(addresses)
            return self._found if len(self._found) == len(addresses) else None

        return until(arrived, seconds=60, what="the mails to arrive")

    def _fetch(self, addresses: set[str]) -> None:
        for item in self._http.get("/api/messages", params={"after": self._seen, "limit": 1000}).json()["items"]:
            self._seen = int(item["id"])
            for address in addresses.intersection(item["rcpt_to"]):
                if address in self._found:
                    raise StackError(f"{address} received the letter twice")
                raw = self._http.get(f"/api/messages/{item['id']}/raw").content
                self._found[address] = _parse(address, item["mail_from"], raw)


class Reader:
    """A mail program: loads images, follows links up to the redirect, and keeps no cookies."""

    def __init__(self) -> None:
        self._http = httpx.Client(timeout=30, trust_env=False, headers={"User-Agent": _BROWSER})

    def load(self, image: str) -> None:
        """Show an image. Raises `StackError` when the server does not give one."""
        reply = self._http.get(image)
        if reply.status_code != 200 or not reply.headers.get("content-type", "").startswith("image/"):
            raise StackError(f"GET {image} gave {reply.status_code}, not an image")

    def follow(self, link: str) -> str:
        """Click a link; the address the browser is sent to, which is not visited."""
        reply = self._http.get(link)
        target: str | None = reply.headers.get("location")
        if reply.status_code != 302 or target is None:
            raise StackError(f"GET {link} gave {reply.status_code}, not a redirect")
        return target
