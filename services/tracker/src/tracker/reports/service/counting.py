"""Sums and lines of several sources, from the counters alone."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans import service as plans
from tracker.plans.plan import Plan
from tracker.privacy.rules import counts_people
from tracker.reactions import service as reactions
from tracker.reactions.rules import MACHINES
from tracker.reports.query_schemas import CountIn, CountOut, DeliverySumsOut, LabelOut, SourceOut, SumsOut
from tracker.reports.rules import TooManyPoints, UnknownTimeZone, add_up, is_aligned, zone_of
from tracker.reports.service.sources import Source, read_sources, rules_version
from tracker.tallies import service as tallies
from tracker.tallies.reading import FirstSeen, LinkCount, PeopleCount, Selection
from tracker.tallies.rules import ANY_LINK

_NOBODY = PeopleCount(0, 0)
HOURS_ONLY = (
    "Below the level personal only the hour (UTC) is recorded;"
    " in this time zone each of those hours is counted where it begins."
)
NOT_YET = (
    "Below the level personal single reactions are listed when the hour of their arrival is over, not in its order."
)
FORGOTTEN = (
    "Of some of these deliveries single recipients were deleted, their time being over: sums and the numbers of"
    " recipients of single links stay, who it was and recipients of several links together are not known any more."
)


async def count_reactions(uow: UnitOfWork, asked: CountIn) -> CountOut:
    """Every source's sums and, with an interval, its line; all lines have the same starts.

    Raises Invalid for an unknown time zone or too fine an interval.
    """
    sources = await read_sources(uow, asked)
    lines = await _lines(uow, asked, sources)
    counted = [await _count(uow, source, asked, line) for source, line in zip(sources, lines, strict=True)]
    return CountOut(
        sources=counted,
        rules_version=await rules_version(uow, sources),
        as_of=uow.now,
        notes=_notes(asked, sources, lines),
    )


Line = list[tuple[datetime, int]]


async def _lines(uow: UnitOfWork, asked: CountIn, sources: Sequence[Source]) -> list[Line]:
    if asked.interval is None:
        return [[] for _ in sources]
    counted: list[tuple[datetime, str, int]] = []
    for at, source in enumerate(sources):
        counted += [(start, str(at), count) for start, count in await _periods(uow, source, asked)]
    names = [str(at) for at in range(len(sources))]
    try:
        series = add_up(counted, names, asked.interval, zone_of(asked.time_zone))
    except UnknownTimeZone as error:
        raise Invalid(("/time_zone", f"{asked.time_zone!r} is not a time zone of the IANA database")) from error
    except TooManyPoints as error:
        raise Invalid(("/interval", f"{asked.interval.value} is too fine for the period: {error}")) from error
    return [series[name] for name in names]


async def _periods(uow: UnitOfWork, source: Source, asked: CountIn) -> Line:
    is_human = asked.judged == "human"
    if asked.count == "unique":
        wanted, is_counted = source.people_of(None)
        if not is_counted and source.is_forgotten:
            raise Invalid(("/count", FORGOTTEN))
        firsts = await _first_seen(uow, wanted, is_counted=is_counted)
        firsts_of = [(each.start, each.humans if is_human else each.people) for each in firsts]
        # A period may hold people's first reactions only, or machines' only: no line begins or ends with it.
        return [(start, count) for start, count in firsts_of if count]
    periods = await tallies.reader(uow).by_period(source.selection)
    return [(each.start, each.count) for each in periods if not (is_human and each.judgement in MACHINES)]


async def _count(uow: UnitOfWork, source: Source, asked: CountIn, line: Line) -> SourceOut:
    counts = await tallies.reader(uow).by_link(source.selection)
    names = _label_names(source, counts) if asked.interval is None else []
    knows = asked.count == "unique" and all(counts_people(plan.level) for plan in source.plans)
    everybody, *by_label = await _people(uow, source, names) if knows else [None] * (1 + len(names))
    return SourceOut(
        total=_sum(counts),
        humans=_sum(_humans(counts)),
        people=everybody and everybody.people,
        human_people=everybody and everybody.humans,
        points=line,
        labels=[
            _label(name, _of_label(source, name, counts), people) for name, people in zip(names, by_label, strict=True)
        ],
        unknown_labels=source.unknown_labels,
    )


def _label_names(source: Source, counts: Sequence[LinkCount]) -> list[str]:
    if source.kind == "action":
        return [str(tag) for tag in source.asked.tags or sorted({each.link_number for each in counts})]
    return list(source.labels)


def _of_label(source: Source, name: str, counts: Sequence[LinkCount]) -> list[LinkCount]:
    if source.kind == "action":
        return [each for each in counts if each.link_number == int(name)]
    numbers = source.labels[name]
    return [each for each in counts if each.link_number in numbers.get(each.delivery_number, ())]


def _label(label: str, counts: Sequence[LinkCount], people: PeopleCount | None) -> LabelOut:
    return LabelOut(
        label=label,
        html=_sum([each for each in counts if each.part == "html"]),
        text=_sum([each for each in counts if each.part == "text"]),
        total=_sum(counts),
        humans=_sum(_humans(counts)),
        people=people and people.people,
        human_people=people and people.humans,
    )


async def _people(uow: UnitOfWork, source: Source, names: Sequence[str]) -> list[PeopleCount | None]:
    """The people of the whole source, and of each of its labels: all that have counters by one query."""
    asked = [source.people_of(None), *(_people_of(source, name) for name in names)]
    pairs = tuple(pair for wanted, is_counted in asked if is_counted for pair in wanted.pairs or ())
    found = await tallies.reader(uow).counted_people(replace(source.selection, pairs=pairs)) if pairs else {}
    people: list[PeopleCount | None] = []
    for wanted, is_counted in asked:
        if is_counted:
            counted = [found.get(pair, _NOBODY) for pair in wanted.pairs or ()]
            people.append(PeopleCount(sum(each.people for each in counted), sum(each.humans for each in counted)))
        elif source.is_forgotten:
            people.append(None)
        else:
            firsts = await tallies.reader(uow).first_seen_in_any(wanted)
            people.append(PeopleCount(sum(each.people for each in firsts), sum(each.humans for each in firsts)))
    return people


def _people_of(source: Source, name: str) -> tuple[Selection, bool]:
    return source.people_of_tag(int(name)) if source.kind == "action" else source.people_of([name])


async def _first_seen(uow: UnitOfWork, wanted: Selection, *, is_counted: bool) -> Sequence[FirstSeen]:
    reader = tallies.reader(uow)
    return await (reader.first_seen(wanted) if is_counted else reader.first_seen_in_any(wanted))


def _notes(asked: CountIn, sources: Sequence[Source], lines: Sequence[Line]) -> list[str]:
    notes = [FORGOTTEN] if asked.count == "unique" and any(source.is_forgotten for source in sources) else []
    is_coarse = any(plan.level is not TrackingLevel.PERSONAL for source in sources for plan in source.plans)
    instants = {at for line in lines for at, _ in line} | {at for at in (asked.start, asked.end) if at is not None}
    if is_coarse and instants and not is_aligned(instants, zone_of(asked.time_zone)):
        notes.append(HOURS_ONLY)
    return notes


async def sum_deliveries(uow: UnitOfWork, delivery_ids: Collection[str]) -> SumsOut:
    """Totals of each delivery, whatever its kind."""
    known = {plan.delivery_number: plan for plan in await plans.plans_of(uow, delivery_ids)}
    numbers = tuple(sorted(known))
    totals: Counter[tuple[int, str, bool]] = Counter()
    people: dict[tuple[int, str], PeopleCount] = {}
    for kind in ("open", "click"):
        for each in await tallies.reader(uow).by_link(Selection(kind, numbers)):
            totals[each.delivery_number, kind, each.judgement in MACHINES] += each.count
        everything = Selection(kind, numbers, tuple((number, ANY_LINK) for number in numbers))
        for (number, _), counted in (await tallies.reader(uow).counted_people(everything)).items():
            people[number, kind] = counted
    rows = [_delivery_sums(plan, totals, people) for plan in known.values()]
    version = await reactions.rules_in_force(uow, numbers)
    return SumsOut(deliveries=rows, rules_version=version, as_of=uow.now)


def _delivery_sums(
    plan: Plan, totals: Counter[tuple[int, str, bool]], people: dict[tuple[int, str], PeopleCount]
) -> DeliverySumsOut:
    number, knows = plan.delivery_number, counts_people(plan.level)
    opened, clicked = people.get((number, "open"), _NOBODY), people.get((number, "click"), _NOBODY)
    return DeliverySumsOut(
        delivery_id=plan.delivery_id,
        opens=totals[number, "open", True] + totals[number, "open", False],
        human_opens=totals[number, "open", False],
        clicks=totals[number, "click", True] + totals[number, "click", False],
        human_clicks=totals[number, "click", False],
        opened=opened.people if knows else None,
        human_opened=opened.humans if knows else None,
        clicked=clicked.people if knows else None,
        human_clicked=clicked.humans if knows else None,
    )


def _sum(counts: Sequence[LinkCount]) -> int:
    return sum(each.count for each in counts)


def _humans(counts: Sequence[LinkCount]) -> list[LinkCount]:
    return [each for each in counts if each.judgement not in MACHINES]
