"""What a message is made of besides its text: who it is from, where bounces and people who leave go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from mailer.composing import headers, mime
from mailer.composing.addresses import normalized
from mailer.composing.errors import ContentFaulty, Finding, MergeFailed
from mailer.composing.merge import Kind, Layout, Op, compile_template, scan
from mailer.composing.places import Places
from mailer.composing.schemas import ContentDocument, Sender

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PATH_MARK, _LOCAL_MARK = "\x01" * 36, "\x02" * 54
"""Stand for tokens of just these lengths, so that folding is decided once for all recipients."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where recipients reach us: base URLs without a slash at the end, and the domain that takes bounces."""

    tracker_url: str
    unsubscribe_url: str
    bounce_domain: str
    passed_back: tuple[str, ...] = ()
    """Relays that have to be given a word which they pass back with what they report."""


class Envelope:
    """The sender's side of all messages of a delivery. Raises ContentFaulty when mail cannot be from there."""

    def __init__(self, document: ContentDocument, layout: Layout) -> None:
        sender = document.sender
        try:
            self.address = normalized(sender.address)
            self.domain = self.address.rpartition("@")[2]
            self.has_own_bounces = sender.bounces.mode == "automatic"
            self.return_path = "" if self.has_own_bounces else normalized(sender.bounces.address or "")
            self.name = _template(sender.name, layout)
            self.reply_to = _template(sender.reply_to, layout)
            self._fixed = _fixed(sender, self)
            self._date, self._list = _date(document), mime.list_id(document.list_id) if document.list_id else ""
        except MergeFailed as error:
            raise ContentFaulty([Finding("sender", 1, 1, f"the sender cannot be used: {error.detail}")]) from None
        self._feedback = mime.feedback_id(document.delivery_id or "none", document.kind, self.domain)

    def from_line(self, name: str) -> str:
        """The `From` line with a merged name. Raises MergeFailed."""
        return headers.line("From", headers.mailbox(name, self.address))

    @staticmethod
    def reply_to_line(address: str) -> str:
        """The `Reply-To` line with a merged address. Raises MergeFailed when it is none, also when it is empty."""
        try:
            return headers.line("Reply-To", normalized(address.strip(" ")))
        except MergeFailed:
            raise MergeFailed("the merged address for replies is not one that mail can be sent to") from None

    def header_ops(self, places: Places, origins: Origins) -> list[Op]:
        """The headers of every message up to those of its content."""
        name, reply_to = self._fixed
        leave = mime.unsubscribe_headers(
            f"{origins.unsubscribe_url}/u/{_PATH_MARK}", f"u+{_LOCAL_MARK}@{origins.bounce_domain}"
        )
        before, _, rest = leave.partition(_PATH_MARK)
        between, _, after = rest.partition(_LOCAL_MARK)
        return [
            _constant(name) if self.name is None else _slot(places.sender),
            _constant(reply_to) if self.reply_to is None else _slot(places.reply_to),
            _constant(f"{self._date}{self._list}{self._feedback}"),
            _slot(places.to),
            _slot(places.subject),
            _constant("Message-ID: <"),
            _slot(places.identifier),
            _constant(f"@{self.domain}>\r\n{before}"),
            _slot(places.leave_path),
            _constant(between),
            _slot(places.leave_local),
            _constant(after),
            *_passed_back(origins.passed_back, places),
        ]


def _constant(text: str) -> Op:
    return Op(Kind.CONSTANT, text=text)


def _passed_back(relays: Sequence[str], places: Places) -> list[Op]:
    """The envelope's token for each relay that has to be told it. It is the one of the unsubscribe address."""
    around = [mime.PASSED_BACK[relay] for relay in relays if relay in mime.PASSED_BACK]
    return [
        op for before, after in around for op in (_constant(f"{before}u+"), _slot(places.leave_local), _constant(after))
    ]


def _slot(position: int) -> Op:
    return Op(Kind.SLOT, column=position, evaluate=lambda scope: scope[position])


def _template(source: str | None, layout: Layout) -> tuple[Op, ...] | None:
    """The program of a name or an address that holds merge fields, else None. Raises ContentFaulty."""
    if not source or not scan(source, "sender"):
        return None
    return compile_template(source, "sender", layout).ops


def _fixed(sender: Sender, envelope: Envelope) -> Sequence[str]:
    """The lines of `From` and `Reply-To` where they are the same for all. Raises MergeFailed."""
    name = "" if envelope.name is not None else envelope.from_line(sender.name or "")
    is_constant = sender.reply_to and envelope.reply_to is None
    reply_to = envelope.reply_to_line(sender.reply_to or "") if is_constant else ""
    return name, reply_to


def _date(document: ContentDocument) -> str:
    moment = (document.reference_time or _EPOCH).astimezone(UTC).replace(microsecond=0)
    return headers.line("Date", format_datetime(moment))
