"""Answering a question: what lui knows of its jobs, and what tracker has counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.http.bearer import Forbidden
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from lui.action_tags import service as action_tags
from lui.clients.tracker_reports import Asked, AskedSource, CountedReactions, CountedSource, TrackerReportsClient
from lui.reports.rules.periods import Days, bounds_of, days_of, zone_of
from lui.reports.rules.possible import problems_of
from lui.reports.rules.tables import notes_about, series_of, sum_table
from lui.reports.schemas.query import PeriodOut, ReportQueryIn, ReportResultOut
from lui.reports.service.facts import Reader, ReportedJob, read_jobs
from lui.reports.service.rows import Page, details_table, recipients_table

SEE_RECIPIENTS = "see_recipients"
_NOTHING = CountedSource(total=0, humans=0, people=None, human_people=None, points=[], labels=[], unknown_labels=[])


@dataclass(frozen=True)
class Question:
    """A question that can be answered, with everything lui itself knows of it."""

    query: ReportQueryIn
    jobs: Mapping[str, ReportedJob]
    days: Days
    asked: Asked
    tags: Mapping[str, str]
    """Names of action tags by number."""
    at: datetime

    @property
    def has_people(self) -> bool:
        """Whether the answer names recipients."""
        is_about_them = self.query.type in {"recipients", "details"}
        levels = {each.plan.level for job in self.jobs.values() for each in job.deliveries}
        return is_about_them and TrackingLevel.PERSONAL in levels


@dataclass(frozen=True)
class Answering:
    """What answering takes: transactions of lui and tracker's answers, and for whom."""

    units: UnitOfWorkFactory
    tracker: TrackerReportsClient
    by: Reader


async def prepare_question(uow: UnitOfWork, query: ReportQueryIn, *, by: Reader) -> Question:
    """Raises Invalid with a pointer at what cannot be asked, and Forbidden where recipients may not be seen."""
    zone = zone_of(query.time_zone)
    jobs = await read_jobs(uow, [job_id for source in query.sources for job_id in source.job_ids], by=by)
    if problems := problems_of(query, {job.id: job.sent for job in jobs.values()}):
        raise Invalid(*problems)
    days = days_of(query.period, today=uow.now.astimezone(zone).date())
    start, end = bounds_of(days, zone)
    tags = await _tags(uow, query, by=by)
    asked = Asked(
        sources=[
            AskedSource(
                event=source.event,
                delivery_ids=[each.id for job_id in source.job_ids for each in jobs[job_id].deliveries],
                labels=source.links,
                tags=None if source.tags is None else [tags[tag_id].number for tag_id in source.tags],
            )
            for source in query.sources
        ],
        start=start,
        end=end,
        judged=query.judged,
    )
    names = {str(tag.number): tag.name for tag in tags.values()}
    question = Question(query, jobs, days, asked, names, uow.now)
    if question.has_people and not by.may(SEE_RECIPIENTS):
        raise Forbidden(f"This needs the right {SEE_RECIPIENTS}", right=SEE_RECIPIENTS)
    return question


async def _tags(uow: UnitOfWork, query: ReportQueryIn, *, by: Reader) -> dict[str, action_tags.Tag]:
    """The action tags that may be seen, by id. Raises Invalid for one that is not among them."""
    if all(source.event != "actions" for source in query.sources):
        return {}
    known = {tag.id: tag for tag in await action_tags.list_tags(uow, by=by)}
    problems = [
        (f"/sources/{at}/tags/{place}", "there is no such action tag")
        for at, source in enumerate(query.sources)
        for place, tag_id in enumerate(source.tags or ())
        if tag_id not in known
    ]
    if problems:
        raise Invalid(*problems)
    return known


async def look_into(answering: Answering, query: ReportQueryIn) -> Question:
    """A question with everything lui knows of it. Raises Invalid, Forbidden."""
    async with answering.units.reader() as uow:
        return await prepare_question(uow, query, by=answering.by)


async def run_report(answering: Answering, query: ReportQueryIn, page: Page) -> ReportResultOut:
    """The answer; `page` says which rows of a table with recipients or reactions.

    Raises Invalid, Forbidden, and Unavailable when tracker is away.
    """
    return await answer_question(answering, await look_into(answering, query), page)


async def answer_question(answering: Answering, question: Question, page: Page) -> ReportResultOut:
    """The answer to a question that was looked into already."""
    query = question.query
    if query.type in {"recipients", "details"}:
        look_up = recipients_table if query.type == "recipients" else details_table
        found = await look_up(answering.units, answering.tracker, question, page)
        result = _result(question, found.as_of, found.rules_version)
        return result.model_copy(update={"table": found.table, "notes": [*result.notes, *found.notes]})
    if not any(source.delivery_ids for source in question.asked.sources):
        nothing = [_NOTHING] * len(query.sources)
        table = sum_table(query, nothing, {}) if query.type == "sum" else None
        return _result(question, question.at, None).model_copy(update={"table": table})
    counted = await _count(answering.tracker, question)
    result = _result(question, counted.as_of, counted.rules_version)
    unknown = [label for source in counted.sources for label in source.unknown_labels]
    return result.model_copy(
        update={
            "series": series_of(query, counted.sources),
            "table": sum_table(query, counted.sources, question.tags) if query.type == "sum" else None,
            "notes": [*result.notes, *_gone(unknown), *counted.notes],
        }
    )


async def _count(tracker: TrackerReportsClient, question: Question) -> CountedReactions:
    query = question.query
    interval = query.interval if query.type == "over_time" else None
    return await tracker.count(question.asked, time_zone=query.time_zone, interval=interval, count=query.count)


def _gone(labels: Sequence[str]) -> list[str]:
    return [f"None of these jobs has a tracked link “{label}” (any more)." for label in dict.fromkeys(labels)]


def _result(question: Question, as_of: datetime, rules_version: int | None) -> ReportResultOut:
    query, (first, last) = question.query, question.days
    jobs = list(question.jobs.values())
    return ReportResultOut(
        query=query,
        as_of=as_of,
        rules_version=rules_version,
        period=PeriodOut(from_=first, to=last),
        series=series_of(query, None),
        table=None,
        jobs=[job.shown() for job in jobs],
        notes=notes_about(query, [job.sent for job in jobs], [job.name for job in jobs if job.is_deleted]),
    )
