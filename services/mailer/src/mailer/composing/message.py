"""A delivery's message, compiled once, and what it becomes for each recipient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from common.contracts.lui import TrackingLevel
from common.contracts.signed_token import Purpose, TokenKeys
from mailer.composing import headers, mime
from mailer.composing.addresses import normalized
from mailer.composing.errors import ContentFaulty, Finding, MergeFailed
from mailer.composing.markup import read_html
from mailer.composing.merge import Layout, Op, Scope, compile_template, run
from mailer.composing.parts import Part, compile_html, compile_text
from mailer.composing.plain_text import read_text, text_alternative
from mailer.composing.schemas import ContentDocument
from mailer.composing.tracking import Tracking, subject_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Origins:
    """Where recipients reach us: base URLs without a slash at the end, and the domain that takes bounces."""

    tracker_url: str
    unsubscribe_url: str
    bounce_domain: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """A delivery's own keys: for Message-IDs, and for pseudonyms in tracking tokens."""

    k_msgid: bytes
    k_pseudonym: bytes


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person in a snapshot."""

    ordinal: int
    address: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Composed:
    """A message ready for the wire: CRLF only, nothing to dot-stuff, ending in CRLF."""

    mail_from: str
    rcpt_to: str
    message_id: str
    data: bytes


class Message:
    """Compiled content. A pure function of frozen inputs: the same octets for a recipient, wherever it runs."""

    def __init__(self, document: ContentDocument, secrets: Secrets, origins: Origins, keys: TokenKeys) -> None:
        """Compile. Raises ContentFaulty."""
        self._document = document
        self._secrets = secrets
        self._origins = origins
        self._keys = keys
        self._is_bulk = document.usage == "bulk"
        columns: Sequence[str] = () if self._is_bulk else document.columns
        self._layout = Layout(columns)
        self._tracking = Tracking(document.tracking, self._layout, keys, origins.tracker_url)
        self._subject = self._compile_subject()
        self._parts = self._compile_parts()
        self._name_position = columns.index(document.name_column) if document.name_column in columns else None
        self._frame()

    def _compile_subject(self) -> tuple[Op, ...]:
        return compile_template(self._document.subject, "subject", self._layout).ops

    def _compile_parts(self) -> list[Part]:
        document, parts = self._document, []
        text = document.text
        if text is None:
            text = text_alternative(document.html or "")
        parts.append(compile_text(read_text(text), self._layout, self._tracking.target))
        if document.html is not None:
            html = read_html(document.html)
            parts.append(compile_html(html, self._layout, self._tracking.target, self._tracking.pixel()))
        return parts

    def _frame(self) -> None:
        document, secrets = self._document, self._secrets
        try:
            self._domain = normalized(document.sender.address).rpartition("@")[2]
            moment = document.reference_time or _EPOCH
            self._common = mime.common_headers(document.sender, moment.astimezone(UTC), document.list_id)
            self._own_bounces = document.sender.bounces.mode == "automatic"
            self._return_path = "" if self._own_bounces else normalized(document.sender.bounces.address or "")
        except MergeFailed as error:
            raise ContentFaulty([Finding("subject", 1, 1, f"the sender cannot be used: {error.detail}")]) from None
        self._body = mime.Body(self._parts, mime.boundary(secrets.k_msgid, document.delivery_id or ""))

    def tokens(self, ordinals: Sequence[int]) -> list[str]:
        """The tracking tokens of many recipients, made in one cipher call; empty ones where none is needed."""
        if not self._tracking.needs_token or not ordinals:
            return [""] * len(ordinals)
        level = self._document.tracking.level
        if level is TrackingLevel.BLIND:
            return self._keys.mint_tracking(self._document.delivery_number, [0]) * len(ordinals)
        subjects = [subject_of(level, ordinal, self._secrets.k_pseudonym) for ordinal in ordinals]
        return self._keys.mint_tracking(self._document.delivery_number, subjects)

    def compose(self, recipient: Recipient, token: str) -> Composed:
        """The message for one recipient. Raises MergeFailed, which concerns that recipient only."""
        rcpt_to = normalized(recipient.address)
        scope = self._scope(recipient, token)
        identifier = mime.message_id(
            self._secrets.k_msgid, self._document.delivery_id or "", recipient.ordinal, self._domain
        )
        out = [self._headers(recipient, rcpt_to, scope, identifier), self._body.headers, "\r\n"]
        self._body.write(scope, out)
        mail_from = self._return_path
        if self._own_bounces:
            mail_from = f"b+{self._local_part(Purpose.RETURN_PATH, recipient.ordinal)}@{self._origins.bounce_domain}"
        return Composed(mail_from, rcpt_to, identifier, "".join(out).encode("ascii"))

    def preview(self, recipient: Recipient, token: str) -> tuple[str, str | None, str, str]:
        """Subject, HTML, text and header block as `compose` would make them, undone of their encoding."""
        rcpt_to = normalized(recipient.address)
        scope = self._scope(recipient, token)
        block = self._headers(recipient, rcpt_to, scope, f"<preview@{self._domain}>")
        shown: dict[str, str] = {}
        for part in self._parts:
            pieces: list[str] = []
            run(part.plain, scope, pieces)
            shown[part.kind] = "".join(pieces)
        return self._merged_subject(scope), shown.get("html"), shown["text"], block + self._body.headers

    def _scope(self, recipient: Recipient, token: str) -> Scope:
        unsubscribe = self._keys.mint_action(Purpose.UNSUBSCRIBE, self._document.delivery_number, recipient.ordinal)
        values = () if self._is_bulk else recipient.values
        return self._layout.scope(values, f"{self._origins.unsubscribe_url}/u/{unsubscribe}", token)

    def _headers(self, recipient: Recipient, rcpt_to: str, scope: Scope, identifier: str) -> str:
        name = None if self._name_position is None else recipient.values[self._name_position]
        leave = f"u+{self._local_part(Purpose.UNSUBSCRIBE, recipient.ordinal)}@{self._origins.bounce_domain}"
        return "".join(
            (
                self._common,
                headers.line("To", headers.mailbox(name, rcpt_to)),
                headers.unstructured("Subject", self._merged_subject(scope)),
                f"Message-ID: {identifier}\r\n",
                mime.unsubscribe_headers(str(scope[self._layout.token_position - 1]), leave),
            )
        )

    def _merged_subject(self, scope: Scope) -> str:
        out: list[str] = []
        run(self._subject, scope, out)
        return headers.clean(self._document.subject_mark.lstrip() + "".join(out), "the subject")

    def _local_part(self, purpose: Purpose, ordinal: int) -> str:
        return self._keys.mint_local_part(purpose, self._document.delivery_number, ordinal)
