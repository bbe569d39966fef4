"""The frame of a message: its headers and the boundaries between its parts, the same octets every time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mailer.composing import headers
from mailer.composing.files import File
from mailer.composing.identity import Identity
from mailer.composing.merge import Kind, Op
from mailer.composing.wire import Encoded, shifted

_TYPES = {"html": "text/html", "text": "text/plain"}


def list_id(text: str) -> str:
    """The `List-Id` line. Raises MergeFailed when the text cannot stand in one."""
    value = headers.clean(text, "the list's name")
    return headers.line("List-Id", value if value.endswith(">") else f"<{value}>")


def feedback_id(delivery_id: str, kind: str, domain: str) -> str:
    """The `Feedback-ID` line: delivery, kind, and a sender that stays the same from mailing to mailing."""
    sender = hashlib.sha256(domain.encode()).hexdigest()[:12]
    return headers.line("Feedback-ID", f"{delivery_id.replace(':', '')}:{kind}:tutti:{sender}")


def unsubscribe_headers(url: str, mailbox: str) -> str:
    """One-click unsubscribing (RFC 8058, 3.1), by mail too (RFC 2369, 3.2)."""
    return (
        headers.line("List-Unsubscribe", f"<{url}>, <mailto:{mailbox}?subject=unsubscribe>")
        + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )


PASSED_BACK: Mapping[str, tuple[str, str]] = {
    "mailgun": ('X-Mailgun-Variables: {"tutti":\r\n "', '"}\r\n'),
    "postmark": ("X-PM-Metadata-tutti: ", "\r\n"),
    "sendgrid": ('X-SMTPAPI: {"unique_args":\r\n {"tutti": "', '"}}\r\n'),
}
"""Headers of relays that name neither return path nor headers in what they report later: around a word of ours that
comes back with every event. Amazon SES names the return path by itself."""


@dataclass(slots=True)
class Frame:
    """A message's structure: ops from its content headers to the end of its last text, and the octets behind it."""

    ops: list[Op] = field(default_factory=list)
    tail: bytes = b""


def frame(parts: Sequence[Encoded], files: Sequence[File], identity: Identity) -> Frame:
    """Put parts and files together; plainest first, as RFC 2046, 5.1.4 wants alternatives."""
    inline = [file for file in files if file.is_inline] if len(parts) > 1 else []
    attached = [file for file in files if file not in inline]
    builder = _Builder(identity)
    builder.text("MIME-Version: 1.0\r\n")
    root: _Node = parts[0]
    if len(parts) > 1:
        html: _Node = _Multi("related", [parts[1], *inline]) if inline else parts[1]
        root = _Multi("alternative", [parts[0], html])
    if attached:
        root = _Multi("mixed", [root, *attached])
    builder.node(root)
    return Frame(builder.ops, b"".join(builder.tail))


@dataclass(frozen=True, slots=True)
class _Multi:
    kind: str
    children: "Sequence[_Node]"


_Node = Encoded | File | _Multi


class _Builder:
    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._boundaries = 0
        self.ops: list[Op] = []
        self.tail: list[bytes] = []

    def text(self, text: str) -> None:
        """Constant text; behind the first file everything is tail."""
        if self.tail:
            self.tail.append(text.encode("ascii"))
        else:
            self.ops.append(Op(Kind.CONSTANT, text=text))

    def node(self, node: _Node) -> None:
        """The headers of an entity, the empty line, and its body."""
        if isinstance(node, _Multi):
            self._multi(node)
        elif isinstance(node, File):
            self.text(f"{node.headers}\r\n")
            self.tail.append(node.body)
        else:
            kind = f"Content-Type: {_TYPES[node.kind]}; charset={node.charset}\r\n"
            self.text(f"{kind}Content-Transfer-Encoding: {node.transfer}\r\n\r\n")
            self.ops += shifted(node.ops, len(self.ops))

    def _multi(self, node: _Multi) -> None:
        limit = self._identity.boundary(self._boundaries)
        self._boundaries += 1
        kind = ' type="text/html";\r\n' if node.kind == "related" else ""
        self.text(f'Content-Type: multipart/{node.kind};\r\n{kind} boundary="{limit}"\r\n\r\n')
        for child in node.children:
            self.text(f"--{limit}\r\n")
            self.node(child)
            # The line break before a delimiter belongs to it, not to the part (RFC 2046, 5.1.1).
            self.text("\r\n")
        self.text(f"--{limit}--\r\n")
