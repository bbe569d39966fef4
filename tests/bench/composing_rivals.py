"""What composing is compared with: the way it is usually done, and the least that any way must do."""

import html
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from jinja2 import Environment

from mailer.composing.service import Composed, Recipient
from tests.bench import composing_letter as letter

PIECES = 60
_HREF = re.compile(r'href="([^"]+)"')
_URL = re.compile(r"https://shop\.sender\.example/[^\s<>\"]+")
_PIXEL = (
    f'<img src="{letter.TRACKER}/o/%s.gif" width="1" height="1" alt=""'
    ' style="display:block;width:1px;height:1px;border:0"></body>'
)


class Naive:
    """Jinja2 templates, links rewritten by a regular expression, and the library's `EmailMessage`."""

    def __init__(self) -> None:
        plain = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 - for the text part
        escaping = Environment(keep_trailing_newline=True, autoescape=True)
        self._subject = plain.from_string(letter.SUBJECT)
        self._text = plain.from_string(letter.text())
        self._html = escaping.from_string(letter.html())
        self._numbers = {url: number for number, url in enumerate(letter.LINKS, start=1)}

    def parts(self, recipient: Recipient, token: str) -> tuple[str, str, str]:
        """Subject, text and HTML as a program should show them."""
        values = dict(zip(letter.COLUMNS, recipient.values, strict=True))
        text = _URL.sub(lambda match: self._tracked(match.group(), token, len(letter.LINKS)), self._text.render(values))
        page = _HREF.sub(
            lambda match: f'href="{self._tracked(html.unescape(match.group(1)), token, 0)}"', self._html.render(values)
        )
        return self._subject.render(values), text, page.replace("</body>", _PIXEL % token)

    def message(self, recipient: Recipient, token: str, like: Composed) -> bytes:
        """The message with the same identifiers as ours, so that only the way of making it differs."""
        subject, text, page = self.parts(recipient, token)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address("The Sender", addr_spec="news@sender.example")
        message["To"] = Address(recipient.values[3], addr_spec=recipient.address)
        message["Subject"] = subject
        message["Message-ID"] = like.message_id
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(page, subtype="html", cte="quoted-printable")
        return message.as_bytes()

    def _tracked(self, url: str, token: str, offset: int) -> str:
        number = self._numbers.get(url)
        return url if number is None else f"{letter.TRACKER}/c/{token}/{number + offset}"


def ready_pieces(composed: Composed, people: int) -> list[list[bytes]]:
    """One message cut into pieces for each of many people, everybody's their own: more than a processor's cache holds,
    as the pieces of a job are."""
    step = -(-len(composed.data) // PIECES)
    cut = [composed.data[at : at + step] for at in range(0, len(composed.data), step)]
    return [[bytes(bytearray(piece)) for piece in cut] for _ in range(people)]
