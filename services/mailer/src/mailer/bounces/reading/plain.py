"""Reports in words only: what dozens of mail systems write in a form of their own."""

import re
from dataclasses import dataclass

from mailer.bounces.reading.dialects import dialect_of
from mailer.bounces.reading.message import Message
from mailer.bounces.reading.original import Original
from mailer.bounces.reading.signs import (
    BODY,
    BOILERPLATE,
    DELAYED,
    FROM,
    GIVEN_UP,
    HELPERS,
    NAMES_STRONGLY,
    NEVER_NAMES,
    SUBJECT,
)
from mailer.bounces.reading.words import ADDRESS, address_in, addresses_in, cleaned

_MAX_LINES = 2_000
_MAX_LINE = 1_000
_MAX_RECIPIENTS = 100
_MAX_EXPLANATION = 12_000
"""More than is looked at where the words are judged."""
_SURE = 4
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a report names, and what it says about them."""

    address: str
    words: str


class People:
    """Those a report names, found by their address or its beginning without going through all of them."""

    def __init__(self, people: list[Named]) -> None:
        self.first = people[0].address if people else None
        self._words: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        for each in people:
            address = each.address.lower()
            self._words.setdefault(address, each.words)
            self._addresses.setdefault(address.partition("@")[0], each.address)

    def starting_with(self, local_part: str) -> str | None:
        """The address of somebody who is named without their domain."""
        return self._addresses.get(local_part.lower())

    def words_about(self, address: str | None) -> str:
        """What is said about them, or nothing."""
        return self._words.get(address.lower(), "") if address else ""


@dataclass(frozen=True, slots=True)
class Judged:
    """How much a message looks like a report."""

    score: int
    rule: str
    is_delay: bool
    has_dialect: bool

    @property
    def is_sure(self) -> bool:
        """Enough to believe it against other signs."""
        return self.score >= _SURE

    @property
    def is_enough(self) -> bool:
        """Enough when nothing speaks against it."""
        return self.score >= _ENOUGH


def judge(message: Message, said: str, *, returns_original: bool) -> Judged:
    """Add up the signs of a report."""
    subject = message.words("subject")[:500]
    sender = message.words("from")[:500]
    opening = said[:6_000]
    dialect = dialect_of(message, opening)
    signs = {
        "names who failed": 4 * bool(message.get("x-failed-recipients")),
        f"dialect {dialect}": 2 * bool(dialect),
        "from a mail system": 2 * bool(FROM.search(sender) or not sender.strip(" <>")),
        "its subject": 2 * bool(SUBJECT.search(subject)),
        "its words": bool(BODY.search(opening)),
        "an empty return path": bool(
            message.get("return-path").strip() in {"<>", "< >"} or "mailer-daemon" in message.get("return-path").lower()
        ),
        "returns a message": bool(returns_original),
        "says so itself": bool(re.search(r"\bfail|bounce|error", message.get("auto-submitted"), re.IGNORECASE)),
    }
    about = (
        bool(BODY.search(opening)) or bool(dialect) or bool(SUBJECT.search(subject)) or _is_bare_report(message, said)
    )
    score = sum(signs.values()) if about else 0
    rule = "words: " + ", ".join(name for name, weight in signs.items() if weight)
    return Judged(score, rule, is_delay(subject, opening), dialect is not None)


def is_mail_system(message: Message) -> bool:
    """Whether the sender is surely no person."""
    return bool(_MAIL_SYSTEM.search(message.words("from")[:500]))


_MAIL_SYSTEM = re.compile(
    r"mailer-?daemon|post_?master|mail delivery|delivery (?:sub)?system|mail system|system administrator", re.IGNORECASE
)


def _is_bare_report(message: Message, said: str) -> bool:
    """Whether only the envelope tells a report: one in a language nobody here reads."""
    is_from_nobody = message.get("return-path").strip() in {"<>", "< >"}
    return is_from_nobody and bool(_DAEMON.search(message.words("from")[:500])) and not _SUCCESS.search(said[:2_000])


_DAEMON = re.compile(r"mailer-?daemon|mail delivery (?:sub)?system", re.IGNORECASE)
_SUCCESS = re.compile(r"success|(?:was|were|been) (?:delivered|relayed|received|read|displayed)", re.IGNORECASE)


def is_delay(subject: str, said: str) -> bool:
    """Whether a report only says that it takes longer."""
    if re.search(r"\((?:failure|failed)\)|returned mail|undeliverable|returned to sender", subject, re.IGNORECASE):
        return False
    if re.search(r"\(delay(?:ed)?\)|delayed\b|not yet", subject, re.IGNORECASE):
        return True
    return bool(DELAYED.search(said) or DELAYED.search(subject)) and (
        not GIVEN_UP.search(said) or bool(_KEEPS_TRYING.search(said))
    )


_KEEPS_TRYING = re.compile(
    (
        r"(?:will|attempts? will) (?:continue|keep|be retried|retry|try)|warning message only|just a warning"
        r"|do not need to resend|not (?:need to|have to) resend|still trying|will be (?:re-?tried|retried)"
    ),
    re.IGNORECASE,
)


def named(message: Message, said: str, original: Original) -> list[Named]:
    """Everybody the report is about, each with the words about them."""
    failed = [address for value in message.every("x-failed-recipients")[:20] for address in addresses_in(value)]
    lines = [line[:_MAX_LINE] for line in said.split("\n")[:_MAX_LINES]]
    own = _own(message, original)
    found = _strongly(lines, own)
    if failed:
        chosen = {each.lower() for each in failed}
        kept = [(number, address) for number, address in found if address.lower() in chosen]
        said_of = {address.lower() for _, address in kept}
        missing = [each for each in failed if each.lower() not in said_of]
        # With one address in the field, everything that is said is about it, under whatever name.
        return _segments(lines, kept)[:_MAX_RECIPIENTS] + [Named(each, said) for each in missing]
    addressees = {each.lower() for each in original.addressees}
    if not found:
        found = _weakly(lines, own, addressees)
    elif addressees and any(address.lower() in addressees for _, address in found):
        # A text that names whom the returned message went to may name helpers and aliases beside them.
        found = [each for each in found if each[1].lower() in addressees or _stands_alone(lines[each[0]], each[1])]
    unheaded = [each for each in found if not _HEADING.match(lines[each[0]])]
    found = unheaded or found
    segments = _segments(lines, found)[:_MAX_RECIPIENTS]
    if segments:
        return segments
    alias = _GENERATED.search(said) or _BARE_NAME.search(said)
    if alias is not None:
        address = alias.group(1) if "@" in alias.group(1) else f"{alias.group(1)}@{_domain_of(message)}"
        return [Named(cleaned(address) or address, said)]
    return [Named(each, said) for each in original.addressees[:1]]


_GENERATED = re.compile(rf"\((?:generated|expanded) from:?\s*<?({ADDRESS})>?", re.IGNORECASE)
_BARE_NAME = re.compile(
    r":[ \t]{0,20}\n(?:[ \t]{0,80}\n){0,5}[ \t]{1,40}([A-Za-z0-9][\w.+-]{1,63})[ \t]{0,80}"
    r"(?:\([^\n]{1,200}\)[ \t]{0,80})?(?:\n|\Z)"
)
"""Somebody without a domain on a line of their own, as some providers name their customers."""


_NAMES_SENDER = re.compile(
    r"(?:sent by|the sender|sender is|mail from|accepting mail from)\s{0,20}:?\s{0,20}$", re.IGNORECASE
)
"""A line that announces the sender's address on the next one."""
_HEADING = re.compile(r"[\s>|*]*(?:to|an|à|a|para)\s*:", re.IGNORECASE)
"""A line that may only repeat the head of the returned message."""


