"""What a message that came back is: the one entry of reading."""

import re
from dataclasses import replace

from mailer.bounces.reading import plain
from mailer.bounces.reading.automatic import automatic
from mailer.bounces.reading.complaint import addressee_of, feedback, is_complaint
from mailer.bounces.reading.meanings import Meanings, is_vague, unjudged
from mailer.bounces.reading.message import PREAMBLE, Message, read_message
from mailer.bounces.reading.original import cut, returned_part
from mailer.bounces.reading.signs import FROM, SUBJECT
from mailer.bounces.reading.status import TYPES, Block, is_status, read_status
from mailer.bounces.reading.words import from_html
from mailer.bounces.rules import Kind, Report, ReportedRecipient
from mailer.replies.service import best_status, shown

UNREADABLE = "unreadable"
_MAX_TEXTS = 6
_MAX_WRAPPED = 1024 * 1024
_MAX_SAID = 64 * 1024
_STATUS_IN_TEXT = re.compile(
    r"^(?:final|original)-recipient[ \t]*:.{1,400}?^(?:action|status)[ \t]*:"
    r"|^action[ \t]*:.{1,400}?^(?:final|original)-recipient[ \t]*:",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_KINDS: dict[str, Kind] = {
    "failed": "bounce",
    "delayed": "delay",
    "delivered": "other",
    "relayed": "other",
    "expanded": "other",
}


def read_report(data: bytes) -> Report:
    """What a message reports; `other` when it reports nothing that is understood. Never raises on any octets."""
    try:
        return _Reading(read_message(data)).report()
    except Exception:  # noqa: BLE001 - the last armour against what strangers write; the torture looks for its use
        return Report("other", rule=UNREADABLE)


class _Reading:
    """One message being read."""

    def __init__(self, message: Message, *, is_wrapped: bool = False) -> None:
        self._is_wrapped = is_wrapped
        self._message = message
        self._meanings = Meanings()
        self._text = _texts(message)
        said, trailing = cut(self._text)
        part = returned_part(message)
        self._said = said
        self._has_original = part is not None or bool(trailing.fields)
        self._original = part if part is not None and part.fields else trailing

    def report(self) -> Report:
        message = self._message
        rule = is_complaint(message, self._text)
        if rule is not None:
            return self._complaint(rule)
        found = self._machine_readable()
        if found is not None:
            return found
        wrapped = self._wrapped()
        if wrapped is not None:
            return wrapped
        judged = plain.judge(message, self._said, returns_original=self._has_original)
        if judged.is_sure and not _is_away(message):
            return self._words(judged)
        automatic_rule = automatic(message, self._said)
        if automatic_rule is not None:
            return self._automatic(automatic_rule)
        return self._words(judged) if judged.is_enough else self._made("other", [], "nothing that is known")

    def _made(
        self, kind: Kind, recipients: list[ReportedRecipient], rule: str, feedback_type: str | None = None
    ) -> Report:
        if kind == "delay":
            recipients = [replace(each, permanent=False) for each in recipients]
        return Report(kind, tuple(recipients), rule, self._original.message_id, feedback_type)

    def _complaint(self, rule: str) -> Report:
        feedback_type, addresses = feedback(self._message, self._text)
        known = [each for each in addresses if "redacted" not in each.lower()]
        if not known:
            addressee = addressee_of(self._original.fields) or addressee_of(_only(self._message.fields, "x-hmxm"))
            known = [addressee] if addressee else addresses
        said = shown(" ".join(self._said.split()))
        recipients = [unjudged(address, said, rule) for address in known] or [unjudged(None, said, rule)]
        return self._made("complaint", recipients, rule, feedback_type)

    def _automatic(self, rule: str) -> Report:
        said = shown(" ".join(self._said.split()))
        return self._made("auto_reply", [unjudged(plain.sender_of(self._message), said, rule)], rule)

    def _machine_readable(self) -> Report | None:
        part = next((each for each in self._message.parts if is_status(each)), None)
        if part is None and not _STATUS_IN_TEXT.search(self._text):
            return None
        blocks = read_status(part.text() if part is not None else self._text).blocks
        if not blocks and part is not None and _STATUS_IN_TEXT.search(self._text):
            blocks = read_status(self._text).blocks
        if not blocks:
            return None
        kinds = [self._kind_of(block) for block in blocks]
        kind: Kind = "bounce" if "bounce" in kinds else "delay" if "delay" in kinds else "other"
        about = [block for block, its_kind in zip(blocks, kinds, strict=True) if its_kind == kind]
        rule = "status part" if part is not None else "status fields in the text"
        if kind == "other":
            return self._made(kind, [], f"{rule}: {about[0].action or 'no failure'}")
        people = plain.People(plain.named(self._message, self._said, self._original))
        recipients = _each_once([self._from_block(block, people, len(about)) for block in about])
        return self._made(kind, recipients, f"{rule}: {about[0].action or 'no action named'}")

    def _wrapped(self) -> Report | None:
        """A whole report inside a message, as scanners and list servers pass it on."""
        if self._is_wrapped or not (
            SUBJECT.search(self._message.words("subject")) or FROM.search(self._message.words("from"))
        ):
            return None
        for part in self._message.parts[:5]:
            if part.kind == "message/rfc822":
                inner = read_message(part.body[:_MAX_WRAPPED])
                is_report = inner.report_type or any(is_status(each) for each in inner.parts)
                if not is_report and (not plain.is_mail_system(inner) or self._speaks_for_itself()):
                    continue
                found = _Reading(inner, is_wrapped=True).report()
                return found if found.kind != "other" else None
        return None

    def _speaks_for_itself(self) -> bool:
        return plain.judge(self._message, self._said, returns_original=True).has_dialect

    def _kind_of(self, block: Block) -> Kind:
        if block.action:
            return _KINDS[block.action]
        status = best_status(block.status, block.diagnostic)
        if status is not None and status.startswith("2"):
            return "other"
        subject = self._message.words("subject")
        is_delay = self._meanings.is_delay(subject, self._said[:4_000])
        return "delay" if is_delay and (status is None or status.startswith("4")) else "bounce"

    def _from_block(self, block: Block, people: plain.People, count: int) -> ReportedRecipient:
        address = block.address
        if address is None or "@" not in address:
            matching = people.starting_with(address) if address else None
            address = matching or (people.first if people.first and count == 1 else address)
        said = people.words_about(address)
        if not said and count == 1:
            said = self._said
        diagnostic = block.diagnostic or block.comment
        meanings = self._meanings
        found = meanings.from_diagnostic(address, diagnostic, block.status, said)
        said = meanings.without_summary(said)
        for more in (block.comment, meanings.explaining(said), meanings.without_boilerplate(said)):
            if not is_vague(found):
                break
            if more and more not in diagnostic:
                fuller = meanings.judged(address, f"{diagnostic}\n{more}", block.status)
                found = found if is_vague(fuller) else fuller
        return found

    def _words(self, judged: plain.Judged) -> Report:
        message = self._message
        said = self._meanings.without_summary(self._said)
        people = plain.named(message, said, self._original)
        if not people and said != self._text:
            # What looked like the returned message was part of the report.
            said = self._text
            people = plain.named(message, said, self._original)
        if not people and not self._has_original and not judged.has_dialect and not plain.is_mail_system(message):
            return self._made("other", [], "talks of failures, but names nobody")
        subject = message.words("subject")[:300]
        kind: Kind = "delay" if judged.is_delay else "bounce"
        recipients = [self._from_words(each.address, each.words, subject) for each in people]
        if not recipients:
            recipients = [self._from_words(None, said, subject)]
        return self._made(kind, recipients, judged.rule)

    def _from_words(self, address: str | None, words: str, subject: str) -> ReportedRecipient:
        meanings = self._meanings
        found = meanings.judged(address, meanings.explaining(words))
        said = self._meanings.without_summary(self._said)
        is_summed_up = said != self._said
        for wider in (words, said, f"{subject}\n{self._said}"):
            if not is_vague(found) or (is_summed_up and found.rule.startswith("refused by")):
                break
            fuller = meanings.judged(address, meanings.without_boilerplate(wider))
            found = found if is_vague(fuller) and found.rule != "nothing known" else fuller
        return found


def _each_once(recipients: list[ReportedRecipient]) -> list[ReportedRecipient]:
    """One entry an address: what is permanent outranks what is not."""
    found: dict[str, ReportedRecipient] = {}
    for each in recipients:
        key = (each.address or "").lower()
        if key not in found or (each.permanent and not found[key].permanent):
            found[key] = each
    return list(found.values())


def _only(fields: dict[str, list[str]], prefix: str) -> dict[str, list[str]]:
    return {name: values for name, values in fields.items() if name.startswith(prefix)}


def _texts(message: Message) -> str:
    """What is said in words, without the returned message."""
    found: list[str] = []
    pages: list[str] = []
    for part in message.parts:
        if len(found) + len(pages) >= _MAX_TEXTS:
            break
        if part.kind == "text/html":
            pages.append(from_html(part.text()))
        elif part.kind in TYPES:
            continue
        elif part.kind.startswith("text/") and part.kind not in {
            PREAMBLE,
            "text/rfc822-headers",
            "text/rfc822",
            "text/calendar",
        }:
            found.append(_readable(part.text()))
    words = [text for text in found if text.strip()] or [text for text in pages if text.strip()]
    if not words:
        words = [part.text() for part in message.parts if part.kind == PREAMBLE]
    return "\n".join(words)[:_MAX_SAID]


def _readable(text: str) -> str:
    """Some write HTML and call it plain."""
    return from_html(text) if "<br" in text[:2_000].lower() or "<html" in text[:500].lower() else text


def _is_away(message: Message) -> bool:
    return automatic(message, "") is not None and not message.get("x-failed-recipients")
