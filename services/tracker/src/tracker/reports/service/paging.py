"""Who reacted, and every single reaction, page by page: the place to go on is part of the answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans.plan import Plan
from tracker.reactions import service as reactions
from tracker.reactions.reading import Place, RawReaction, Stretch
from tracker.reactions.rules import MACHINES, Judgement
from tracker.reports.query_schemas import PageIn, PeopleOut, PersonOut, ReactionOut, ReactionsOut
from tracker.reports.rules.targets import label_of
from tracker.reports.service.counting import FORGOTTEN, NOT_YET
from tracker.reports.service.sources import Source, read_sources, rules_version
from tracker.tallies import service as tallies
from tracker.tallies.reading import Seen

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_LOOKS = 40
"""Queries of one page at most; what is not found by then is on the next one."""
_PEOPLE_JUDGED = tuple(str(judgement) for judgement in Judgement if judgement not in MACHINES)
Cursor = list[int | str]


async def page_people(uow: UnitOfWork, asked: PageIn) -> PeopleOut:
    """Recipients (profiles, at anonymous) of one source after the other, of one delivery after the other."""
    sources = await read_sources(uow, asked)
    first, skip, subject = _people_cursor(asked.after)
    rows: list[PersonOut] = []
    looks = 0
    for at in range(first, len(sources)):
        for place, plan in enumerate(sources[at].plans):
            if at == first and place < skip:
                continue
            after = subject if (at, place) == (first, skip) else -1
            if looks == _LOOKS:
                return await _people(uow, sources, rows, [at, place, after])
            looks += 1
            found = await _seen(uow, sources[at], plan, after, asked.limit - len(rows))
            rows += [_person(at, plan, each, humans_only=asked.judged == "human") for each in found]
            if len(rows) == asked.limit:
                return await _people(uow, sources, rows, [at, place, rows[-1].subject])
    return await _people(uow, sources, rows, None)


async def _seen(uow: UnitOfWork, source: Source, plan: Plan, after: int, limit: int) -> Sequence[Seen]:
    wanted, _ = replace(source, plans=[plan]).people_of(None)
    if not wanted.pairs:
        return []
    humans_only = source.wanted.judged == "human"
    return await tallies.reader(uow).page_of_seen(wanted, humans_only=humans_only, after=after, limit=limit)


def _person(at: int, plan: Plan, seen: Seen, *, humans_only: bool) -> PersonOut:
    first_at = seen.first_human_at if humans_only and seen.first_human_at else seen.first_at
    return PersonOut(
        source=at,
        delivery_id=plan.delivery_id,
        subject=seen.subject,
        first_at=first_at,
        hits=seen.hits,
        is_human=seen.first_human_at is not None,
    )


async def _people(
    uow: UnitOfWork, sources: Sequence[Source], rows: list[PersonOut], following: Cursor | None
) -> PeopleOut:
    notes = [FORGOTTEN] if any(source.is_forgotten for source in sources) else []
    version = await rules_version(uow, sources)
    return PeopleOut(rows=rows, next=following, rules_version=version, as_of=uow.now, notes=notes)


async def page_reactions(uow: UnitOfWork, asked: PageIn) -> ReactionsOut:
    """Raw reactions of one source after the other, oldest first."""
    sources = await read_sources(uow, asked)
    first, after = _reaction_cursor(asked.after)
    rows: list[ReactionOut] = []
    for at in range(first, len(sources)):
        source = sources[at]
        by_number = {plan.delivery_number: plan for plan in source.plans}
        stretch = _stretch(source, after if at == first else None)
        found = await reactions.page_of_reactions(uow, stretch, limit=asked.limit - len(rows))
        rows += [_reaction(at, by_number[each.delivery_number], each) for each in found]
        if len(rows) == asked.limit:
            instant, place = found[-1].place
            return await _reactions(uow, sources, rows, [at, (instant - _BEGIN) // timedelta(microseconds=1), place])
    return await _reactions(uow, sources, rows, None)


def _stretch(source: Source, after: Place | None) -> Stretch:
    selection = source.selection
    return Stretch(
        kind=selection.kind,
        numbers=selection.numbers,
        pairs=selection.pairs,
        part=selection.part,
        judgements=_PEOPLE_JUDGED if source.wanted.judged == "human" else None,
        start=selection.start,
        end=selection.end,
        after=after,
    )


def _reaction(at: int, plan: Plan, raw: RawReaction) -> ReactionOut:
    labels = {link.number: label_of(link) for link in plan.links}
    return ReactionOut.model_validate(
        {
            "source": at,
            "delivery_id": plan.delivery_id,
            "at": raw.place[0],
            "kind": raw.kind,
            "subject": raw.subject,
            "label": str(raw.link_number) if raw.kind == "action" else labels.get(raw.link_number),
            "part": raw.part,
            "judgement": raw.judgement,
            "agent": raw.agent,
            "network_class": raw.network_class,
            "rule": raw.rule,
        }
    )


async def _reactions(
    uow: UnitOfWork, sources: Sequence[Source], rows: list[ReactionOut], following: Cursor | None
) -> ReactionsOut:
    notes = [FORGOTTEN] if any(source.is_forgotten for source in sources) else []
    if any(plan.level is not TrackingLevel.PERSONAL for source in sources for plan in source.plans):
        notes.append(NOT_YET)
    version = await rules_version(uow, sources)
    return ReactionsOut(rows=rows, next=following, rules_version=version, as_of=uow.now, notes=notes)


def _people_cursor(after: Cursor | None) -> tuple[int, int, int]:
    if after is None:
        return 0, 0, -1
    try:
        source, place, subject = (int(each) for each in after)
    except ValueError as error:
        raise Invalid(("/after", "is not a place that was given out")) from error
    return source, place, subject


def _reaction_cursor(after: Cursor | None) -> tuple[int, Place | None]:
    if after is None:
        return 0, None
    try:
        source, micros, place = (int(each) for each in after)
        return source, (_BEGIN + timedelta(microseconds=micros), place)
    except (ValueError, OverflowError) as error:
        raise Invalid(("/after", "is not a place that was given out")) from error
