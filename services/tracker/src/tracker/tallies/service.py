"""Counting, and telling that the count moved."""

from collections.abc import Collection, Sequence
from datetime import datetime

from common.contracts.lui import DeliveryKind
from common.contracts.tracker import DeliveryTalliedV1
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans import service as plans
from tracker.tallies import shifting
from tracker.tallies.reading import TallyReader
from tracker.tallies.repository import TallyRepository
from tracker.tallies.rules import Movements, bits
from tracker.tallies.seen import SeenRepository
from tracker.tallies.shifting import FindFirstHumans, Shift
from tracker.tallies.totals import LinkTotal, PeopleTotal, PeriodTotal


async def count(uow: UnitOfWork, moved: Movements) -> None:
    """Move every counter by reactions that were stored in this transaction and never before."""
    if moved.tallies:
        await TallyRepository(uow.session).move(moved)


async def lock(uow: UnitOfWork, number: int) -> None:
    """Keep the counters of a delivery, and with them the judgements they follow, as they are until the end."""
    await TallyRepository(uow.session).lock(number)


async def mix_people(uow: UnitOfWork, number: int, things: Sequence[tuple[str, int]], subjects: Sequence[int]) -> None:
    """Take away the order in which these subjects reacted to these kinds and links of a delivery."""
    await lock(uow, number)
    await SeenRepository(uow.session).mix(number, things, subjects)


async def rewrite(uow: UnitOfWork, number: int, periods: Collection[datetime]) -> None:
    """Take away when the counters of a delivery moved last, in these periods and over all."""
    await lock(uow, number)
    await TallyRepository(uow.session).rewrite(number, periods)


async def shift(uow: UnitOfWork, shifts: Sequence[Shift], find: FindFirstHumans) -> None:
    """Follow new judgements of reactions of one delivery and kind, whose lock is held."""
    if shifts:
        await shifting.shift(uow.session, shifts, find)


async def forget(uow: UnitOfWork, numbers: Collection[int], *, limit: int) -> int:
    """Delete some of what is known of single recipients of these deliveries; returns how many rows. Counters stay."""
    return await SeenRepository(uow.session).forget(numbers, limit=limit)


async def reacted(uow: UnitOfWork, number: int, kind: str, links: Collection[int], *, humans_only: bool) -> bytes:
    """Who of a delivery at personal reacted to any of these: bit n, least significant first, is ordinal n."""
    return bits(await SeenRepository(uow.session).subjects(number, kind, links, humans_only=humans_only))


async def state_tallies(uow: UnitOfWork) -> None:
    """State the totals of live deliveries that moved, each at most once a second."""
    moved = await TallyRepository(uow.session).take_unstated(at=uow.now)
    known = await plans.plans_by_number(uow, {total.delivery_number for total in moved})
    for total in moved:
        plan = known.get(total.delivery_number)
        if plan is not None and plan.kind is DeliveryKind.LIVE:
            fact = DeliveryTalliedV1(
                delivery_id=plan.delivery_id,
                revision=total.revision,
                opens=total.opens,
                clicks=total.clicks,
                at=uow.now,
            )
            uow.emit(fact, coalesce=f"tallied:{plan.delivery_id}")


async def link_totals(uow: UnitOfWork, numbers: Collection[int]) -> Sequence[LinkTotal]:
    """Reactions of deliveries by link and judgement."""
    return await TallyRepository(uow.session).link_totals(numbers)


async def people_totals(uow: UnitOfWork, numbers: Collection[int]) -> Sequence[PeopleTotal]:
    """Different recipients of deliveries by what they reacted to."""
    return await TallyRepository(uow.session).people_totals(numbers)


async def period_totals(uow: UnitOfWork, numbers: Collection[int]) -> Sequence[PeriodTotal]:
    """Reactions of deliveries by period, in order of time."""
    return await TallyRepository(uow.session).period_totals(numbers)


def reader(uow: UnitOfWork) -> TallyReader:
    """What reports read."""
    return TallyReader(uow.session)
