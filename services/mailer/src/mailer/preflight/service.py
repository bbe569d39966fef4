"""Looking at a mailing before it is authorized: signatures, records, sizes."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from common.contracts.signed_token import TokenKeys
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from mailer.composing import service as composing
from mailer.composing.errors import ContentFaulty
from mailer.composing.schemas import ContentDocument
from mailer.dns import NoRecord, Resolver, Unanswered
from mailer.gateways import service as gateways
from mailer.preflight import rules
from mailer.preflight.rules import Alignment, Answer, Findings
from mailer.preflight.schemas import PreflightOut
from mailer.sealing import Sealer
from mailer.signing import service as signing
from mailer.signing.rules import domain_of, record_name, signing_domains
from mailer.signing.service import ActiveKey, RecordState

_TRY_SECRETS = composing.Secrets(b"preflight", b"preflight")
_DMARC_DOMAINS = 4
"""How far up a policy is looked for."""


@dataclass(frozen=True, slots=True)
class Means:
    """What looking takes."""

    uow: UnitOfWorkFactory
    resolver: Resolver
    sealer: Sealer
    origins: composing.Origins
    keys: TokenKeys


async def preflight(means: Means, document: ContentDocument) -> PreflightOut:
    """What keeps a content document from being sent, and what to know before. Never raises on content or records."""
    findings = Findings()
    address = document.sender.address
    async with means.uow.reader() as uow:
        keys = await signing.active_keys(uow, address)
        unreadable = await signing.unreadable(uow, address, means.sealer)
        limit = await gateways.size_limit(uow, domain_of(address) or "")
    # Nobody is asked while the database is.
    if unreadable is not None:
        findings.block("dkim_key_unreadable", f"The messages cannot be signed: {unreadable}", can_override=False)
    await _size(means, document, limit, findings)
    rules.judge_html(findings, document.html)
    await asyncio.gather(
        _signatures(means.resolver, address, keys, findings), _policies(means, document, keys, findings)
    )
    return PreflightOut.model_validate(asdict(findings))


async def size_refusal(uow: UnitOfWork, sender_address: str, octets: int) -> str | None:
    """Why no message of this size leaves for a sender, in plain words; None when it may."""
    return rules.too_large(octets, await gateways.size_limit(uow, domain_of(sender_address) or ""))


async def _size(means: Means, document: ContentDocument, limit: int | None, findings: Findings) -> None:
    try:
        octets = await asyncio.to_thread(_octets, means, document)
    except ContentFaulty as faulty:
        first = faulty.findings[0]
        detail = f"The content has a mistake ({first.part}, line {first.line}): {first.detail}"
        return findings.block("content_invalid", detail, can_override=False)
    return rules.judge_size(findings, octets, limit)


def _octets(means: Means, document: ContentDocument) -> int:
    # The files' octets are not here yet, and only their number matters.
    alone = document.model_copy(update={"attachments": []})
    message = composing.compile_message(alone, _TRY_SECRETS, means.origins, means.keys)
    return message.largest_size_estimate + rules.encoded_size([each.size for each in document.attachments])


async def _signatures(resolver: Resolver, address: str, keys: Sequence[ActiveKey], findings: Findings) -> None:
    if not keys:
        detail = f"There is no active signing key for {domain_of(address) or address}: the gateway has to sign"
        return findings.remark("dkim_no_key", detail)
    judgements = await asyncio.gather(*(signing.look_up(resolver, key) for key in keys))
    for state, code in ((RecordState.MISSING, "dkim_missing"), (RecordState.DIFFERENT, "dkim_mismatch")):
        wrong = _named(keys, judgements, state)
        if wrong:
            detail = f"Receivers will not trust the signature: {wrong}"
            findings.block(code, detail, can_override=True)
    unknown = _named(keys, judgements, RecordState.UNKNOWN)
    if unknown:
        findings.remark("dkim_unknown", f"The signing key's record could not be looked up: {unknown}")
    return None


def _named(keys: Sequence[ActiveKey], judgements: Sequence[signing.Judgement], state: RecordState) -> str:
    return "; ".join(
        f"{record_name(key.domain, key.selector)}: {judgement.reason}"
        for key, judgement in zip(keys, judgements, strict=True)
        if judgement.state is state
    )


async def _policies(means: Means, document: ContentDocument, keys: Sequence[ActiveKey], findings: Findings) -> None:
    from_domain = domain_of(document.sender.address)
    if from_domain is None:
        return
    bounces = document.sender.bounces
    returned = means.origins.bounce_domain if bounces.mode == "automatic" else domain_of(bounces.address or "")
    return_domain = returned or from_domain
    dmarc = [f"_dmarc.{domain}" for domain in signing_domains(from_domain)[:_DMARC_DOMAINS]]
    spf, *policies = await asyncio.gather(*(_ask(means.resolver, name) for name in (return_domain, *dmarc)))
    rules.judge_spf(findings, spf)
    alignment = Alignment(from_domain, return_domain, [key.domain for key in keys])
    rules.judge_dmarc(findings, policies, alignment)


async def _ask(resolver: Resolver, name: str) -> Answer:
    try:
        return Answer(name, tuple(await resolver.txt(name)))
    except NoRecord:
        return Answer(name)
    except Unanswered as error:
        return Answer(name, unanswered=str(error))
