"""Answering questions about reactions from the counters; raw reactions are never scanned."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from common.contracts.lui import DeliveryKind, TrackedLinkV1, TrackingLevel
from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans import service as plans
from tracker.plans.plan import Plan
from tracker.privacy.rules import counts_people
from tracker.reactions import service as reactions
from tracker.reactions.rules import MACHINES
from tracker.reports.errors import DeliveryNotFound
from tracker.reports.rules import Interval, TooManyPoints, UnknownTimeZone, add_up, is_aligned, zone_of
from tracker.reports.schemas import ClicksOut, DeliveryReportOut, LinkOut, OpensOut, OverTimeOut, ReportOut, SeriesOut
from tracker.reports.service.counting import HOURS_ONLY
from tracker.tallies import service as tallies
from tracker.tallies.rules import ANY_LINK
from tracker.tallies.totals import LinkTotal, PeopleTotal, PeriodTotal

_SUMS = ("opens", "clicks", "by_link", "as_of", "rules_version")
_KINDS = ("open", "click")
_SERIES = ("opens", "clicks html", "clicks text")


@dataclass(frozen=True, slots=True)
class Question:
    """How reactions are to be laid out over time, and whose count."""

    interval: Interval
    time_zone: str
    humans_only: bool


async def report_delivery(uow: UnitOfWork, delivery_id: str, *, by: Caller, humans_only: bool) -> DeliveryReportOut:
    """Sums of one delivery's reactions; raises DeliveryNotFound."""
    plan = await _visible_plan(uow, delivery_id, by=by)
    sums = await _sum_up(uow, [plan], humans_only=humans_only)
    return DeliveryReportOut(
        delivery_id=plan.delivery_id, kind=plan.kind, level=plan.level, **{name: getattr(sums, name) for name in _SUMS}
    )


async def lay_out_delivery(uow: UnitOfWork, delivery_id: str, question: Question, *, by: Caller) -> OverTimeOut:
    """One delivery's reactions over time; raises DeliveryNotFound, or Invalid as `lay_out_live` does."""
    return await _lay_out(uow, [await _visible_plan(uow, delivery_id, by=by)], question)


async def report_live(uow: UnitOfWork, delivery_ids: Collection[str], *, humans_only: bool) -> ReportOut:
    """Sums over the live ones of some deliveries; one that is not known here has had no reactions."""
    return await _sum_up(uow, await _live_plans(uow, delivery_ids), humans_only=humans_only)


async def lay_out_live(uow: UnitOfWork, delivery_ids: Collection[str], question: Question) -> OverTimeOut:
    """Reactions to live deliveries over time. Raises Invalid for an unknown time zone or too fine an interval."""
    return await _lay_out(uow, await _live_plans(uow, delivery_ids), question)


async def _visible_plan(uow: UnitOfWork, delivery_id: str, *, by: Caller) -> Plan:
    for plan in await plans.plans_of(uow, [delivery_id]):
        if plan.owner_id == by.account_id or (plan.group_id is not None and plan.group_id == by.group_id):
            return plan
    raise DeliveryNotFound(f"There is no delivery {delivery_id}", delivery_id=delivery_id)


async def _live_plans(uow: UnitOfWork, delivery_ids: Collection[str]) -> Sequence[Plan]:
    return [plan for plan in await plans.plans_of(uow, delivery_ids) if plan.kind is DeliveryKind.LIVE]


async def _sum_up(uow: UnitOfWork, of: Sequence[Plan], *, humans_only: bool) -> ReportOut:
    numbers = [plan.delivery_number for plan in of]
    totals = [total for total in await tallies.link_totals(uow, numbers) if _counts(total, humans_only)]
    people = _people(await tallies.people_totals(uow, numbers), humans_only)
    opens = [total for total in totals if total.kind == "open"]
    clicks = [total for total in totals if total.kind == "click"]
    knows = bool(of) and all(counts_people(plan.level) for plan in of)
    return ReportOut(
        opens=OpensOut(
            total=_sum(opens),
            unique=sum(people["open", number, ANY_LINK] for number in numbers) if knows else None,
        ),
        clicks=ClicksOut(
            any=_sum(clicks),
            html=_sum(total for total in clicks if total.part == "html"),
            text=_sum(total for total in clicks if total.part == "text"),
            unique=sum(people["click", number, ANY_LINK] for number in numbers) if knows else None,
        ),
        by_link=_by_link(of, clicks, people, knows=knows),
        as_of=uow.now,
        rules_version=await reactions.rules_in_force(uow, numbers),
    )


async def _lay_out(uow: UnitOfWork, of: Sequence[Plan], question: Question) -> OverTimeOut:
    totals = await tallies.period_totals(uow, [plan.delivery_number for plan in of])
    counted = [
        (total.period_start, _series(total), total.count)
        for total in totals
        if total.kind in _KINDS and _counts(total, question.humans_only)
    ]
    try:
        zone = zone_of(question.time_zone)
        series = add_up(counted, _SERIES, question.interval, zone)
    except UnknownTimeZone as error:
        raise Invalid(("/time_zone", f"{question.time_zone!r} is not a time zone of the IANA database")) from error
    except TooManyPoints as error:
        raise Invalid(("/interval", f"{question.interval.value} is too fine for the period: {error}")) from error
    is_coarse = any(plan.level is not TrackingLevel.PERSONAL for plan in of)
    notes = [HOURS_ONLY] if is_coarse and not is_aligned((at for at, _, _ in counted), zone) else []
    return OverTimeOut(series=[SeriesOut(name=name, points=series[name]) for name in _SERIES], notes=notes)


def _by_link(
    of: Sequence[Plan], clicks: Sequence[LinkTotal], people: Counter[tuple[str, int, int]], *, knows: bool
) -> list[LinkOut]:
    """One row a link; the same link in several deliveries of a job is one row."""
    totals: Counter[tuple[int, int]] = Counter()
    for total in clicks:
        totals[total.delivery_number, total.link_number] += total.count
    rows: dict[tuple[int, str, str, str | None], LinkOut] = {}
    for plan in of:
        for link in plan.links:
            row = rows.setdefault((link.number, link.part, link.url, link.alias), _empty(link, knows=knows))
            row.total += totals[plan.delivery_number, link.number]
            if row.unique is not None:
                row.unique += people["click", plan.delivery_number, link.number]
    return sorted(rows.values(), key=lambda row: row.number)


def _empty(link: TrackedLinkV1, *, knows: bool) -> LinkOut:
    unique = 0 if knows else None
    return LinkOut(number=link.number, part=link.part, url=link.url, alias=link.alias, total=0, unique=unique)


def _counts(total: LinkTotal | PeriodTotal, humans_only: bool) -> bool:  # noqa: FBT001
    return not (humans_only and total.judgement in MACHINES)


def _sum(totals: Iterable[LinkTotal]) -> int:
    return sum(total.count for total in totals)


def _people(totals: Sequence[PeopleTotal], humans_only: bool) -> Counter[tuple[str, int, int]]:  # noqa: FBT001
    return Counter(
        {
            (total.kind, total.delivery_number, total.link_number): total.humans if humans_only else total.people
            for total in totals
        }
    )


def _series(total: PeriodTotal) -> str:
    return "opens" if total.kind == "open" else f"clicks {total.part or 'html'}"