def _domain_of(message: Message) -> str:
    return (address_in(message.get("from")) or "").rpartition("@")[2].lower()


def without_boilerplate(text: str) -> str:
    """What is said about this case, without what is said in every case."""
    return BOILERPLATE.sub(" ", text[:_MAX_EXPLANATION])


def _own(message: Message, original: Original) -> set[str]:
    """Addresses that are never the failed one: the report's own sender and receiver, and the original's sender."""
    values = [message.get(name) for name in ("from", "reply-to", "to", "return-path", "x-actual-from")]
    found = {address.lower() for value in values for address in addresses_in(value, 5)}
    if original.sender:
        found.add(original.sender.lower())
    return found - {each.lower() for each in original.addressees}


def _strongly(lines: list[str], own: set[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    before = ""
    for number, line in enumerate(lines):
        announcement, before = before, line if line.strip() else before
        if "@" not in line or NEVER_NAMES.search(line) or _NAMES_SENDER.search(announcement):
            continue
        for pattern in NAMES_STRONGLY:
            match = pattern.search(line)
            address = cleaned(match.group("a")) if match else None
            if address and address.lower() not in own and not HELPERS.match(address):
                found.append((number, address))
                break
        if len(found) >= 4 * _MAX_RECIPIENTS:
            break
    return found


def _weakly(lines: list[str], own: set[str], addressees: set[str]) -> list[tuple[int, str]]:
    others: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if "@" not in line:
            continue
        for address in addresses_in(line, 10):
            if address.lower() in addressees:
                return [(number, address)]
            if address.lower() not in own and not HELPERS.match(address) and not NEVER_NAMES.search(line):
                others.append((number, address))
    return [] if addressees else others[:1]


def _stands_alone(line: str, address: str) -> bool:
    return line.strip(" \t<>\"':,;[]()|*-").lower().startswith(address.lower())


def _segments(lines: list[str], found: list[tuple[int, str]]) -> list[Named]:
    """The words about each: from where somebody is named to where the next one is."""
    starts: list[tuple[int, str]] = []
    for number, address in found:
        if not starts or starts[-1][1].lower() != address.lower():
            starts.append((number, address))
    words: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for index, (number, address) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(lines)
        shown.setdefault(address.lower(), address)
        words.setdefault(address.lower(), []).extend(lines[number : max(end, number + 1)])
    whole = "\n".join(lines)
    if len(shown) == 1:
        return [Named(address, whole) for address in shown.values()]
    return [Named(address, "\n".join(words[key])) for key, address in shown.items()]


_AFTER_DATA = re.compile(
    r"in reply to end of data|after end of data"
    r"|>>> data <<< 5\d\d [^<>]{0,300}(?:<<< [^<>]{0,300}){0,5}?554 5\.0\.0 service unavailable"
)


def answers_message(said: str) -> bool:
    """Whether the refusal answered the message itself; the machine-readable part does not say at which step."""
    return _AFTER_DATA.search(" ".join(said[:20_000].lower().split())) is not None


_SUMMED_UP = re.compile(
    r"^(<<< 5\d\d[^\n]*)\n+(?:5\d\d )?(?:5\.\d\.\d )?<?[^\s<>]{1,320}>?\.\.\. user unknown",
    re.IGNORECASE | re.MULTILINE,
)


def without_summary(said: str) -> str:
    """A transcript without what Sendmail makes of every refusal of an address, whatever the answer was."""
    return _SUMMED_UP.sub(r"\1", said)


def sender_of(message: Message) -> str | None:
    """Who answers, by the message's own field."""
    return address_in(message.get("from"))
