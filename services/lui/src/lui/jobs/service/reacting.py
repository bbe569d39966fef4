"""Recipients by reaction: an earlier job's audience, and who in it did what, as tracker and mailer know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.contracts.lui import TrackedLinkV1, TrackingPlanV1
from common.contracts.problem import Invalid
from common.http.bearer import Caller, Forbidden
from common.messaging.unit_of_work import UnitOfWork
from lui.action_tags import service as action_tags
from lui.action_tags.errors import ActionTagNotFound
from lui.audience import service as audience
from lui.audience.errors import SnapshotMissing
from lui.audience.reacting import (
    Did,
    Question,
    ReactionCountOut,
    ReactionOptionsOut,
    ReactionSourceIn,
    ReactionSourceOut,
    questions_of,
)
from lui.audience.rules.conditions import affirmed, matching
from lui.audience.schemas import Definition, DuplicatesOut, RecipientsIn
from lui.clients.reactions import Kind, Reactions
from lui.deliveries import service as deliveries
from lui.jobs.errors import JobNotFound
from lui.jobs.models import Job
from lui.jobs.rules.reacting import askable, askable_links, labelled, reason_against
from lui.jobs.rules.system_id import reference
from lui.jobs.service.load import get_visible_job

_JOB = "/source/job_id"
_CONDITION = "/source/condition"
_KINDS: dict[Did, Kind] = {Did.OPENED: "open", Did.CLICKED: "click", Did.ACTED: "action"}
WITHOUT_CONSENT = "Whoever did not consent to be known counts as somebody who did nothing"


@dataclass(frozen=True)
class Sent:
    """A live delivery of the source job, and at which place its audience stands."""

    id: str
    number: int
    plan: TrackingPlanV1
    at: int


@dataclass(frozen=True)
class SourceJob:
    """An earlier job that can be asked about."""

    job: Job
    sent: Sequence[Sent]
    audiences: audience.Audiences

    @property
    def recipients(self) -> int:
        """How many people it has."""
        return self.audiences.crowd.everybody().bit_count()

    def links(self) -> tuple[TrackedLinkV1, ...]:
        """Every link that was tracked."""
        return tuple(dict.fromkeys(link for sent in self.sent for link in sent.plan.links))

    def notes(self) -> list[str]:
        """What to know about who is found."""
        return [WITHOUT_CONSENT] if any(sent.plan.consent_column for sent in self.sent) else []


async def source_job(uow: UnitOfWork, job_id: str, *, by: Caller) -> SourceJob:
    """Raises Invalid, with the reason, when its recipients cannot be chosen by reaction; and Forbidden."""
    if not by.may("see_reports"):
        raise Forbidden("Who reacted is part of the reports: this needs the right see_reports", right="see_reports")
    try:
        job = await get_visible_job(uow, job_id, by=by)
    except JobNotFound as error:
        raise Invalid((_JOB, "there is no such job, or it was deleted")) from error
    live = await deliveries.live_deliveries_of(uow, job.id)
    if (reason := reason_against([delivery.tracking.level for delivery in live])) is not None:
        raise Invalid((_JOB, reason))
    newest_first = list(dict.fromkeys(delivery.snapshot_id for delivery in reversed(live)))
    try:
        audiences = await audience.load_audiences(uow, newest_first)
    except SnapshotMissing as error:
        raise Invalid((_JOB, "the recipients of that job are no longer kept")) from error
    if any(each.columns != audiences.newest.columns for each in audiences.snapshots):
        raise Invalid((_JOB, "that job was delivered to audiences with different columns"))
    sent = [Sent(each.id, each.number, each.tracking, newest_first.index(each.snapshot_id)) for each in reversed(live)]
    return SourceJob(job, sent, audiences)


async def who_fits(
    uow: UnitOfWork, source: SourceJob, asked: ReactionSourceIn, reactions: Reactions, *, by: Caller
) -> int:
    """The places of those whom the condition fits. Raises Invalid naming what cannot be asked, and Unavailable."""
    answers: dict[Question, int] = {}
    for question in dict.fromkeys(map(affirmed, questions_of(asked.condition))):
        answers[question] = await _answer(uow, source, question, reactions, by)
    return matching(asked.condition, answers.__getitem__, source.audiences.crowd.everybody())


async def _answer(uow: UnitOfWork, source: SourceJob, question: Question, reactions: Reactions, by: Caller) -> int:
    tags = await _tag_numbers(uow, question, by)
    _require_tracked(source, question)
    crowd = source.audiences.crowd
    found = 0
    for sent in source.sent:
        links = labelled(sent.plan.links, question.links)
        if question.links is not None and not links:
            continue  # this delivery had none of these links
        if question.did is Did.BOUNCED:
            octets = await reactions.mailer.bounced(sent.id)
        else:
            kind, numbers = _KINDS[question.did], tags or [link.number for link in links]
            octets = await reactions.tracker.reacted(sent.number, kind, numbers, judged=question.judged)
        found |= crowd.placed(sent.at, octets)
    return crowd.joined(found)


async def _tag_numbers(uow: UnitOfWork, question: Question, by: Caller) -> list[int]:
    try:
        return [tag.number for tag in await action_tags.tags_of(uow, question.tags or (), by=by)]
    except ActionTagNotFound as error:
        raise Invalid((_CONDITION, "there is no such action tag")) from error


def _require_tracked(source: SourceJob, question: Question) -> None:
    plans = [sent.plan for sent in source.sent]
    if question.did is Did.OPENED and not any(plan.opens for plan in plans):
        raise Invalid((_CONDITION, "the job did not track opens"))
    if question.did is Did.CLICKED and not source.links():
        raise Invalid((_CONDITION, "the job did not track clicks"))
    if question.did is Did.ACTED and all(plan.actions is None for plan in plans):
        raise Invalid((_CONDITION, "the job did not track actions"))
    for label in question.links or ():
        if not labelled(source.links(), (label,)):
            raise Invalid((_CONDITION, f"the job tracked no link {label[:200]!r}"))


async def define_by_reaction(
    uow: UnitOfWork, asked: RecipientsIn, wanted: ReactionSourceIn, reactions: Reactions, *, by: Caller
) -> tuple[Definition, str]:
    """Freeze those who fit into a snapshot, whose id is returned. Raises Invalid, Forbidden and Unavailable."""
    source = await source_job(uow, wanted.job_id, by=by)
    who = await who_fits(uow, source, wanted, reactions, by=by)
    snapshot = await audience.define_subset(uow, asked, source.audiences, who)
    snapshot.warnings = source.notes()
    job = source.job
    definition = Definition(
        source=ReactionSourceOut(
            type="reaction",
            job_id=job.id,
            job_title=job.title,
            job_reference=reference(job.prefix, job.system_id),
            condition=wanted.condition,
            evaluated_at=uow.now,
            recipients=source.recipients,
        ),
        address_column=snapshot.address_column,
        name_column=snapshot.name_column,
        usage=asked.usage,
        duplicates=DuplicatesOut(by=asked.duplicates.by, columns=asked.duplicates.columns),
    )
    return definition, snapshot.id


async def count_by_reaction(
    uow: UnitOfWork, wanted: ReactionSourceIn, reactions: Reactions, *, by: Caller
) -> ReactionCountOut:
    """How many fit at the moment; nothing is kept. Raises Invalid, Forbidden and Unavailable."""
    source = await source_job(uow, wanted.job_id, by=by)
    who = await who_fits(uow, source, wanted, reactions, by=by)
    return ReactionCountOut(count=who.bit_count(), recipients=source.recipients, as_of=uow.now, notes=source.notes())


async def reaction_options(uow: UnitOfWork, job_id: str, *, by: Caller) -> ReactionOptionsOut:
    """What can be asked about the job's recipients, or why nothing can. Raises JobNotFound and Forbidden."""
    await get_visible_job(uow, job_id, by=by)
    try:
        source = await source_job(uow, job_id, by=by)
    except Invalid as error:
        reason = error.detail
        return ReactionOptionsOut(
            job_id=job_id, usable=False, reason=reason, recipients=0, dids=[], links=[], columns=[]
        )
    return ReactionOptionsOut(
        job_id=job_id,
        usable=True,
        reason=None,
        recipients=source.recipients,
        dids=askable([sent.plan for sent in source.sent]),
        links=askable_links(source.links()),
        columns=source.audiences.newest.columns,
    )
