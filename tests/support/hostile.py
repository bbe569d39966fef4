"""Hostile values, names, letters and files, drawn by chance from a seed."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from common.contracts.charset import Charset
from common.contracts.signed_token import TokenKeys
from mailer.composing.errors import ContentFaulty
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import CompileWith, Message, Origins, Recipient, Secrets, compile_message

COLUMNS = ("EMAIL", "NAME", "TOWN", "NOTE")
_ENDS = tuple(f"{a}.{b}" for a in ("\n", "\r", "\r\n") for b in ("\n", "\r", "\r\n"))
_NASTY = (
    "\r\nBcc: victim@example.org", "\n", "\r", "\r\n", "\0", "\x1b[2J", "\x85", "\u2028", "\u2029", "\x0b", "\x0c",
    "=?utf-8?q?Bcc=3A?=", "=", "=\r\n", "=0D=0A", ".", "..", "\n..\n", "From ", "\nFrom me", ">", "<", '"', "'", "\\",
    "&#13;&#10;", "{{ NAME }}", "{% if %}", "{{ '' }}", "--=_", "\ufeff", "\ud800", "\u202e", "\U0001f600",
    "\u00e9" * 40, "x" * 998, "x" * 5_000, " " * 90, "\t", "a@b.test>\r\nRCPT TO:<c@d.test", "MAIL FROM:<x@y.test>",
    "QUIT\r\n", *_ENDS,
)  # fmt: skip
_PLAIN = ("Ann", "J\u00fcrgen", "\u6771\u4eac", "\u041c\u043e\u0441\u043a\u0432\u0430", "O'Neil & Sons", "x", "")
_ADDRESSES = (
    "ann@example.org", "a.b+c@example.org", '"quo\\"ted"@example.org', "j\u00fcrgen@m\u00fcnchen.example",
    "a@b.test>\r\nRCPT TO:<c@d.test", "a b@c.test", "a@b.test\n", "@", "", "a@\u2028.test", "x" * 65 + "@b.test",
    ".a@b.test",
)  # fmt: skip


_REFUSED_AT_MOST = 0.1
_REFUSED_WITHOUT_DOUBT = 10


class Hostile:
    """Draws; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - for test data

    def text(self, longest: int = 6) -> str:
        """A text of nasty and of plain pieces."""
        pieces = self._chance.choices((*_NASTY, *_PLAIN * 4), k=self._chance.randrange(1, longest + 1))
        return "".join(pieces)

    def recipient(self, ordinal: int) -> Recipient:
        """Somebody, in two of three cases with an address mail can be sent to."""
        address = self._chance.choice(_ADDRESSES) if not ordinal % 3 else f"person{ordinal}@example.org"
        values = [self.text(2), self._line(), self.text(), self.text()]
        return Recipient(ordinal, address, values)

    def _line(self) -> str:
        """A name: in two of three cases one that can stand in a header."""
        return self.text(2) if not self._chance.randrange(3) else self._chance.choice(_PLAIN) + "=?utf-8?q?x?="

    def _safe(self, text: str) -> str:
        """Without what the merge language or a subject refuses for everybody."""
        return text.replace("{{", "{ {").replace("{%", "{ %").replace("\0", "").replace("\ud800", "")

    def document(self) -> tuple[ContentDocument, dict[str, bytes]]:
        """A letter full of traps, with or without files, in any charset."""
        files = [self._chance.randbytes(self._chance.randrange(1, 3_000)) for _ in range(self._chance.randrange(3))]
        octets = {hashlib.sha256(file).hexdigest(): file for file in files}
        subject = " ".join(self._safe(self.text(3)).split()) or "s"
        said: dict[str, Any] = {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "delivery_number": 9,
            "subject": f"{''.join(each for each in subject if each.isprintable())} {{{{ NAME }}}}",
            "html": self._html() if self._chance.random() < 0.7 else None,
            "text": f"{self._safe(self.text(9))}{{{{ TOWN }}}}.{{{{ NOTE }}}}\n{{% if NAME == 'x' %}}.{{% endif %}}\n",
            "columns": COLUMNS,
            "address_column": "EMAIL",
            "name_column": "NAME",
            "charset": self._chance.choice(get_args(Charset)),
            "sender": {
                "address": "news@sender.example",
                "name": self._chance.choice(("News", "{{ NAME }} of News", 'Q"u\\ote')),
                "reply_to": self._chance.choice((None, "answers@sender.example", "{{ EMAIL }}")),
            },
            "tracking": {"level": "personal", "opens": True, "links": []},
            "reference_time": "2026-11-22T09:00:00Z",
            "list_id": "news.sender.example",
            "attachments": [self._attachment(sha256, len(file)) for sha256, file in octets.items()],
        }
        return ContentDocument.model_validate(said), octets

    def _html(self) -> str:
        # One in thirty is refused for everybody: merge fields without quotes around them.
        title = "{{ NAME }}" if self._chance.random() < 1 / 30 else "'{{ NAME }}'"
        link = "<a href='https://a.test/{{ NOTE }}'>x</a>"
        return f"<p title={title}>{self._safe(self.text(9))} {{{{ TOWN }}}} {link}</p>"

    def _attachment(self, sha256: str, size: int) -> dict[str, Any]:
        return {
            "file_name": self._safe(self.text(4))[:1_000],
            "content_type": self._chance.choice(("image/png", "text/html\r\nX-Evil: 1", "message/rfc822", "a/b")),
            "size": size,
            "sha256": sha256,
            "content_id": self._chance.choice((None, f"{sha256[:24]}@files.tutti")),
        }


@dataclass(frozen=True)
class Letter:
    """A letter that can be sent, and the chance its recipients are drawn by."""

    seed: int
    hostile: Hostile
    document: ContentDocument
    message: Message


@dataclass
class Letters:
    """One letter after the other; those that composing refuses for everybody are counted and passed over."""

    seed: int
    accepted: int = 0
    refused: int = 0

    def draw(self) -> Letter:
        """The next one. Fails when so many were refused that what is left tests little."""
        while self.refused <= _REFUSED_WITHOUT_DOUBT + _REFUSED_AT_MOST * self.accepted:
            seed = self.seed + self.accepted + self.refused
            hostile = Hostile(seed)
            document, files = hostile.document()
            try:
                message = compiled(document, files)
            except ContentFaulty:
                self.refused += 1
                continue
            self.accepted += 1
            return Letter(seed, hostile, document, message)
        raise AssertionError(f"{self.refused} letters were refused as a whole, and only {self.accepted} were not")


def compiled(document: ContentDocument, files: dict[str, bytes]) -> Message:
    """The letter, compiled."""
    origins = Origins("https://track.test", "https://pages.test", "bounces.test")
    using = CompileWith(files=files)
    return compile_message(document, Secrets(b"m" * 32, b"p" * 32), origins, TokenKeys([b"k" * 32]), using)


def header_names(document: ContentDocument) -> Sequence[bytes]:
    """The headers that every message of the letter has; `Reply-To` only where it is asked for."""
    reply_to = [b"Reply-To"] if document.sender.reply_to else []
    is_multipart = document.html is not None or bool(document.attachments)
    transfer = [] if is_multipart else [b"Content-Transfer-Encoding"]
    return [
        b"From", *reply_to, b"Date", b"List-Id", b"Feedback-ID", b"To", b"Subject", b"Message-ID", b"List-Unsubscribe",
        b"List-Unsubscribe-Post", b"MIME-Version", b"Content-Type", *transfer,
    ]  # fmt: skip
