"""What keeps a mailing from being sent, and what its senders should know before; no word of this asks anybody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HTML_SHOWN = 102 * 1024
"""Octets of HTML after which Gmail cuts a message off."""
_LINE_OF_BASE64 = 57
_WRITTEN_LINE = 78
_PART_HEADERS = 600
_SPF = re.compile(r"v=spf1(?: |$)", re.IGNORECASE)
_DMARC = re.compile(r"v=DMARC1\s*(?:;|$)")
_STRICT_POLICIES = ("quarantine", "reject")


@dataclass(frozen=True, slots=True)
class Blocking:
    """A reason not to send; `can_override`: somebody may take it on themselves."""

    code: str
    detail: str
    can_override: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Worth knowing before sending."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Answer:
    """TXT records of a name, or why nobody knows them."""

    name: str
    records: tuple[str, ...] = ()
    unanswered: str | None = None


@dataclass(slots=True)
class Findings:
    """Everything found about one mailing."""

    problems: list[Blocking] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def block(self, code: str, detail: str, *, can_override: bool) -> None:
        """Note a reason not to send."""
        self.problems.append(Blocking(code, detail, can_override))

    def remark(self, code: str, detail: str) -> None:
        """Note something worth knowing."""
        self.warnings.append(Remark(code, detail))


def encoded_size(sizes: Sequence[int]) -> int:
    """Octets that files of these sizes take in a message: base64 in lines, and the headers of their parts."""
    return sum(-(-size // _LINE_OF_BASE64) * _WRITTEN_LINE + _PART_HEADERS for size in sizes)


def too_large(octets: int, limit: int | None) -> str | None:
    """Why a gateway refuses a message of this size, in plain words; None when it does not, or nobody knows."""
    if limit is None or octets <= limit:
        return None
    return f"the message has about {octets:,} octets, the gateway takes at most {limit:,}"


def judge_size(findings: Findings, octets: int, limit: int | None) -> None:
    """A gateway refuses what is larger than its SIZE; nobody can override that."""
    reason = too_large(octets, limit)
    if reason is not None:
        findings.block("message_too_large", reason[0].upper() + reason[1:], can_override=False)


def judge_html(findings: Findings, html: str | None) -> None:
    """Large HTML is sent, but not all of it is shown everywhere."""
    size = len((html or "").encode("utf-8", "replace"))
    if size > HTML_SHOWN:
        detail = f"The HTML part has {size // 1024} KB; Gmail shows the first {HTML_SHOWN // 1024} KB"
        findings.remark("html_clipped", f"{detail}, and with them often neither the end nor the unsubscribe link")


def judge_spf(findings: Findings, answer: Answer) -> None:
    """Whether the domain that failures go back to says who may send for it (RFC 7208)."""
    found = [record for record in answer.records if _SPF.match(record)]
    if answer.unanswered is not None:
        findings.remark("spf_unknown", f"The SPF record of {answer.name} could not be looked up: {answer.unanswered}")
    elif not found:
        detail = f"{answer.name}, where failures go back to, has no SPF record: publish one that names your gateway"
        findings.remark("spf_missing", detail)
    elif len(found) > 1:
        findings.remark("spf_invalid", f"{answer.name} has {len(found)} SPF records, which counts as an error")


@dataclass(frozen=True, slots=True)
class Alignment:
    """What of a mailing stands for the domain of its sender's address."""

    from_domain: str
    return_domain: str
    signing_domains: Sequence[str]


def judge_dmarc(findings: Findings, answers: Sequence[Answer], alignment: Alignment) -> None:
    """Whether the sender's domain has a policy, and whether the mailing keeps it. `answers`: nearest domain first."""
    for answer in answers:
        found = [record for record in answer.records if _DMARC.match(record)]
        if answer.unanswered is not None:
            detail = f"The DMARC record {answer.name} could not be looked up: {answer.unanswered}"
            return findings.remark("dmarc_unknown", detail)
        if len(found) > 1:
            return findings.remark("dmarc_invalid", f"There are {len(found)} DMARC records at {answer.name}")
        if found:
            return _judge_policy(findings, answer.name, tags_of(found[0]), alignment)
    detail = f"{alignment.from_domain} has no DMARC record; large mailbox providers want one, at least p=none"
    return findings.remark("dmarc_missing", detail)


def _judge_policy(findings: Findings, name: str, tags: Mapping[str, str], alignment: Alignment) -> None:
    policy = tags.get("p", "").lower()
    if policy not in {"none", *_STRICT_POLICIES}:
        return findings.remark("dmarc_invalid", f"The DMARC record at {name} has no usable policy (p=)")
    if policy == "none":
        return None
    domain = alignment.from_domain
    signs = any(_aligned(each, domain, tags.get("adkim")) for each in alignment.signing_domains)
    if signs or _aligned(alignment.return_domain, domain, tags.get("aspf")):
        return None
    detail = (
        f"The DMARC record at {name} wants unaligned mail treated as {policy}, and neither a signature of ours nor the "
        f"return path ({alignment.return_domain}) stands for {domain}: it depends on the gateway's own signature"
    )
    return findings.remark("dmarc_unaligned", detail)


def _aligned(domain: str, from_domain: str, mode: str | None) -> bool:
    if domain == from_domain:
        return True
    return mode != "s" and (from_domain.endswith(f".{domain}") or domain.endswith(f".{from_domain}"))


def tags_of(record: str) -> dict[str, str]:
    """`name=value` pairs of a record."""
    tags: dict[str, str] = {}
    for each in record.split(";"):
        name, equals, value = each.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    return tags
