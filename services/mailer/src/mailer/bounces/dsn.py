"""Reading what comes back: delivery reports (RFC 3464), complaints (RFC 5965), automatic replies (RFC 3834).

Everything is bounded before it is looked at, and every text is treated as what it is: written by a stranger.
"""

import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from itertools import islice

from common.contracts.mailer import BounceClass
from mailer.bounces.rules import Kind, Report, ReportedRecipient, is_permanent
from mailer.transport.service import classify, enhanced_code_of

MAX_OCTETS = 512 * 1024
"""A report stands at the beginning; what is behind is the original message."""
MAX_PARTS = 1_000
MAX_DEPTH = 50
_MAX_RECIPIENTS = 100
_ADDRESS = re.compile(r"<?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253})>?")
_REPLY_CODE = re.compile(r"(?:^|[\s:;(\"'])([245]\d\d)[ -](?=\S)")
_DAEMON = re.compile(r"mailer-daemon|postmaster|mail delivery|mail administrator", re.IGNORECASE)
_FAILED = re.compile(r"undeliver|failure|failed|returned mail|not (?:be )?delivered|delivery status", re.IGNORECASE)
_DELAYED = re.compile(r"delayed|warning|still being retried|not yet been delivered", re.IGNORECASE)
_AWAY = re.compile(
    r"out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:reply|response)|vacation|abwesen", re.IGNORECASE
)
_KINDS: dict[str, Kind] = {"failed": "bounce", "delayed": "delay"}
_DELIMITER = re.compile(rb"^--", re.MULTILINE)
_TOO_MANY_BOUNDARIES = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)


def read_report(data: bytes) -> Report:
    """What a message reports; `other` when it reports nothing that is understood. Never raises on any octets."""
    # The same message means the same with any line ends.
    octets = _without_excess(data[:MAX_OCTETS].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    if len(_TOO_MANY_BOUNDARIES.findall(octets)) > MAX_DEPTH:
        return Report("other")
    try:
        return _read(BytesParser(policy=policy.compat32).parsebytes(octets))
    except Exception:  # noqa: BLE001 - the parser is not proof against what strangers write
        return Report("other")


def _without_excess(octets: bytes) -> bytes:
    """Cut where the parts would become too many; what a report says stands in its first few."""
    excess = next(islice(_DELIMITER.finditer(octets), 2 * MAX_PARTS, None), None)
    return octets if excess is None else octets[: excess.start()]


def _read(message: Message) -> Report:
    parts = list(_parts(message))
    complaint = next((part for part in parts if part.get_content_type() == "message/feedback-report"), None)
    if complaint is not None:
        return _complaint(complaint)
    status = next((part for part in parts if part.get_content_type() in _STATUS_TYPES), None)
    if status is not None:
        return _delivery_status(status)
    if _is_automatic(message):
        return Report("auto_reply")
    return _plain(message, parts)


_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            return
        yield part


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a status part, whether or not the parser took them apart."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    text = part.get_payload(decode=True)
    octets = text if isinstance(text, bytes) else b""
    groups = [group for group in octets.split(b"\n\n") if group.strip()]
    return [BytesParser(policy=policy.compat32).parsebytes(group + b"\n\n", headersonly=True) for group in groups]


def _delivery_status(part: Message) -> Report:
    kinds: list[Kind] = []
    recipients: list[ReportedRecipient] = []
    for block in _blocks(part)[: _MAX_RECIPIENTS + 1]:
        action = _field(block, "Action").lower()
        address = _typed(_field(block, "Original-Recipient")) or _typed(_field(block, "Final-Recipient"))
        if not action and not address:
            continue
        diagnostic = _typed(_field(block, "Diagnostic-Code")) or ""
        kinds.append(_KINDS.get(action.split(" ")[0], "bounce" if not action else "other"))
        recipients.append(_recipient(address, enhanced_code_of(_field(block, "Status")), diagnostic))
    kind: Kind = "bounce" if "bounce" in kinds else "delay" if "delay" in kinds else "other"
    return Report(kind, tuple(recipients) if kind != "other" else ())


def _complaint(part: Message) -> Report:
    said = [
        str(value)
        for block in _blocks(part)[:_MAX_RECIPIENTS]
        for name in ("Original-Rcpt-To", "Removal-Recipient")
        for value in block.get_all(name, [])
    ]
    addresses = dict.fromkeys(_address(value) for value in said[:_MAX_RECIPIENTS])
    return Report("complaint", tuple(_recipient(address, None, "", is_bounce=False) for address in addresses))


def _is_automatic(message: Message) -> bool:
    submitted = _field(message, "Auto-Submitted").lower()
    if submitted.startswith("auto-replied") or message.get("X-Autoreply") or message.get("X-Autorespond"):
        return True
    is_from_daemon = bool(_DAEMON.search(_field(message, "From")))
    return not is_from_daemon and bool(_AWAY.search(_field(message, "Subject")))


def _plain(message: Message, parts: list[Message]) -> Report:
    """A report in words only, from something that calls itself a mail system."""
    subject = _field(message, "Subject")
    if not _DAEMON.search(_field(message, "From")):
        return Report("other")
    text = next((_text(part) for part in parts if part.get_content_type() == "text/plain"), "")
    own = _ADDRESS.search(_field(message, "From"))
    found = [match.group(1) for match in _ADDRESS.finditer(text) if not own or match.group(1) != own.group(1)]
    if not found or not (_FAILED.search(subject) or _FAILED.search(text) or _DELAYED.search(subject)):
        return Report("other")
    recipient = _recipient(found[0], enhanced_code_of(text), text)
    return Report("delay" if _DELAYED.search(subject) else "bounce", (recipient,))


def _recipient(
    address: str | None, status: str | None, diagnostic: str, *, is_bounce: bool = True
) -> ReportedRecipient:
    code = _REPLY_CODE.search(diagnostic)
    reply_code = int(code.group(1)) if code else None
    said = enhanced_code_of(diagnostic)
    # A gateway in between often rewrites the status to a general one; the server's own words are more exact.
    best = said if said and (status is None or status.endswith(".0.0")) else status
    meaning = classify(reply_code, diagnostic, best)
    bounce_class = meaning.bounce_class if is_bounce else BounceClass.UNCLASSIFIED
    permanent = is_bounce and is_permanent(bounce_class, best, reply_code)
    return ReportedRecipient(address, best, reply_code, bounce_class, permanent, meaning.text)


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())[:2_000]


def _typed(value: str) -> str | None:
    """The value behind an address or diagnostic type: `rfc822; ann@example.org`."""
    kind, semicolon, rest = value.partition(";")
    text = (rest if semicolon else kind).strip()
    if not text:
        return None
    if "rfc822" in kind.lower() or "utf-8" in kind.lower() or not semicolon:
        return _address(text) or text
    return text


def _address(text: str) -> str | None:
    match = _ADDRESS.search(text)
    return match.group(1) if match else None


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload[:20_000].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
