"""Checking content, previewing it, and compiling it for sending."""

import re
from collections.abc import Callable, Iterable, Sequence
from email.header import decode_header, make_header
from typing import Literal, TypeVar

from common.contracts.lui import MAX_LINK_LENGTH, MAX_LINKS, TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import TokenKeys
from mailer.composing import schemas
from mailer.composing.envelope import Origins
from mailer.composing.errors import ContentFaulty, ContentInvalid, Finding, MergeFailed
from mailer.composing.links import Link, Place, number_links
from mailer.composing.markup import read_html
from mailer.composing.merge import Layout, compile_template
from mailer.composing.message import CompileWith, Composed, Message, Recipient, Secrets
from mailer.composing.plain_text import read_text, text_alternative

__all__ = [
    "CompileWith",
    "Composed",
    "MergeFailed",
    "Message",
    "Origins",
    "Recipient",
    "Secrets",
    "check_content",
    "compile_message",
    "preview",
]

T = TypeVar("T")
_FOLD = re.compile(r"\r\n[ \t]")
_ALONE = CompileWith()
_PREVIEW_SECRETS = Secrets(k_msgid=b"preview", k_pseudonym=b"preview")


def compile_message(
    document: schemas.ContentDocument,
    secrets: Secrets,
    origins: Origins,
    keys: TokenKeys,
    using: CompileWith = _ALONE,
) -> Message:
    """Compile a delivery's content. Raises ContentFaulty."""
    return Message(document, (secrets, keys), origins, using)


class _Check:
    """Collects what the parts of a content hold; a part with mistakes contributes only these."""

    def __init__(self, columns: Sequence[str] | None) -> None:
        self._layout = Layout(columns)
        self.errors: list[Finding] = []
        self.warnings: list[schemas.WarningOut] = []
        self.fields: dict[tuple[str, str], None] = {}

    def attempt(self, read: Callable[[], T]) -> T | None:
        """What `read` gives, or None after noting why it could not."""
        try:
            return read()
        except ContentFaulty as faulty:
            self.errors.extend(faulty.findings)
            return None

    def template(self, source: str, part: Literal["subject", "html", "text"], shown_as: str | None = None) -> None:
        """Compile for the mistakes and the fields."""
        program = self.attempt(lambda: compile_template(source, part, self._layout))
        for name in sorted(program.fields) if program else ():
            self.fields[(name, shown_as or part)] = None

    def links(self, places: Iterable[Place]) -> None:
        """Note the fields inside addresses."""
        for place in dict.fromkeys(places):
            if place.is_personal:
                self.template(place.url, place.part, "link")
                if place.is_trackable:
                    text = "a link with merge fields is only tracked at the levels unique and personal"
                    self.warn(place.part, text)

    def warn(self, part: Literal["subject", "html", "text"], detail: str) -> None:
        """Note something worth knowing, once."""
        warning = schemas.WarningOut(part=part, detail=detail)
        if warning not in self.warnings:
            self.warnings.append(warning)


def check_content(content: schemas.ContentCheckIn) -> schemas.ContentCheckOut:
    """What a content holds and what is wrong with it; never raises on content."""
    check = _Check(content.columns)
    check.template(content.subject, "subject")
    if "\n" in content.subject or "\r" in content.subject:
        check.errors.append(Finding("subject", 1, 1, "the subject must be one line"))
    if content.html is None and content.text is None:
        check.errors.append(Finding("text", 1, 1, "there is neither an HTML part nor a text part"))
    places = _check_html(check, content.html) if content.html is not None else []
    alternative = None
    if content.text is not None:
        places += _check_text(check, content.text)
    elif content.html is not None and not check.errors:
        alternative = text_alternative(content.html)
        places += _check_text(check, alternative)
    links = number_links(places)
    _limit(check, links)
    return _answer(check, links, alternative)


def _limit(check: _Check, links: list[Link]) -> None:
    if len(links) > MAX_LINKS:
        check.errors.append(Finding(links[0].part, 1, 1, f"there are more than {MAX_LINKS} different links"))
    for link in links:
        if len(link.url) > MAX_LINK_LENGTH:
            check.errors.append(Finding(link.part, 1, 1, f"a link is longer than {MAX_LINK_LENGTH} characters"))


def _check_html(check: _Check, source: str) -> list[Place]:
    html = check.attempt(lambda: read_html(source))
    if html is None:
        return []
    check.template(html.source, "html")
    check.links(html.places)
    for warning in html.warnings:
        check.warn("html", warning)
    return html.places


def _check_text(check: _Check, source: str) -> list[Place]:
    text = check.attempt(lambda: read_text(source))
    if text is None:
        return []
    check.template(text.source, "text")
    check.links(text.places)
    return text.places


def _answer(check: _Check, links: list[Link], alternative: str | None) -> schemas.ContentCheckOut:
    errors = sorted(dict.fromkeys(check.errors), key=lambda found: (found.part, found.line, found.column))
    return schemas.ContentCheckOut(
        merge_fields=[
            schemas.MergeFieldOut.model_validate({"name": name, "part": part}) for name, part in check.fields
        ],
        links=[
            schemas.LinkOut(number=link.number, part=link.part, url=link.url, alias=link.alias, personal=link.personal)
            for link in links
        ],
        text_alternative=alternative,
        errors=[schemas.ErrorOut(part=e.part, line=e.line, column=e.column, detail=e.detail) for e in errors],
        warnings=check.warnings,
    )


def preview(body: schemas.PreviewIn, origins: Origins, keys: TokenKeys) -> schemas.PreviewOut:
    """One merged message, without tracking so that looking at it counts nowhere. Raises ContentInvalid."""
    untracked = TrackingPlanV1(level=TrackingLevel.OFF, opens=False, links=(), campaign=body.tracking.campaign)
    document = body.model_copy(update={"tracking": untracked, "attachments": []})
    ordinal, address, values = body.recipient
    try:
        message = compile_message(document, _PREVIEW_SECRETS, origins, keys)
        subject, html, text, block = message.preview(Recipient(ordinal, address, values), "")
    except ContentFaulty as faulty:
        errors = [
            {"pointer": f"/{f.part}", "line": f.line, "column": f.column, "detail": f.detail} for f in faulty.findings
        ]
        raise ContentInvalid("The content has mistakes.", errors=errors) from None
    except MergeFailed as failed:
        errors = [{"pointer": "/recipient", "detail": failed.detail}]
        raise ContentInvalid(f"This recipient's message cannot be made: {failed.detail}.", errors=errors) from None
    return schemas.PreviewOut(subject=subject, html=html, text=text, headers=_readable(block))


def _readable(block: str) -> list[tuple[str, str]]:
    lines = _FOLD.sub(" ", block).split("\r\n")
    pairs = [line.partition(":")[::2] for line in lines if line]
    return [(name, str(make_header(decode_header(value.strip())))) for name, value in pairs]
