"""A delivery's message, compiled once, and what it becomes for each recipient."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from common.contracts.lui import TrackingLevel
from common.contracts.signed_token import Purpose, TokenKeys, as_local_parts, as_paths
from mailer.composing import headers
from mailer.composing.addresses import normalized
from mailer.composing.charsets import UTF_8, chosen
from mailer.composing.compiled import Compiled, Plan
from mailer.composing.envelope import Envelope, Origins
from mailer.composing.errors import MergeFailed
from mailer.composing.files import read_files
from mailer.composing.identity import Identity
from mailer.composing.markup import read_html
from mailer.composing.merge import Layout, Op, Scope, compile_template, require_values, run
from mailer.composing.parts import Part, compile_html, compile_text
from mailer.composing.places import Places
from mailer.composing.plain_text import read_text, text_alternative
from mailer.composing.quoted_printable import SOFT, encode
from mailer.composing.schemas import ContentDocument
from mailer.composing.signer import Signer
from mailer.composing.subjects import subjects_of
from mailer.composing.tracking import Tracking


@dataclass(frozen=True, slots=True)
class Secrets:
    """A delivery's own keys: for Message-IDs, and for pseudonyms in tracking tokens."""

    k_msgid: bytes
    k_pseudonym: bytes


class Recipient(NamedTuple):
    """One person in a snapshot; made a thousand at a time, so it has to be cheap to make."""

    ordinal: int
    address: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class CompileWith:
    """What a message needs besides its document: octets of its files by SHA-256, and who signs it."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    signer: Signer | None = None


class Composed(NamedTuple):
    """A message ready for the wire: CRLF only, no line that begins with a dot, ending in CRLF."""

    mail_from: str
    rcpt_to: str
    message_id: str
    data: bytes
    needs_smtputf8: bool = False
    """An address or a header holds characters that only RFC 6531 can carry."""
    is_8bit: bool = False
    """A body holds octets over 127; ours never do, since every part is quoted-printable or base64."""


_Minted = tuple[str, str, str, str, str]
"""One recipient's tracking token, Message-ID, tokens to leave (in a URL, in an address), and of the return path."""


