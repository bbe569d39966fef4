"""The recipients: they find mails in the catcher, look at them and follow links."""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

import httpx

from tests.support.stack import Stack

_PIXEL = re.compile(r'<img[^>]+src="([^"]+/o/[^"]+)"')
_LINK = re.compile(r'<a[^>]+href="([^"]+/c/[^"]+)"')


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived."""

    to: str
    message: EmailMessage
    return_path: str = ""

    @property
    def html(self) -> str:
        """The HTML part."""
        part = self.message.get_body(("html",))
        assert part is not None
        return str(part.get_content())


class Mailbox:
    """Everybody's mailboxes."""

    def __init__(self, http: httpx.Client, catcher: str) -> None:
        self._http = http
        self._catcher = catcher

    def mails(self) -> list[Mail]:
        """Everything that has arrived, oldest first."""
        listed = self._http.get(f"{self._catcher}/api/messages", params={"limit": 200}).raise_for_status().json()
        found = []
        for item in listed["items"]:
            raw = self._http.get(f"{self._catcher}/api/messages/{item['id']}/raw").raise_for_status().content
            parsed = email.message_from_bytes(raw, policy=email.policy.default)
            found.append(Mail(item["rcpt_to"][0], parsed, item["mail_from"]))
        return found

    def empty(self) -> None:
        """Throw everything away."""
        self._http.delete(f"{self._catcher}/api/messages").raise_for_status()

    def look_at(self, mail: Mail) -> None:
        """Open it where pictures are shown."""
        (pixel,) = _PIXEL.findall(mail.html)
        answer = self._http.get(pixel).raise_for_status()
        assert answer.headers["content-type"] == "image/gif"

    def load(self, picture: str) -> str:
        """Visit a page that shows a picture, with the cookies of before; of which kind the answer is."""
        return self._http.get(picture).raise_for_status().headers["content-type"]

    def follow(self, mail: Mail, number: int) -> str:
        """Follow a link; where it leads."""
        answer = self._http.get(_LINK.findall(mail.html)[number], follow_redirects=False)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def mailboxes(stack: Stack) -> Iterator[Mailbox]:
    """The mailboxes of a stack."""
    with httpx.Client(trust_env=False, timeout=20, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}) as http:
        yield Mailbox(http, stack.status()["urls"]["catcher"])
