"""The machine-readable part of a report (RFC 3464; RFC 6533 for addresses in any letters), as it really arrives."""

import re
from dataclasses import dataclass, field

from mailer.bounces.reading.message import Part
from mailer.bounces.reading.words import address_in, cleaned

TYPES = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/xdelivery-status",
        "message/x-delivery-status",
        "text/delivery-status",
        "text/x-delivery-status",
    }
)
MAX_RECIPIENTS = 200
_MAX_NAMELESS = 64 * 1024
_MAX_OCTETS = 512 * 1024
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40})[ \t]*:[ \t]*(.*)", re.DOTALL)
_OURS = frozenset(
    {
        "original-recipient", "final-recipient", "action", "status", "diagnostic-code", "remote-mta",
        "x-actual-recipient",
        "x-supplementary-info", "last-attempt-date", "final-log-id", "will-retry-until", "x-display-name",
        "reporting-mta",
        "arrival-date", "original-envelope-id", "received-from-mta", "dsn-gateway", "x-postfix-queue-id",
        "x-postfix-sender",
        "x-outbound-mail-relay", "x-original-message-id", "x-envelope-from", "x-notes",
    }
)  # fmt: skip
_XTEXT = re.compile(r"\+(2B|3D)", re.IGNORECASE)
_CODE = re.compile(r"\b([245])\s?\.\s?(\d{1,3})\s?\.\s?(\d{1,3})\b")
_ACTIONS = (
    ("fail", "failed"), ("undeliver", "failed"), ("expire", "failed"), ("error", "failed"), ("bounce", "failed"),
    ("reject", "failed"),
    ("delay", "delayed"), ("defer", "delayed"), ("deliver", "delivered"), ("relay", "relayed"), ("expand", "expanded"),
)  # fmt: skip


@dataclass(slots=True)
class Block:
    """What one block says about one recipient."""

    original: str | None = None
    final: str | None = None
    actual: str | None = None
    action: str = ""
    """failed, delayed, delivered, relayed, expanded or nothing."""
    status: str | None = None
    diagnostic: str = ""
    comment: str = ""
    """What stands behind the status code."""
    will_retry: bool = False

    @property
    def address(self) -> str | None:
        """The address the message was sent to, as exactly as the report knows it."""
        candidates = [each for each in (self.original, self.final, self.actual) if each]
        return next((each for each in candidates if "@" in each), candidates[0] if candidates else None)


@dataclass(slots=True)
class Status:
    """A machine-readable part."""

    blocks: list[Block] = field(default_factory=list)
    original_id: str = ""


def is_status(part: Part) -> bool:
    """Whether a part is meant to be, or looks like, the machine-readable one."""
    if part.kind in TYPES:
        return True
    is_nameless = part.kind == "application/octet-stream" and len(part.body) < _MAX_NAMELESS
    return is_nameless and part.text().lstrip().lower().startswith("reporting-mta")


def read_status(text: str) -> Status:
    """Read it whether or not its blocks are kept apart as they should be."""
    found = Status()
    block = Block()
    for name, value in _fields(text[:_MAX_OCTETS]):
        if _begins_anew(block, name):
            _keep(found, block)
            block = Block()
            if len(found.blocks) >= MAX_RECIPIENTS:
                break
        _take(found, block, name, value)
    _keep(found, block)
    return found


def _fields(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        if not line.strip():
            found.append(("", ""))
            continue
        match = _FIELD.match(line)
        if match and (match.group(1).lower() in _OURS or not line[:1].isspace()) and _is_field(match, found):
            found.append((match.group(1).lower(), match.group(2).strip()))
        elif found and found[-1][0] and len(found[-1][1]) < 8_000:
            # Also without the blank that should begin a line that goes on.
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        if len(found) > 20 * MAX_RECIPIENTS:
            break
    return found


def _is_field(match: re.Match[str], before: list[tuple[str, str]]) -> bool:
    """Whether a line that looks like a field is one, and not a sentence of an explanation that goes on."""
    name = match.group(1).lower()
    if name in _OURS or name.startswith("x-"):
        return True
    return not (before and before[-1][0] == "diagnostic-code")


def _begins_anew(block: Block, name: str) -> bool:
    if name == "":
        return bool(block.action and (block.final or block.original))
    if name == "final-recipient":
        return block.final is not None
    if name == "original-recipient":
        return block.original is not None or (block.final is not None and bool(block.action))
    return name == "action" and bool(block.action)


def _take(found: Status, block: Block, name: str, value: str) -> None:
    if name == "final-recipient":
        block.final = _address(value)
    elif name == "original-recipient":
        block.original = _address(_XTEXT.sub(_xtext_letter, value))
    elif name == "x-actual-recipient":
        block.actual = address_in(value)
    elif name == "action":
        word = value.lower()
        block.action = next((meant for start, meant in _ACTIONS if start in word[:40]), "")
    elif name == "status":
        match = _CODE.search(value)
        block.status = ".".join(match.groups()) if match else None
        block.comment = value[match.end() :].strip(" ()") if match else value
    elif name == "diagnostic-code":
        block.diagnostic = f"{block.diagnostic} {_untyped(value)}".strip()
    elif name == "x-supplementary-info":
        block.comment = f"{block.comment} {value}".strip()
    elif name == "will-retry-until":
        block.will_retry = bool(value)
    elif name in {"original-envelope-id", "x-original-message-id"}:
        found.original_id = found.original_id or value


def _keep(found: Status, block: Block) -> None:
    if block.final or block.original or (block.action and (block.status or block.diagnostic)):
        found.blocks.append(block)


def _address(value: str) -> str | None:
    """The address behind its type: `rfc822; ann@example.org`, also with `<>`, comments or without the type."""
    kind, semicolon, rest = value.partition(";")
    text = (rest if semicolon else kind).strip()
    if "utf-8" in kind.lower():
        text = _unescaped(text)
    found = address_in(text)
    if found is not None:
        return found
    plain = text.strip("<>\"' ")
    return (cleaned(plain) or plain) if plain and len(plain) <= 320 else None


def _unescaped(text: str) -> str:
    r"""RFC 6533: `\x{E9}` stands for a letter."""
    return re.sub(r"\\x\{([0-9A-Fa-f]{2,6})\}", _letter, text)


def _letter(match: re.Match[str]) -> str:
    number = int(match.group(1), 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _xtext_letter(match: re.Match[str]) -> str:
    """RFC 3461, 4: only the two letters that must be escaped; others are likelier a tag behind a plus."""
    return chr(int(match.group(1), 16))


def _untyped(value: str) -> str:
    """The words behind `smtp;` or `x-unix;`."""
    kind, semicolon, rest = value.partition(";")
    is_type = semicolon and len(kind) <= 40 and re.fullmatch(r"\s*[A-Za-z][A-Za-z0-9_.-]*\s*", kind)
    return rest.strip() if is_type else value.strip()
