"""The frame of a message: its headers and the boundaries between its parts, the same octets every time."""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from mailer.composing import headers
from mailer.composing.addresses import normalized
from mailer.composing.merge import Scope, run
from mailer.composing.parts import Part
from mailer.composing.schemas import Sender

_TYPES = {"html": "text/html", "text": "text/plain"}


def message_id(k_msgid: bytes, delivery_id: str, ordinal: int, domain: str) -> str:
    """The same identifier for an envelope on every attempt, in every process; nothing can be read from it."""
    digest = hmac.digest(k_msgid, f"message|{delivery_id}|{ordinal}".encode(), "sha256")
    return f"<{base64.b32encode(digest).decode()[:26].lower()}@{domain}>"


def boundary(k_msgid: bytes, delivery_id: str) -> str:
    """A boundary that quoted-printable cannot produce: it never writes `=_`."""
    digest = hmac.digest(k_msgid, f"boundary|{delivery_id}".encode(), "sha256")
    return f"=_{base64.b32encode(digest).decode()[:24]}"


def common_headers(sender: Sender, reference_time: datetime, list_id: str | None) -> str:
    """The headers that all messages of a delivery share. Raises MergeFailed when the sender cannot stand in one."""
    lines = [headers.line("From", headers.mailbox(sender.name, normalized(sender.address)))]
    if sender.reply_to:
        lines.append(headers.line("Reply-To", normalized(sender.reply_to)))
    lines.append(headers.line("Date", format_datetime(reference_time.replace(microsecond=0))))
    if list_id:
        lines.append(headers.line("List-Id", _list_id(list_id)))
    return "".join(lines)


def _list_id(text: str) -> str:
    value = headers.clean(text, "the list's name")
    return value if value.endswith(">") else f"<{value}>"


def unsubscribe_headers(url: str, mailbox: str) -> str:
    """One-click unsubscribing (RFC 8058, 3.1), by mail too (RFC 2369, 3.2)."""
    return (
        headers.line("List-Unsubscribe", f"<{url}>, <mailto:{mailbox}?subject=unsubscribe>")
        + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )


class Body:
    """The parts of a message in their frame; the plainest first, as RFC 2046, 5.1.4 wants alternatives."""

    def __init__(self, parts: Sequence[Part], limit: str) -> None:
        self._parts = parts
        self._limit = limit
        if len(parts) == 1:
            self.headers = "MIME-Version: 1.0\r\n" + _part_headers(parts[0])
        else:
            kind = f'Content-Type: multipart/alternative;\r\n boundary="{limit}"\r\n'
            self.headers = "MIME-Version: 1.0\r\n" + kind

    def write(self, scope: Scope, out: list[str]) -> None:
        """Append the body for one recipient. Raises MergeFailed."""
        if len(self._parts) == 1:
            run(self._parts[0].wire, scope, out)
            return
        for part in self._parts:
            out.append(f"--{self._limit}\r\n{_part_headers(part)}\r\n")
            run(part.wire, scope, out)
            # The line break before a delimiter belongs to it, not to the part (RFC 2046, 5.1.1).
            out.append("\r\n")
        out.append(f"--{self._limit}--\r\n")


def _part_headers(part: Part) -> str:
    return f"Content-Type: {_TYPES[part.kind]}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