class Message:
    """Compiled content. A pure function of frozen inputs: the same octets for a recipient, wherever it runs."""

    def __init__(
        self,
        document: ContentDocument,
        keyring: tuple[Secrets, TokenKeys],
        origins: Origins,
        using: CompileWith,
    ) -> None:
        """Compile. Raises ContentFaulty."""
        self._document = document
        self._secrets, self._keys = keyring
        self._origins = origins
        self._signer = using.signer
        self._is_bulk = document.usage == "bulk"
        columns: Sequence[str] = () if self._is_bulk else document.columns
        self._layout = Layout(columns)
        keyed = (self._keys, document.delivery_number)
        self._tracking = Tracking(document.tracking, self._layout, keyed, origins.tracker_url)
        self._subjects = subjects_of(document.tracking, columns, self._secrets.k_pseudonym)
        self._subject = compile_template(document.subject, "subject", self._layout).ops
        self._parts = self._compile_parts()
        self._envelope = Envelope(document, self._layout)
        self._name_position = columns.index(document.name_column) if document.name_column in columns else None
        self._identity = Identity(self._secrets.k_msgid, document.delivery_id or "")
        self._places = Places(self._layout, [part.ops for part in self._parts])
        self._compile(using)
        self._prepare()

    def _compile_parts(self) -> list[Part]:
        document = self._document
        text = text_alternative(document.html or "") if document.text is None else document.text
        parts = [compile_text(read_text(text), self._layout, self._tracking.target)]
        if document.html is not None:
            html = read_html(document.html)
            parts.append(compile_html(html, self._layout, self._tracking.target, self._tracking.pixel()))
        return parts

    def _compile(self, using: CompileWith) -> None:
        envelope, places = self._envelope, self._places
        lines: list[tuple[int, tuple[Op, ...]]] = [(places.subject, self._subject)]
        lines += [(places.sender, envelope.name)] if envelope.name is not None else []
        lines += [(places.reply_to, envelope.reply_to)] if envelope.reply_to is not None else []
        files = read_files(self._document.attachments, using.files)
        plan = Plan(places, envelope.header_ops(places, self._origins), lines, self._parts, files, self._identity)
        charset = chosen(self._document.charset, "".join(part.constants for part in self._parts))
        self._compiled = Compiled(plan, charset)
        # A recipient whose own values are not in the charset gets the same message in UTF-8.
        self._in_utf_8 = self._compiled if charset == UTF_8 else Compiled(plan, UTF_8)

    def _prepare(self) -> None:
        self._mark = self._document.subject_mark.lstrip()
        self._url = f"{self._origins.unsubscribe_url}/u/"
        self._url_form = encode(self._url) if self._places.needs_url else ""
        self._locals = [None] * (self._layout.size - self._layout.token_position - 1)
        self._return_domain = f"@{self._origins.bounce_domain}"
        self._message_id_domain = f"@{self._envelope.domain}>"

    @property
    def is_costly(self) -> bool:
        """Whether composing takes so long that it belongs into a thread."""
        return self._signer is not None

    @property
    def largest_size_estimate(self) -> int:
        """About how many octets the longest message has, all conditions counted."""
        signatures = 0 if self._signer is None else self._signer.max_length
        return max(self._compiled.size_estimate, self._in_utf_8.size_estimate) + signatures

    def tokens(self, recipients: Sequence[Recipient]) -> list[str]:
        """The tracking tokens of many recipients, made in one cipher call; empty ones where none is needed."""
        if not self._tracking.needs_token or not recipients:
            return [""] * len(recipients)
        if self._document.tracking.level is TrackingLevel.BLIND:
            return [self._tracking.nobody] * len(recipients)
        return self._keys.mint_tracking(self._document.delivery_number, self._subjects(recipients))

    def compose(self, recipient: Recipient, token: str) -> Composed:
        """The message for one recipient. Raises MergeFailed, which concerns that recipient only."""
        [made] = self.compose_batch([recipient], [token])
        if isinstance(made, MergeFailed):
            raise made
        return made

    def compose_batch(self, recipients: Sequence[Recipient], tokens: Sequence[str]) -> list[Composed | MergeFailed]:
        """The messages of many recipients, in order; whoever's values make none has the reason in its place."""
        made: list[Composed | MergeFailed] = []
        for recipient, minted in zip(recipients, self._mint(recipients, tokens), strict=True):
            try:
                made.append(self._composed(recipient, minted))
            except MergeFailed as failed:
                made.append(failed)
        return made

    def _mint(self, recipients: Sequence[Recipient], tokens: Sequence[str]) -> Iterable[_Minted]:
        ordinals = [recipient.ordinal for recipient in recipients]
        number, mint = self._document.delivery_number, self._keys.mint_actions
        back = [""] * len(ordinals)
        if self._envelope.has_own_bounces:
            back = as_local_parts(mint(Purpose.RETURN_PATH, number, ordinals))
        leave = mint(Purpose.UNSUBSCRIBE, number, ordinals)
        names = self._identity.identifiers(ordinals) if ordinals else []
        return zip(tokens, names, as_paths(leave), as_local_parts(leave), back, strict=True)

    def _composed(self, recipient: Recipient, minted: _Minted) -> Composed:
        rcpt_to = normalized(recipient.address)
        try:
            text, compiled = self._text(self._compiled, recipient, rcpt_to, minted), self._compiled
        except UnicodeEncodeError:
            text, compiled = self._text(self._in_utf_8, recipient, rcpt_to, minted), self._in_utf_8
        data = text.encode() + compiled.tail if compiled.tail else text.encode()
        if self._signer is not None:
            data = _signed(data, self._signer)
        mail_from = self._envelope.return_path
        if self._envelope.has_own_bounces:
            mail_from = f"b+{minted[4]}{self._return_domain}"
        needs_smtputf8 = not (text.isascii() and rcpt_to.isascii() and mail_from.isascii())
        message_id = f"<{minted[1]}{self._message_id_domain}"
        return Composed._make((mail_from, rcpt_to, message_id, data, needs_smtputf8, False))

    def _text(self, compiled: Compiled, recipient: Recipient, rcpt_to: str, minted: _Minted) -> str:
        values = () if self._is_bulk else recipient.values
        length = require_values(values, self._places.columns)
        token, identifier, leave, leave_local, _ = minted
        url_form = f"{self._url_form}{leave}{SOFT}" if self._url_form else ""
        name = None if self._name_position is None else recipient.values[self._name_position]
        head: list[Any] = [
            *values, self._url + leave, token, *self._locals,
            headers.to(name, rcpt_to), "", "", "",
            identifier, leave, leave_local, token + SOFT if token else "",
            url_form, url_form, 0,
        ]  # fmt: skip
        for position, hidden in self._layout.copies:
            head[position] = head[hidden]
        pool = compiled.pool(head, values)
        for position, merged in compiled.lines(pool, length):
            pool[position] = self._header_line(position, merged)
        return compiled.text(pool, length)

    def _header_line(self, position: int, merged: str) -> str:
        if position == self._places.subject:
            return headers.unstructured("Subject", self._mark + merged)
        if position == self._places.sender:
            return self._envelope.from_line(merged)
        return self._envelope.reply_to_line(merged)

    def preview(self, recipient: Recipient, token: str) -> tuple[str, str | None, str, str]:
        """Subject, HTML, text and header block as `compose` would make them, undone of their encoding."""
        block = self.compose(recipient, token).data.partition(b"\r\n\r\n")[0].decode()
        [leave] = self._keys.mint_actions(Purpose.UNSUBSCRIBE, self._document.delivery_number, [recipient.ordinal])
        values = () if self._is_bulk else recipient.values
        scope = self._layout.scope(values, self._url + as_paths([leave])[0], token)
        shown = {part.kind: _merged(part.plain, scope) for part in self._parts}
        subject = headers.clean(self._mark + _merged(self._subject, scope), "the subject")
        return subject, shown.get("html"), shown["text"], f"{block}\r\n"


def _merged(ops: Sequence[Op], scope: Scope) -> str:
    out: list[str] = []
    run(ops, scope, out)
    return "".join(out)


def _signed(data: bytes, signer: Signer) -> bytes:
    block, _, body = data.partition(b"\r\n\r\n")
    return signer.sign(block + b"\r\n", body) + data
